"""An editor at work in a real browser: three fields and a source, read aloud, then on the chart and in the table."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.builders import make_campaign, make_department
from tests.e2e.conftest import Site


@pytest.fixture
def editor_page(live_site: Site, page: Page) -> Page:
    """Signed in, on the page of a campaign with two departments."""
    from django.contrib.auth.models import Group, User

    from timeline.editorial.permissions import EDITORS

    user = User.objects.create_user("erin", password="erin-s-long-password")
    user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    campaign = make_campaign("sweep", start="2023-01-01", end="2023-12-31")
    for position, (slug, name) in enumerate((("mps", "Ministry of Public Security"), ("spc", "Supreme Court"))):
        campaign.participations.create(department=make_department(slug, name), role="joint", position=position)
    page.goto(f"{live_site.url}/sign-in/?next=/campaigns/sweep/")
    page.get_by_label("Username").fill("erin")
    page.get_by_label("Password").fill("erin-s-long-password")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{live_site.url}/campaigns/sweep/")
    return page


def test_an_editor_enters_a_milestone_and_finds_it_in_chart_and_table(editor_page: Page) -> None:
    page = editor_page
    page.goto(f"{page.url}milestones/new/")
    page.get_by_label("Title", exact=True).fill("Second national meeting")
    page.get_by_role("textbox", name="When").fill("around September 2023")
    expect(page.get_by_role("status").filter(has_text="around September 2023 (1–30 Sep 2023)")).to_be_visible()
    page.get_by_label(re.compile("Ministry of Public Security")).check()
    page.get_by_label("Address").fill("https://example.org/meeting.html")
    page.get_by_label("Publisher").fill("Example Daily")

    page.get_by_role("button", name="Save and publish").click()

    expect(page.get_by_text("Saved and published.")).to_be_visible()
    expect(page.locator("table").get_by_text("Second national meeting").first).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    texts = page.evaluate("JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map((box) => box.data))")
    assert "Second national meeting" in texts


def test_words_that_are_no_date_are_told_while_they_are_typed(editor_page: Page) -> None:
    page = editor_page
    page.goto(f"{page.url}milestones/new/")

    page.get_by_role("textbox", name="When").fill("soon")

    expect(page.get_by_role("status").filter(has_text="was not understood as a date")).to_be_visible()


def test_no_source_asks_for_the_reason_instead(editor_page: Page) -> None:
    page = editor_page
    page.goto(f"{page.url}milestones/new/")
    expect(page.get_by_label("Why is there no source?")).to_be_hidden()

    page.get_by_label("There is no source").check()

    expect(page.get_by_label("Why is there no source?")).to_be_visible()
    expect(page.get_by_label("Publisher")).to_be_hidden()


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(editor_page: Page) -> None:
    page = editor_page
    page.goto(f"{page.url}milestones/new/")
    page.get_by_label("Title", exact=True).fill("Kept")

    page.get_by_role("button", name="Save and publish").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile("Say when")).click()
    expect(page.get_by_role("textbox", name="When")).to_be_focused()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Kept")
