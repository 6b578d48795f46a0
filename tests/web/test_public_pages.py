"""The public pages over the shipped campaign, without scripts: complete, in the reader's language, in few queries."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from timeline.models import Document, Milestone
from timeline.values.terms import MILESTONE_KINDS

SLUG = "2022-internet-organised-crime"
PAGE = f"/campaigns/{SLUG}/"
TEMPLATES = Path(__file__).parents[2] / "templates"
# What a visitor's page asks of the database.
QUERIES = {
    "/": 8,
    PAGE: 22,
    f"{PAGE}milestones/m06-police-teleconference/": 17,
    f"{PAGE}figures/": 18,
    f"{PAGE}disagreements/": 16,
    f"{PAGE}updates/": 9,
    "/updates/": 6,
    "/departments/": 5,
    "/departments/mps/": 8,
    "/sources/": 1,
    "/method/": 0,
    "/search/?q=teleconference": 5,
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("campaign_to_read")]


class Words(HTMLParser):
    """What a page holds: its text, the elements that declare a language, attributes that a policy would refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.refused: list[str] = []
        self.languages: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.refused += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.refused.append(tag)
        if given.get("lang"):
            self.languages.append(str(given["lang"]))

    def handle_data(self, data: str) -> None:
        self.text += data


def get(path: str, *, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


@pytest.mark.parametrize("path", list(QUERIES))
def test_a_page_answers_in_few_queries(path: str) -> None:
    get(path)  # what is kept for the life of a process is not counted

    with CaptureQueriesContext(connection) as asked:
        get(path)

    assert len(asked) == QUERIES[path], "\n".join(query["sql"][:160] for query in asked)


@pytest.mark.parametrize("path", list(QUERIES))
def test_a_page_has_nothing_that_a_strict_policy_refuses(path: str) -> None:
    answer = Client().get(path)

    assert Words(answer.content.decode()).refused == []
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_table_holds_every_milestone_with_a_link_to_its_page() -> None:
    html = get(PAGE)

    table = html[html.index('<table class="record">') : html.index("</table>")]
    linked = re.findall(rf'href="{PAGE}milestones/([\w-]+)/"', table)
    assert sorted(linked) == sorted(Milestone.published.values_list("uid", flat=True))


def test_the_page_says_where_the_campaign_stands() -> None:
    text = " ".join(Words(get(PAGE)).text.split())

    assert "by nine bodies led by the Ministry of Public Security, for 18 months." in text
    assert "No closing was announced." in text
    assert "16 disagreements" in text


def test_every_disagreement_is_on_the_page() -> None:
    assert get(PAGE).count('<details id="dispute-') == 16


def test_chinese_and_english_are_marked_as_what_they_are() -> None:
    html = get(PAGE)

    assert '<html lang="en">' in html
    assert '<span lang="zh-Hans">打击惩治涉网黑恶犯罪专项行动</span>' in html
    assert {"en", "zh-Hans"} <= set(Words(html).languages)


def test_the_chinese_page_leads_with_the_chinese_title() -> None:
    html = get(f"/zh-hans{PAGE}")

    assert '<html lang="zh-Hans">' in html
    assert '<h1><span lang="zh-Hans">打击惩治涉网黑恶犯罪专项行动</span>' in " ".join(html.split())


def test_the_switch_of_language_keeps_the_page_and_its_filter() -> None:
    assert f'href="/zh-hans{PAGE}?kind=meeting"' in get(f"{PAGE}?kind=meeting")


def test_a_filter_leaves_what_it_says_and_counts_the_rest() -> None:
    html = get(f"{PAGE}?kind=meeting")

    assert html.count('<tr class="') - html.count('<tr class="year">') == 4
    assert "53 entries filtered out by" in " ".join(html.split())


@pytest.mark.parametrize("name", ["department", "workstream", "topic"])
def test_a_name_that_the_campaign_does_not_know_shows_everything_and_says_so(name: str) -> None:
    html = get(f"{PAGE}?{name}=nope", status=400)

    assert "The campaign knows no &#x27;nope&#x27; here." in html
    assert "Nothing was filtered" in html


def test_a_filter_that_is_not_understood_shows_everything_and_says_why() -> None:
    html = get(f"{PAGE}?kind=party", status=400)

    assert "There is no kind" in html
    assert html.count('<tr class="') - html.count('<tr class="year">') == 57


@pytest.mark.parametrize("group", ["departments", "workstreams", "phases", "kinds"])
def test_every_grouping_draws_lanes(group: str) -> None:
    assert get(f"{PAGE}?group={group}").count('<li class="lane-name') >= 4


def test_a_silent_lane_says_so_in_text() -> None:
    assert "Nothing published about this campaign since" in Words(get(PAGE)).text


def test_the_first_picture_is_there_without_scripts() -> None:
    html = get(PAGE)

    assert '<svg class="picture"' in html
    assert html.count('class="mark ') > 57


def test_a_milestone_shows_every_statement_with_its_source_and_what_is_not_recorded() -> None:
    text = " ".join(Words(get(f"{PAGE}milestones/m06-police-teleconference/")).text.split())

    assert "What was said (4 statements)" in text
    assert "China Youth Daily via Gansu China News" in text
    assert "quote not recorded" in text
    assert "more than 8,800" in text


def test_no_page_gives_the_address_of_a_source_that_must_not_be_linked() -> None:
    hidden = [url for url in Document.published.filter(do_not_link=True).values_list("url", flat=True) if url]
    paths = [PAGE, f"{PAGE}figures/", f"{PAGE}disagreements/"]
    cited = Q(citations__document__do_not_link=True) | Q(statements__citation__document__do_not_link=True)
    paths += [f"{PAGE}milestones/{found.uid}/" for found in Milestone.published.filter(cited).distinct()]

    pages = "".join(get(path) for path in paths)

    assert hidden
    assert "named but not linked" in pages
    assert [url for url in hidden if url in pages] == []


def test_the_figures_page_counts_reports_and_confirmations() -> None:
    html = get(f"{PAGE}figures/")

    assert "116 reported values: 109 different ones" in html
    assert html.count("<tr id=") == 109


def test_a_department_page_names_its_successor() -> None:
    assert "/departments/nfra/" in get("/departments/cbirc/")


def test_search_finds_in_both_languages() -> None:
    assert "milestones/m02-nine-department-notice/" in get("/search/?q=九部门")
    assert "m06-police-teleconference" in get("/search/?q=teleconference")


def test_a_search_that_finds_nothing_says_what_to_try() -> None:
    assert "try fewer words" in get("/search/?q=zeppelin")


@pytest.mark.parametrize(
    "path",
    ["/campaigns/nowhere/", f"{PAGE}milestones/nothing/", "/departments/nobody/", "/updates/?after=x", "/no/page/"],
)
def test_what_is_not_there_is_a_404_with_a_way_on(path: str) -> None:
    html = get(path, status=404)

    assert "There is no such page" in html
    assert 'href="/"' in html


def test_the_method_page_explains_the_words_and_the_licence() -> None:
    html = get("/method/")

    for anchor in ("statement", "span", "known", "computed", "confirmation", "uncited", "licence", "report", "time"):
        assert f'id="{anchor}"' in html


def test_every_kind_can_be_chosen_and_shows_its_mark() -> None:
    html = get(PAGE)

    for kind in MILESTONE_KINDS:
        assert f'id="f-kind-{kind}"' in html
        assert f'class="mark {kind} done"' in html


def test_templates_write_no_style_and_no_script_into_the_page() -> None:
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text()
        found: list[Any] = re.findall(r"\sstyle=|\son\w+=\"|<style|<script(?![^>]*\bsrc=)", text)
        assert found == [], template
