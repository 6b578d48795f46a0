"""The one way in: a proposal becomes an update once, by somebody who may, and is on the record."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from tests.builders import make_campaign, make_department, make_milestone, make_source, make_topic, make_workstream
from timeline.editorial.inputs import InvalidInput
from timeline.editorial.permissions import SYSTEM, Actor, Forbidden, actor_of
from timeline.editorial.proposals import AlreadyDecided, accept, reject, retract_update
from timeline.editorial.states import NotAllowed
from timeline.models import Change, Membership, Proposal, Source, Story, Update
from timeline.values.candidate import Candidate, to_dict

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)
EDITOR = Actor(name="alice", role="editor")

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return make_source(make_campaign(), publisher="The Gazette")


def make_proposal(source: Source, *reasons: dict[str, str]) -> Proposal:
    candidate = Candidate(
        identity="a" * 64,
        title="Notice",
        url="https://gazette.example/1",
        summary="Words.",
        published="18 May 2023",
        published_on="2023-05-18",
        published_at=datetime(2023, 5, 18, 1, tzinfo=UTC),
        language="en",
    )
    return Proposal.everything.create(
        campaign=source.campaign,
        source=source,
        identity=candidate.identity,
        payload=to_dict(candidate),
        reasons=list(reasons),
        proposed_at=NOW,
    )


def test_an_accepted_proposal_is_an_update_with_all_that_the_source_said(source: Source) -> None:
    update = accept(proposal=make_proposal(source), by=EDITOR, now=NOW)

    update.refresh_from_db()
    assert (update.title, update.url, update.summary, update.publisher, update.language) == (
        "Notice", "https://gazette.example/1", "Words.", "The Gazette", "en",
    )  # fmt: skip
    assert (update.published_on, str(update.earliest), str(update.latest)) == ("2023-05-18", "2023-05-18", "2023-05-18")
    assert list(Update.published.all()) == [update]


def test_the_proposal_keeps_who_and_when_and_what_it_became(source: Source) -> None:
    proposal = make_proposal(source)
    update = accept(proposal=proposal, by=EDITOR, now=NOW, why="official")

    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.decided_at, proposal.decision_reason) == (
        "accepted", "alice", NOW, "official",
    )  # fmt: skip
    assert proposal.update == update


def test_an_update_stands_in_a_story_of_its_own(source: Source) -> None:
    update = accept(proposal=make_proposal(source), by=EDITOR, now=NOW)

    membership = Membership.everything.get()
    assert (membership.update, membership.role, membership.decided_by) == (update, "original", "alice")
    assert Story.everything.get().campaign == source.campaign


def test_what_the_reasons_name_is_taken_over(source: Source) -> None:
    mps, own = make_department("mps"), make_department("gazette-office")
    source.department = own
    source.save()
    work, topic = make_workstream(source.campaign, "w1"), make_topic(source.campaign, "t1")
    make_workstream(make_campaign("other"), "w1")
    proposal = make_proposal(
        source,
        {"kind": "department", "uid": "mps", "words": "MPS"},
        {"kind": "workstream", "uid": "w1", "words": "w"},
        {"kind": "topic", "uid": "t1", "words": "t"},
        {"kind": "caution", "uid": "future"},
    )

    update = accept(proposal=proposal, by=EDITOR, now=NOW)

    assert set(update.departments.all()) == {mps, own}
    assert (list(update.workstreams.all()), list(update.topics.all())) == ([work], [topic])


def test_what_the_reviewer_names_goes_before_the_reasons(source: Source) -> None:
    make_department("mps")
    spp = make_department("spp")
    proposal = make_proposal(source, {"kind": "department", "uid": "mps", "words": "MPS"})

    update = accept(proposal=proposal, by=EDITOR, now=NOW, departments=[spp])

    assert list(update.departments.all()) == [spp]


def test_a_milestone_may_be_linked(source: Source) -> None:
    milestone = make_milestone(source.campaign, "launch", "2023-05-18")

    update = accept(proposal=make_proposal(source), by=EDITOR, now=NOW, milestone=milestone)

    assert [membership.update for story in milestone.stories.all() for membership in story.memberships.all()] == [
        update
    ]


def test_a_milestone_of_another_campaign_is_refused_and_nothing_written(source: Source) -> None:
    other = make_milestone(make_campaign("other"), "launch", "2023-05-18")
    proposal = make_proposal(source)

    with pytest.raises(InvalidInput, match="another campaign"):
        accept(proposal=proposal, by=EDITOR, now=NOW, milestone=other)

    proposal.refresh_from_db()
    assert (proposal.state, Update.everything.count(), Change.everything.count()) == ("pending", 0, 0)


def test_accepting_is_on_the_record_and_raises_the_revision(source: Source) -> None:
    update = accept(proposal=make_proposal(source), by=EDITOR, now=NOW, why="official")

    source.campaign.refresh_from_db()
    changes = list(Change.everything.values_list("action", "noun", "by", "why"))
    assert changes == [("accept", "proposal", "alice", "official"), ("create", "update", "alice", "official")]
    assert source.campaign.revision == Change.everything.order_by("-number")[0].number
    assert Change.everything.get(noun="update").uid == str(update.uid)


def test_a_rejected_proposal_is_kept_with_the_reason(source: Source) -> None:
    proposal = make_proposal(source)

    reject(proposal=proposal, by=EDITOR, now=NOW, why="about something else")

    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.decision_reason) == (
        "rejected",
        "alice",
        "about something else",
    )
    assert (Update.everything.count(), list(Change.everything.values_list("action", flat=True))) == (0, ["reject"])


@pytest.mark.parametrize("first", [accept, reject])
@pytest.mark.parametrize("second", [accept, reject])
def test_a_decision_is_made_once(source: Source, first: Callable[..., Any], second: Callable[..., Any]) -> None:
    proposal = make_proposal(source)
    first(proposal=proposal, by=EDITOR, now=NOW)
    before = (Update.everything.count(), Change.everything.count())

    with pytest.raises(AlreadyDecided, match=r"“Notice” was already \w+ by alice"):
        second(proposal=proposal, by=Actor("bob", "editor"), now=NOW)

    assert (Update.everything.count(), Change.everything.count()) == before


@pytest.mark.django_db(transaction=True)
def test_many_reviewers_at_once_make_one_update(source: Source) -> None:
    proposal = make_proposal(source)
    start, results = threading.Barrier(6), []

    def review(number: int) -> None:
        try:
            start.wait()
            results.append(type(accept(proposal=proposal, by=Actor(f"editor{number}", "editor"), now=NOW)))
        except AlreadyDecided as error:
            results.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=review, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (results.count(Update), results.count(AlreadyDecided), Update.everything.count()) == (1, 5, 1)


@pytest.mark.parametrize("verb", [accept, reject])
def test_outsiders_and_machines_decide_nothing(source: Source, verb: Callable[..., Any], charlie: Any) -> None:
    proposal = make_proposal(source)

    for actor in (actor_of(charlie), Actor("", "visitor"), SYSTEM):
        with pytest.raises(Forbidden):
            verb(proposal=proposal, by=actor, now=NOW)

    assert Change.everything.count() == 0


def test_a_retracted_update_leaves_the_timeline_and_stays_in_the_record(source: Source) -> None:
    update = accept(proposal=make_proposal(source), by=EDITOR, now=NOW)

    retract_update(update=update, by=EDITOR, now=NOW, why="published in error")

    assert (Update.published.count(), Update.everything.count()) == (0, 1)
    assert Change.everything.filter(action="retract", noun="update", why="published in error").count() == 1


def test_an_update_is_taken_back_once_and_with_a_reason(source: Source) -> None:
    update = accept(proposal=make_proposal(source), by=EDITOR, now=NOW)

    with pytest.raises(InvalidInput, match="Say why"):
        retract_update(update=update, by=EDITOR, now=NOW, why=" ")
    retract_update(update=update, by=EDITOR, now=NOW, why="published in error")
    with pytest.raises(NotAllowed):
        retract_update(update=update, by=EDITOR, now=NOW, why="again")

    assert Change.everything.filter(action="retract").count() == 1
