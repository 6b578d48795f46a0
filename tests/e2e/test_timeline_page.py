"""The campaign page in a real browser over the real processes: drawn, pointed at, filtered, renewed, scriptless."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Site
from tests.fixtures_campaign import shipped
from timeline.editorial.campaign_file import load
from timeline.editorial.permissions import SYSTEM
from timeline.models import Milestone

SLUG = "2022-internet-organised-crime"
PATH = f"/campaigns/{SLUG}/"
KINDS = "launch|meeting|result|legal|publicity|regional|closing"
MARKS = f"""() => document.getElementById('plot').data
    .filter(({{name}}) => /^({KINDS}) /.test(name)).flatMap(({{customdata}}) => customdata)"""
PLACE = """uid => {
    const plot = document.getElementById('plot'), {xaxis, yaxis} = plot._fullLayout, box = plot.getBoundingClientRect();
    const trace = plot.data.find(({name, customdata}) => / /.test(name) && customdata?.includes(uid));
    const at = trace.customdata.indexOf(uid);
    return [box.left + xaxis._offset + xaxis.d2p(trace.x[at]), box.top + yaxis._offset + yaxis.d2p(trace.y[at])];
}"""

OTHERS = [f"{PATH}milestones/m02-nine-department-notice/", f"{PATH}figures/", f"{PATH}disagreements/", "/updates/"]
OTHERS += ["/", "/departments/", "/departments/cbirc/", "/sources/", "/method/", "/search/?q=police"]

Opened = Callable[..., Page]


@pytest.fixture
def campaign(live_site: Site) -> Site:
    """The product with the shipped campaign in it."""
    load(data=shipped(), by=SYSTEM, now=datetime(2026, 11, 1, 8, 0, tzinfo=UTC))
    return live_site


@pytest.fixture
def opened(campaign: Site, browser: Browser) -> Iterator[Opened]:
    """Opens a page of a given kind; a console error or a violation of the policy fails the test at its end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str = PATH, *, width: int = 1440, wait: bool = True, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(campaign.url + path)
        if wait:
            expect(page.locator("#chart")).to_have_attribute("data-drawn", "1", timeout=20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def rows(page: Page) -> Any:
    return page.locator("table.record tbody tr:not(.year)")


def test_chart_draws_every_milestone_and_table_lists_it(opened: Opened) -> None:
    page = opened()

    drawn = set(page.evaluate(MARKS))

    assert drawn == set(Milestone.published.values_list("uid", flat=True))
    expect(rows(page)).to_have_count(len(drawn))


def test_marks_are_drawn_as_what_the_figure_says(opened: Opened) -> None:
    """A trace type that the bundle lacks would silently become another."""
    assert set(opened().evaluate("() => document.getElementById('plot')._fullData.map(({type}) => type)")) == {
        "scatter"
    }


def test_nothing_is_loaded_from_another_host(opened: Opened, campaign: Site) -> None:
    page = opened(wait=False)
    loaded = page.evaluate("() => performance.getEntriesByType('resource').map(({name}) => new URL(name).origin)")

    assert set(loaded) <= {campaign.url, campaign.live_url}


def test_lane_names_stand_beside_their_lanes(opened: Opened) -> None:
    page = opened()

    differences = page.evaluate(
        """() => {
            const plot = document.getElementById('plot'), {yaxis} = plot._fullLayout;
            const box = plot.getBoundingClientRect();
            const names = [...document.querySelectorAll('.lane-name')].map((name) => name.getBoundingClientRect());
            return names.map(({top, height}, i) =>
                Math.abs(box.top + yaxis._offset + yaxis.d2p(yaxis.tickvals[i]) - (top + height / 2)));
        }"""
    )

    assert max(differences) < 2


def test_click_opens_the_milestone_beside_the_chart_and_escape_closes_it(opened: Opened) -> None:
    page = opened()
    page.locator("#chart").scroll_into_view_if_needed()
    page.mouse.click(*page.evaluate(PLACE, "a05-mps-order-165-in-force"))

    expect(page.locator("#drawer h1")).to_be_focused()
    assert page.url.endswith("#m-a05-mps-order-165-in-force")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).not_to_be_visible()
    assert "#" not in page.url


def test_pointing_at_a_mark_tells_what_when_and_who(opened: Opened) -> None:
    page = opened()
    page.locator("#chart").scroll_into_view_if_needed()

    page.mouse.move(*page.evaluate(PLACE, "a05-mps-order-165-in-force"))

    expect(page.locator("#tip")).to_contain_text("1 October 2022")
    expect(page.locator("#tip")).to_contain_text("MPS")


def test_a_link_to_a_milestone_opens_its_drawer_and_back_closes_it(opened: Opened) -> None:
    page = opened()

    page.locator('table.record a[data-drawer="m06-police-teleconference"]').click()
    expect(page.locator("#drawer h1")).to_contain_text("teleconference")
    page.reload()
    expect(page.locator("#drawer h1")).to_contain_text("teleconference")
    page.go_back()

    expect(page.locator("#drawer")).not_to_be_visible()


def test_filter_lives_in_the_address_and_back_takes_it_off(opened: Opened) -> None:
    page = opened()

    page.locator("label.chip", has_text="meeting").click()
    expect(rows(page)).to_have_count(4)
    assert page.url.endswith("?kind=meeting")
    assert len(set(page.evaluate(MARKS))) == 4
    page.reload()
    expect(rows(page)).to_have_count(4)
    page.go_back()

    expect(rows(page)).to_have_count(57)


def test_grouping_draws_other_lanes_without_leaving_the_page(opened: Opened) -> None:
    page = opened()
    page.evaluate("() => { window.kept = true; }")

    page.select_option("#f-group", "workstreams")

    expect(page.locator(".lane-name").first).to_contain_text("Leads and case discovery")
    assert page.evaluate("() => window.kept")


def test_the_window_moves_and_counts_what_it_leaves_out(opened: Opened) -> None:
    page = opened()
    expect(page.locator('[data-count="before"]')).to_have_text("5")

    page.locator('[data-zoom="all"]').click()

    expect(page.locator('[data-count="before"]')).to_have_text("")
    expect(page.locator('[data-zoom="earlier"]')).to_be_disabled()


def test_an_open_page_shows_a_new_milestone_without_reload_in_the_same_window(opened: Opened) -> None:
    page = opened()
    expect(page.locator("body")).to_have_attribute("data-live", "1")
    page.locator('[data-zoom="in"]').click()
    page.wait_for_timeout(200)
    window = page.evaluate("() => document.getElementById('plot').layout.xaxis.range")
    page.evaluate("() => { window.kept = true; }")

    data = {**shipped(), "milestones": [*shipped()["milestones"], {**shipped()["milestones"][0], "uid": "a-new-one"}]}
    load(data=data, by=SYSTEM, now=datetime(2026, 11, 2, 8, 0, tzinfo=UTC))

    expect(rows(page)).to_have_count(58, timeout=10_000)
    assert page.evaluate("() => window.kept")
    assert page.evaluate("() => document.getElementById('plot').layout.xaxis.range") == window


def test_theme_switch_recolours_the_chart_and_is_kept(opened: Opened) -> None:
    page = opened(color_scheme="light")

    page.locator("[data-theme-toggle]").click()
    page.reload()
    expect(page.locator("#chart")).to_have_attribute("data-drawn", "1")

    assert page.evaluate("() => document.getElementById('plot').layout.paper_bgcolor") == "#14171c"


def test_without_scripts_the_page_is_complete(opened: Opened) -> None:
    page = opened(wait=False, java_script_enabled=False)

    expect(rows(page)).to_have_count(57)
    expect(page.locator("svg.picture a")).not_to_have_count(0)
    page.locator('#filters input[name="q"]').fill("teleconference")
    page.locator('#filters input[name="q"]').press("Enter")
    assert "q=teleconference" in page.url
    page.locator("table.record a").first.click()
    expect(page.locator("h1")).to_contain_text("teleconference")


@pytest.mark.parametrize("width", [390, 768])
def test_no_page_scrolls_sideways(opened: Opened, campaign: Site, width: int) -> None:
    page = opened(width=width)

    found = {}
    for path in (PATH, f"/zh-hans{PATH}", *OTHERS):
        page.goto(campaign.url + path)
        found[path] = page.evaluate("() => document.documentElement.scrollWidth")

    assert found == dict.fromkeys(found, width)


def test_on_a_phone_lane_names_stay_when_the_chart_is_moved(opened: Opened) -> None:
    page = opened(width=390, has_touch=True)

    page.evaluate("() => { document.getElementById('chart').scrollLeft = 400; }")

    left = page.evaluate("() => document.getElementById('lanes').getBoundingClientRect().left")
    chart = page.evaluate("() => document.getElementById('chart').getBoundingClientRect().left")
    assert abs(left - chart) < 2


def test_the_chart_moves_nothing_when_it_arrives(opened: Opened) -> None:
    page = opened()

    picture = page.evaluate("() => document.getElementById('picture').getBoundingClientRect().height")
    drawn = page.evaluate("() => document.querySelector('#plot .main-svg').getBoundingClientRect().height")

    assert abs(picture - drawn) < 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Opened, campaign: Site, scheme: str) -> None:
    page = opened(color_scheme=scheme)

    found = {PATH: violations(page)}
    for path in OTHERS:
        page.goto(campaign.url + path)
        found[path] = violations(page)

    assert found == {path: [] for path in found}


def violations(page: Page) -> list[tuple[str, str]]:
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in Axe().run(page).response["violations"]]


def test_chinese_titles_are_set_in_chinese_type(opened: Opened) -> None:
    page = opened(f"/zh-hans{PATH}")

    font = page.evaluate("() => getComputedStyle(document.querySelector('h1 [lang=zh-Hans]')).fontFamily")

    assert re.match(r'"?PingFang SC', font)
