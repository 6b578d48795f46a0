"""Stating one date of a campaign, a phase or a milestone: in words, or hanging on another date."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.editorial.dating import current, left_out, state_date
from timeline.editorial.permissions import Actor
from timeline.models import Campaign, Milestone, Phase
from timeline.web.forms.common import attempt
from timeline.web.forms.dates import DateForm
from timeline.web.views.edit_common import editing, show


@editing("campaign.edit")
def campaign_date(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    campaign = get_object_or_404(Campaign.everything, slug=slug)
    return _date(request, by, campaign, campaign, "campaign.edit", ("start", "end", "duration"))


@editing("phase.edit")
def phase_date(request: HttpRequest, *, by: Actor, slug: str, uid: str) -> HttpResponse:
    phase = get_object_or_404(Phase.everything.select_related("campaign"), campaign__slug=slug, uid=uid)
    return _date(request, by, phase.campaign, phase, "phase.edit", ("start", "end", "duration"))


@editing("milestone.edit")
def milestone_date(request: HttpRequest, *, by: Actor, slug: str, uid: str) -> HttpResponse:
    found = Milestone.everything.select_related("campaign")
    milestone = get_object_or_404(found, campaign__slug=slug, uid=uid)
    return _date(request, by, milestone.campaign, milestone, "milestone.edit", ("when",))


def _date(
    request: HttpRequest,
    by: Actor,
    campaign: Campaign,
    subject: Campaign | Phase | Milestone,
    operation: str,
    properties: tuple[str, ...],
) -> HttpResponse:
    said = [row for name in properties for row in current(subject, name)]
    initial = {"version": subject.version, "property": request.GET.get("property", properties[0])}
    without = None if subject == campaign else subject
    form = DateForm(
        request.POST or None, campaign=campaign, properties=properties, said=said, without=without, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: state_date(
                subject=subject,
                dating=form.dating(),
                operation=operation,
                version=form.cleaned_data["version"],
                by=by,
                now=timezone.now(),
            ),
        )
        if made:
            messages.success(request, _("Saved; what hangs on this date has moved with it."))
            return redirect("campaign_edit", slug=campaign.slug)
    passed = [row for name in properties for row in left_out(subject, name)]
    context = {"campaign": campaign, "subject": subject, "said": said, "passed": passed}
    return show(request, "timeline/edit/date.html", form, **context)
