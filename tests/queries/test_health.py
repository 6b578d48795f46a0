"""The state of a source in one word, and the freshness of a campaign."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.builders import make_campaign, make_source
from timeline.models import Proposal
from timeline.queries.health import LABELS, STATES, sources_health

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "waiting"),
        ({"last_success_at": NOW, "last_new_item_at": NOW - DAY}, "ok"),
        ({"last_success_at": NOW, "last_new_item_at": NOW - 91 * DAY}, "quiet"),
        ({"last_success_at": NOW, "failures": 1, "error_class": "timeout", "error": "No answer."}, "failing"),
        ({"state": "paused", "failures": 3}, "paused"),
        ({"state": "quarantined", "error_class": "poison"}, "quarantined"),
        ({"state": "quarantined", "error_class": "gone"}, "gone"),
    ],
)
def test_a_source_has_one_state(fields: dict[str, Any], state: str) -> None:
    make_source(make_campaign(), **fields)

    assert [health.state for health in sources_health(now=NOW, language="en")] == [state]


def test_a_source_that_never_brought_anything_is_quiet_after_a_while() -> None:
    source = make_source(make_campaign(), last_success_at=NOW)
    later = source.recorded_at + 91 * DAY

    assert sources_health(now=later, language="en")[0].state == "quiet"


def test_every_state_has_words() -> None:
    assert set(LABELS) == set(STATES)


def test_a_failing_source_says_why_and_when_it_is_tried_again() -> None:
    make_source(make_campaign(), failures=2, error_class="timeout", error="No answer.", next_fetch_at=NOW + DAY)

    health = sources_health(now=NOW, language="en")[0]

    assert health is not None
    assert (health.error, health.error_class, health.failures, health.next_fetch_at) == (
        "No answer.", "timeout", 2, NOW + DAY,
    )  # fmt: skip


def test_what_waits_and_what_was_accepted_is_counted() -> None:
    source = make_source(make_campaign())
    done = {"decided_at": NOW, "decided_by": "alice"}
    for number, fields in enumerate([{}, {}, {"state": "accepted", **done}, {"state": "rejected", **done}]):
        Proposal.everything.create(
            campaign=source.campaign, source=source, identity=str(number), payload={}, proposed_at=NOW, **fields
        )

    health = sources_health(now=NOW, language="en")[0]

    assert (health.pending, health.accepted) == (2, 1)


def test_sources_of_drafts_are_shown_only_on_demand() -> None:
    make_source(make_campaign(state="draft"))

    assert sources_health(now=NOW, language="en") == ()
    assert len(sources_health(now=NOW, language="en", drafts=True)) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_one_query(rows: int, django_assert_num_queries: Any) -> None:
    campaign = make_campaign()
    for number in range(rows):
        make_source(campaign, f"s{number}")

    with django_assert_num_queries(1):
        assert len(sources_health(now=NOW, language="en")) == rows
