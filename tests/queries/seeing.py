"""The timeline as the tests of this folder look at it."""

from datetime import date
from typing import Any

from timeline.queries.timeline import campaign_timeline
from timeline.values.filters import TimelineFilter
from timeline.values.view import TimelineView

TODAY = date(2026, 11, 23)


def see(slug: str = "sweep", *, language: str = "en", audience: Any = "visitor", **chosen: Any) -> TimelineView:
    return campaign_timeline(slug, filter=TimelineFilter(**chosen), language=language, today=TODAY, audience=audience)


def uids(view: TimelineView) -> list[str]:
    return [item.uid for item in view.items]
