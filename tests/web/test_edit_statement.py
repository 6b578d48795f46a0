"""The page of one statement: what it says, what is shown now, and a verdict with its reason."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import make_citation, make_document, make_milestone, make_phase, make_statement
from timeline.editorial.citations import Evidence
from timeline.editorial.dating import Dating, state_date
from timeline.editorial.permissions import Actor
from timeline.models import Campaign, Change, Department, Milestone, Statement

ALICE = Actor(name="alice", role="editor")


@pytest.fixture
def meeting(sweep: Campaign, police: Department) -> Milestone:
    return make_milestone(sweep, "meeting", "", police)


@pytest.fixture
def early(meeting: Milestone) -> Statement:
    return said(meeting, "when", "13 September 2023", "Example Daily")


@pytest.fixture
def late(meeting: Milestone, early: Statement) -> Statement:
    return said(meeting, "when", "20 September 2023", "Other Paper")


def said(subject: Milestone | Campaign, prop: str, words: str, publisher: str) -> Statement:
    noun = subject._meta.model_name
    evidence = Evidence(publisher=publisher, published_on="21 September 2023", quote="It was held.")
    dating = Dating(property=prop, words=words, evidence=evidence)
    return state_date(subject=subject, dating=dating, operation=f"{noun}.edit", by=ALICE, now=timezone.now())


def address(statement: Statement) -> str:
    return f"/statements/{statement.uid}/"


def test_the_page_shows_the_statement_its_source_and_what_is_shown_now(
    editor: Client, early: Statement, late: Statement
) -> None:
    page = editor.get(address(early)).content.decode()

    wanted = ("Example Daily", "It was held.", "13–20 Sep 2023", "sources disagree", "Other Paper")
    assert [words for words in wanted if words not in page] == []
    assert f'href="{address(late)}"' in page


def test_a_preferred_date_is_the_one_that_is_shown(
    editor: Client, meeting: Milestone, early: Statement, late: Statement
) -> None:
    answer = editor.post(address(late), {"verdict": "preferred", "why": "The notice itself."}, follow=True)

    meeting.refresh_from_db()
    page = answer.content.decode()
    assert answer.redirect_chain == [(address(late), 302)]
    assert meeting.when == "2023-09-20"
    assert "What is shown now: 20 September 2023." in page
    assert "because: The notice itself." in page
    assert "20 September 2023" in Client().get("/campaigns/sweep/").content.decode()


def test_a_date_that_was_set_aside_can_be_treated_as_any_other_again(
    editor: Client, meeting: Milestone, early: Statement, late: Statement
) -> None:
    editor.post(address(early), {"verdict": "deprecated", "why": "A slip of the paper."})
    meeting.refresh_from_db()
    alone = meeting.when

    editor.post(address(early), {"verdict": "normal", "why": "It was none."})

    meeting.refresh_from_db()
    assert (alone, meeting.when) == ("2023-09-20", "2023-09-13/2023-09-20")


def test_a_date_that_was_taken_back_is_shown_to_nobody_and_kept_in_the_history(
    editor: Client, meeting: Milestone, early: Statement, late: Statement
) -> None:
    editor.post(address(late), {"verdict": "retracted", "why": "Read from another line."})

    meeting.refresh_from_db()
    public = Client().get("/campaigns/sweep/milestones/meeting/").content.decode()
    history = editor.get("/campaigns/sweep/milestones/meeting/edit/").content.decode()
    assert meeting.when == "2023-09-13"
    assert "Other Paper" not in public
    assert "because: Read from another line." in history


def test_what_was_taken_back_is_weighed_no_more(editor: Client, early: Statement) -> None:
    editor.post(address(early), {"verdict": "retracted", "why": "Read from another line."})
    changes = Change.everything.count()

    page = editor.get(address(early)).content.decode()
    answer = editor.post(address(early), {"verdict": "preferred", "why": "Second thoughts."})

    assert "It was taken back" in page
    assert 'name="verdict"' not in page
    assert (answer.status_code, Change.everything.count()) == (422, changes)
    assert "taken back meanwhile" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"verdict": "preferred", "why": " "}, {"why"}),
        ({"verdict": "", "why": "So."}, {"verdict"}),
        ({"verdict": "normal", "why": "It is so already."}, {"verdict"}),
        ({"verdict": "best", "why": ""}, {"verdict", "why"}),
        ({"verdict": "preferred", "why": "x" * 301}, {"why"}),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_saved(
    editor: Client, meeting: Milestone, early: Statement, typed: dict[str, str], wrong: set[str]
) -> None:
    changes = Change.everything.count()

    answer = editor.post(address(early), typed)

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert Change.everything.count() == changes


def test_a_choice_that_would_end_the_campaign_before_it_starts_is_refused(editor: Client, sweep: Campaign) -> None:
    said(sweep, "start", "5 September 2022", "Example Daily")
    said(sweep, "end", "1 March 2024", "Example Daily")
    good = Statement.everything.get(property="start")
    make_statement("start", "2024-06-01", campaign=sweep)

    answer = editor.post(address(good), {"verdict": "retracted", "why": "Another campaign."})

    good.refresh_from_db()
    assert (answer.status_code, good.state) == (422, "published")
    assert "before it starts" in answer.content.decode()


def test_a_date_that_was_moved_says_that_a_later_one_took_its_place(editor: Client, early: Statement) -> None:
    make_statement("when", "2023-10-05", milestone=early.milestone, supersedes=early)

    assert "A later date took its place" in editor.get(address(early)).content.decode()


def test_the_page_speaks_chinese(editor: Client, early: Statement) -> None:
    page = editor.get("/zh-hans" + address(early)).content.decode()

    assert "2023年9月13日" in page
    assert "Weigh" not in page


def test_only_editors_find_the_way_there(editor: Client, early: Statement) -> None:
    page = "/campaigns/sweep/milestones/meeting/"

    shown = [f'href="{address(early)}"' in client.get(page).content.decode() for client in (editor, Client())]

    assert shown == [True, False]


def test_the_page_of_dates_leads_to_what_is_chosen_from_and_to_what_is_not(editor: Client, sweep: Campaign) -> None:
    phase = make_phase(sweep, "wave")
    chosen = make_statement("start", "2023-03", phase=phase)
    aside = make_statement("start", "2023-04", phase=phase, rank="deprecated")
    gone = make_statement("start", "2023-05", phase=phase, state="retracted")

    page = editor.get("/campaigns/sweep/phases/wave/date/").content.decode()

    assert [f'href="{address(row)}"' in page for row in (chosen, aside, gone)] == [True, True, False]


def test_a_statement_about_a_department_has_its_page_too(editor: Client, police: Department) -> None:
    citation = make_citation(make_document(publisher="Example Daily"))
    statement = make_statement("end", "2023", department=police, citation=citation)

    answer = editor.post(address(statement), {"verdict": "deprecated", "why": "It goes on."}, follow=True)

    assert answer.status_code == 200
    assert "set aside" in answer.content.decode()


def test_what_is_not_there_is_not_found(editor: Client) -> None:
    assert editor.get("/statements/00000000-0000-0000-0000-000000000000/").status_code == 404
