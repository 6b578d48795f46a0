"""The review list: what waits, why, in the reader's language, in a fixed number of queries."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.builders import make_campaign, make_department, make_source, make_topic, make_workstream
from timeline.models import Proposal, Source
from timeline.queries import review
from timeline.values.candidate import Candidate, to_dict
from timeline.values.view import Text

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    source = make_source(make_campaign())
    make_department("mps", "Ministry of Public Security", zh="公安部")
    make_workstream(source.campaign, "w1", title={"en": "Publicity", "zh-Hans": "宣传"})
    make_topic(source.campaign, "t1", title={"en": "Gambling"})
    return source


def propose(source: Source, title: str, *reasons: dict[str, str], minutes: int = 0, **fields: Any) -> Proposal:
    candidate = Candidate(
        identity=title, title=title, published="around May 2023", published_on="2023-05~", language="en"
    )
    return Proposal.everything.create(
        campaign=source.campaign,
        source=source,
        identity=title,
        payload=to_dict(candidate),
        reasons=list(reasons),
        proposed_at=NOW + timedelta(minutes=minutes),
        **fields,
    )


REASONS = (
    {"kind": "department", "uid": "mps", "words": "MPS"},
    {"kind": "workstream", "uid": "w1", "words": "publicity"},
    {"kind": "topic", "uid": "t1", "words": "gambling"},
    {"kind": "caution", "uid": "future"},
)


def test_reasons_are_named_in_the_readers_language(source: Source) -> None:
    propose(source, "Notice", *REASONS)

    labels = {
        language: [reason.label for reason in review.pending(language=language)[0].reasons]
        for language in ("en", "zh-hans")
    }

    assert labels["en"] == [
        Text("Ministry of Public Security", "en"), Text("Publicity", "en"), Text("Gambling", "en")
    ]  # fmt: skip
    assert labels["zh-hans"] == [Text("公安部", "zh-Hans"), Text("宣传", "zh-Hans"), Text("Gambling", "en")]


def test_cautions_are_sentences(source: Source) -> None:
    propose(source, "Notice", *REASONS)

    assert review.pending(language="en")[0].cautions == ("It is dated in the future.",)


def test_the_date_is_shown_with_the_sources_own_words(source: Source) -> None:
    propose(source, "Notice")

    when = review.pending(language="en")[0].when
    assert (when.words, when.as_said) == ("around May 2023", "around May 2023")


def test_the_latest_fetch_comes_first_in_its_own_order(source: Source) -> None:
    propose(source, "old")
    for title in ("first", "second"):
        propose(source, title, minutes=5)

    assert [found.title.text for found in review.pending(language="en")] == ["first", "second", "old"]


def test_decided_proposals_wait_no_more(source: Source) -> None:
    propose(source, "open")
    propose(source, "done", state="rejected", decided_at=NOW, decided_by="alice", decision_reason="no")

    assert (review.pending_count(), [found.title.text for found in review.pending(language="en")]) == (1, ["open"])
    assert [(f.title.text, f.decided_by, f.decision_reason) for f in review.decided(language="en")] == [
        ("done", "alice", "no")
    ]


def test_a_campaign_sees_its_own(source: Source) -> None:
    propose(source, "mine")
    propose(make_source(make_campaign("other"), "other"), "theirs")

    assert review.pending_count(campaign=source.campaign) == 1
    assert [found.title.text for found in review.pending(language="en", campaign=source.campaign)] == ["mine"]


def test_a_reason_whose_thing_is_gone_keeps_its_uid(source: Source) -> None:
    propose(source, "Notice", {"kind": "topic", "uid": "gone", "words": "x"})

    assert review.pending(language="en")[0].reasons[0].label == Text("gone", "und")


def test_one_proposal_can_be_asked_for(source: Source) -> None:
    made = propose(source, "Notice")

    found = review.proposal(pk=made.pk, language="en")

    assert found is not None
    assert (found.pk, found.source_uid, found.campaign) == (made.pk, "gazette", "sweep")
    assert review.proposal(pk=made.pk + 1, language="en") is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_six_queries(source: Source, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        propose(source, f"Notice {number}", *REASONS)

    with django_assert_num_queries(6):
        assert len(review.pending(language="en")) == rows
