"""Statements are chosen among, moved, contested and derived; each by the one rule, each on the record."""

from datetime import UTC, datetime

import pytest

from timeline.editorial.permissions import SYSTEM
from timeline.editorial.record import Record, writing
from timeline.editorial.statements import StatementError, choose, make_statement
from timeline.models import Campaign, Change, Milestone, Statement

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def campaign() -> Campaign:
    return Campaign.everything.create(slug="c", title={"en": "A campaign"}, state="published")


def state(record: Record, subject: Campaign | Milestone, prop: str, value: str = "", **more: object) -> Statement:
    options = {"basis": "publication", "reason": "test"} | more
    return make_statement(record, subject=subject, property=prop, value=value, **options)  # type: ignore[arg-type]


def test_a_single_statement_is_chosen(campaign: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        state(record, campaign, "start", "2022-09")
        choose(campaign, record)

    campaign.refresh_from_db()
    assert (campaign.start, str(campaign.start_earliest), str(campaign.start_latest)) == (
        "2022-09",
        "2022-09-01",
        "2022-09-30",
    )


def test_a_preferred_statement_goes_before_others(campaign: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        state(record, campaign, "start", "2022-08")
        state(record, campaign, "start", "2022-09-05", rank="preferred")
        choose(campaign, record)

    assert campaign.start == "2022-09-05"


def test_equally_good_statements_that_differ_give_the_span_of_all(campaign: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        state(record, campaign, "end", "2023-12-31", aspect="planned")
        state(record, campaign, "end", "2024-03-05", aspect="planned")
        choose(campaign, record)

    assert campaign.end == "2023-12-31/2024-03-05"


def test_a_move_replaces_the_statement_that_it_supersedes(campaign: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        first = state(record, campaign, "end", "2023-12-31", aspect="planned")
        state(record, campaign, "end", "2024-03-05", aspect="planned", supersedes=first)
        choose(campaign, record)

    assert campaign.end == "2024-03-05"


def test_a_move_that_was_taken_back_gives_the_date_before_it(campaign: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        first = state(record, campaign, "end", "2023-12-31", aspect="planned")
        move = state(record, campaign, "end", "2024-03-05", aspect="planned", supersedes=first)
        choose(campaign, record)
        move.state = "retracted"
        move.save()
        choose(campaign, record)

    assert campaign.end == "2023-12-31"


def test_an_end_that_hangs_on_an_unknown_start_stays_unknown_until_the_start_arrives(campaign: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        end = state(
            record,
            campaign,
            "end",
            aspect="planned",
            basis="computed",
            offset="P18M",
            anchor=campaign,
            anchor_property="start",
        )
        choose(campaign, record)
    assert (end.value, campaign.end) == ("", "")

    with writing(by=SYSTEM, now=NOW) as record:
        state(record, campaign, "start", "2022-09-05")
        choose(campaign, record)

    end.refresh_from_db()
    assert (end.value, campaign.end) == ("2024-03-05", "2024-03-05")
    assert list(Change.everything.filter(action="derive").values_list("noun", "uid")) == [("statement", str(end.uid))]


def test_an_offset_by_the_duration_follows_an_extension(campaign: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        state(record, campaign, "start", "2022-09-05")
        stated = state(record, campaign, "duration", "P12M")
        choose(campaign, record)
        state(
            record,
            campaign,
            "end",
            aspect="planned",
            basis="computed",
            offset="duration",
            anchor=campaign,
            anchor_property="start",
        )
        choose(campaign, record)
    assert campaign.end == "2023-09-05"

    with writing(by=SYSTEM, now=NOW) as record:
        state(record, campaign, "duration", "P18M", supersedes=stated)
        choose(campaign, record)

    assert campaign.end == "2024-03-05"


def test_a_chain_of_anchors_moves_as_a_whole(campaign: Campaign) -> None:
    first, second = (
        Milestone.everything.create(campaign=campaign, uid=uid, kind="meeting", title={"en": uid}) for uid in "ab"
    )
    with writing(by=SYSTEM, now=NOW) as record:
        state(record, first, "when", offset="P1M", anchor=campaign, anchor_property="start", basis="computed")
        state(record, second, "when", offset="P2W", anchor=first, anchor_property="when", basis="computed")
        state(record, campaign, "start", "2023-01-31")
        choose(campaign, record)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.when, second.when) == ("2023-02-28", "2023-03-14")


def test_dates_that_hang_on_each_other_are_refused_although_neither_is_known(campaign: Campaign) -> None:
    first, second, third = (
        Milestone.everything.create(campaign=campaign, uid=uid, kind="meeting", title={"en": uid}) for uid in "abc"
    )

    def tie_the_knot() -> None:
        with writing(by=SYSTEM, now=NOW) as record:
            for one, other in ((first, second), (second, third), (third, first)):
                state(record, one, "when", offset="P1D", anchor=other, anchor_property="when", basis="computed")

    with pytest.raises(StatementError, match="hang on itself"):
        tie_the_knot()

    assert not Statement.everything.exists()


def test_a_start_cannot_hang_on_the_end_that_hangs_on_it(campaign: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        end = state(record, campaign, "end", offset="P18M", anchor=campaign, anchor_property="start", basis="computed")

    with writing(by=SYSTEM, now=NOW) as record:
        with pytest.raises(StatementError, match="hang on itself"):
            state(record, campaign, "start", offset="-P18M", anchor=campaign, anchor_property="end", basis="computed")
        with pytest.raises(StatementError, match="hang on itself"):
            state(record, campaign, "start", offset="-P18M", derived_from=[end], basis="computed")
        with pytest.raises(StatementError, match="hang on itself"):
            state(record, campaign, "start", offset="P1D", anchor=campaign, anchor_property="start", basis="computed")


def test_a_start_may_be_computed_from_an_end_that_somebody_stated(campaign: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        stated = state(record, campaign, "end", "2023-12-31", aspect="planned")
        state(record, campaign, "end", offset="P18M", anchor=campaign, anchor_property="start", basis="computed")
        state(record, campaign, "start", offset="-P18M", derived_from=[stated], basis="computed")
        choose(campaign, record)

    assert campaign.start == "2022-06-30"


def test_an_end_before_the_start_is_refused_and_nothing_is_kept(campaign: Campaign) -> None:
    def run_backwards() -> None:
        with writing(by=SYSTEM, now=NOW) as record:
            state(record, campaign, "start", "2023-05")
            state(record, campaign, "end", "2023-04-30")
            choose(campaign, record)

    with pytest.raises(StatementError, match="before it starts"):
        run_backwards()

    assert not Statement.everything.exists()
    assert not Change.everything.exists()


def test_a_statement_without_source_needs_a_reason(campaign: Campaign) -> None:
    with pytest.raises(StatementError, match="say why there is none"), writing(by=SYSTEM, now=NOW) as record:
        state(record, campaign, "start", "2023-05", reason=" ")


def test_a_write_raises_the_revision_of_its_campaign_to_its_last_number(campaign: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        state(record, campaign, "start", "2023-05")
        choose(campaign, record)

    campaign.refresh_from_db()
    last = Change.everything.last()
    assert last is not None
    assert campaign.revision == last.number
