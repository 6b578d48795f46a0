"""The one filter that web, API, charts and exports share; it lives in the address bar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from timeline.values import edtf
from timeline.values.terms import MILESTONE_KINDS

GroupBy = Literal["departments", "workstreams", "phases", "kinds"]
GROUPS: tuple[GroupBy, ...] = ("departments", "workstreams", "phases", "kinds")
MANY = ("department", "workstream", "topic", "kind")
MAX_TEXT = 200


class FilterError(ValueError):
    """`parameter` names what was wrong in the address; the message says what is accepted."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """Empty tuples and texts mean "all"; `since` and `until` are days, both included."""

    department: tuple[str, ...] = ()
    workstream: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    q: str = ""
    since: date | None = None
    until: date | None = None
    group: GroupBy = "departments"

    @property
    def is_empty(self) -> bool:
        """True where nothing is filtered out (grouping filters nothing)."""
        return all(not getattr(self, f.name) for f in fields(self) if f.name != "group")

    def as_query(self) -> list[tuple[str, str]]:
        """The pairs of the address that `from_query` reads back to an equal filter."""
        pairs = [(name, value) for name in MANY for value in getattr(self, name)]
        pairs += [("q", self.q)] if self.q else []
        pairs += [(name, day.isoformat()) for name in ("since", "until") if (day := getattr(self, name))]
        return pairs + ([("group", self.group)] if self.group != "departments" else [])


def from_query(query: Mapping[str, Iterable[str]]) -> TimelineFilter:
    """Reads {parameter: values}; parameters it does not know are left to others.

    Raises FilterError for a value that is not understood.
    """
    many = {name: _many(name, query) for name in MANY}
    for kind in many["kind"]:
        if kind not in MILESTONE_KINDS:
            raise FilterError("kind", f"There is no kind {kind!r}; the kinds are {', '.join(MILESTONE_KINDS)}.")
    text = _one("q", query)
    if len(text) > MAX_TEXT or "\x00" in text:
        raise FilterError("q", f"Search for at most {MAX_TEXT} characters, without control characters.")
    since, until = _bound("since", query, first=True), _bound("until", query, first=False)
    if since and until and since > until:
        raise FilterError("until", "The period ends before it starts; swap the two dates.")
    chosen = _one("group", query) or "departments"
    group = next((known for known in GROUPS if known == chosen), None)
    if group is None:
        raise FilterError("group", f"Group by one of {', '.join(GROUPS)}.")
    return TimelineFilter(q=text, since=since, until=until, group=group, **many)


def _many(name: str, query: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    found = dict.fromkeys(part.strip() for value in query.get(name, ()) for part in value.split(","))
    if any(len(part) > 80 or "\x00" in part for part in found):
        raise FilterError(name, "A name in the address is at most 80 characters, without control characters.")
    return tuple(part for part in found if part)


def _one(name: str, query: Mapping[str, Iterable[str]]) -> str:
    return next((value.strip() for value in reversed(list(query.get(name, ())))), "")


def _bound(name: str, query: Mapping[str, Iterable[str]], *, first: bool) -> date | None:
    text = _one(name, query)
    try:
        read = edtf.parse(text)
    except edtf.EdtfError as error:
        raise FilterError(name, f"{error}") from error
    return read.earliest if first else read.latest
