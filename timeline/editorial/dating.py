"""Dates and durations in words, as statements: first said, moved, said otherwise, come true, or mistyped.

words ──▶ read ──┐
anchor + offset ─┴▶ make_statement ──▶ choose ──▶ what hangs on it
                          │ mistyped: the earlier one is retracted, with the reason
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from timeline.editorial.citations import NOTHING, Evidence, cite, publication_day, publication_of
from timeline.editorial.inputs import InvalidInput, locked, one_of, read_date, reason_for
from timeline.editorial.permissions import Actor, require
from timeline.editorial.record import Record, as_row, writing
from timeline.editorial.statements import COLUMNS, Anchor, campaign_of, choose, derive, make_statement
from timeline.editorial.states import PUBLICATION, NotAllowed
from timeline.models import Citation, Statement
from timeline.values.duration_words import read_duration
from timeline.values.durations import DurationError
from timeline.values.terms import ASPECTS, RANKS, STATEMENT_BASES

RELATIONS = ("another", "moved", "happened", "mistyped")
DATES = ("start", "end", "when")
UNKNOWN_WORDS = ("unknown", "not known", "不详", "未知")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """A date or duration as typed. With an `anchor`, `offset` in words counts from the anchor's own date.

    `relation` says how it stands to `replaces`: `moved` (the earlier one was announced), `happened` (the plan came
    true), `mistyped` (nobody ever said the earlier one; `why` is needed), or `another` source says so.
    """

    property: str
    words: str = ""
    aspect: str = "actual"
    basis: str = "event"
    relation: str = "another"
    replaces: Statement | None = None
    anchor: Anchor | None = None
    anchor_property: str = ""
    offset: str = ""
    before: bool = False
    note: str = ""
    why: str = ""
    evidence: Evidence = NOTHING


def say(record: Record, *, subject: models.Model, dating: Dating) -> Statement:
    """Makes the statement inside an open write and chooses anew. Raises InvalidInput and StatementError."""
    _check(subject, dating)
    replaces = dating.replaces
    citation, reason = _evidence(record, dating)
    supersedes = replaces if dating.relation == "moved" else None
    if dating.relation == "mistyped" and replaces is not None:
        supersedes = _withdraw(record, replaces, dating.why)
    value = "" if dating.anchor else _value(dating)
    made = make_statement(
        record,
        subject=subject,
        property=dating.property,
        value=value,
        aspect=_aspect(dating),
        basis="computed" if dating.anchor else one_of("basis", dating.basis, STATEMENT_BASES),
        known_on=publication_of(dating.evidence).text,
        as_said=dating.words.strip(),
        note=dating.note,
        citation=citation,
        reason=reason,
        supersedes=supersedes,
        anchor=dating.anchor,
        anchor_property=dating.anchor_property,
        offset=_offset(dating) if dating.anchor else "",
    )
    if dating.relation == "mistyped" and replaces is not None:
        _hand_over(record, replaces, made)
    choose(subject, record)
    return made


def state_date(
    *, subject: models.Model, dating: Dating, operation: str, by: Actor, now: datetime, version: int | None = None
) -> Statement:
    """Adds a date or duration to a campaign, phase or milestone; `operation` is the one its noun is edited under.

    Raises Forbidden, StaleVersion, InvalidInput, StatementError; then nothing was written.
    """
    require(by, operation)
    require(by, "statement.make")
    with writing(by=by, now=now) as record:
        return say(record, subject=locked(subject, version), dating=dating)


def retract_statement(*, statement: Statement, why: str, by: Actor, now: datetime) -> Statement:
    """Takes a statement back: nobody said it, and nothing is computed from it any more.

    Raises Forbidden, InvalidInput (no reason), NotAllowed (already taken back), StatementError.
    """
    require(by, "statement.make")
    with writing(by=by, now=now) as record:
        found = locked(statement)
        _withdraw(record, found, why, unlink=False)
        for dependent in found.gives.filter(anchor_property="", state="published"):
            derive(dependent, record)
        choose(found.subject, record)
    return found


def rank_statement(*, statement: Statement, rank: str, why: str, by: Actor, now: datetime) -> Statement:
    """Prefers a statement among several, or ranks it down, with the reason.

    Raises Forbidden, InvalidInput, NotAllowed (it was taken back), StatementError.
    """
    require(by, "statement.make")
    with writing(by=by, now=now) as record:
        found = locked(statement)
        if found.state != "published":
            raise NotAllowed(_("This was taken back meanwhile, so it is chosen from no more; nothing was changed."))
        before = as_row(found)
        found.rank = one_of("rank", rank, RANKS)
        found.save(update_fields=["rank"])
        subject = found.subject
        record.note("rank", found, before=before, why=reason_for("why", why), campaign=campaign_of(subject))
        choose(subject, record)
    return found


def current(subject: models.Model, prop: str) -> list[Statement]:
    """The statements that the choice for `prop` is made among, oldest first."""
    said = Statement.everything.current().about(subject).filter(property=prop)
    return list(said.select_related("citation__document"))


def left_out(subject: models.Model, prop: str) -> list[Statement]:
    """The statements that the choice for `prop` passes over: set aside, or replaced by a move. Oldest first."""
    said = Statement.everything.about(subject).filter(property=prop, state="published")
    passed = said.exclude(pk__in=Statement.everything.current().about(subject).values("pk"))
    return list(passed.select_related("citation__document"))


def _check(subject: models.Model, dating: Dating) -> None:
    one_of("relation", dating.relation, RELATIONS)
    one_of("aspect", dating.aspect, ASPECTS)
    if dating.property not in COLUMNS.get(str(subject._meta.model_name), {}):
        raise InvalidInput("property", _("This kind of entry has no such date."))
    if dating.relation in ("moved", "mistyped") and dating.replaces is None:
        raise InvalidInput("replaces", _("Choose the earlier date that this one takes the place of."))
    in_force = {said.pk for said in current(subject, dating.property)} if dating.replaces else set()
    if dating.replaces is not None and dating.replaces.pk not in in_force:
        raise InvalidInput("replaces", _("That earlier date is no longer in force; load the page again."))
    if dating.relation == "mistyped":
        reason_for("why", dating.why)


def _evidence(record: Record, dating: Dating) -> tuple[Citation | None, str]:
    """A slip of the pen keeps the source of what was mistyped, unless another is given."""
    replaces = dating.replaces
    if dating.relation == "mistyped" and dating.evidence.is_empty and replaces is not None:
        return replaces.citation, replaces.reason
    return cite(record, dating.evidence)


def _aspect(dating: Dating) -> str:
    if dating.relation == "happened":
        return "actual"
    return dating.replaces.aspect if dating.replaces and dating.relation in ("moved", "mistyped") else dating.aspect


def _value(dating: Dating) -> str:
    field = "when" if dating.property == "when" else dating.property
    if dating.property in DATES:
        return read_date(field, dating.words, published_on=publication_day(dating.evidence)).edtf.text
    if dating.words.strip().lower() in UNKNOWN_WORDS:
        return ""
    return _iso(field, dating.words)


def _offset(dating: Dating) -> str:
    """Nothing typed means the anchor's very date."""
    if not dating.offset.strip():
        return ""
    return ("-" if dating.before else "") + _iso("offset", dating.offset)


def _iso(field: str, words: str) -> str:
    try:
        return read_duration(words).text
    except DurationError as error:
        raise InvalidInput(field, str(error)) from error


def _withdraw(record: Record, statement: Statement, why: str, *, unlink: bool = True) -> Statement | None:
    """Retracts a statement; with `unlink`, gives up and returns what it superseded, for its successor to take over."""
    before = as_row(statement)
    PUBLICATION.check(statement.state, "retracted")
    reason = reason_for("why", why)
    earlier = statement.supersedes
    statement.state = "retracted"
    if unlink:
        statement.supersedes = None
    statement.save(update_fields=["state", "supersedes"])
    record.note("retract", statement, before=before, why=reason, campaign=campaign_of(statement.subject))
    return earlier if unlink else None


def _hand_over(record: Record, old: Statement, new: Statement) -> None:
    """What was computed from a mistyped statement is computed from the corrected one."""
    for dependent in old.gives.filter(state="published"):
        dependent.derived_from.remove(old)
        dependent.derived_from.add(new)
        derive(dependent, record)
