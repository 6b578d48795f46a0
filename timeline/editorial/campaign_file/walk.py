"""Walking a campaign file: its lists and its statements with their places, and circles among keys."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Data = dict[str, Any]
Error = tuple[str, str]  # JSON pointer, reason
Subject = tuple[str, str]  # what a statement is about: kind and key

# Which lists hold subjects of statements, and by which key.
SUBJECT_LISTS = {
    "departments": ("department", "slug"),
    "participations": ("participation", "department"),
    "phases": ("phase", "uid"),
    "milestones": ("milestone", "uid"),
}


def items(data: Data, name: str) -> Iterator[tuple[str, Data]]:
    """Each entry of one top list with its place."""
    for number, item in enumerate(data.get(name, ())):
        yield f"/{name}/{number}", item


def subjects(data: Data) -> Iterator[tuple[str, Subject, Data]]:
    """Everything that statements may be about, with its place."""
    yield "/campaign", ("campaign", data["campaign"]["slug"]), data["campaign"]
    for name, (kind, key) in SUBJECT_LISTS.items():
        for place, item in items(data, name):
            yield place, (kind, item[key]), item


def statements(data: Data) -> Iterator[tuple[str, Subject, Data]]:
    """Every statement with its place and what it is about."""
    for place, subject, item in subjects(data):
        for number, statement in enumerate(item.get("statements", ())):
            yield f"{place}/statements/{number}", subject, statement


def citations(data: Data) -> Iterator[tuple[str, Data]]:
    """Every citation with its place."""
    for name in ("successions", "participations", "workstreams", "topics", "milestones", "figures"):
        for place, item in items(data, name):
            yield from _cited(place, item)
    for place, _, found in statements(data):
        yield from _cited(place, found)


def _cited(place: str, item: Data) -> Iterator[tuple[str, Data]]:
    if "citation" in item:
        yield f"{place}/citation", item["citation"]
    for name in ("citations", "also_cited"):
        for number, citation in enumerate(item.get(name, ())):
            yield f"{place}/{name}/{number}", citation


def used_departments(
    named: set[str], parents: Mapping[str, str | None], successions: Sequence[tuple[str, str | None]]
) -> set[str]:
    """The departments that a campaign's file holds: those it names, those above them, what came before and after."""
    used: set[str] = set()
    waiting = set(named)
    while waiting:
        used |= waiting
        found = {parents.get(slug) for slug in waiting}
        for pair in successions:
            found.update(pair if waiting.intersection(pair) else ())
        waiting = {slug for slug in found if slug} - used
    return used


def whole_key(metric: Data) -> tuple[str, int]:
    return metric["uid"], metric.get("definition_version", 1)


def is_computed(statement: Data) -> bool:
    return "anchor" in statement or bool(statement.get("derived_from"))


def anchor_subject(anchor: Data, data: Data) -> Subject:
    """What an anchor counts from; without a phase or a milestone it is the campaign."""
    kind = next((kind for kind in ("phase", "milestone") if kind in anchor), None)
    return (kind, anchor[kind]) if kind else ("campaign", data["campaign"]["slug"])


def circle(start: Any, links: Mapping[Any, Sequence[Any]]) -> list[Any]:
    """The way from `start` back to itself along `links`, or an empty list."""
    way: dict[Any, Any] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for there in links.get(here, ()):
            if there == start:
                back = [here]
                while back[-1] != start:
                    back.append(way[back[-1]])
                return [*reversed(back), start]
            if there not in way:
                way[there] = here
                waiting.append(there)
    return []


def levels(links: Mapping[Any, Sequence[Any]]) -> list[list[Any]]:
    """The keys in layers, each after all that its members link to. The links must be free of circles."""
    waiting, placed = dict(links), set[Any]()
    found = []
    while waiting:
        layer = [key for key, above in waiting.items() if all(one in placed or one not in links for one in above)]
        found.append(layer)
        placed.update(layer)
        for key in layer:
            del waiting[key]
    return found
