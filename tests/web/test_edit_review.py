"""The review page: reasons in sight, one or several decided, and a plain word where somebody was faster."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.builders import make_milestone, make_source
from tests.web.conftest import signed_in
from timeline.models import Campaign, Proposal, Update


@pytest.fixture
def proposals(sweep: Campaign) -> list[Proposal]:
    source = make_source(sweep, uid="gazette", name="Gazette")
    return [propose(sweep, source, number) for number in range(3)]


def propose(campaign: Campaign, source: object, number: int) -> Proposal:
    identity = f"{number:064d}"
    return Proposal.everything.create(
        campaign=campaign,
        source=source,
        identity=identity,
        payload={
            "identity": identity,
            "title": f"Item {number}",
            "url": f"https://example.org/{number}",
            "published": "Thu, 16 Feb 2023 10:00:00 +0800",
            "published_on": "2023-02-16",
            "language": "en",
        },
        reasons=[{"kind": "department", "uid": "mps", "words": "Public Security"}],
        proposed_at=timezone.now(),
    )


def test_a_proposal_is_shown_with_its_date_and_why_it_may_belong(editor: Client, proposals: list[Proposal]) -> None:
    page = editor.get("/review/").content.decode()

    wanted = ("Item 0", "16 February 2023", "Ministry of Public Security", "Gazette")
    assert [words for words in wanted if words not in page] == []
    assert 'href="https://example.org/0"' in page


@pytest.mark.parametrize(
    ("published", "is_shown"),
    [
        ("Thu, 16 Feb 2023 10:00:00 +0800", False),
        ("2023-02-16T10:00:00+08:00", False),
        ("2023-02-16", False),
        ("Wed, 15 Feb 2023 20:00:00 GMT", True),  # another day where it was published
        ("mid-February 2023", True),
    ],
)
def test_what_was_said_of_a_date_is_shown_where_it_says_more(
    editor: Client, proposals: list[Proposal], published: str, is_shown: bool
) -> None:
    for proposal in proposals:
        proposal.payload["published"] = published
        proposal.save()

    assert (published in editor.get("/review/").content.decode()) == is_shown


def test_an_accepted_proposal_is_on_the_timeline(editor: Client, proposals: list[Proposal]) -> None:
    page = editor.post("/review/", {"do": f"accept:{proposals[0].pk}"}, follow=True).content.decode()

    assert [update.title for update in Update.published.all()] == ["Item 0"]
    assert "1 accepted" in page
    assert "Item 0" in Client().get("/campaigns/sweep/").content.decode()


def test_a_rejected_proposal_keeps_the_reason(editor: Client, proposals: list[Proposal]) -> None:
    key = proposals[1].pk

    editor.post("/review/", {"do": f"reject:{key}", f"why:{key}": "Another campaign."})

    proposals[1].refresh_from_db()
    assert (proposals[1].state, proposals[1].decision_reason) == ("rejected", "Another campaign.")
    assert not Update.everything.exists()


def test_several_are_decided_at_once_with_one_reason(editor: Client, proposals: list[Proposal]) -> None:
    ticked = [str(proposal.pk) for proposal in proposals[:2]]

    editor.post("/review/", {"do": "reject", "proposals": ticked, "why": "Off topic."})

    states = Proposal.everything.order_by("pk").values_list("state", "decision_reason")
    assert list(states) == [("rejected", "Off topic."), ("rejected", "Off topic."), ("pending", "")]


def test_accepting_may_link_to_a_milestone(editor: Client, sweep: Campaign, proposals: list[Proposal]) -> None:
    milestone, key = make_milestone(sweep, "m", "2023-02-16"), proposals[0].pk

    editor.post("/review/", {"do": f"accept:{key}", f"milestone:{key}": str(milestone.pk)})

    assert milestone.stories.count() == 1


def test_what_somebody_else_decided_meanwhile_is_told_and_the_rest_is_done(
    editor: Client, bob: User, proposals: list[Proposal]
) -> None:
    signed_in(bob).post("/review/", {"do": f"reject:{proposals[0].pk}"})

    ticked = [str(proposal.pk) for proposal in proposals]
    page = editor.post("/review/", {"do": "accept", "proposals": ticked}, follow=True).content.decode()

    assert "“Item 0” was already rejected by bob; nothing was changed." in page
    assert "2 accepted" in page
    assert Update.everything.count() == 2


def test_nothing_ticked_decides_nothing_and_says_so(editor: Client, proposals: list[Proposal]) -> None:
    page = editor.post("/review/", {"do": "accept"}, follow=True).content.decode()

    assert "Nothing was ticked" in page
    assert Proposal.everything.pending().count() == 3


@pytest.mark.parametrize("words", ["", "burn", "accept:x", "burn:1"])
def test_a_button_that_is_not_ours_does_nothing(editor: Client, proposals: list[Proposal], words: str) -> None:
    assert editor.post("/review/", {"do": words}).status_code == 302
    assert Proposal.everything.pending().count() == 3


def test_an_empty_review_page_says_what_brings_something(editor: Client, sweep: Campaign) -> None:
    assert "Add a source" in editor.get("/review/").content.decode()


def queries_of(editor: Client, rows: int, sweep: Campaign, counting: object) -> None:
    source = make_source(sweep, uid="gazette", name="Gazette")
    for number in range(rows):
        propose(sweep, source, number)
    with counting(12):  # type: ignore[operator]
        editor.get("/review/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    editor: Client, sweep: Campaign, django_assert_num_queries: object, rows: int
) -> None:
    queries_of(editor, rows, sweep, django_assert_num_queries)


@pytest.mark.parametrize("start", ["9" * 30, "9" * 5000, "-1", "x", "٣"])
def test_a_page_of_the_review_that_is_not_there_shows_one_that_is(
    editor: Client, proposals: list[Proposal], start: str
) -> None:
    answer = editor.get("/review/", {"from": start})

    assert answer.status_code == 200
    assert b"Item 0" in answer.content


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 18, "x"])
def test_a_proposal_that_is_not_there_is_told(editor: Client, proposals: list[Proposal], key: str) -> None:
    page = editor.post("/review/", {"do": f"accept:{key}"}, follow=True).content.decode()

    assert "is not on this page any more" in page
    assert not Update.everything.exists()


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 18, "x"])
def test_a_milestone_that_is_not_there_accepts_nothing(editor: Client, proposals: list[Proposal], key: str) -> None:
    asked = {"do": f"accept:{proposals[0].pk}", f"milestone:{proposals[0].pk}": key}

    page = editor.post("/review/", asked, follow=True).content.decode()

    assert "The milestone chosen for “Item 0” is not there" in page
    assert not Update.everything.exists()
