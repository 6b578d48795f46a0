"""Milestones by hand: enter, edit, take back, restore. A changed date is a new statement, never an overwritten one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from timeline.editorial.citations import NOTHING, Evidence, cite, publication_day
from timeline.editorial.dating import Dating, say
from timeline.editorial.inputs import InvalidInput, free_uid, locked, one_of, read_date, reason_for, texts
from timeline.editorial.permissions import Actor, require
from timeline.editorial.record import Row, as_row, writing
from timeline.editorial.states import PUBLICATION
from timeline.models import Campaign, Department, Milestone, Responsibility, Topic, Workstream
from timeline.values.terms import CONFIDENCES, MILESTONE_KINDS, MILESTONE_STATUSES, SCOPES


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a milestone is about; an empty `status` follows from the date (planned, or done)."""

    title: Mapping[str, str]
    kind: str
    departments: Iterable[Department]
    lead: Department | None = None
    summary: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    scope: str = "core"
    confidence: str = "medium"
    workstreams: Iterable[Workstream] = ()
    topics: Iterable[Topic] = ()


def create_milestone(
    *, campaign: Campaign, details: Details, dating: Dating, by: Actor, now: datetime, uid: str = ""
) -> Milestone:
    """Enters a milestone with its date and its source (or the reason why there is none); it is published at once.

    Raises Forbidden, InvalidInput, StatementError; then nothing was written.
    """
    require(by, "milestone.create")
    with writing(by=by, now=now) as record:
        milestone = Milestone(campaign=campaign, status="planned" if dating.aspect == "planned" else "done")
        _describe(milestone, details)
        milestone.uid = uid or _uid(milestone, dating)
        citation, milestone.uncited_reason = cite(record, dating.evidence)
        milestone.save(force_insert=True)
        if citation:
            milestone.citations.add(citation)
        _relate(milestone, details)
        record.note("create", milestone, after=picture(milestone), campaign=campaign)
        say(record, subject=milestone, dating=dating)
    return milestone


def edit_milestone(
    *,
    milestone: Milestone,
    version: int,
    details: Details,
    by: Actor,
    now: datetime,
    dating: Dating | None = None,
    evidence: Evidence = NOTHING,
    why: str = "",
) -> Milestone:
    """Changes a milestone; `dating` only where its date changed, `evidence` for one more source of the same facts.

    Raises Forbidden, StaleVersion, InvalidInput, StatementError; then nothing was written.
    """
    require(by, "milestone.edit")
    with writing(by=by, now=now) as record:
        found = locked(milestone, version)
        before = picture(found)
        _describe(found, details)
        _relate(found, details)
        if dating and dating.relation == "happened" and found.status in ("planned", "announced"):
            found.status = "done"
        if (given := dating.evidence if dating else evidence).has_source:
            citation, _none = cite(record, given)
            found.citations.add(*([citation] if citation else []))
            found.uncited_reason = ""
        changed = picture(found) != before
        found.version += 1
        found.save()
        if changed:
            record.note("edit", found, before=before, after=picture(found), why=why, campaign=found.campaign)
        if dating:
            say(record, subject=found, dating=replace(dating, why=dating.why or why))
    return found


def retract_milestone(*, milestone: Milestone, version: int, why: str, by: Actor, now: datetime) -> Milestone:
    """Takes a milestone off the timeline, with the reason; nothing is lost. Raises as `edit_milestone`."""
    return _turn(milestone, version, "retracted", "retract", why, by, now)


def restore_milestone(*, milestone: Milestone, version: int, why: str, by: Actor, now: datetime) -> Milestone:
    """Puts a retracted milestone back, with the reason. Raises as `edit_milestone`, and NotAllowed."""
    return _turn(milestone, version, "published", "restore", why, by, now)


def picture(milestone: Milestone) -> Row:
    """The milestone's own columns and what it is tied to, for the record."""
    parts = milestone.responsibilities.select_related("department")
    return as_row(milestone) | {
        "departments": [[part.department.slug, part.role, part.basis] for part in parts],
        "workstreams": sorted(milestone.workstreams.values_list("uid", flat=True)),
        "topics": sorted(milestone.topics.values_list("uid", flat=True)),
        "citations": sorted(milestone.citations.values_list("pk", flat=True)),
    }


def assign(parts: list[Responsibility], departments: list[Department], lead: Department | None) -> dict[int, str]:
    """{department pk: role} for departments that share a task: the lead leads, a role once given stays."""
    kept = {part.department_id: part.role for part in parts}
    several = len(departments) > 1
    roles = {}
    for department in departments:
        usual = kept.get(department.pk, "joint" if several else "lead")
        if lead is not None:
            usual = "lead" if department == lead else ("joint" if usual == "lead" else usual)
        roles[department.pk] = usual
    return roles


def _turn(milestone: Milestone, version: int, to: str, action: str, why: str, by: Actor, now: datetime) -> Milestone:
    require(by, "milestone.retract")
    with writing(by=by, now=now) as record:
        found = locked(milestone, version)
        PUBLICATION.check(found.state, to)
        before, reason = as_row(found), reason_for("why", why)
        found.state = to
        found.version += 1
        found.save(update_fields=["state", "version"])
        record.note(action, found, before=before, why=reason, campaign=found.campaign)
    return found


def _describe(milestone: Milestone, details: Details) -> None:
    milestone.title = texts("title", details.title, required=True)
    milestone.summary = texts("summary", details.summary)
    milestone.kind = one_of("kind", details.kind, MILESTONE_KINDS)
    milestone.scope = one_of("scope", details.scope, SCOPES)
    milestone.confidence = one_of("confidence", details.confidence, CONFIDENCES)
    if details.status:
        milestone.status = one_of("status", details.status, MILESTONE_STATUSES)


def _relate(milestone: Milestone, details: Details) -> None:
    departments = list(dict.fromkeys(details.departments))
    if not departments:
        raise InvalidInput("departments", _("Tick at least one department."))
    if details.lead is not None and details.lead not in departments:
        raise InvalidInput("lead", _("The one that leads must be ticked too."))
    set_responsibilities(list(milestone.responsibilities.all()), departments, details.lead, milestone=milestone)
    related: dict[str, list[Workstream] | list[Topic]] = {
        "workstreams": list(details.workstreams),
        "topics": list(details.topics),
    }
    for name, chosen in related.items():
        if any(row.campaign_id != milestone.campaign_id for row in chosen):
            raise InvalidInput(name, _("That belongs to another campaign."))
        getattr(milestone, name).set(chosen)


def set_responsibilities(
    parts: list[Responsibility],
    departments: list[Department],
    lead: Department | None,
    *,
    basis: str = "stated",
    milestone: Milestone | None = None,
    workstream: Workstream | None = None,
) -> None:
    """Makes the rows of one milestone or workstream be `departments`, in that order."""
    roles = assign(parts, departments, lead)
    there = {part.department_id: part for part in parts}
    Responsibility.everything.filter(pk__in=[part.pk for part in parts if part.department_id not in roles]).delete()
    for position, department in enumerate(departments):
        part = there.get(department.pk) or Responsibility(
            department=department, basis=basis, milestone=milestone, workstream=workstream
        )
        part.role, part.position = roles[department.pk], position
        part.save()


def _uid(milestone: Milestone, dating: Dating) -> str:
    """The day or month and a short title: readable, and never changed again."""
    when = None
    if not dating.anchor:
        when = read_date("when", dating.words, published_on=publication_day(dating.evidence)).edtf
    day = f"{when.earliest:%Y-%m-%d}" if when and when.is_day else ""
    month = f"{when.earliest:%Y-%m}" if when and when.earliest and not day else ""
    title = " ".join(milestone.title.get("en", "").split()[:8])
    taken = Milestone.everything.filter(campaign=milestone.campaign).values_list("uid", flat=True)
    return free_uid(taken, day or month, title)
