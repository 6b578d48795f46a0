"""A campaign by hand: make it, edit it, say who takes part; the page from which its parts are edited."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from timeline.editorial.campaigns import create_campaign, edit_campaign, set_participations, turn_campaign
from timeline.editorial.dating import current
from timeline.editorial.inputs import StaleVersion
from timeline.editorial.permissions import Actor
from timeline.editorial.statements import COLUMNS
from timeline.editorial.states import NotAllowed
from timeline.models import Campaign, Milestone
from timeline.queries.directory import load_directory
from timeline.queries.history import history_of_campaign
from timeline.web.forms.campaign import CampaignForm, NewCampaignForm, ParticipationsForm
from timeline.web.forms.common import attempt, reader
from timeline.web.views.edit_common import editing, show


@editing("campaign.create")
def campaign_new(request: HttpRequest, *, by: Actor) -> HttpResponse:
    form = NewCampaignForm(request.POST or None, initial={"timezone": "Asia/Shanghai"})
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: create_campaign(about=form.about(), datings=form.datings(), by=by, now=timezone.now()),
        )
        if made:
            messages.success(request, _("Saved and published. Next: who takes part, its phases, a first milestone."))
            return redirect("campaign_edit", slug=made.slug)
    return show(request, "timeline/edit/campaign_new.html", form)


@editing("campaign.edit")
def campaign_edit(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    campaign = _campaign(slug)
    form = CampaignForm(request.POST or None, initial=CampaignForm.initial_of(campaign))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        saved = attempt(
            form,
            lambda: edit_campaign(
                campaign=campaign,
                version=typed["version"] or 0,
                about=form.about(campaign),
                why=typed["why"],
                by=by,
                now=timezone.now(),
            ),
        )
        if saved:
            messages.success(request, _("Saved; the history keeps what it was before."))
            return redirect("campaign_edit", slug=saved.slug)
    return show(request, "timeline/edit/campaign.html", form, **_parts(campaign))


@require_POST
@editing("campaign.publish")
def campaign_turn(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Publishes, archives, or withdraws to draft."""
    campaign, to = _campaign(slug), request.POST.get("to", "")
    try:
        version = int(request.POST.get("version", "0") or 0)
        turn_campaign(campaign=campaign, version=version, to=to, by=by, now=timezone.now())
        messages.success(request, _("Saved; the history keeps what it was before."))
    except (NotAllowed, StaleVersion, ValueError) as refused:
        messages.error(request, str(refused))
    return redirect("campaign_edit", slug=slug)


@editing("campaign.edit")
def participations(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    campaign = _campaign(slug)
    form = ParticipationsForm(request.POST or None, campaign=campaign, initial=ParticipationsForm.initial_of(campaign))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        saved = attempt(
            form,
            lambda: set_participations(
                campaign=campaign,
                version=typed["version"] or 0,
                roles=form.roles(),
                why=typed["why"],
                by=by,
                now=timezone.now(),
            ),
        )
        if saved:
            messages.success(request, _("Saved; the history keeps what it was before."))
            return redirect("participations_edit", slug=slug)
    return show(request, "timeline/edit/participations.html", form, campaign=campaign)


def _campaign(slug: str) -> Campaign:
    return get_object_or_404(Campaign.everything, slug=slug)


def _parts(campaign: Campaign) -> dict[str, object]:
    """What the page lists beside the form."""
    dates = [(name, current(campaign, name)) for name in COLUMNS["campaign"] if name != "status"]
    milestones = Milestone.everything.filter(campaign=campaign)
    parts = list(campaign.participations.all())
    directory = load_directory(part.department_id for part in parts)
    return {
        "campaign": campaign,
        "dates": dates,
        "phases": list(campaign.phases.all()),
        "workstreams": list(campaign.workstreams.all()),
        "participations": [(part, directory.name(part.department_id, reader())) for part in parts],
        "milestones": milestones.filter(state="published").count(),
        "retracted": list(milestones.filter(state="retracted")),
        "history": history_of_campaign(campaign),
    }
