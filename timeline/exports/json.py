"""The read model as JSON-ready data: every dataclass an object, every date ISO 8601, nothing added or left out."""

from dataclasses import is_dataclass
from datetime import date
from typing import Any

import orjson

from timeline.values.view import TimelineView


def view_as_dict(view: TimelineView) -> dict[str, Any]:
    """The view as dicts, lists, texts and numbers, by the names that `timeline.values.view` gives."""
    return {name: _plain(getattr(view, name)) for name in view.__dataclass_fields__}


def render(view: TimelineView) -> bytes:
    """The same, as UTF-8 JSON."""
    return orjson.dumps(view_as_dict(view))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):  # bool is an int
        return value
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, date):  # datetime is a date
        return value.isoformat()
    if is_dataclass(value):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    raise TypeError(f"The read model holds a {type(value).__name__}, which JSON has no form for.")
