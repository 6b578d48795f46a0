"""Taking an accepted update back: it leaves page, API and timeline, and stays in the record."""

import pytest
from django.test import Client

from tests.builders import make_milestone, make_story, make_update
from timeline.models import Campaign, Change, Update


@pytest.fixture
def update(sweep: Campaign) -> Update:
    made = make_update(sweep, "Nine arrests", "2023-02-16")
    make_story(sweep, made, make_milestone(sweep, "meeting", "2023-02-16"))
    return made


def address(update: Update) -> str:
    return f"/updates/{update.uid}/take-back/"


def places() -> dict[str, bool]:
    """Where a visitor sees it."""
    pages = ("/campaigns/sweep/", "/campaigns/sweep/updates/", "/updates/", "/campaigns/sweep/milestones/meeting/")
    apis = ("/api/v1/updates/", "/api/v1/campaigns/sweep/timeline/")
    return {page: "Nine arrests" in Client().get(page).content.decode() for page in (*pages, *apis)}


def test_it_leaves_page_api_and_timeline_and_stays_in_the_history(editor: Client, update: Update) -> None:
    before = places()

    answer = editor.post(address(update), {"why": "Another campaign."}, follow=True)

    assert set(before.values()) == {True}
    assert set(places().values()) == {False}
    assert answer.redirect_chain == [("/campaigns/sweep/updates/", 302)]
    assert Update.everything.get().state == "retracted"
    assert "because: Another campaign." in editor.get("/campaigns/sweep/edit/").content.decode()


@pytest.mark.parametrize("why", ["", "  ", "x" * 301])
def test_a_reason_is_needed(editor: Client, update: Update, why: str) -> None:
    answer = editor.post(address(update), {"why": why})

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"why"})
    assert Update.published.get() == update


def test_the_second_of_two_editors_is_told(editor: Client, update: Update) -> None:
    editor.post(address(update), {"why": "Another campaign."})

    page = editor.get(address(update)).content.decode()
    answer = editor.post(address(update), {"why": "Another campaign."})

    assert "taken back already" in page
    assert answer.status_code == 422
    assert Change.everything.filter(action="retract").count() == 1


def test_only_editors_find_the_way_there(editor: Client, update: Update) -> None:
    shown = [address(update) in client.get("/updates/").content.decode() for client in (editor, Client())]

    assert shown == [True, False]


def test_what_is_not_there_is_not_found(editor: Client) -> None:
    assert editor.get("/updates/00000000-0000-0000-0000-000000000000/take-back/").status_code == 404
