"""Whether a campaign file holds together: every key once, every reference to something that is there."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from timeline.editorial.campaign_file.consistency import broken_dates, broken_statements
from timeline.editorial.campaign_file.walk import (
    Data,
    Error,
    circle,
    citations,
    items,
    statements,
    used_departments,
    whole_key,
)

# Where keys are kept, by the word that messages use for the thing.
LISTS = {
    "department": ("departments", "slug"),
    "document": ("documents", "uid"),
    "workstream": ("workstreams", "uid"),
    "topic": ("topics", "uid"),
    "phase": ("phases", "uid"),
    "milestone": ("milestones", "uid"),
    "figure": ("figures", "uid"),
    "disagreement": ("disagreements", "uid"),
}


def broken_references(data: Data, *, has_shape: bool = True) -> Iterator[Error]:
    """Errors that one look at the shape cannot find, as (JSON pointer, reason).

    Where the shape is not right, a check ends at the first thing that it cannot make out.
    """
    checks = (
        *(_doubles, _two_tongues, _unknown, _unused, _circles),
        *(broken_statements, broken_dates, _unlike_figures),
    )
    for check in checks:
        try:
            yield from check(data)
        except (KeyError, TypeError, ValueError, AttributeError):
            if has_shape:
                raise


def _doubles(data: Data) -> Iterator[Error]:
    for thing, (name, key) in LISTS.items():
        yield from _twice(((f"{place}/{key}", item[key]) for place, item in items(data, name)), thing)
    yield from _twice(((f"{place}/uid", found["uid"]) for place, _, found in statements(data)), "statement")
    yield from _twice(((place, whole_key(item)) for place, item in items(data, "metrics")), "metric")
    yield from _twice(
        ((f"{place}/department", item["department"]) for place, item in items(data, "participations")), "participation"
    )
    yield from _twice(
        (
            (place, (item["predecessor"], item.get("successor"), item["kind"]))
            for place, item in items(data, "successions")
        ),
        "succession",
    )
    for place, item in items(data, "departments"):
        names = (
            (at, (name["language"], name["text"], name.get("kind", "official")))
            for at, name in _of(place, item, "names")
        )
        yield from _twice(names, "name")
    yield from _twice(
        (
            (f"{at}/department", (part["department"], "in", at.rpartition("/")[0]))
            for at, part in _responsibilities(data)
        ),
        "department",
    )


def _twice(keys: Iterable[tuple[str, Any]], thing: str) -> Iterator[Error]:
    seen = set()
    for place, key in keys:
        if key in seen:
            shown = " ".join(str(part) for part in key if part) if isinstance(key, tuple) else key
            yield place, f"The {thing} “{shown}” stands here a second time."
        seen.add(key)


def _two_tongues(data: Data) -> Iterator[Error]:
    """A passage is stored once, so it has one language."""
    language: dict[tuple[str, str], str] = {}
    for place, citation in citations(data):
        said = citation.get("quote_language", "")
        first = language.setdefault((citation["document"], citation.get("quote", "")), said)
        if first != said:
            yield f"{place}/quote_language", f"The same passage is given as “{first}” elsewhere in this file."


def _of(place: str, item: Data, name: str) -> Iterator[tuple[str, Data]]:
    for number, part in enumerate(item.get(name, ())):
        yield f"{place}/{name}/{number}", part


def _unknown(data: Data) -> Iterator[Error]:
    known: dict[str, set[Any]] = {
        thing: {item[key] for _, item in items(data, name)} for thing, (name, key) in LISTS.items()
    }
    known["statement"] = {found["uid"] for _, _, found in statements(data)}
    known["metric"] = {whole_key(item) for _, item in items(data, "metrics")}
    for place, thing, key in references(data):
        if key not in known[thing]:
            shown = f"{key[0]}, version {key[1]}" if isinstance(key, tuple) else key
            yield place, f"There is no {thing} “{shown}” in this file."


def references(data: Data) -> Iterator[tuple[str, str, Any]]:
    """Everything in the file that names something else: (where, what kind of thing, its key)."""
    for name, fields in _FIELDS.items():
        for place, item in items(data, name):
            for field, thing in fields.items():
                yield from _named(place, item, field, thing)
    yield from _within(data)
    for place, citation in citations(data):
        yield f"{place}/document", "document", citation["document"]


def _within(data: Data) -> Iterator[tuple[str, str, Any]]:
    """What figures, responsibilities and statements name."""
    for place, item in items(data, "figures"):
        yield f"{place}/metric", "metric", (item["metric"], item.get("definition_version", 1))
    for place, part in _responsibilities(data):
        yield f"{place}/department", "department", part["department"]
    for place, _, item in statements(data):
        for field in ("derived_from", "supersedes"):
            yield from _named(place, item, field, "statement")
        for thing in ("phase", "milestone"):
            yield from _named(f"{place}/anchor", item.get("anchor", {}), thing, thing)


def _responsibilities(data: Data) -> Iterator[tuple[str, Data]]:
    for owner, held in (("workstreams", "responsibilities"), ("milestones", "departments")):
        for place, item in items(data, owner):
            yield from _of(place, item, held)


_FIELDS = {
    "departments": {"parent": "department"},
    "successions": {"predecessor": "department", "successor": "department"},
    "participations": {"department": "department"},
    "workstreams": {},
    "topics": {},
    "phases": {"parent": "phase"},
    "milestones": {"workstreams": "workstream", "topics": "topic"},
    "figures": {"milestone": "milestone", "parent": "figure", "confirms": "figure"},
    "disagreements": {
        "milestones": "milestone",
        "statements": "statement",
        "figures": "figure",
        "documents": "document",
    },
}


def _named(place: str, item: Data, field: str, thing: str) -> Iterator[tuple[str, str, Any]]:
    held = item.get(field)
    if isinstance(held, list):
        for number, key in enumerate(held):
            yield f"{place}/{field}/{number}", thing, key
    elif held is not None:
        yield f"{place}/{field}", thing, held


_LINKS = ("/departments/", "/successions/")  # these lead from one department to another


def _unused(data: Data) -> Iterator[Error]:
    """Shared things that this campaign does not use would be lost by a dump, so they are refused."""
    used = {(thing, key) for _, thing, key in references(data)}
    departments = used_departments(
        {key for place, thing, key in references(data) if thing == "department" and not place.startswith(_LINKS)},
        {item["slug"]: item.get("parent") for _, item in items(data, "departments")},
        [(item["predecessor"], item.get("successor")) for _, item in items(data, "successions")],
    )
    for place, item in items(data, "departments"):
        if item["slug"] not in departments:
            yield place, f"Nothing in this file names the department “{item['slug']}”; leave it out."
    for place, item in items(data, "documents"):
        if ("document", item["uid"]) not in used:
            yield place, f"Nothing in this file cites the document “{item['uid']}”; leave it out."
    for place, item in items(data, "metrics"):
        if ("metric", whole_key(item)) not in used:
            yield place, f"No figure in this file counts the metric “{item['uid']}”; leave it out."


def _circles(data: Data) -> Iterator[Error]:
    for name, key, field in (
        ("departments", "slug", "parent"),
        ("phases", "uid", "parent"),
        ("figures", "uid", "parent"),
        ("figures", "uid", "confirms"),
    ):
        listed = list(items(data, name))
        above = {item[key]: [item[field]] if field in item else [] for _, item in listed}
        for place, item in listed:
            if circle(item[key], above):
                word = {"parent": "is above itself", "confirms": "confirms itself"}[field]
                yield f"{place}/{field}", f"“{item[key]}” {word}: {' → '.join(circle(item[key], above))}."


def _unlike_figures(data: Data) -> Iterator[Error]:
    by_uid = {item["uid"]: item for _, item in items(data, "figures")}
    same: dict[str, Callable[[Data], Any]] = {
        "metric": lambda item: (item["metric"], item.get("definition_version", 1)),
        "value": lambda item: float(item["value"]),
        "qualifier": lambda item: item.get("qualifier", "exact"),
    }
    for place, item in items(data, "figures"):
        if "citation" not in item and not item.get("reason"):
            yield place, "A figure needs a citation, or the reason why there is none."
        first = by_uid.get(item.get("confirms", ""))
        unlike = [name for name, of in same.items() if first and of(first) != of(item)]
        if unlike:
            yield f"{place}/confirms", f"It does not confirm “{item['confirms']}”: the {' and '.join(unlike)} differs."
