"""The timeline in other forms. A new format is one file here and one line in `EXPORTS`."""

from collections.abc import Callable
from dataclasses import dataclass

from timeline.exports import csv, json
from timeline.values.view import TimelineView


@dataclass(frozen=True, slots=True)
class Export:
    """A format: what it is called on the wire, and how a view becomes its bytes."""

    media_type: str
    render: Callable[[TimelineView], bytes]


EXPORTS: dict[str, Export] = {
    "csv": Export("text/csv; charset=utf-8", csv.render),
    "json": Export("application/json", json.render),
}


def render(form: str, view: TimelineView) -> bytes:
    """The bytes of `view` in the format `form`. Raises KeyError for a format that is not in `EXPORTS`."""
    return EXPORTS[form].render(view)
