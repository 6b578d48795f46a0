"""Weighing one statement: which of several is preferred, what is set aside, what nobody ever said."""

from uuid import UUID

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.editorial.dating import rank_statement, retract_statement
from timeline.editorial.permissions import Actor
from timeline.editorial.statements import COLUMNS, campaign_of, choice_of
from timeline.models import Campaign, Department, Milestone, Phase, Statement
from timeline.queries.history import history_of_statement
from timeline.queries.labels import label
from timeline.queries.milestones import assertions
from timeline.queries.stated import words_of
from timeline.web.forms.common import attempt, reader
from timeline.web.forms.statement import TAKE_BACK, WeighForm
from timeline.web.views.edit_common import editing, show


@editing("statement.make")
def statement(request: HttpRequest, *, by: Actor, uid: UUID) -> HttpResponse:
    found = get_object_or_404(Statement.everything, uid=uid)
    form = WeighForm(request.POST or None, rank=found.rank)
    if request.method == "POST" and form.is_valid():
        weighed = attempt(form, lambda: _weigh(found, form, by))
        if weighed:
            chosen = _chosen(weighed)
            now = _("What is shown now: %(value)s.") % {"value": chosen["words"]} if chosen else ""
            messages.success(request, f"{_('Saved; the history keeps what it was before.')} {now}".strip())
            return redirect("statement", uid=uid)
    return show(request, "timeline/edit/statement.html", form, **_about(found))


def _weigh(found: Statement, form: WeighForm, by: Actor) -> Statement:
    verdict, why, now = form.cleaned_data["verdict"], form.cleaned_data["why"], timezone.now()
    if verdict == TAKE_BACK:
        return retract_statement(statement=found, why=why, by=by, now=now)
    return rank_statement(statement=found, rank=verdict, why=why, by=by, now=now)


def _about(found: Statement) -> dict[str, object]:
    """The statement with its source, what else is said about the same, and what is chosen now."""
    subject = found.subject
    same = Statement.everything.about(subject).filter(property=found.property)
    others = same.filter(state="published").exclude(pk=found.pk)
    return {
        "statement": found,
        "subject": subject,
        "campaign": campaign_of(subject),
        "back": _back(subject),
        "title": getattr(subject, "title", {}),
        "own": assertions(same.filter(pk=found.pk), reader()),
        "others": assertions(others, reader()),
        "replaced": found.state == "published" and found.superseded_by.filter(state="published").exists(),
        "chosen": _chosen(found),
        "history": history_of_statement(found),
    }


def _chosen(found: Statement) -> dict[str, object] | None:
    """The chosen value in words, how it stands, and whether this statement gave it; None where nothing is chosen."""
    subject, name = found.subject, found.property
    columns = COLUMNS.get(str(subject._meta.model_name), {})
    if name not in columns:
        return None
    choice = choice_of(subject, name)
    stored = getattr(subject, columns[name][0])
    is_alone = choice.standing == "agreed" and len(choice.keys) == 1  # nobody else is there to agree
    return {
        "words": words_of(name, stored, reader()),
        "standing": "" if is_alone else label("standing", choice.standing, reader()),
        "is_own": found.pk in choice.keys,
    }


def _back(subject: models.Model) -> str:
    """Where the statements of the thing are listed."""
    match subject:
        case Milestone():
            return reverse("milestone", args=[subject.campaign.slug, subject.uid])
        case Phase():
            return reverse("phase_date", args=[subject.campaign.slug, subject.uid])
        case Campaign():
            return reverse("campaign_date", args=[subject.slug])
        case Department():
            return reverse("department", args=[subject.slug])
    campaign = campaign_of(subject)
    return reverse("participations_edit", args=[campaign.slug]) if campaign else reverse("campaigns")
