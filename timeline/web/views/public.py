"""Public pages of a campaign: find the value, hand it to a template. The clock is read here and nowhere below."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from timeline import charts
from timeline.charts import picture
from timeline.charts.plan import plan
from timeline.values.filters import FilterError, TimelineFilter, from_query
from timeline.values.view import TimelineView
from timeline.web.views import public_common as common


@common.moves
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """The timeline: findings, filters, chart, undated tray, table; the address holds the filter."""
    problem, chosen = _filter_of(request)
    view = common.timeline(request, slug, chosen)
    drawn = plan(view)
    query = request.GET.urlencode()
    context = {
        "view": view,
        "plan": drawn,
        "picture": picture.picture(drawn, lambda uid: reverse("milestone", args=[slug, uid])),
        "figure": charts.figure("timeline", view, "light"),
        "palettes": charts.PALETTES,
        "outside": drawn.outside(),
        "problem": problem,
        "query": f"?{query}" if query else "",
        "live_url": f"{settings.LIVE_URL}/live/campaigns/{slug}",
        "api_url": f"/api/v1/campaigns/{slug}/",
        "active": _active(view),
    }
    return render(request, "timeline/campaign.html", common.with_editor(request, context), status=400 if problem else 200)


@common.moves
def disagreements(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the sources part company, each with the items it concerns."""
    view = common.timeline(request, slug, TimelineFilter())
    return render(request, "timeline/disagreements.html", {"view": view, "items": common.items_by_uid(view)})


def _filter_of(request: HttpRequest) -> tuple[FilterError | None, TimelineFilter]:
    """The filter of the address; an address that is not understood shows everything and says why."""
    try:
        return None, from_query(dict(request.GET.lists()))
    except FilterError as error:
        return error, TimelineFilter()


def _active(view: TimelineView) -> list[dict[str, Any]]:
    """Each part of the filter that is on, with the query that takes it off."""
    found = []
    for name in ("department", "workstream", "topic", "kind"):
        for choice in view.choices.get(name, ()):
            if choice.chosen:
                left = tuple(value for value in getattr(view.filter, name) if value != choice.value)
                found.append({"label": choice.label, "without": replace(view.filter, **{name: left})})
    if view.filter.q:
        found.append({"label": f"“{view.filter.q}”", "without": replace(view.filter, q="")})
    if view.filter.since or view.filter.until:
        label = f"{view.filter.since or '…'} – {view.filter.until or '…'}"
        found.append({"label": label, "without": replace(view.filter, since=None, until=None)})
    return found
