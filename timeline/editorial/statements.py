"""Statements: making them, choosing among them, and computing what hangs on them.

    make_statement ──▶ choose(subject) ──▶ columns of the subject
                            │ a date moved
                            ▼
                       derive(each statement anchored to it) ──▶ choose(its subject) ──▶ …

`choose` is the one function that writes a chosen column.
"""

import uuid
from collections.abc import Iterable
from typing import Any, Required, TypedDict, Unpack

from django.db import models

from timeline.editorial.record import Record, as_row
from timeline.models import Campaign, Citation, Milestone, Phase, Statement
from timeline.values import durations, edtf
from timeline.values.choice import Chosen, Said, choose_date, choose_term, cover
from timeline.values.edtf import EdtfDate
from timeline.values.terms import SUBJECTS

Anchor = Campaign | Phase | Milestone

Node = tuple[str, int, str]  # noun, key, property: one date that others may hang on

DATES = ("start", "end", "when")
CIRCLE = "This date would hang on itself; anchor it to something else."
CHOSEN_DURATION = "duration"  # an offset by this word is the anchor's chosen duration, whatever it becomes

# Which columns of which noun hold the choice for which property; a date has its two bounds beside it.
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "campaign": {
        "start": ("start", "start_earliest", "start_latest"),
        "end": ("end", "end_earliest", "end_latest"),
        "duration": ("duration",),
        "status": ("status",),
    },
    "phase": {
        "start": ("start", "start_earliest", "start_latest"),
        "end": ("end", "end_earliest", "end_latest"),
        "duration": ("duration",),
    },
    "milestone": {"when": ("when", "earliest", "latest"), "status": ("status",)},
}


class StatementError(ValueError):
    """A statement that cannot be made; `field` names the part that is wrong, the message what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Columns(TypedDict, total=False):
    """What a statement holds as given; see the model."""

    basis: Required[str]
    aspect: str
    rank: str
    known_on: str
    as_said: str
    note: str


def make_statement(  # noqa: PLR0913 - one keyword for each part of a statement
    record: Record,
    *,
    subject: models.Model,
    property: str,
    value: str = "",
    citation: Citation | None = None,
    reason: str = "",
    also_cited: Iterable[Citation] = (),
    supersedes: Statement | None = None,
    offset: str = "",
    anchor: Anchor | None = None,
    anchor_property: str = "",
    derived_from: Iterable[Statement] = (),
    uid: uuid.UUID | None = None,
    **columns: Unpack[Columns],
) -> Statement:
    """Adds a statement inside an open write and notes it; call `choose(subject, record)` when all are made.

    A statement with an anchor or `derived_from` is computed and its `value` is ignored.
    Raises StatementError for a value that is not of the property's kind, or without citation and reason.
    """
    if citation is None and not reason.strip():
        raise StatementError("citation", "Name the source, or say why there is none.")
    if supersedes is not None and (supersedes.subject != subject or supersedes.property != property):
        raise StatementError("supersedes", "A date can only move an earlier date of the same thing.")
    statement = Statement(
        uid=uid or uuid.uuid4(),
        property=property,
        offset=_checked_offset(offset),
        anchor_property=anchor_property,
        supersedes=supersedes,
        citation=citation,
        reason=reason,
        **columns,
        **{_name(subject): subject},
        **({f"anchor_{_name(anchor)}": anchor} if anchor else {}),
    )
    sources = list(derived_from)
    _refuse_circle((_name(subject), subject.pk, property), _hangs_on(statement, sources))
    span = _computed(statement, sources) if anchor or sources else None
    statement.value, statement.earliest, statement.latest = _bounds(span) if span else _checked(property, value)
    statement.save(force_insert=True)
    statement.also_cited.set(also_cited)
    statement.derived_from.set(sources)
    record.note("state", statement, campaign=campaign_of(subject))
    return statement


def choose(subject: models.Model, record: Record, *, _deriving: tuple[int, ...] = ()) -> None:
    """Recomputes the chosen columns of `subject`, then everything that hangs on a date that moved.

    A subject without chosen columns (department, participation) is left as it is.
    Raises StatementError where it would end before it starts, or hang on itself.
    """
    name, before = _name(subject), as_row(subject)
    moved = [prop for prop in COLUMNS.get(name, {}) if _choose_one(subject, prop)]
    if not moved:
        return
    _check_order(subject)
    subject.save()
    record.note("choose", subject, before=before, campaign=campaign_of(subject))
    anchored = Statement.everything.filter(
        **{f"anchor_{name}": subject}, anchor_property__in=_anchoring(moved), state="published"
    )
    for statement in anchored:
        derive(statement, record, _deriving=_deriving)
    subject.refresh_from_db()  # what hangs on it may be its own end


def derive(statement: Statement, record: Record, *, _deriving: tuple[int, ...] = ()) -> None:
    """Computes a derived statement again and, where its value moved, chooses for its subject; logged as derived."""
    if statement.pk in _deriving:
        raise StatementError("anchor", CIRCLE)
    path = (*_deriving, statement.pk)
    before = as_row(statement)
    statement.value, statement.earliest, statement.latest = _bounds(_computed(statement, None))
    if as_row(statement) == before:
        return
    statement.save()
    subject = statement.subject
    why = f"what it hangs on moved: {rule_of(statement)}"
    record.note("derive", statement, before=before, why=why, campaign=campaign_of(subject))
    for dependent in statement.gives.filter(anchor_property="", state="published"):
        derive(dependent, record, _deriving=path)
    choose(subject, record, _deriving=path)


def rule_of(statement: Statement) -> str:
    """How a derived statement was computed, in plain English for the record: "P18M after the start of campaign x"."""
    anchor = statement.anchor
    base = f"the {statement.anchor_property} of {_name(anchor)} {anchor}" if anchor else "the statements it names"
    offset = statement.offset
    if not offset:
        return f"the same as {base}"
    return f"{offset[1:]} before {base}" if offset.startswith("-") else f"{offset} after {base}"


def campaign_of(subject: models.Model) -> Campaign | None:
    """The campaign whose readers see `subject`; None for a shared noun."""
    return subject if isinstance(subject, Campaign) else getattr(subject, "campaign", None)


def choice_of(subject: models.Model, prop: str) -> Chosen:
    """What is chosen for `prop` among the current statements, how it stands, and which of them (`keys`) gave it."""
    said = [
        Said(key=found.pk, value=found.value, rank=found.rank, aspect=found.aspect)
        for found in Statement.everything.current().about(subject).filter(property=prop)
    ]
    return choose_date(said) if prop in DATES else choose_term(said)


def _choose_one(subject: models.Model, prop: str) -> bool:
    """Writes the chosen columns for one property on the instance; True where a value changed.

    A status that nobody stated keeps what the editor set.
    """
    columns = COLUMNS[_name(subject)][prop]
    chosen = choice_of(subject, prop)
    if prop == "status" and chosen.standing == "nothing":
        return False
    values = _bounds(edtf.parse(chosen.value)) if prop in DATES else (chosen.value,)
    changed = tuple(getattr(subject, column) for column in columns) != values
    for column, value in zip(columns, values, strict=True):
        setattr(subject, column, value)
    return changed


def _anchoring(moved: list[str]) -> list[str]:
    """Which anchor properties a change of `moved` concerns: a duration counts from the start."""
    return [*moved, *(["start"] if "duration" in moved and "start" not in moved else [])]


def _refuse_circle(home: Node, todo: list[Node]) -> None:
    """Raises StatementError where a date at `home` would in the end hang on itself, known or not."""
    seen: set[Node] = set()
    while todo:
        node = todo.pop()
        if node == home:
            raise StatementError("anchor", CIRCLE)
        if node not in seen:
            seen.add(node)
            name, pk, prop = node
            for found in Statement.everything.filter(**{f"{name}_id": pk}, property=prop, state="published"):
                todo += _hangs_on(found, found.derived_from.all())


def _hangs_on(statement: Statement, sources: Iterable[Statement]) -> list[Node]:
    """The dates that a derived statement is computed from: its anchor's, and what its sources hang on in turn."""
    anchor = statement.anchor
    nodes: list[Node] = [(_name(anchor), anchor.pk, statement.anchor_property)] if anchor else []
    for source in sources:
        nodes += _hangs_on(source, source.derived_from.all())
    return nodes


def _computed(statement: Statement, sources: list[Statement] | None) -> EdtfDate:
    anchor, offset = statement.anchor, statement.offset
    if anchor is not None:
        column = COLUMNS[_name(anchor)].get(statement.anchor_property, ("",))[0]
        if statement.anchor_property not in DATES or not column:
            raise StatementError("anchor", "Only a date can be an anchor: a start, an end, or when a milestone is.")
        base = edtf.parse(getattr(anchor, column))
    else:
        found = list(statement.derived_from.filter(state="published")) if sources is None else sources
        base = cover([edtf.parse(source.value) for source in found]) if found else edtf.UNKNOWN
    if offset == CHOSEN_DURATION:
        offset = getattr(anchor, "duration", "")
        if not offset:
            return edtf.UNKNOWN
    if not offset or base.is_unknown:
        return base
    try:
        if offset.startswith("-"):
            return durations.subtract(base, durations.parse_duration(offset[1:]))
        return durations.add(base, durations.parse_duration(offset))
    except durations.DurationError as error:
        raise StatementError("offset", str(error)) from error


def _checked(prop: str, value: str) -> tuple[Any, ...]:
    try:
        if prop in DATES:
            return _bounds(edtf.parse(value))
        if prop == "duration" and value:
            return durations.parse_duration(value).text, None, None
    except (edtf.EdtfError, durations.DurationError) as error:
        raise StatementError("value", str(error)) from error
    return value, None, None


def _checked_offset(offset: str) -> str:
    if offset and offset != CHOSEN_DURATION:
        try:
            durations.parse_duration(offset.removeprefix("-"))
        except durations.DurationError as error:
            raise StatementError("offset", str(error)) from error
    return offset


def _check_order(subject: models.Model) -> None:
    start, end = getattr(subject, "start_earliest", None), getattr(subject, "end_latest", None)
    if start and end and end < start:
        raise StatementError(
            "end",
            f"It would end on {end.isoformat()}, before it starts on {start.isoformat()}; correct one of the two.",
        )


def _bounds(span: EdtfDate) -> tuple[Any, ...]:
    return span.text, span.earliest, span.latest


def _name(thing: models.Model) -> str:
    name = str(thing._meta.model_name)
    if name not in SUBJECTS:
        raise StatementError("subject", f"Nothing can be stated about a {name}.")
    return name
