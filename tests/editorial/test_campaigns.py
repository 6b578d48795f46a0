"""Campaigns, phases and workstreams by hand: published at once, dated by statements, deleted with a reason."""

from datetime import UTC, date, datetime

import pytest

from tests.builders import make_statement
from timeline.editorial.campaign_parts import (
    PhaseDetails,
    WorkstreamDetails,
    create_phase,
    create_workstream,
    delete_phase,
    delete_workstream,
    edit_phase,
    edit_workstream,
)
from timeline.editorial.campaigns import About, create_campaign, edit_campaign, set_participations, turn_campaign
from timeline.editorial.citations import Evidence
from timeline.editorial.dating import Dating, rank_statement, retract_statement, state_date
from timeline.editorial.inputs import InvalidInput, StaleVersion
from timeline.editorial.permissions import Actor
from timeline.editorial.statements import StatementError
from timeline.editorial.states import NotAllowed
from timeline.models import Campaign, Change, Department, FormerSlug, Phase, Statement, Workstream

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 1, 1, tzinfo=UTC)
ALICE = Actor(name="alice", role="editor")
NOTICE = Evidence(publisher="Example Daily", published_on="5 September 2022")


@pytest.fixture
def campaign() -> Campaign:
    return create_campaign(about=About(title={"en": "Clean Rivers"}), by=ALICE, now=NOW)


@pytest.fixture
def phase(campaign: Campaign) -> Phase:
    return create_phase(campaign=campaign, details=details(), datings=[dating("start", "2023-03")], by=ALICE, now=NOW)


def details(**more: object) -> PhaseDetails:
    return PhaseDetails(**({"title": {"en": "First wave"}, "basis": "official"} | more))  # type: ignore[arg-type]


def dating(prop: str, words: str = "", **more: object) -> Dating:
    return Dating(property=prop, words=words, **({"evidence": NOTICE} | more))  # type: ignore[arg-type]


def state(subject: Campaign | Phase, given: Dating) -> Statement:
    operation = "campaign.edit" if isinstance(subject, Campaign) else "phase.edit"
    return state_date(subject=subject, dating=given, operation=operation, by=ALICE, now=NOW)


def test_a_new_campaign_is_public_with_the_dates_that_are_known() -> None:
    campaign = create_campaign(
        about=About(title={"en": "Clean Rivers"}, timezone="Asia/Shanghai"),
        datings=[dating("start", "5 September 2022"), dating("duration", "one and a half years")],
        by=ALICE,
        now=NOW,
    )

    campaign.refresh_from_db()
    assert Campaign.published.get() == campaign
    assert (campaign.slug, campaign.start, campaign.duration) == ("clean-rivers", "2022-09-05", "P1Y6M")


def test_an_end_that_hangs_on_an_unknown_start_arrives_with_it(campaign: Campaign) -> None:
    state(campaign, dating("end", anchor=campaign, anchor_property="start", offset="18 months", aspect="planned"))
    campaign.refresh_from_db()
    assert campaign.end == ""

    state(campaign, dating("start", "5 September 2022"))

    campaign.refresh_from_db()
    assert campaign.end == "2024-03-05"
    assert Change.everything.filter(action="derive").count() == 1


def test_a_campaign_that_would_end_before_it_starts_is_refused(campaign: Campaign) -> None:
    state(campaign, dating("start", "May 2023"))

    with pytest.raises(StatementError) as refused:
        state(campaign, dating("end", "March 2023"))

    assert refused.value.field == "end"
    assert Statement.everything.count() == 1


def test_words_that_are_no_duration_are_refused_at_the_duration(campaign: Campaign) -> None:
    with pytest.raises(InvalidInput, match="not understood as a duration") as refused:
        state(campaign, dating("duration", "a while"))

    assert refused.value.field == "duration"


def test_a_duration_may_be_unknown(campaign: Campaign) -> None:
    assert state(campaign, dating("duration", "unknown")).value == ""


def test_a_renamed_campaign_keeps_its_former_address(campaign: Campaign) -> None:
    renamed = edit_campaign(
        campaign=campaign,
        version=1,
        about=About(title={"en": "Clean Rivers"}, slug="rivers"),
        by=ALICE,
        now=NOW,
    )

    assert renamed.slug == "rivers"
    assert FormerSlug.everything.get(slug="clean-rivers").campaign == renamed


def test_a_campaign_may_take_its_former_address_back(campaign: Campaign) -> None:
    for version, slug in ((1, "rivers"), (2, "clean-rivers")):
        edit_campaign(campaign=campaign, version=version, about=About(title={"en": "x"}, slug=slug), by=ALICE, now=NOW)

    assert list(FormerSlug.everything.values_list("slug", flat=True)) == ["rivers"]


def test_an_address_that_leads_to_another_campaign_is_refused(campaign: Campaign) -> None:
    edit_campaign(campaign=campaign, version=1, about=About(title={"en": "x"}, slug="rivers"), by=ALICE, now=NOW)

    with pytest.raises(InvalidInput, match="still leads there"):
        create_campaign(about=About(title={"en": "y"}, slug="clean-rivers"), by=ALICE, now=NOW)


@pytest.mark.parametrize("slug", ["Big", "two words", "a--b", "x" * 81])
def test_an_address_that_no_browser_line_should_hold_is_refused(slug: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_campaign(about=About(title={"en": "x"}, slug=slug), by=ALICE, now=NOW)

    assert refused.value.field == "slug"


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Asia/Shanghai"):
        create_campaign(about=About(title={"en": "x"}, timezone="Mars/Base"), by=ALICE, now=NOW)


def test_the_second_of_two_editors_of_a_campaign_is_told(campaign: Campaign) -> None:
    edit_campaign(campaign=campaign, version=1, about=About(title={"en": "x"}), by=ALICE, now=NOW)

    with pytest.raises(StaleVersion):
        edit_campaign(campaign=campaign, version=1, about=About(title={"en": "y"}), by=ALICE, now=NOW)


def test_a_withdrawn_campaign_is_public_no_more(campaign: Campaign) -> None:
    turn_campaign(campaign=campaign, version=1, to="draft", by=ALICE, now=NOW)

    assert not Campaign.published.exists()


def test_a_draft_cannot_be_archived(campaign: Campaign) -> None:
    turn_campaign(campaign=campaign, version=1, to="draft", by=ALICE, now=NOW)

    with pytest.raises(NotAllowed):
        turn_campaign(campaign=campaign, version=2, to="archived", by=ALICE, now=NOW)


def test_departments_join_change_their_part_and_leave(campaign: Campaign) -> None:
    police, court = (Department.everything.create(slug=slug) for slug in ("mps", "spc"))
    set_participations(campaign=campaign, version=1, roles={police: "joint", court: "joint"}, by=ALICE, now=NOW)

    set_participations(campaign=campaign, version=2, roles={police: "lead", court: ""}, by=ALICE, now=NOW)

    assert list(campaign.participations.values_list("department__slug", "role")) == [("mps", "lead")]
    actions = Change.everything.filter(noun="participation").values_list("action", flat=True)
    assert list(actions) == ["create", "create", "edit", "delete"]


def test_a_phase_takes_its_dates_from_statements(phase: Phase) -> None:
    state(phase, dating("end", "June 2023"))

    phase.refresh_from_db()
    assert (phase.uid, phase.start, phase.end) == ("first-wave", "2023-03", "2023-06")


def test_a_phase_is_edited_without_touching_its_dates(phase: Phase) -> None:
    edited = edit_phase(
        phase=phase, version=1, details=details(title={"en": "Wave one"}, basis="observed"), by=ALICE, now=NOW
    )

    assert (edited.title, edited.basis, edited.start, edited.version) == ({"en": "Wave one"}, "observed", "2023-03", 2)


def test_a_wave_cannot_be_a_wave_of_itself(phase: Phase) -> None:
    wave = create_phase(campaign=phase.campaign, details=details(parent=phase), datings=[], by=ALICE, now=NOW)

    with pytest.raises(InvalidInput) as refused:
        edit_phase(phase=phase, version=1, details=details(parent=wave), by=ALICE, now=NOW)

    assert refused.value.field == "parent"


def test_a_deleted_phase_stays_in_the_record_with_its_dates(phase: Phase) -> None:
    delete_phase(phase=phase, version=1, why="It was never announced.", by=ALICE, now=NOW)

    gone = Change.everything.filter(action="delete").values_list("noun", "why")
    assert not Phase.everything.exists()
    assert sorted(gone) == [("phase", "It was never announced."), ("statement", "It was never announced.")]


def test_a_phase_that_other_dates_hang_on_is_not_deleted(phase: Phase) -> None:
    state(phase.campaign, dating("end", anchor=phase, anchor_property="start", offset="1 year"))

    with pytest.raises(InvalidInput, match="hang on this one"):
        delete_phase(phase=phase, version=1, why="No.", by=ALICE, now=NOW)

    assert Phase.everything.exists()


def test_a_phase_is_not_deleted_without_a_reason(phase: Phase) -> None:
    with pytest.raises(InvalidInput) as refused:
        delete_phase(phase=phase, version=1, why=" ", by=ALICE, now=NOW)

    assert refused.value.field == "why"


def test_a_workstream_keeps_order_departments_and_whether_they_were_inferred(campaign: Campaign) -> None:
    police = Department.everything.create(slug="mps")
    workstream = create_workstream(
        campaign=campaign,
        details=WorkstreamDetails(
            title={"en": "Case work"},
            quote="Solve cases.",
            departments=[police],
            basis="inferred",
            evidence=Evidence(url="https://example.org/notice", quote="Solve cases."),
        ),
        by=ALICE,
        now=NOW,
    )

    part = workstream.responsibilities.get()
    assert (workstream.uid, part.role, part.basis) == ("case-work", "lead", "inferred")
    assert workstream.citation is not None
    assert workstream.citation.document.publisher == "example.org"


def test_a_workstream_is_edited_and_deleted_on_the_record(campaign: Campaign) -> None:
    workstream = create_workstream(
        campaign=campaign, details=WorkstreamDetails(title={"en": "Case work"}), by=ALICE, now=NOW
    )
    edit_workstream(
        workstream=workstream, version=1, details=WorkstreamDetails(title={"en": "Cases"}), by=ALICE, now=NOW
    )

    delete_workstream(workstream=workstream, version=2, why="Entered twice.", by=ALICE, now=NOW)

    assert not Workstream.everything.exists()
    actions = Change.everything.filter(noun="workstream").values_list("action", flat=True)
    assert list(actions) == ["create", "edit", "delete"]


def test_a_preferred_statement_settles_a_disagreement(campaign: Campaign) -> None:
    state(campaign, dating("start", "August 2022"))
    better = state(campaign, dating("start", "5 September 2022"))
    campaign.refresh_from_db()
    assert (campaign.start_earliest, campaign.start_latest) == (date(2022, 8, 1), date(2022, 9, 5))

    rank_statement(statement=better, rank="preferred", why="The notice itself.", by=ALICE, now=NOW)

    campaign.refresh_from_db()
    assert campaign.start == "2022-09-05"


def test_a_retracted_statement_is_chosen_no_more(campaign: Campaign) -> None:
    wrong = state(campaign, dating("start", "August 2022"))

    retract_statement(statement=wrong, why="Another campaign.", by=ALICE, now=NOW)

    campaign.refresh_from_db()
    assert campaign.start == ""


def test_what_is_computed_from_a_retracted_statement_is_unknown(campaign: Campaign) -> None:
    start = state(campaign, dating("start", "5 September 2022"))
    end = make_statement("end", "2024-03-05", basis="computed", campaign=campaign, offset="P18M")
    end.derived_from.add(start)

    retract_statement(statement=start, why="Another campaign.", by=ALICE, now=NOW)

    campaign.refresh_from_db()
    end.refresh_from_db()
    assert (end.value, campaign.end) == ("", "")


def test_a_retracted_statement_cannot_be_preferred(campaign: Campaign) -> None:
    wrong = state(campaign, dating("start", "August 2022"))
    retract_statement(statement=wrong, why="Another campaign.", by=ALICE, now=NOW)

    with pytest.raises(NotAllowed, match="taken back meanwhile"):
        rank_statement(statement=wrong, rank="preferred", why="The notice itself.", by=ALICE, now=NOW)

    wrong.refresh_from_db()
    assert wrong.rank == "normal"


def test_the_name_of_a_page_is_no_slug() -> None:
    with pytest.raises(InvalidInput, match="“new” is reserved"):
        create_campaign(about=About(title={"en": "Sweep"}, slug="new"), by=ALICE, now=NOW)


def test_a_title_is_at_most_300_characters() -> None:
    with pytest.raises(InvalidInput, match="at most 300 characters"):
        create_campaign(about=About(title={"en": "x" * 301}), by=ALICE, now=NOW)
