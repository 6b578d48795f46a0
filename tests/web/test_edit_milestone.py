"""The milestone pages: three fields and a source, errors where they belong, both texts when two editors meet."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.web.conftest import signed_in
from timeline.models import Campaign, Change, Department, Milestone, Statement

NEW = "/campaigns/sweep/milestones/new/"
Html = str


def typed(police: Department, **more: Any) -> dict[str, Any]:
    return {
        "title_en": "Second meeting",
        "when": "around September 2023",
        "aspect": "actual",
        "departments": [str(police.pk)],
        "kind": "meeting",
        "cited": "source",
        "url": "https://example.org/a.html",
        "publisher": "Example Daily",
        "published_on": "13 September 2023",
        "quote": "It was held.",
    } | more


def change(milestone: Milestone, police: Department, **more: Any) -> dict[str, Any]:
    return {
        "version": str(milestone.version),
        "title_en": milestone.title["en"],
        "departments": [str(police.pk)],
        "kind": "meeting",
        "status": milestone.status,
        "cited": "keep",
    } | more


@pytest.fixture
def meeting(editor: Client, sweep: Campaign, police: Department) -> Milestone:
    editor.post(NEW, typed(police))
    return Milestone.everything.get()


def test_three_fields_and_a_source_make_a_milestone(editor: Client, sweep: Campaign, police: Department) -> None:
    answer = editor.post(NEW, typed(police), follow=True)

    milestone = Milestone.published.get()
    assert answer.redirect_chain == [("/campaigns/sweep/", 302)]
    assert (milestone.title, milestone.when) == ({"en": "Second meeting"}, "2023-09~")
    assert milestone.citations.get().document.publisher == "Example Daily"


def test_the_notice_tells_how_the_date_was_read_and_leads_to_the_entry(
    editor: Client, sweep: Campaign, police: Department
) -> None:
    page = editor.post(NEW, typed(police), follow=True).content.decode()

    assert "around September 2023 (1–30 Sep 2023)" in page
    assert f'href="/campaigns/sweep/milestones/{Milestone.everything.get().uid}/"' in page


def test_a_new_milestone_is_in_the_table_at_the_next_view(editor: Client, sweep: Campaign, police: Department) -> None:
    editor.post(NEW, typed(police))

    assert "Second meeting" in Client().get("/campaigns/sweep/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"when": ""}, "when", "write “unknown”"),
        ({"when": "soon"}, "when", "was not understood as a date"),
        ({"when": "from May 2023 to March 2023"}, "when", "before it starts"),
        ({"when": "2023-05/2023-03"}, "when", "before it starts"),
        ({"title_en": ""}, "title_en", "one is enough"),
        ({"departments": []}, "departments", "Tick at least one department"),
        ({"url": "example.org"}, "url", "Write the whole address"),
        ({"published_on": "soon"}, "published_on", "was not understood as a date"),
        ({"cited": "none"}, "uncited_reason", "say why there is none"),
        ({"url": "", "publisher": "", "quote": "", "published_on": ""}, "url", "Name the source"),
        ({"title_en": "a\x00b"}, "title_en", "Null characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(
    editor: Client, sweep: Campaign, police: Department, wrong: dict[str, Any], field: str, message: str
) -> None:
    answer = editor.post(NEW, typed(police, summary_en="Kept as typed") | wrong)

    page: Html = answer.content.decode()
    assert answer.status_code == 422
    assert message in "".join(str(error) for error in answer.context["form"].errors[field])
    assert f'<a href="#id_{field}">' in page  # in the summary on top
    assert "Kept as typed" in page
    assert not Milestone.everything.exists()
    assert not Change.everything.exists()


def test_an_uncited_milestone_is_marked_with_its_reason(editor: Client, sweep: Campaign, police: Department) -> None:
    editor.post(NEW, typed(police, cited="none", uncited_reason="Heard at the briefing."))

    milestone = Milestone.everything.get()
    page = Client().get(f"/campaigns/sweep/milestones/{milestone.uid}/").content.decode()
    assert milestone.uncited_reason == "Heard at the briefing."
    assert "Heard at the briefing." in page


def test_the_date_can_be_read_without_scripts_and_without_saving(
    editor: Client, sweep: Campaign, police: Department
) -> None:
    answer = editor.post(NEW, typed(police, check="1"))

    assert "Understood as: around September 2023" in answer.content.decode().replace(
        "Understood as ", "Understood as: "
    )
    assert not Milestone.everything.exists()


@pytest.mark.parametrize(
    ("query", "understood", "words"),
    [
        ({"words": "2023年底"}, True, "November–December 2023"),
        ({"words": "18 months", "kind": "duration"}, True, "18 months"),
        ({"words": "18 months", "kind": "both"}, True, "18 months"),
        ({"words": "last year", "published_on": "13 September 2023"}, True, "2022"),
        ({"words": "soon"}, False, "was not understood"),
        ({"words": ""}, True, ""),
        ({}, True, ""),
        ({"words": "x" * 3000}, False, "at most 200"),
    ],
)
def test_words_are_read_aloud_while_they_are_typed(
    editor: Client, query: dict[str, str], understood: bool, words: str
) -> None:
    answer = editor.get("/edit/phrase/", query).json()

    assert answer["understood"] is understood
    assert words in answer["message"]


def test_words_are_read_aloud_in_chinese_on_the_chinese_page(editor: Client) -> None:
    assert "理解为" in editor.get("/zh-hans/edit/phrase/", {"words": "2023年底"}).json()["message"]


def test_the_page_speaks_chinese(editor: Client, sweep: Campaign) -> None:
    page = editor.get("/zh-hans/campaigns/sweep/milestones/new/").content.decode()

    assert '<html lang="zh-Hans">' in page
    assert "公安部" in page


def test_departments_of_the_campaign_stand_first_and_ticked_ones_stay(
    editor: Client, sweep: Campaign, police: Department
) -> None:
    form = editor.post(NEW, typed(police, when="")).context["form"]

    assert [tick.text for tick in form.participants] == ["Ministry of Public Security", "Supreme People's Court"]
    assert form.ticked == [str(police.pk)]


def test_an_edit_of_the_title_keeps_date_source_and_history(
    editor: Client, meeting: Milestone, police: Department
) -> None:
    editor.post(f"/campaigns/sweep/milestones/{meeting.uid}/edit/", change(meeting, police, title_en="Third meeting"))

    page = editor.get(f"/campaigns/sweep/milestones/{meeting.uid}/edit/").content.decode()
    meeting.refresh_from_db()
    assert (meeting.title, meeting.when) == ({"en": "Third meeting"}, "2023-09~")
    assert "<del>Second meeting</del>" in page


def test_a_moved_date_is_a_new_statement(editor: Client, meeting: Milestone, police: Department) -> None:
    more = {"when": "5 October 2023", "relation": "moved", "cited": "source", "publisher": "Example Daily"}

    editor.post(f"/campaigns/sweep/milestones/{meeting.uid}/edit/", change(meeting, police, **more))

    meeting.refresh_from_db()
    assert meeting.when == "2023-10-05"
    assert Statement.everything.filter(milestone=meeting).count() == 2


def test_a_new_date_asks_how_it_came_about_and_where_from(
    editor: Client, meeting: Milestone, police: Department
) -> None:
    answer = editor.post(
        f"/campaigns/sweep/milestones/{meeting.uid}/edit/", change(meeting, police, when="5 October 2023")
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"relation", "cited"}


def test_a_mistyped_date_needs_a_reason_and_no_new_source(
    editor: Client, meeting: Milestone, police: Department
) -> None:
    address = f"/campaigns/sweep/milestones/{meeting.uid}/edit/"
    more = {"when": "August 2023", "relation": "mistyped"}

    refused = editor.post(address, change(meeting, police, **more))
    editor.post(address, change(meeting, police, why="Wrong line.", **more))

    meeting.refresh_from_db()
    assert set(refused.context["form"].errors) == {"why"}
    assert meeting.when == "2023-08"


def test_two_editors_see_both_texts_and_nothing_is_lost(
    editor: Client, bob: User, meeting: Milestone, police: Department
) -> None:
    address = f"/campaigns/sweep/milestones/{meeting.uid}/edit/"
    signed_in(bob).post(address, change(meeting, police, title_en="From bob"))

    answer = editor.post(address, change(meeting, police, title_en="From alice"))

    page = answer.content.decode()
    meeting.refresh_from_db()
    assert (answer.status_code, meeting.title) == (409, {"en": "From bob"})
    assert ("Title", "From alice", "From bob") in [tuple(map(str, row)) for row in answer.context["form"].clash]
    assert "From bob" in page
    assert 'value="From alice"' in page
    assert f'name="version" value="{meeting.version}"' in page  # saving again replaces knowingly


def test_taking_off_needs_a_reason_and_can_be_undone(editor: Client, meeting: Milestone) -> None:
    address = f"/campaigns/sweep/milestones/{meeting.uid}/take-back/"

    refused = editor.post(address, {"version": "1", "why": ""})
    editor.post(address, {"version": "1", "why": "A duplicate."})
    assert not Milestone.published.exists()
    assert Client().get(f"/campaigns/sweep/milestones/{meeting.uid}/").status_code == 404

    editor.post(address, {"version": "2", "why": "It was none."})

    assert set(refused.context["form"].errors) == {"why"}
    assert Milestone.published.get() == meeting


def test_a_date_that_hangs_on_another_is_made_in_the_browser(
    editor: Client, meeting: Milestone, sweep: Campaign
) -> None:
    answer = editor.post(
        f"/campaigns/sweep/milestones/{meeting.uid}/date/",
        {
            "version": "1",
            "property": "when",
            "way": "anchor",
            "offset": "two weeks",
            "side": "after",
            "anchor": f"campaign:{sweep.pk}:start",
            "aspect": "planned",
            "relation": "another",
            "cited": "none",
            "uncited_reason": "Announced orally.",
        },
    )

    hanging = Statement.everything.get(anchor_campaign=sweep)
    assert answer.status_code == 302
    assert (hanging.offset, hanging.value) == ("P2W", "")


def test_a_milestone_of_a_draft_campaign_is_edited_before_it_is_public(
    editor: Client, sweep: Campaign, police: Department
) -> None:
    Campaign.everything.update(state="draft")

    answer = editor.post(NEW, typed(police))

    assert answer.status_code == 302
    assert not Milestone.published.exists()


@pytest.mark.parametrize("address", [NEW, "/campaigns/sweep/milestones/nothing/edit/"])
def test_what_is_not_there_is_not_found(editor: Client, address: str) -> None:
    assert editor.get(address).status_code == 404


def test_editing_works_at_once_while_the_broker_is_away(
    editor: Client, sweep: Campaign, police: Department, settings: Any
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"

    answer = editor.post(NEW, typed(police))

    assert answer.status_code == 302
    assert Milestone.published.exists()


def test_the_notice_tells_a_span_that_was_typed_once(editor: Client, sweep: Campaign, police: Department) -> None:
    page = editor.post(NEW, typed(police, when="25 to 26 September 2023"), follow=True).content.decode()

    notice = page[page.index("Its date reads") :].partition("</li>")[0]
    assert "(" not in notice


@pytest.mark.parametrize("name", ["title_en", "title_zh"])
def test_a_title_that_fits_no_line_is_refused_beside_itself(
    editor: Client, sweep: Campaign, police: Department, name: str
) -> None:
    answer = editor.post(NEW, typed(police, **{name: "x" * 301}))

    assert answer.status_code == 422
    assert answer.context["form"].errors == {name: ["Write at most 300 characters."]}
    assert not Milestone.everything.exists()
