"""Entering, moving, correcting and taking back milestones; each on the record, each all or nothing."""

from datetime import UTC, datetime

import pytest

from timeline.editorial.citations import Evidence
from timeline.editorial.dating import Dating
from timeline.editorial.inputs import InvalidInput, StaleVersion
from timeline.editorial.milestones import (
    Details,
    create_milestone,
    edit_milestone,
    restore_milestone,
    retract_milestone,
)
from timeline.editorial.permissions import Actor, Forbidden
from timeline.editorial.states import NotAllowed
from timeline.models import Campaign, Change, Citation, Department, Document, Milestone, Statement

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 1, 1, tzinfo=UTC)
ALICE = Actor(name="alice", role="editor")
OUTSIDER = Actor(name="charlie", role="visitor")
PRESS = Evidence(
    url="https://example.org/a.html",
    publisher="Example Daily",
    published_on="13 September 2023",
    quote="The meeting was held around September 2023.",
)
UNCITED = Evidence(uncited_reason="Heard at the briefing.")


@pytest.fixture
def campaign() -> Campaign:
    return Campaign.everything.create(slug="c", title={"en": "A campaign"}, state="published")


@pytest.fixture
def police() -> Department:
    return Department.everything.create(slug="mps", abbreviation="MPS")


@pytest.fixture
def court() -> Department:
    return Department.everything.create(slug="spc", abbreviation="SPC")


def details(*departments: Department, **more: object) -> Details:
    given: dict[str, object] = {"title": {"en": "Second meeting"}, "kind": "meeting", "departments": departments}
    return Details(**(given | more))  # type: ignore[arg-type]


def when(words: str, **more: object) -> Dating:
    return Dating(**({"property": "when", "words": words, "evidence": PRESS} | more))  # type: ignore[arg-type]


@pytest.fixture
def planned(campaign: Campaign, police: Department) -> Milestone:
    return create_milestone(
        campaign=campaign, details=details(police), dating=when("1 October 2023", aspect="planned"), by=ALICE, now=NOW
    )


def change(milestone: Milestone, police: Department, dating: Dating | None = None, **more: object) -> Milestone:
    options: dict[str, object] = {"version": milestone.version, "details": details(police), "by": ALICE, "now": NOW}
    return edit_milestone(milestone=milestone, dating=dating, **(options | more))  # type: ignore[arg-type]


def said(milestone: Milestone) -> Statement:
    return Statement.everything.current().about(milestone).get()


def test_a_new_milestone_shows_the_date_as_understood_and_keeps_the_words(
    campaign: Campaign, police: Department
) -> None:
    milestone = create_milestone(
        campaign=campaign, details=details(police), dating=when("around September 2023"), by=ALICE, now=NOW
    )

    milestone.refresh_from_db()
    assert (milestone.when, str(milestone.earliest), str(milestone.latest)) == ("2023-09~", "2023-09-01", "2023-09-30")
    assert (said(milestone).as_said, said(milestone).known_on) == ("around September 2023", "2023-09-13")


def test_a_new_milestone_is_public_done_and_cited(campaign: Campaign, police: Department) -> None:
    milestone = create_milestone(
        campaign=campaign, details=details(police), dating=when("2023-09-12"), by=ALICE, now=NOW
    )

    assert Milestone.published.get() == milestone
    assert (milestone.status, milestone.uncited_reason, milestone.uid) == ("done", "", "2023-09-12-second-meeting")
    assert milestone.citations.get().document.published_on == "2023-09-13"


def test_a_new_milestone_leaves_a_change_with_all_that_was_entered(campaign: Campaign, police: Department) -> None:
    create_milestone(campaign=campaign, details=details(police), dating=when("2023-09-12"), by=ALICE, now=NOW)

    change = Change.everything.get(noun="milestone", action="create")
    assert (change.by, change.before, change.campaign_slug) == ("alice", None, "c")
    assert change.after is not None
    assert change.after["departments"] == [["mps", "lead", "stated"]]


def test_two_milestones_of_the_same_day_and_title_get_their_own_uids(campaign: Campaign, police: Department) -> None:
    uids = [
        create_milestone(campaign=campaign, details=details(police), dating=when("2023-09-12"), by=ALICE, now=NOW).uid
        for _ in range(2)
    ]

    assert uids == ["2023-09-12-second-meeting", "2023-09-12-second-meeting-2"]


def test_a_title_in_chinese_only_is_enough(campaign: Campaign, police: Department) -> None:
    milestone = create_milestone(
        campaign=campaign,
        details=details(police, title={"zh-Hans": "推进会", "en": " "}),
        dating=when("2023年底"),
        by=ALICE,
        now=NOW,
    )

    assert milestone.title == {"zh-Hans": "推进会"}
    assert milestone.uid == "2023-11"


def test_a_milestone_without_source_needs_a_reason(campaign: Campaign, police: Department) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_milestone(
            campaign=campaign,
            details=details(police),
            dating=when("2023-09-12", evidence=Evidence(uncited_reason="  ")),
            by=ALICE,
            now=NOW,
        )

    assert refused.value.field == "uncited_reason"
    assert not Milestone.everything.exists()


def test_an_uncited_milestone_keeps_the_reason(campaign: Campaign, police: Department) -> None:
    milestone = create_milestone(
        campaign=campaign, details=details(police), dating=when("2023-09-12", evidence=UNCITED), by=ALICE, now=NOW
    )

    assert (milestone.uncited_reason, said(milestone).reason) == (UNCITED.uncited_reason, UNCITED.uncited_reason)


def test_a_source_and_a_reason_for_having_none_do_not_go_together(campaign: Campaign, police: Department) -> None:
    both = Evidence(publisher="Example Daily", uncited_reason="none")

    with pytest.raises(InvalidInput, match="remove one of them"):
        create_milestone(
            campaign=campaign, details=details(police), dating=when("2023", evidence=both), by=ALICE, now=NOW
        )


def test_a_milestone_that_ends_before_it_starts_is_refused_at_the_date(campaign: Campaign, police: Department) -> None:
    with pytest.raises(InvalidInput, match="before it starts") as refused:
        create_milestone(
            campaign=campaign, details=details(police), dating=when("from May 2023 to March 2023"), by=ALICE, now=NOW
        )

    assert refused.value.field == "when"
    assert not Change.everything.exists()


def test_words_that_count_from_the_publication_use_its_day(campaign: Campaign, police: Department) -> None:
    milestone = create_milestone(
        campaign=campaign, details=details(police), dating=when("last year"), by=ALICE, now=NOW
    )

    assert milestone.when == "2022"


def test_the_one_that_leads_leads_and_the_others_join(
    campaign: Campaign, police: Department, court: Department
) -> None:
    milestone = create_milestone(
        campaign=campaign, details=details(police, court, lead=court), dating=when("2023"), by=ALICE, now=NOW
    )

    roles = dict(milestone.responsibilities.values_list("department__slug", "role"))
    assert roles == {"mps": "joint", "spc": "lead"}


def test_a_milestone_of_nobody_is_refused(campaign: Campaign) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_milestone(campaign=campaign, details=details(), dating=when("2023"), by=ALICE, now=NOW)

    assert refused.value.field == "departments"


def test_the_same_address_is_one_document(campaign: Campaign, police: Department) -> None:
    for words in ("2023-09-12", "2023-10"):
        create_milestone(campaign=campaign, details=details(police), dating=when(words), by=ALICE, now=NOW)

    assert (Document.everything.count(), Citation.everything.count()) == (1, 1)


def test_an_outsider_may_not_enter_a_milestone(campaign: Campaign, police: Department) -> None:
    with pytest.raises(Forbidden):
        create_milestone(campaign=campaign, details=details(police), dating=when("2023"), by=OUTSIDER, now=NOW)


def test_a_moved_date_supersedes_the_one_that_was_announced(planned: Milestone, police: Department) -> None:
    first = said(planned)

    moved = change(planned, police, when("1 December 2023", relation="moved", replaces=first))

    assert (moved.when, moved.status) == ("2023-12-01", "planned")
    assert (said(moved).supersedes, said(moved).aspect) == (first, "planned")


def test_a_plan_that_came_true_stays_beside_what_happened(planned: Milestone, police: Department) -> None:
    happened = change(planned, police, when("3 October 2023", relation="happened", replaces=said(planned)))

    assert (happened.when, happened.status) == ("2023-10-03", "done")
    assert set(Statement.everything.current().values_list("value", "aspect")) == {
        ("2023-10-01", "planned"),
        ("2023-10-03", "actual"),
    }


def test_another_source_competes_and_the_span_of_both_is_shown(planned: Milestone, police: Department) -> None:
    edited = change(planned, police, when("9 October 2023", aspect="planned", relation="another"))

    assert edited.when == "2023-10-01/2023-10-09"


def test_a_mistyped_date_is_retracted_with_the_reason(planned: Milestone, police: Department) -> None:
    wrong = said(planned)

    fixed = change(
        planned,
        police,
        Dating(
            property="when", words="2 October 2023", relation="mistyped", replaces=wrong, why="Read the wrong line."
        ),
    )

    wrong.refresh_from_db()
    assert (fixed.when, wrong.state, said(fixed).citation) == ("2023-10-02", "retracted", wrong.citation)
    assert Change.everything.get(noun="statement", action="retract").why == "Read the wrong line."


def test_a_mistyped_move_still_moves_what_it_moved(planned: Milestone, police: Department) -> None:
    first = said(planned)
    moved = change(planned, police, when("1 December 2023", relation="moved", replaces=first))

    fixed = change(
        moved,
        police,
        Dating(
            property="when", words="11 December 2023", relation="mistyped", replaces=said(moved), why="A digit lost."
        ),
    )

    assert (fixed.when, said(fixed).supersedes) == ("2023-12-11", first)


def test_a_correction_needs_a_reason(planned: Milestone, police: Department) -> None:
    with pytest.raises(InvalidInput) as refused:
        change(planned, police, when("2 October 2023", relation="mistyped", replaces=said(planned)))

    assert refused.value.field == "why"


def test_a_date_cannot_move_one_that_is_no_longer_in_force(planned: Milestone, police: Department) -> None:
    first = said(planned)
    moved = change(planned, police, when("1 December 2023", relation="moved", replaces=first))

    with pytest.raises(InvalidInput, match="no longer in force"):
        change(moved, police, when("2 December 2023", relation="moved", replaces=first))


def test_an_edit_of_the_text_leaves_the_date_alone_and_keeps_both_texts(planned: Milestone, police: Department) -> None:
    edited = change(planned, police, details=details(police, title={"en": "Third meeting"}), why="A slip.")

    change_ = Change.everything.get(noun="milestone", action="edit")
    assert (edited.version, Statement.everything.count(), change_.why) == (2, 1, "A slip.")
    assert change_.before is not None and change_.after is not None
    assert (change_.before["title"], change_.after["title"]) == ({"en": "Second meeting"}, {"en": "Third meeting"})


def test_a_source_that_arrives_later_ends_the_uncited_mark(campaign: Campaign, police: Department) -> None:
    milestone = create_milestone(
        campaign=campaign, details=details(police), dating=when("2023-09-12", evidence=UNCITED), by=ALICE, now=NOW
    )

    edited = change(milestone, police, evidence=PRESS)

    assert (edited.uncited_reason, edited.citations.count()) == ("", 1)


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(planned: Milestone, police: Department) -> None:
    change(planned, police, details=details(police, title={"en": "From bob"}))

    with pytest.raises(StaleVersion) as stale:
        change(planned, police, details=details(police, title={"en": "From alice"}))

    assert isinstance(stale.value.current, Milestone)
    assert stale.value.current.title == {"en": "From bob"}
    assert Milestone.everything.get().title == {"en": "From bob"}


def test_a_retracted_milestone_is_off_the_timeline_and_comes_back_whole(planned: Milestone) -> None:
    gone = retract_milestone(milestone=planned, version=1, why="A duplicate.", by=ALICE, now=NOW)
    assert not Milestone.published.exists()

    back = restore_milestone(milestone=gone, version=2, why="It was none.", by=ALICE, now=NOW)

    assert Milestone.published.get() == back
    actions = Change.everything.filter(noun="milestone").exclude(action="choose").values_list("action", "why")
    assert list(actions) == [("create", ""), ("retract", "A duplicate."), ("restore", "It was none.")]


def test_what_is_retracted_cannot_be_retracted_again(planned: Milestone) -> None:
    gone = retract_milestone(milestone=planned, version=1, why="A duplicate.", by=ALICE, now=NOW)

    with pytest.raises(NotAllowed):
        retract_milestone(milestone=gone, version=2, why="Again.", by=ALICE, now=NOW)


def test_a_milestone_that_hangs_on_an_undated_one_moves_when_that_date_arrives(
    planned: Milestone, campaign: Campaign, police: Department
) -> None:
    anchor = create_milestone(
        campaign=campaign, details=details(police), dating=when("unknown"), by=ALICE, now=NOW, uid="anchor"
    )
    hanging = create_milestone(
        campaign=campaign,
        details=details(police),
        dating=Dating(
            property="when",
            words="two weeks later",
            anchor=anchor,
            anchor_property="when",
            offset="two weeks",
            aspect="planned",
            evidence=PRESS,
        ),
        by=ALICE,
        now=NOW,
    )
    assert hanging.when == ""

    change(anchor, police, when("2023-09-01"))

    hanging.refresh_from_db()
    assert hanging.when == "2023-09-15"
    assert Change.everything.filter(action="derive").count() == 1
