"""What each filter offers, with how many entries each option would leave under the other filters."""

from collections import Counter
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from timeline.queries.labels import label
from timeline.queries.lanes import Entry, Lanes
from timeline.queries.loading import Loaded
from timeline.queries.predicates import matches_of
from timeline.queries.rows import MilestoneRow
from timeline.queries.text import title_text
from timeline.values.filters import GROUPS
from timeline.values.terms import MILESTONE_KINDS
from timeline.values.view import Choice


def choices_of(loaded: Loaded, lanes: Lanes, groups: dict[str, str]) -> dict[str, tuple[Choice, ...]]:
    """The options of every filter parameter. `groups` are the headings of department options, by role."""
    return {
        "department": _departments(loaded, lanes, groups),
        "workstream": _workstreams(loaded),
        "topic": _topics(loaded),
        "kind": _kinds(loaded),
        "group": _groupings(loaded),
    }


def _left(loaded: Loaded, dimension: str, values: Callable[[Entry], Iterable[str]]) -> Counter[str]:
    """How many entries meet every other filter, by the value that they have in this dimension."""
    counted: Counter[str] = Counter()
    entries: tuple[Entry, ...] = (*loaded.milestones, *loaded.updates)
    for row in entries:
        if all(met for name, met in matches_of(row).items() if name != dimension):
            counted.update(set(values(row)))
    return counted


def _departments(loaded: Loaded, lanes: Lanes, groups: dict[str, str]) -> tuple[Choice, ...]:
    directory, chosen = loaded.directory, loaded.filter.department
    keys = lanes.department_keys()
    local = {slug: directory.family((slug,)) for slug in chosen if slug not in keys and directory.by_slug(slug)}

    def values(row: Entry) -> Iterable[str]:
        pks = set(lanes.department_pks(row))
        return (*lanes.departments_of(row), *(slug for slug, family in local.items() if family & pks))

    counts = _left(loaded, "department", values)
    made = []
    for key in (*keys, *local):
        body = directory.by_slug(key)
        if body is not None:
            name = directory.name(body.pk, loaded.language).text
            group = groups.get(keys.get(key, ""), groups[""])
            made.append(Choice(key, name, counts[key], key in chosen, group))
    return tuple(made)


def _workstreams(loaded: Loaded) -> tuple[Choice, ...]:
    uids = {row.pk: row.uid for row in loaded.workstreams}
    counts = _left(loaded, "workstream", lambda row: (uids[pk] for pk in row.workstream_pks))
    return tuple(
        Choice(
            value=row.uid,
            label=title_text(row.title, loaded.language, fallback=row.uid).text,
            count=counts[row.uid],
            chosen=row.uid in loaded.filter.workstream,
        )
        for row in loaded.workstreams
    )


def _topics(loaded: Loaded) -> tuple[Choice, ...]:
    uids = {row.pk: row.uid for row in loaded.topics}
    counts = _left(loaded, "topic", lambda row: (uids[pk] for pk in row.topic_pks))
    return tuple(
        Choice(
            value=row.uid,
            label=title_text(row.title, loaded.language, fallback=row.uid).text,
            count=counts[row.uid],
            chosen=row.uid in loaded.filter.topic,
            group=label("topic_group", row.group, loaded.language),
        )
        for row in loaded.topics
    )


def _kinds(loaded: Loaded) -> tuple[Choice, ...]:
    counts = _left(loaded, "kind", lambda row: (row.kind,) if isinstance(row, MilestoneRow) else ())
    return tuple(
        Choice(kind, label("milestone_kind", kind, loaded.language), counts[kind], kind in loaded.filter.kind)
        for kind in MILESTONE_KINDS
    )


def _groupings(loaded: Loaded) -> tuple[Choice, ...]:
    everyone = len(loaded.milestones) + len(loaded.updates)
    return tuple(
        Choice(group, label("group", group, loaded.language), everyone, group == loaded.filter.group)
        for group in GROUPS
    )


def department_groups() -> dict[str, str]:
    """The headings under which departments are offered, by participation role."""
    return {
        "lead": _("Issuers"),
        "joint": _("Issuers"),
        "framing": _("Framing body"),
        "supporting": _("Supporting bodies"),
        "": _("Other bodies"),
    }
