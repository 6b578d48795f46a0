"""Rows for tests, made plainly: no verb of the product runs, so that a test of one layer needs no other.

Every builder takes what matters to the test and fills in the rest. Dates are EDTF.
"""

import itertools
import uuid
from datetime import UTC, datetime
from typing import Any

from timeline.models import (
    Campaign,
    Change,
    Citation,
    Department,
    DepartmentName,
    Disagreement,
    Document,
    Figure,
    Membership,
    Metric,
    Milestone,
    Participation,
    Phase,
    Responsibility,
    Source,
    Statement,
    Story,
    Succession,
    Topic,
    Update,
    Workstream,
)
from timeline.values import edtf

_numbers = itertools.count(1)


def make_campaign(slug: str = "sweep", *, state: str = "published", **fields: Any) -> Campaign:
    fields = {"title": {"en": "The sweep", "zh-Hans": "清扫行动"}} | _bounded(fields, "start") | _bounded(fields, "end")
    return Campaign.everything.create(slug=slug, state=state, **fields)


def make_department(
    slug: str, name: str = "", *, zh: str = "", parent: Department | None = None, **f: Any
) -> Department:
    made = Department.everything.create(slug=slug, parent=parent, **f)
    make_name(made, name or slug.upper())
    if zh:
        make_name(made, zh, language="zh-Hans")
    return made


def make_name(department: Department, text: str, *, language: str = "en", **fields: Any) -> DepartmentName:
    return DepartmentName.everything.create(department=department, language=language, text=text, **fields)


def make_succession(old: Department, new: Department | None, on: str, kind: str = "rename") -> Succession:
    return Succession.everything.create(predecessor=old, successor=new, on=on, kind=kind)


def join(campaign: Campaign, department: Department, role: str = "joint") -> Participation:
    position = Participation.everything.filter(campaign=campaign).count()
    return Participation.everything.create(campaign=campaign, department=department, role=role, position=position)


def make_phase(campaign: Campaign, uid: str, start: str = "", end: str = "", **fields: Any) -> Phase:
    fields = {"title": {"en": uid.title()}, "basis": "observed"} | fields
    dates = _bounded({"start": start}, "start") | _bounded({"end": end}, "end")
    return Phase.everything.create(campaign=campaign, uid=uid, **fields, **dates)


def make_workstream(campaign: Campaign, uid: str, **fields: Any) -> Workstream:
    return Workstream.everything.create(campaign=campaign, uid=uid, **{"title": {"en": uid.title()}} | fields)


def make_topic(campaign: Campaign, uid: str, *, group: str = "offence", **fields: Any) -> Topic:
    return Topic.everything.create(campaign=campaign, uid=uid, group=group, **{"title": {"en": uid.title()}} | fields)


def make_milestone(
    campaign: Campaign,
    uid: str,
    when: str = "",
    *departments: Department,
    kind: str = "result",
    workstreams: tuple[Workstream, ...] = (),
    topics: tuple[Topic, ...] = (),
    citations: tuple[Citation, ...] = (),
    **fields: Any,
) -> Milestone:
    """A milestone with its chosen date in its columns; no statement is made."""
    span = edtf.parse(when)
    fields = {"title": {"en": uid.replace("-", " ").capitalize()}} | fields
    dates = {"when": span.text, "earliest": span.earliest, "latest": span.latest}
    made = Milestone.everything.create(campaign=campaign, uid=uid, kind=kind, **dates, **fields)
    for position, department in enumerate(departments):
        role = "lead" if position == 0 else "joint"
        Responsibility.everything.create(milestone=made, department=department, role=role, position=position)
    made.workstreams.set(workstreams)
    made.topics.set(topics)
    made.citations.set(citations)
    return made


def make_document(uid: str = "", **fields: Any) -> Document:
    uid = uid or f"document-{next(_numbers)}"
    fields = {"publisher": "The Gazette", "language": "en", "url": f"https://gazette.example/{uid}"} | fields
    return Document.everything.create(uid=uid, **fields)


def make_citation(document: Document | None = None, quote: str = "", **fields: Any) -> Citation:
    return Citation.everything.create(document=document or make_document(), quote=quote, **fields)


def make_statement(property: str, value: str, *, basis: str = "publication", **fields: Any) -> Statement:
    """A statement; give its subject by name (`milestone=…`). Uncited ones get a reason."""
    span = edtf.parse(value) if property in ("start", "end", "when") else edtf.UNKNOWN
    reason = "" if fields.get("citation") else "made for a test"
    values = {"reason": reason, "earliest": span.earliest, "latest": span.latest, "uid": uuid.uuid4()} | fields
    return Statement.everything.create(property=property, value=value, basis=basis, **values)


def make_disagreement(campaign: Campaign, uid: str, *milestones: Milestone, **fields: Any) -> Disagreement:
    fields = {"title": {"en": uid.title()}, "says": {"en": "One says this, another that."}} | fields
    made = Disagreement.everything.create(campaign=campaign, uid=uid, **fields)
    made.milestones.set(milestones)
    return made


def make_figure(campaign: Campaign, uid: str, value: int | str, *, metric: str = "cases_solved", **f: Any) -> Figure:
    measured, _ = Metric.everything.get_or_create(uid=metric, defaults={"title": {"en": metric.replace("_", " ")}})
    f = {"reason": "" if f.get("citation") else "made for a test"} | f
    return Figure.everything.create(campaign=campaign, uid=uid, metric=measured, value=value, **f)


def make_source(campaign: Campaign, uid: str = "gazette", **fields: Any) -> Source:
    fields = {"name": uid.title(), "url": f"https://{uid}.example/feed.xml"} | fields
    return Source.everything.create(campaign=campaign, uid=uid, **fields)


def make_update(
    campaign: Campaign,
    title: str,
    published_on: str = "",
    *departments: Department,
    workstreams: tuple[Workstream, ...] = (),
    topics: tuple[Topic, ...] = (),
    **fields: Any,
) -> Update:
    span = edtf.parse(published_on)
    dates = {"published_on": span.text, "earliest": span.earliest, "latest": span.latest}
    fields = {"uid": uuid.uuid4(), "identity": uuid.uuid4().hex, "language": "en"} | dates | fields
    made = Update.everything.create(campaign=campaign, title=title, **fields)
    made.departments.set(departments)
    made.workstreams.set(workstreams)
    made.topics.set(topics)
    return made


def make_change(noun: str, uid: str, *, action: str = "edit", campaign: str = "", **fields: Any) -> Change:
    fields = {"at": datetime(2023, 1, 1, tzinfo=UTC), "by": "alice", "before": None, "after": None} | fields
    return Change.everything.create(noun=noun, uid=uid, action=action, campaign_slug=campaign, **fields)


def _bounded(fields: dict[str, Any], name: str) -> dict[str, Any]:
    """`fields` with the bounds of the EDTF date `name`, which may be absent."""
    span = edtf.parse(fields.get(name, ""))
    return {**fields, name: span.text, f"{name}_earliest": span.earliest, f"{name}_latest": span.latest}


def make_story(campaign: Campaign, update: Update, *milestones: Milestone) -> Story:
    made = Story.everything.create(campaign=campaign, uid=uuid.uuid4())
    Membership.everything.create(update=update, story=made, reason="made for a test", decided_by="alice")
    for milestone in milestones:
        milestone.stories.add(made)
    return made
