"""Charts: TimelineView → Plotly figure as a plain dictionary. A new chart is one file and one line in CHARTS."""

from collections.abc import Callable
from typing import Any

from timeline.charts import gantt
from timeline.charts.theme import PALETTES, Theme
from timeline.values.view import TimelineView

CHARTS: dict[str, Callable[[TimelineView, Theme], dict[str, Any]]] = {
    "timeline": gantt.figure,
}


class UnknownChart(KeyError):
    """There is no chart of this name; CHARTS lists those that there are."""


def figure(name: str, view: TimelineView, theme: Theme = "light") -> dict[str, Any]:
    """The chart `name` of a view as a Plotly figure. Raises UnknownChart."""
    if name not in CHARTS:
        raise UnknownChart(f"There is no chart {name!r}; there are {', '.join(CHARTS)}.")
    return CHARTS[name](view, theme)


__all__ = ["CHARTS", "PALETTES", "Theme", "UnknownChart", "figure"]
