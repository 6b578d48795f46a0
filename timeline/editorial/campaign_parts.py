"""Phases and workstreams by hand: create, edit, and delete with a reason; what was deleted stays in the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from timeline.editorial.citations import NOTHING, Evidence, cite
from timeline.editorial.dating import Dating, say
from timeline.editorial.inputs import InvalidInput, clean, free_uid, locked, one_of, reason_for, texts
from timeline.editorial.milestones import set_responsibilities
from timeline.editorial.permissions import Actor, require
from timeline.editorial.record import Record, Row, as_row, writing
from timeline.models import Campaign, Department, Phase, Statement, Workstream
from timeline.values.terms import PHASE_BASES, RESPONSIBILITY_BASES


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseDetails:
    """What a phase is; a wave has a `parent`."""

    title: Mapping[str, str]
    basis: str
    summary: Mapping[str, str] = field(default_factory=dict)
    parent: Phase | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkstreamDetails:
    """What a measure orders, who answers for it and whether that was stated or inferred."""

    title: Mapping[str, str]
    summary: Mapping[str, str] = field(default_factory=dict)
    quote: str = ""
    departments: Iterable[Department] = ()
    lead: Department | None = None
    basis: str = "stated"
    position: int | None = None
    evidence: Evidence = NOTHING


def create_phase(
    *, campaign: Campaign, details: PhaseDetails, datings: Iterable[Dating], by: Actor, now: datetime
) -> Phase:
    """Adds a phase with what is known of its dates. Raises Forbidden, InvalidInput, StatementError."""
    require(by, "phase.edit")
    with writing(by=by, now=now) as record:
        phase = Phase(campaign=campaign, position=_next(campaign.phases.all()))
        _describe_phase(phase, details)
        phase.uid = free_uid(campaign.phases.values_list("uid", flat=True), phase.title.get("en", "")[:60])
        phase.save(force_insert=True)
        record.note("create", phase, campaign=campaign)
        for dating in datings:
            say(record, subject=phase, dating=dating)
    return phase


def edit_phase(*, phase: Phase, version: int, details: PhaseDetails, by: Actor, now: datetime, why: str = "") -> Phase:
    """Changes a phase; its dates change by `dating.state_date`. Raises Forbidden, StaleVersion, InvalidInput."""
    require(by, "phase.edit")
    with writing(by=by, now=now) as record:
        found = locked(phase, version)
        before = as_row(found)
        _describe_phase(found, details)
        found.version += 1
        found.save()
        record.note("edit", found, before=before, why=why, campaign=found.campaign)
    return found


def delete_phase(*, phase: Phase, version: int, why: str, by: Actor, now: datetime) -> None:
    """Deletes a phase and what was stated about it; all of it stays in the record.

    Raises Forbidden, StaleVersion, InvalidInput (no reason, waves in it, dates that hang on it).
    """
    require(by, "phase.edit")
    with writing(by=by, now=now) as record:
        found = locked(phase, version)
        if found.waves.exists():
            raise InvalidInput("why", _("This phase has waves; delete or move them first."))
        statements = list(Statement.everything.filter(phase=found))
        _delete(record, found, as_row(found), statements, reason_for("why", why))


def create_workstream(*, campaign: Campaign, details: WorkstreamDetails, by: Actor, now: datetime) -> Workstream:
    """Adds a measure. Raises Forbidden, InvalidInput; then nothing was written."""
    require(by, "workstream.edit")
    with writing(by=by, now=now) as record:
        workstream = Workstream(campaign=campaign, position=_next(campaign.workstreams.all()))
        _describe_workstream(record, workstream, details)
        workstream.uid = free_uid(
            campaign.workstreams.values_list("uid", flat=True), workstream.title.get("en", "")[:60]
        )
        workstream.save(force_insert=True)
        _answer(workstream, details)
        record.note("create", workstream, after=picture(workstream), campaign=campaign)
    return workstream


def edit_workstream(
    *, workstream: Workstream, version: int, details: WorkstreamDetails, by: Actor, now: datetime, why: str = ""
) -> Workstream:
    """Changes a measure. Raises Forbidden, StaleVersion, InvalidInput; then nothing was written."""
    require(by, "workstream.edit")
    with writing(by=by, now=now) as record:
        found = locked(workstream, version)
        before = picture(found)
        _describe_workstream(record, found, details)
        _answer(found, details)
        found.version += 1
        found.save()
        record.note("edit", found, before=before, after=picture(found), why=why, campaign=found.campaign)
    return found


def delete_workstream(*, workstream: Workstream, version: int, why: str, by: Actor, now: datetime) -> None:
    """Deletes a measure; it stays in the record. Raises Forbidden, StaleVersion, InvalidInput (no reason)."""
    require(by, "workstream.edit")
    with writing(by=by, now=now) as record:
        found = locked(workstream, version)
        _delete(record, found, picture(found), [], reason_for("why", why))


def picture(workstream: Workstream) -> Row:
    """The measure's own columns and who answers for it, for the record."""
    parts = workstream.responsibilities.select_related("department")
    return as_row(workstream) | {"departments": [[part.department.slug, part.role, part.basis] for part in parts]}


def _next(rows: models.QuerySet) -> int:
    return int(rows.aggregate(last=models.Max("position", default=-1))["last"]) + 1


def _describe_phase(phase: Phase, details: PhaseDetails) -> None:
    parent = details.parent
    if parent is not None:
        above = {parent.pk, parent.parent_id, parent.parent.parent_id if parent.parent else None}
        if parent.campaign_id != phase.campaign_id or (phase.pk and phase.pk in above):
            raise InvalidInput("parent", _("Choose another phase of this campaign that is not a wave of this one."))
    phase.parent = parent
    phase.title = texts("title", details.title, required=True)
    phase.summary = texts("summary", details.summary)
    phase.basis = one_of("basis", details.basis, PHASE_BASES)
    phase.position = phase.position if details.position is None else details.position


def _describe_workstream(record: Record, workstream: Workstream, details: WorkstreamDetails) -> None:
    workstream.title = texts("title", details.title, required=True)
    workstream.summary = texts("summary", details.summary)
    workstream.quote = clean("quote", details.quote, most=4000)
    workstream.position = workstream.position if details.position is None else details.position
    if details.evidence.has_source:
        workstream.citation, _none = cite(record, details.evidence)


def _answer(workstream: Workstream, details: WorkstreamDetails) -> None:
    departments = list(dict.fromkeys(details.departments))
    basis = one_of("basis", details.basis, RESPONSIBILITY_BASES)
    if details.lead is not None and details.lead not in departments:
        raise InvalidInput("lead", _("The one that leads must be ticked too."))
    parts = list(workstream.responsibilities.all())
    set_responsibilities(parts, departments, details.lead, basis=basis, workstream=workstream)
    workstream.responsibilities.exclude(basis=basis).update(basis=basis)


def _delete(record: Record, thing: Phase | Workstream, before: Row, with_it: list[Statement], why: str) -> None:
    for statement in with_it:
        record.note("delete", statement, before=as_row(statement), gone=True, why=why, campaign=thing.campaign)
    record.note("delete", thing, before=before, gone=True, why=why, campaign=thing.campaign)
    in_use = _("Other dates hang on this one; give those another anchor first. Nothing was deleted.")
    if Statement.everything.filter(derived_from__in=with_it).exclude(pk__in=[said.pk for said in with_it]).exists():
        raise InvalidInput("why", in_use)
    try:
        Statement.everything.filter(pk__in=[statement.pk for statement in with_it]).update(supersedes=None)
        thing.delete()
    except ProtectedError as error:
        raise InvalidInput("why", in_use) from error
