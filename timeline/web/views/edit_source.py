"""Sources by hand: try what an address brings, watch it, pause it, resume it, fetch it now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from timeline.editorial.campaigns import one_of_zones
from timeline.editorial.citations import check_address
from timeline.editorial.permissions import Actor
from timeline.editorial.sources import create_source, edit_source, fetch_now, pause_source, resume_source
from timeline.editorial.states import NotAllowed
from timeline.ingest.pipeline import PROBLEMS, Preview, preview
from timeline.models import Source
from timeline.queries.health import background_is_there
from timeline.queries.text import when_of
from timeline.web.forms.common import attempt, reader
from timeline.web.forms.source import SourceForm
from timeline.web.views.edit_common import editing, show

SHOWN = 20  # items of a preview


@editing("source.edit")
def source_new(request: HttpRequest, *, by: Actor) -> HttpResponse:
    start = {"campaign": request.GET.get("campaign", ""), "timezone": "Asia/Shanghai", "quality": "unknown"}
    form = SourceForm(request.POST or None, initial=start)
    tried = None
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            tried = _try(form)
        elif made := attempt(
            form,
            lambda: create_source(campaign=form.campaign_of(), watch=form.watch(), by=by, now=timezone.now()),
        ):
            soon = _("“%(name)s” is watched from now on; the first fetch is due.")
            _promise(request, made, soon, _("“%(name)s” is watched from now on."))
            return redirect("sources")
    return show(request, "timeline/edit/source.html", form, tried=tried)


@editing("source.edit")
def source_edit(request: HttpRequest, *, by: Actor, uid: str) -> HttpResponse:
    source = _source(uid)
    form = SourceForm(request.POST or None, source=source, initial=SourceForm.initial_of(source))
    tried = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        if "try" in request.POST:
            tried = _try(form)
        elif attempt(
            form,
            lambda: edit_source(source=source, version=version, watch=form.watch(), by=by, now=timezone.now()),
        ):
            messages.success(request, _("Saved; the history keeps what it was before."))
            return redirect("sources")
    return show(request, "timeline/edit/source.html", form, tried=tried, source=source)


@require_POST
@editing("source.fetch")
def source_fetch(request: HttpRequest, *, by: Actor, uid: str) -> HttpResponse:
    """Makes the source due; nothing waits for the network or the broker here."""
    source = _source(uid)
    try:
        fetch_now(source=source, by=by, now=timezone.now())
        soon = _("“%(name)s” is due and will be fetched within seconds.")
        _promise(request, source, soon, _("“%(name)s” is due."))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("sources")


@require_POST
@editing("source.edit")
def source_turn(request: HttpRequest, *, by: Actor, uid: str) -> HttpResponse:
    """Pauses a source, or resumes it."""
    source = _source(uid)
    is_pause = request.POST.get("to") == "paused"
    try:
        (pause_source if is_pause else resume_source)(source=source, by=by, now=timezone.now())
        if is_pause:
            messages.success(request, _("“%(name)s” is paused; what it brought stays.") % {"name": source})
        else:
            again = _("“%(name)s” is watched again.")
            _promise(request, source, again, again)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("sources")


def _promise(request: HttpRequest, source: Source, soon: str, at_all: str) -> None:
    """What comes next: `soon` where something fetches now, else `at_all` and what it waits for."""
    if background_is_there(now=timezone.now()):
        messages.success(request, soon % {"name": source})
    else:
        wait = _("It waits until the background worker is back; nothing is lost.")
        messages.warning(request, f"{at_all % {'name': source}} {wait}")


def _try(form: SourceForm) -> dict[str, object] | None:
    """What the address brings now, or None with the trouble beside the field."""
    found = attempt(form, lambda: _preview(form))
    if found is None:
        return None
    items = [
        {"title": item.title, "url": item.url, "language": item.language, "raw": item.published}
        | {"when": when_of(item.published_on, reader())}
        for item in found.candidates[:SHOWN]
    ]
    return {"final_url": found.final_url, "count": len(found.candidates), "items": items}


def _preview(form: SourceForm) -> Preview | None:
    typed = form.cleaned_data
    url, zone = check_address("url", typed["url"]), one_of_zones("timezone", typed["timezone"] or "UTC")
    try:
        return preview(url=url, now=timezone.now(), kind=typed["kind"], timezone=zone, language=typed["language"])
    except PROBLEMS as problem:
        form.add_error("url", without_promise(str(problem)))
        return None


def without_promise(problem: str) -> str:
    """What went wrong at a trial: nothing is watched yet, so nothing is tried again by itself."""
    text = problem
    for promise in (_("; it will be tried again by itself."), _("; it will be tried again.")):
        text = text.removesuffix(promise)
    return problem if text == problem else _("%(what_happened)s.") % {"what_happened": text}


def _source(uid: str) -> Source:
    return get_object_or_404(Source.everything.select_related("campaign"), uid=uid)
