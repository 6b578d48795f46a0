"""What the tests of the campaign file share: the small sample, fresh each time, and one way to load it."""

import copy
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from timeline.editorial.campaign_file import Loaded, load, problems_of
from timeline.editorial.permissions import SYSTEM

SMALL_FILE = Path(__file__).parents[1] / "samples" / "campaigns" / "small.json"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
KEEP: Any = object()

Data = dict[str, Any]


@cache
def _small() -> Data:
    data: Data = json.loads(SMALL_FILE.read_text(encoding="utf-8"))
    return data


def small() -> Data:
    """A copy of the sample that holds everything a campaign file can hold."""
    return copy.deepcopy(_small())


def put(data: Data, place: str, value: Any) -> Data:
    """`data` with `value` at a JSON pointer; `...` takes away what is there, and "-" appends to a list."""
    *path, last = place.split("/")[1:]
    here: Any = data
    for part in path:
        here = here[int(part)] if isinstance(here, list) else here[part]
    if value is ...:
        del here[int(last) if isinstance(here, list) else last]
    elif last == "-":
        here.append(value)
    else:
        here[int(last) if isinstance(here, list) else last] = value
    return data


def loading(data: Data) -> Loaded:
    """Loads what must be a right file."""
    assert problems_of(data) == []
    return load(data=data, by=SYSTEM, now=NOW)
