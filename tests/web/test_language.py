"""Every page in Simplified Chinese: no word of the English interface is left on it."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.test import Client

from campaign_dashboard.tools import messages

PAGE = "/zh-hans/campaigns/2022-internet-organised-crime/"
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "line"}
READ = (
    "/zh-hans/",
    PAGE,
    f"{PAGE}?group=workstreams&kind=legal&q=%E7%BD%91%E7%BB%9C",
    f"{PAGE}?group=phases&since=2023&until=2024",
    f"{PAGE}?group=kinds&department=spc",
    f"{PAGE}?kind=nothing",
    f"{PAGE}?q=nothing-at-all-is-called-so",
    f"{PAGE}milestones/m06-police-teleconference/",
    f"{PAGE}figures/",
    f"{PAGE}disagreements/",
    f"{PAGE}updates/",
    "/zh-hans/updates/",
    "/zh-hans/departments/",
    "/zh-hans/departments/mps/",
    "/zh-hans/departments/cbirc/",
    "/zh-hans/sources/",
    "/zh-hans/method/",
    "/zh-hans/search/?q=%E5%85%AC%E5%AE%89",
    "/zh-hans/search/?q=nothing-at-all",
    "/zh-hans/sign-in/",
    "/zh-hans/password/forgotten/",
    "/zh-hans/there-is-no-such-page/",
)
MILESTONE = f"{PAGE}milestones/m06-police-teleconference/"
EDITED = (
    "/zh-hans/campaigns/new/",
    PAGE,
    *(f"{PAGE}{part}" for part in ("edit/", "edit/departments/", "edit/date/", "milestones/new/")),
    *(
        f"{PAGE}{part}"
        for part in ("phases/new/", "workstreams/new/", "workstreams/w1/edit/", "workstreams/w1/delete/")
    ),
    *(f"{MILESTONE}{part}" for part in ("", "edit/", "date/", "take-back/")),
    "/zh-hans/departments/new/",
    "/zh-hans/departments/mps/edit/",
    "/zh-hans/sources/new/",
    "/zh-hans/review/",
    "/zh-hans/password/",
)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("campaign_to_read")]


def english() -> set[str]:
    """The messages of the interface that read otherwise in Chinese."""
    found = [message for message in messages.stored() if message.id]
    return {
        " ".join(text.split())
        for message in found
        for text in ([message.id] if isinstance(message.id, str) else message.id)
        if "%" not in text and text not in (message.string or "") and re.search("[a-z]{2}", text)
    }


class Shown(HTMLParser):
    """The pieces of text of a page and what is read out, but for those marked as another language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: set[str] = set()
        self.open: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = given.get("lang", "zh-Hans") not in ("zh-Hans", "zh-Hant") or tag in ("script", "q", "blockquote")
        for name in ("aria-label", "title", "placeholder", "data-done", "data-waiting", "data-failed", "data-close"):
            if given.get(name) and not foreign:
                self.pieces.add(" ".join(str(given[name]).split()))
        if tag not in VOID:
            self.open.append(foreign)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open):
            self.pieces.add(" ".join(data.split()).strip(" ·,:;"))


def left_in_english(client: Client, address: str) -> set[str]:
    answer = client.get(address)
    assert answer.status_code in (200, 400, 404)
    page = answer.content.decode()
    assert '<html lang="zh-Hans">' in page
    return Shown(page).pieces & english()


@pytest.mark.parametrize("address", READ)
def test_a_page_for_readers_has_no_word_of_the_english_interface(address: str) -> None:
    assert left_in_english(Client(), address) == set()


@pytest.mark.parametrize("address", EDITED)
def test_a_page_for_editors_has_no_word_of_the_english_interface(address: str, editor: Client) -> None:
    assert left_in_english(editor, address) == set()


def test_the_finding_is_told_in_chinese_sentences() -> None:
    page = Client().get(PAGE).content.decode()

    assert "2022年9月5日由公安部牵头、九个部门联合宣布，为期18个月。" in page
    assert "九个发布部门中有七个未见通报进展。" in page


def test_a_filter_that_is_not_understood_is_told_in_chinese() -> None:
    assert "时段的终点早于起点，请互换两个日期。" in Client().get(f"{PAGE}?since=2024&until=2023").content.decode()


def test_date_words_that_are_not_understood_are_told_in_chinese(editor: Client) -> None:
    said = editor.get("/zh-hans/edit/phrase/", {"words": "春节前"}).json()

    assert said["message"].startswith("“春节前”以节日为基准，请直接写出日期。")


def test_an_error_of_a_form_is_told_in_chinese(editor: Client) -> None:
    page = editor.post(f"{PAGE}milestones/new/", {"when": "soon"}).content.decode()

    assert "无法把“soon”识别为日期。" in page
    assert Shown(page).pieces & english() == set()


def test_a_page_that_is_not_found_leads_on_in_chinese() -> None:
    page = Client().get("/zh-hans/there-is-no-such-page/").content.decode()

    assert '<a href="/zh-hans/">查看专项行动列表</a>' in page
    assert 'href="/zh-hans/method/#report"' in page


def test_signing_in_leads_on_in_chinese(alice: User) -> None:
    alice.set_password("alice-s-long-password")
    alice.save()

    answer = Client().post("/zh-hans/sign-in/", {"username": alice.username, "password": "alice-s-long-password"})

    assert answer.headers["Location"] == "/zh-hans/"
