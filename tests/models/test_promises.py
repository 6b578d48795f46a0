"""Each promise of the model, kept by the database itself: the row that breaks it is refused."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction

from timeline.models import (
    Campaign,
    Change,
    Citation,
    Department,
    DepartmentName,
    Disagreement,
    Document,
    Figure,
    Metric,
    Milestone,
    Participation,
    Phase,
    Proposal,
    Responsibility,
    Retrieval,
    Snapshot,
    Source,
    Statement,
    Story,
    Succession,
    Topic,
    Update,
    Workstream,
)
from timeline.models.base import check_localized
from timeline.values.edtf import EdtfError

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 1, 1, tzinfo=UTC)
EN = {"en": "Title"}


class World:
    """One valid row of each noun that others hang on."""

    def __init__(self) -> None:
        self.department = Department.everything.create(slug="d")
        self.other = Department.everything.create(slug="e")
        self.campaign = Campaign.everything.create(slug="c", title=EN, state="published")
        self.milestone = Milestone.everything.create(campaign=self.campaign, uid="m", kind="launch", title=EN)
        self.workstream = Workstream.everything.create(campaign=self.campaign, uid="w", title=EN)
        self.document = Document.everything.create(uid="doc", publisher="A gazette")
        self.citation = Citation.everything.create(document=self.document)
        self.source = Source.everything.create(uid="s", campaign=self.campaign, name="S", url="https://example.org/f")
        self.metric = Metric.everything.create(uid="cases", title=EN)

    def statement(self, **more: Any) -> Statement:
        options = {"uid": uuid.uuid4(), "property": "when", "basis": "event", "reason": "test"}
        return Statement.everything.create(**(options | more))

    def figure(self, **more: Any) -> Figure:
        options = {"campaign": self.campaign, "uid": "f", "metric": self.metric, "value": 1, "reason": "test"}
        return Figure.everything.create(**(options | more))

    def update(self, **more: Any) -> Update:
        options = {"campaign": self.campaign, "uid": uuid.uuid4(), "identity": "i", "title": "U", "source": self.source}
        return Update.everything.create(**(options | more))


@pytest.fixture
def world() -> World:
    return World()


DAY, BEFORE = date(2023, 2, 2), date(2023, 2, 1)

BROKEN: dict[str, Callable[[World], models.Model]] = {
    "campaign_state": lambda w: Campaign.everything.create(slug="x", title=EN, state="odd"),
    "campaign_title_filled": lambda w: Campaign.everything.create(slug="x", title={}),
    "campaign_start_in_order": lambda w: Campaign.everything.create(
        slug="x", title=EN, start_earliest=DAY, start_latest=BEFORE
    ),
    "campaign_end_in_order": lambda w: Campaign.everything.create(
        slug="x", title=EN, end_earliest=DAY, end_latest=BEFORE
    ),
    "campaign_revision_positive": lambda w: Campaign.everything.create(slug="x", title=EN, revision=-1),
    "timeline_campaign_slug_key": lambda w: Campaign.everything.create(slug="c", title=EN),
    "department_name_language": lambda w: DepartmentName.everything.create(
        department=w.department, language="xx", text="N"
    ),
    "department_name_kind": lambda w: DepartmentName.everything.create(
        department=w.department, language="en", text="N", kind="nick"
    ),
    "department_name_period": lambda w: DepartmentName.everything.create(
        department=w.department, language="en", text="N", valid_from=DAY, valid_to=BEFORE
    ),
    "succession_kind": lambda w: Succession.everything.create(predecessor=w.department, successor=w.other, kind="odd"),
    "succession_has_successor": lambda w: Succession.everything.create(predecessor=w.department, kind="rename"),
    "succession_not_to_itself": lambda w: Succession.everything.create(
        predecessor=w.department, successor=w.department, kind="rename"
    ),
    "participation_role": lambda w: Participation.everything.create(
        campaign=w.campaign, department=w.department, role="odd"
    ),
    "phase_basis": lambda w: Phase.everything.create(campaign=w.campaign, uid="p", title=EN, basis="odd"),
    "phase_title_filled": lambda w: Phase.everything.create(campaign=w.campaign, uid="p", title={}, basis="official"),
    "phase_starts_before_it_ends": lambda w: Phase.everything.create(
        campaign=w.campaign, uid="p", title=EN, basis="official", start_earliest=DAY, end_latest=BEFORE
    ),
    "workstream_uid_once": lambda w: Workstream.everything.create(campaign=w.campaign, uid="w", title=EN),
    "topic_group": lambda w: Topic.everything.create(campaign=w.campaign, uid="t", title=EN, group="odd"),
    "responsibility_for_one_thing": lambda w: Responsibility.everything.create(
        workstream=w.workstream, milestone=w.milestone, department=w.department, role="lead"
    ),
    "responsibility_role": lambda w: Responsibility.everything.create(
        milestone=w.milestone, department=w.department, role="odd"
    ),
    "responsibility_basis": lambda w: Responsibility.everything.create(
        milestone=w.milestone, department=w.department, role="lead", basis="odd"
    ),
    "milestone_kind": lambda w: Milestone.everything.create(campaign=w.campaign, uid="x", kind="odd", title=EN),
    "milestone_status": lambda w: Milestone.everything.create(
        campaign=w.campaign, uid="x", kind="launch", title=EN, status="odd"
    ),
    "milestone_state": lambda w: Milestone.everything.create(
        campaign=w.campaign, uid="x", kind="launch", title=EN, state="odd"
    ),
    "milestone_scope": lambda w: Milestone.everything.create(
        campaign=w.campaign, uid="x", kind="launch", title=EN, scope="odd"
    ),
    "milestone_confidence": lambda w: Milestone.everything.create(
        campaign=w.campaign, uid="x", kind="launch", title=EN, confidence="odd"
    ),
    "milestone_title_filled": lambda w: Milestone.everything.create(
        campaign=w.campaign, uid="x", kind="launch", title={}
    ),
    "milestone_in_order": lambda w: Milestone.everything.create(
        campaign=w.campaign, uid="x", kind="launch", title=EN, earliest=DAY, latest=BEFORE
    ),
    "milestone_uid_once": lambda w: Milestone.everything.create(campaign=w.campaign, uid="m", kind="launch", title=EN),
    "disagreement_title_filled": lambda w: Disagreement.everything.create(campaign=w.campaign, uid="x", title={}),
    "document_quality": lambda w: Document.everything.create(uid="x", publisher="P", quality="odd"),
    "citation_once": lambda w: Citation.everything.create(document=w.document),
    "citation_passage_in_snapshot": lambda w: Citation.everything.create(
        document=w.document, quote="q", passage_start=1, passage_end=2
    ),
    "statement_about_one_thing": lambda w: w.statement(milestone=w.milestone, campaign=w.campaign),
    "statement_property": lambda w: w.statement(milestone=w.milestone, property="odd"),
    "statement_aspect": lambda w: w.statement(milestone=w.milestone, aspect="odd"),
    "statement_rank": lambda w: w.statement(milestone=w.milestone, rank="odd"),
    "statement_basis": lambda w: w.statement(milestone=w.milestone, basis="odd"),
    "statement_state": lambda w: w.statement(milestone=w.milestone, state="odd"),
    "statement_in_order": lambda w: w.statement(milestone=w.milestone, earliest=DAY, latest=BEFORE),
    "statement_cited_or_reason_given": lambda w: w.statement(milestone=w.milestone, reason=""),
    "statement_anchor_whole": lambda w: w.statement(milestone=w.milestone, anchor_campaign=w.campaign),
    "figure_qualifier": lambda w: w.figure(qualifier="odd"),
    "figure_rank": lambda w: w.figure(rank="odd"),
    "figure_state": lambda w: w.figure(state="odd"),
    "figure_cited_or_reason_given": lambda w: w.figure(reason=""),
    "source_state": lambda w: Source.everything.create(uid="x", campaign=w.campaign, name="S", url="u", state="odd"),
    "source_lease_whole": lambda w: Source.everything.create(
        uid="x", campaign=w.campaign, name="S", url="u", lease=uuid.uuid4()
    ),
    "source_interval_at_least_10s": lambda w: Source.everything.create(
        uid="x", campaign=w.campaign, name="S", url="u", interval_seconds=9
    ),
    "source_url_once": lambda w: Source.everything.create(
        uid="x", campaign=w.campaign, name="S", url="https://example.org/f"
    ),
    "retrieval_outcome": lambda w: Retrieval.everything.create(
        source=w.source, number=1, started_at=NOW, finished_at=NOW, outcome="odd"
    ),
    "retrieval_failure_named": lambda w: Retrieval.everything.create(
        source=w.source, number=1, started_at=NOW, finished_at=NOW, outcome="failed"
    ),
    "retrieval_in_order": lambda w: Retrieval.everything.create(
        source=w.source, number=1, started_at=NOW, finished_at=NOW - timedelta(seconds=1), outcome="new"
    ),
    "update_state": lambda w: w.update(state="odd"),
    "update_in_order": lambda w: w.update(earliest=DAY, latest=BEFORE),
    "proposal_state": lambda w: Proposal.everything.create(
        campaign=w.campaign, identity="i", payload={}, proposed_at=NOW, state="odd", decided_at=NOW, decided_by="x"
    ),
    "proposal_decision_whole": lambda w: Proposal.everything.create(
        campaign=w.campaign, identity="i", payload={}, proposed_at=NOW, state="accepted"
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_a_row_that_breaks(world: World, name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BROKEN[name](world)


def test_every_check_in_the_models_is_tried_here_or_named() -> None:
    """Pairs that the same two functions make are tried once; a thing being its own parent needs an update."""
    same_function = {
        "phase_start_in_order",
        "phase_end_in_order",
        "metric_title_filled",
        "topic_title_filled",
        "workstream_title_filled",
        "source_quality",
        "membership_role",
    }
    needs_update = {
        "department_not_own_parent",
        "figure_not_own_part",
        "figure_not_own_witness",
        "statement_not_its_own_successor",
    }
    checks = {
        constraint.name
        for model in Campaign._meta.apps.get_app_config("timeline").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }

    assert checks - set(BROKEN) == same_function | needs_update


def test_a_department_cannot_be_its_own_parent(world: World) -> None:
    with pytest.raises(IntegrityError, match="department_not_own_parent"), transaction.atomic():
        Department.everything.filter(pk=world.department.pk).update(parent=world.department)


def test_a_figure_cannot_confirm_itself(world: World) -> None:
    figure = world.figure()

    with pytest.raises(IntegrityError, match="figure_not_own_witness"), transaction.atomic():
        Figure.everything.filter(pk=figure.pk).update(confirms=figure)


def test_a_statement_is_moved_once(world: World) -> None:
    first = world.statement(milestone=world.milestone)
    world.statement(milestone=world.milestone, supersedes=first)

    with pytest.raises(IntegrityError, match="statement_moved_once"), transaction.atomic():
        world.statement(milestone=world.milestone, supersedes=first)


def test_an_item_of_a_source_is_one_update(world: World) -> None:
    world.update(identity="same")

    with pytest.raises(IntegrityError, match="update_identity_once"), transaction.atomic():
        world.update(identity="same")


def test_a_fetch_has_one_number(world: World) -> None:
    row = {"source": world.source, "number": 1, "started_at": NOW, "finished_at": NOW, "outcome": "new"}
    Retrieval.everything.create(**row)

    with pytest.raises(IntegrityError, match="retrieval_number_once"), transaction.atomic():
        Retrieval.everything.create(**row)


def test_bytes_are_stored_once_for_a_hash() -> None:
    Snapshot.everything.create(sha256="0" * 64, content=b"", size=0)

    with pytest.raises(IntegrityError, match="sha256"), transaction.atomic():
        Snapshot.everything.create(sha256="0" * 64, content=b"", size=0)


def test_an_update_is_in_one_story_at_a_time_and_may_change(world: World) -> None:
    update = world.update()
    first, second = (Story.everything.create(campaign=world.campaign, uid=uuid.uuid4()) for _ in range(2))
    membership = update.memberships.create(story=first, reason="only one", decided_by="test")

    with pytest.raises(IntegrityError, match="membership_one_story_now"), transaction.atomic():
        update.memberships.create(story=second, reason="moved", decided_by="test")

    membership.undone_at = NOW
    membership.save()
    update.memberships.create(story=second, reason="moved", decided_by="test")


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_record_of_change_is_append_only(verb: str) -> None:
    change = Change.everything.create(at=NOW, by="x", action="edit", noun="campaign", uid="c")
    rows = Change.everything.filter(pk=change.pk)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(why="rewritten") if verb == "update" else rows._raw_delete("default")


def test_an_edtf_column_stores_the_canonical_text_and_refuses_what_is_no_date(world: World) -> None:
    with pytest.raises(EdtfError):
        Milestone.everything.filter(pk=world.milestone.pk).update(when="someday")


@pytest.mark.parametrize("value", ["text", {"xx": "Title"}, {"en": ""}, {"en": 3}])
def test_a_localized_text_names_what_is_wrong(value: object) -> None:
    with pytest.raises(ValidationError):
        check_localized(value)


def test_drafts_and_retracted_entries_are_in_everything_and_not_in_published(world: World) -> None:
    draft = Campaign.everything.create(slug="draft", title=EN)
    Milestone.everything.create(campaign=draft, uid="hidden", kind="launch", title=EN)
    Milestone.everything.create(campaign=world.campaign, uid="gone", kind="launch", title=EN, state="retracted")

    assert set(Campaign.published.values_list("slug", flat=True)) == {"c"}
    assert set(Milestone.published.values_list("uid", flat=True)) == {"m"}
    assert set(Milestone.everything.values_list("uid", flat=True)) == {"m", "hidden", "gone"}


def test_a_document_that_must_not_be_linked_gives_no_address() -> None:
    assert Document(url="https://example.org/a").link == "https://example.org/a"
    assert Document(url="https://example.org/a", do_not_link=True).link == ""
