"""Departments by hand: what a body is called, from when to when, and under whom it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from timeline.editorial.citations import Evidence, check_address, cite, publication_day
from timeline.editorial.inputs import InvalidInput, clean, free_uid, locked, one_of, read_date
from timeline.editorial.permissions import Actor, require
from timeline.editorial.record import Record, Row, as_row, writing
from timeline.models import Campaign, Department, DepartmentName, Succession
from timeline.values.terms import FOLLOWED, LANGUAGES, NAME_KINDS, SUCCESSION_KINDS

MOST_PARENTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in one language and the days on which it was in force."""

    text: str
    language: str
    kind: str = "official"
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a department is."""

    names: Iterable[Name]
    abbreviation: str = ""
    branch: str = ""
    website: str = ""
    note: str = ""
    parent: Department | None = None
    inferred: bool = False


def create_department(*, body: Body, by: Actor, now: datetime, slug: str = "") -> Department:
    """Adds a department with its names. Raises Forbidden, InvalidInput; then nothing was written."""
    require(by, "department.edit")
    with writing(by=by, now=now) as record:
        department = Department()
        names = _checked(body.names)
        _describe(department, body)
        taken = Department.everything.values_list("slug", flat=True)
        english = next((name.text for name in names if name.language == "en"), "")
        department.slug = free_uid(taken, slug or body.abbreviation or english)
        department.save(force_insert=True)
        _name(department, names)
        record.note("create", department, after=picture(department))
    return department


def edit_department(
    *, department: Department, version: int, body: Body, by: Actor, now: datetime, why: str = ""
) -> Department:
    """Changes a department everywhere it appears. Raises Forbidden, StaleVersion, InvalidInput."""
    require(by, "department.edit")
    with writing(by=by, now=now) as record:
        found = locked(department, version)
        before = picture(found)
        names = _checked(body.names)
        _describe(found, body)
        _name(found, names)
        found.version += 1
        found.save()
        record.note("edit", found, before=before, after=picture(found), why=why)
        _touch(record, found)
    return found


def record_succession(
    *,
    predecessor: Department,
    successor: Department | None,
    kind: str,
    on_words: str,
    by: Actor,
    now: datetime,
    evidence: Evidence,
    note: str = "",
) -> Succession:
    """Says that one body gave way to another; its lane follows a rename or a merger.

    Without a source the reason for having none stands in the note. Raises Forbidden, InvalidInput.
    """
    require(by, "department.edit")
    with writing(by=by, now=now) as record:
        one_of("kind", kind, SUCCESSION_KINDS)
        _check_succession(predecessor, successor, kind)
        day = read_date("on", on_words, published_on=publication_day(evidence)).edtf
        citation, reason = cite(record, evidence)
        made = Succession.everything.create(
            predecessor=predecessor,
            successor=successor,
            kind=kind,
            on=day.text,
            note=clean("note", f"{note.strip()}\n{reason}"),
            citation=citation,
        )
        record.note("create", made, why=reason)
        for department in filter(None, (predecessor, successor)):
            _touch(record, department)
    return made


def picture(department: Department) -> Row:
    """The department's own columns and its names, for the record."""
    return as_row(department) | {"names": [as_row(name) for name in department.names.all()]}


def _check_succession(predecessor: Department, successor: Department | None, kind: str) -> None:
    if successor is None and kind != "abolition":
        raise InvalidInput("successor", _("Choose the body that took over; only an abolition has none."))
    if successor == predecessor:
        raise InvalidInput("successor", _("A body cannot take over from itself."))
    recorded = Succession.everything.all()
    if recorded.filter(predecessor=predecessor, successor=successor, kind=kind).exists():
        raise InvalidInput("successor", _("This is already recorded."))
    reached, todo = set(), [successor.pk] if successor and kind in FOLLOWED else []
    while todo:  # a lane that leads back to where it began would have no first body
        reached.add(todo.pop())
        ways = recorded.filter(predecessor__in=reached, kind__in=FOLLOWED).values_list("successor", flat=True)
        todo += [pk for pk in ways if pk not in reached]
        if predecessor.pk in todo:
            raise InvalidInput("successor", _("That body became this one before; it cannot take over from it too."))


def _describe(department: Department, body: Body) -> None:
    department.abbreviation = clean("abbreviation", body.abbreviation, most=40)
    department.branch = clean("branch", body.branch, most=80)
    department.website = check_address("website", body.website) if body.website.strip() else ""
    department.note = clean("note", body.note)
    department.inferred = body.inferred
    above, steps = body.parent, 0
    while above is not None and steps < MOST_PARENTS:
        if department.pk and above.pk == department.pk:
            raise InvalidInput("parent", _("A body cannot stand under itself."))
        above, steps = above.parent, steps + 1
    department.parent = body.parent


def _checked(names: Iterable[Name]) -> list[Name]:
    kept = [name for name in names if name.text.strip()]
    if not any(name.kind == "official" for name in kept):
        raise InvalidInput("names", _("Give at least one official name."))
    seen = set()
    for name in kept:
        clean("names", name.text, most=200)
        one_of("names", name.language, LANGUAGES)
        one_of("names", name.kind, NAME_KINDS)
        if name.valid_from and name.valid_to and name.valid_to < name.valid_from:
            raise InvalidInput("names", _("The name “%(name)s” ends before it starts.") % {"name": name.text})
        if (key := (name.language, name.text.strip(), name.kind)) in seen:
            raise InvalidInput("names", _("The name “%(name)s” stands there twice.") % {"name": name.text})
        seen.add(key)
    return kept


def _name(department: Department, names: list[Name]) -> None:
    """Makes the rows be `names`; one that only changed its days keeps its row."""
    there = {(name.language, name.text, name.kind): name for name in department.names.all()}
    wanted = {(name.language, name.text.strip(), name.kind): name for name in names}
    department.names.filter(pk__in=[row.pk for key, row in there.items() if key not in wanted]).delete()
    for (language, text, kind), name in wanted.items():
        row = there.get((language, text, kind)) or DepartmentName(
            department=department, language=language, text=text, kind=kind
        )
        row.valid_from, row.valid_to = name.valid_from, name.valid_to
        row.save()


def _touch(record: Record, department: Department) -> None:
    """Raises every campaign that shows the department."""
    shows = (
        Q(participations__department=department)
        | Q(workstreams__responsibilities__department=department)
        | Q(milestones__responsibilities__department=department)
        | Q(updates__departments=department)
    )
    for campaign in Campaign.everything.filter(pk__in=Campaign.everything.filter(shows).values("pk")):
        record.touch(campaign)
