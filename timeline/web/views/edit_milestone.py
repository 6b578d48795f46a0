"""Entering, editing and taking back a milestone; and reading date words while they are typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from timeline.editorial.dating import current
from timeline.editorial.milestones import create_milestone, edit_milestone, restore_milestone, retract_milestone
from timeline.editorial.permissions import Actor
from timeline.models import Campaign, Milestone, Statement
from timeline.queries.history import history_of
from timeline.queries.text import when_of
from timeline.web.forms.common import ReasonForm, attempt, reader
from timeline.web.forms.milestone import MilestoneEditForm, MilestoneForm
from timeline.web.reading import read_words
from timeline.web.views.edit_common import editing, show


@require_GET
@editing("milestone.create")
def phrase(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """How words are understood, as a sentence: the live reading beside a date field."""
    asked = request.GET
    found = read_words(asked.get("words", ""), asked.get("kind", "date"), asked.get("published_on", ""), reader())
    return JsonResponse({"understood": found.understood, "message": found.message})


@editing("milestone.create")
def milestone_new(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    campaign = get_object_or_404(Campaign.everything, slug=slug)
    form = MilestoneForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid() and "check" not in request.POST:
        made = attempt(
            form,
            lambda: create_milestone(
                campaign=campaign, details=form.details(), dating=form.dating(), by=by, now=timezone.now()
            ),
        )
        if made:
            _announce(request, made, _("Saved and published."))
            return redirect("campaign", slug=campaign.slug)
    reading = read_words(form["when"].value() or "", "date", form["published_on"].value() or "", reader())
    context = {"campaign": campaign, "reading": reading if form.is_bound else None}
    return show(request, "timeline/edit/milestone.html", form, **context)


@editing("milestone.edit")
def milestone_edit(request: HttpRequest, *, by: Actor, slug: str, uid: str) -> HttpResponse:
    milestone = _milestone(slug, uid)
    said = current(milestone, "when")
    initial = MilestoneEditForm.initial_of(milestone)
    form = MilestoneEditForm(request.POST or None, campaign=milestone.campaign, said=said, initial=initial)
    if request.method == "POST" and form.is_valid() and "check" not in request.POST:
        saved = attempt(form, lambda: _save(form, milestone, by))
        if saved:
            _announce(request, saved, _("Saved; the history keeps what it was before."))
            return redirect("campaign", slug=slug)
    words = form["when"].value() or ""
    context = {
        "campaign": milestone.campaign,
        "milestone": milestone,
        "said": [_line(row) for row in said],
        "documents": list(milestone.citations.values_list("document__publisher", flat=True)),
        "reading": read_words(words, "date", form["published_on"].value() or "", reader()) if words else None,
        "history": history_of(milestone),
    }
    return show(request, "timeline/edit/milestone.html", form, **context)


@editing("milestone.retract")
def milestone_turn(request: HttpRequest, *, by: Actor, slug: str, uid: str) -> HttpResponse:
    """Takes a milestone back, or puts a retracted one back, with the reason."""
    milestone = _milestone(slug, uid)
    is_back = milestone.state == "retracted"
    form = ReasonForm(request.POST or None, initial=ReasonForm.initial_of(milestone))
    if request.method == "POST" and form.is_valid():
        verb = restore_milestone if is_back else retract_milestone
        version, why = form.cleaned_data["version"] or 0, form.cleaned_data["why"]
        done = attempt(form, lambda: verb(milestone=milestone, version=version, why=why, by=by, now=timezone.now()))
        if done:
            text = _("It is back on the timeline.") if is_back else _("Taken off the timeline; nothing was lost.")
            _announce(request, done, text)
            return redirect("campaign", slug=slug)
    context = {"campaign": milestone.campaign, "milestone": milestone, "is_back": is_back}
    return show(request, "timeline/edit/milestone_turn.html", form, **context)


def _save(form: MilestoneEditForm, milestone: Milestone, by: Actor) -> Milestone:
    return edit_milestone(
        milestone=milestone,
        version=form.cleaned_data["version"] or 0,
        details=form.details(milestone),
        dating=form.new_dating(),
        evidence=form.evidence(),
        why=form.cleaned_data["why"],
        by=by,
        now=timezone.now(),
    )


def _milestone(slug: str, uid: str) -> Milestone:
    return get_object_or_404(Milestone.everything.select_related("campaign"), campaign__slug=slug, uid=uid)


def _announce(request: HttpRequest, milestone: Milestone, text: str) -> None:
    """A notice on the next page, with how the date was understood and where the entry is."""
    when = when_of(milestone.when, reader())
    span = f" {_('(%(span)s)') % {'span': when.span}}" if when.span else ""
    is_public = milestone.state == "published" and milestone.campaign.state != "draft"
    name = "milestone" if is_public else "milestone_edit"
    messages.success(
        request,
        format_html(
            '{} {} <a href="{}">{}</a>',
            text,
            _("Its date reads: %(when)s.") % {"when": f"{when.words}{span}"},
            reverse(name, kwargs={"slug": milestone.campaign.slug, "uid": milestone.uid}),
            _("Open the entry"),
        ),
    )


def _line(statement: Statement) -> dict[str, object]:
    """A date in force, for the list above the form."""
    return {
        "when": when_of(statement.value, reader(), as_said=statement.as_said),
        "statement": statement,
        "publisher": statement.citation.document.publisher if statement.citation else "",
    }
