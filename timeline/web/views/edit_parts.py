"""Phases and workstreams by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.editorial.campaign_parts import (
    create_phase,
    create_workstream,
    delete_phase,
    delete_workstream,
    edit_phase,
    edit_workstream,
)
from timeline.editorial.permissions import Actor
from timeline.models import Campaign, Phase, Workstream
from timeline.web.forms.campaign import PhaseForm, WorkstreamForm
from timeline.web.forms.common import ReasonForm, attempt
from timeline.web.views.edit_common import editing, show


@editing("phase.edit")
def phase_new(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    campaign = get_object_or_404(Campaign.everything, slug=slug)
    form = PhaseForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: create_phase(
                campaign=campaign, details=form.details(), datings=form.datings(), by=by, now=timezone.now()
            ),
        )
        if made:
            return _saved(request, campaign)
    return show(request, "timeline/edit/phase.html", form, campaign=campaign)


@editing("phase.edit")
def phase_edit(request: HttpRequest, *, by: Actor, slug: str, uid: str) -> HttpResponse:
    phase = _phase(slug, uid)
    initial = PhaseForm.initial_of(phase)
    form = PhaseForm(request.POST or None, campaign=phase.campaign, phase=phase, initial=initial)
    if request.method == "POST" and form.is_valid():
        version, why = form.cleaned_data["version"] or 0, form.cleaned_data["why"]
        saved = attempt(
            form,
            lambda: edit_phase(
                phase=phase, version=version, details=form.details(), why=why, by=by, now=timezone.now()
            ),
        )
        if saved:
            return _saved(request, phase.campaign)
    return show(request, "timeline/edit/phase.html", form, campaign=phase.campaign, phase=phase)


@editing("phase.edit")
def phase_delete(request: HttpRequest, *, by: Actor, slug: str, uid: str) -> HttpResponse:
    phase = _phase(slug, uid)
    return _delete(request, by, phase, delete_phase, "phase")


@editing("workstream.edit")
def workstream_new(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    campaign = get_object_or_404(Campaign.everything, slug=slug)
    form = WorkstreamForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: create_workstream(campaign=campaign, details=form.details(), by=by, now=timezone.now()),
        )
        if made:
            return _saved(request, campaign)
    return show(request, "timeline/edit/workstream.html", form, campaign=campaign)


@editing("workstream.edit")
def workstream_edit(request: HttpRequest, *, by: Actor, slug: str, uid: str) -> HttpResponse:
    workstream = _workstream(slug, uid)
    initial = WorkstreamForm.initial_of(workstream)
    form = WorkstreamForm(request.POST or None, campaign=workstream.campaign, workstream=workstream, initial=initial)
    if request.method == "POST" and form.is_valid():
        version, why = form.cleaned_data["version"] or 0, form.cleaned_data["why"]
        saved = attempt(
            form,
            lambda: edit_workstream(
                workstream=workstream, version=version, details=form.details(), why=why, by=by, now=timezone.now()
            ),
        )
        if saved:
            return _saved(request, workstream.campaign)
    context = {"campaign": workstream.campaign, "workstream": workstream}
    return show(request, "timeline/edit/workstream.html", form, **context)


@editing("workstream.edit")
def workstream_delete(request: HttpRequest, *, by: Actor, slug: str, uid: str) -> HttpResponse:
    workstream = _workstream(slug, uid)
    return _delete(request, by, workstream, delete_workstream, "workstream")


def _delete(request: HttpRequest, by: Actor, thing: Phase | Workstream, verb, noun: str) -> HttpResponse:
    form = ReasonForm(request.POST or None, initial=ReasonForm.initial_of(thing))
    if request.method == "POST" and form.is_valid():
        version, why = form.cleaned_data["version"] or 0, form.cleaned_data["why"]

        def delete() -> bool:
            verb(**{noun: thing}, version=version, why=why, by=by, now=timezone.now())
            return True

        if attempt(form, delete):
            messages.success(request, _("Deleted; the history keeps what it was, and the reason."))
            return redirect("campaign_edit", slug=thing.campaign.slug)
    return show(request, "timeline/edit/delete.html", form, campaign=thing.campaign, thing=thing, noun=noun)


def _saved(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    messages.success(request, _("Saved; the history keeps what it was before."))
    return redirect("campaign_edit", slug=campaign.slug)


def _phase(slug: str, uid: str) -> Phase:
    return get_object_or_404(Phase.everything.select_related("campaign"), campaign__slug=slug, uid=uid)


def _workstream(slug: str, uid: str) -> Workstream:
    return get_object_or_404(Workstream.everything.select_related("campaign"), campaign__slug=slug, uid=uid)
