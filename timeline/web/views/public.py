"""Public pages of a campaign: find the value, hand it to a template. The clock is read here and nowhere below."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from timeline.charts import PALETTES, gantt, picture
from timeline.charts.plan import plan
from timeline.models import Milestone
from timeline.queries.figures import campaign_figures
from timeline.queries.loading import Audience
from timeline.queries.milestones import milestone_detail
from timeline.queries.updates import freshness
from timeline.values.filters import MANY, FilterError, TimelineFilter, from_query
from timeline.values.view import Number, TimelineView
from timeline.web.views import public_common as common

TEASER = 6  # figures on the campaign's page


@common.moves
@common.stamped
def campaign(request: HttpRequest, slug: str, today: date) -> HttpResponse:
    """The timeline: findings, filters, chart, undated tray, table; the address holds the filter."""
    problem, chosen = _filter_of(request)
    view = common.timeline(request, slug, chosen, today)
    if unknown := _unknown(view):
        problem, view = unknown, common.timeline(request, slug, TimelineFilter(), today)
    drawn = plan(view)
    query = request.GET.urlencode()
    context = {
        "view": view,
        "plan": drawn,
        "picture": picture.picture(drawn, lambda uid: reverse("milestone", args=[slug, uid])),
        "figure": gantt.figure_of(drawn, "light"),
        "palettes": PALETTES,
        "outside": drawn.outside(),
        "problem": problem,
        "query": f"?{query}" if query else "",
        "live_url": f"{settings.LIVE_URL}/live/campaigns/{slug}",
        "api_url": f"/api/v1/campaigns/{slug}/",
        "active": _active(view),
        "fresh": freshness(slug, audience=common.audience(request)),
        "latest": _latest(view, slug, common.audience(request)),
    }
    return render(
        request, "timeline/campaign.html", common.with_editor(request, context), status=400 if problem else 200
    )


@common.moves
@common.stamped
def disagreements(request: HttpRequest, slug: str, today: date) -> HttpResponse:
    """Where the sources part company, each with the items it concerns."""
    view = common.timeline(request, slug, TimelineFilter(), today)
    return render(request, "timeline/disagreements.html", {"view": view, "items": common.items_by_uid(view)})


@common.moves
@common.stamped
def milestone(request: HttpRequest, slug: str, uid: str, today: date) -> HttpResponse:
    """A milestone with every statement, its source, and what changed; the drawer shows the same."""
    reader = common.audience(request)
    try:
        detail = milestone_detail(
            slug,
            uid,
            language=common.language(),
            today=today,
            with_history=reader == "editor",
            audience=reader,
        )
    except Milestone.DoesNotExist:
        raise Http404(_("There is no such milestone in this campaign; it may have been taken back.")) from None
    context = common.with_editor(request, {"detail": detail, "item": detail.item, "head": detail.head})
    return render(request, "timeline/milestone.html", context)


@common.moves
@common.stamped
def figures(request: HttpRequest, slug: str, today: date) -> HttpResponse:
    """Every reported value with its qualifier, its window and who confirmed it."""
    view = common.timeline(request, slug, TimelineFilter(), today)
    numbers = campaign_figures(slug, language=common.language(), audience=common.audience(request))
    context = {
        "view": view,
        "numbers": [number for number in numbers if not number.confirms],
        "reports": len(numbers),
        "confirmed": _grouped(number for number in numbers if number.confirms),
        "items": common.items_by_uid(view),
        "parents": {number.uid: number for number in numbers},
    }
    return render(request, "timeline/figures.html", context)


def _grouped(confirming: Iterable[Number]) -> dict[str, list[Number]]:
    found: dict[str, list[Number]] = {}
    for number in confirming:
        found.setdefault(number.confirms, []).append(number)
    return found


def _filter_of(request: HttpRequest) -> tuple[FilterError | None, TimelineFilter]:
    """The filter of the address; an address that is not understood shows everything and says why."""
    try:
        return None, from_query(dict(request.GET.lists()))
    except FilterError as error:
        return error, TimelineFilter()


def _unknown(view: TimelineView) -> FilterError | None:
    """What the filter names that this campaign does not know, as the API would say it."""
    for name in MANY:
        known = {choice.value for choice in view.choices.get(name, ())}
        for value in getattr(view.filter, name):
            if value not in known:
                return FilterError(name, _("The campaign knows no %(value)s here.") % {"value": repr(value)})
    return None


def _latest(view: TimelineView, slug: str, reader: Audience) -> list[Number]:
    """The newest values that the campaign's own milestones report, confirmations left out."""
    own = {item.uid for item in (*view.items, *view.undated) if item.scope == "core"}
    numbers = campaign_figures(slug, language=common.language(), audience=reader)
    return [n for n in numbers if n.milestone in own and not n.confirms and n.rank != "deprecated"][-TEASER:][::-1]


def _active(view: TimelineView) -> list[dict[str, Any]]:
    """Each part of the filter that is on, with the query that takes it off."""
    found = []
    for name in ("department", "workstream", "topic", "kind"):
        for choice in view.choices.get(name, ()):
            if choice.chosen:
                kept: dict[str, Any] = {name: tuple(v for v in getattr(view.filter, name) if v != choice.value)}
                found.append({"label": choice.label, "without": replace(view.filter, **kept)})
    if view.filter.q:
        found.append({"label": f"“{view.filter.q}”", "without": replace(view.filter, q="")})
    if view.filter.since or view.filter.until:
        label = f"{view.filter.since or '…'} – {view.filter.until or '…'}"
        found.append({"label": label, "without": replace(view.filter, since=None, until=None)})
    return found
