"""What is known is dropped, what is new is proposed with its reasons, and nothing is lost for want of a match."""

from datetime import date

import pytest

from timeline.ingest.match import Intent, Known, Match, Term, decide, fold, mentions
from timeline.values.candidate import Candidate

TODAY = date(2024, 1, 1)


def item(title: str = "Notice on the campaign", **fields: str) -> Candidate:
    given = {"url": "https://example.org/1", "published": "2023-05-18", "published_on": "2023-05-18", "guid": "g1"}
    return Candidate(identity="", title=title, **given | fields)  # type: ignore[arg-type]


def as_known(intent: Intent) -> Known:
    found = intent.candidate
    return Known(found.identity, found.url, found.title, found.published)


def run(*items: Candidate, known: tuple[Candidate, ...] = (), **more: object) -> list[Intent]:
    before = [as_known(intent) for intent in decide(known, known=(), today=TODAY)]
    return decide(items, known=before, today=TODAY, **more)  # type: ignore[arg-type]


def actions(intents: list[Intent]) -> list[str]:
    return [intent.action for intent in intents]


def test_a_new_item_is_proposed() -> None:
    assert actions(run(item())) == ["propose"]


@pytest.mark.parametrize(
    "again",
    [
        item(),
        item(title="Notice on the campaign (corrected)"),
        item(url="https://example.org/moved"),
        item(guid="g2"),
        item(guid="g2", title="Corrected"),
        item(guid="g2", url="https://example.org/1?utm_source=x"),
        item(guid="g2", url="https://example.org/session-2"),
        item(guid="", url="https://www.example.org/1#top"),
        item(published="", published_on=""),
    ],
    ids=["same", "title edited", "address moved", "new id", "new id, title edited", "new id, tracking", "new id, moved",
         "id left out", "date left out"],
)  # fmt: skip
def test_an_item_that_came_before_is_dropped(again: Candidate) -> None:
    assert actions(run(again, known=(item(),))) == ["drop"]


@pytest.mark.parametrize(
    "other",
    [
        item(title="Another notice", url="https://example.org/2"),
        item(title="Another notice", url="https://example.org/2", guid="g2"),
        item(title="Another notice", guid="g2", published="2023-06-01"),
        item(guid="g2", url="https://example.org/2", published="2023-06-01"),
        item(guid="g2", url="https://example.org/2", published="", published_on=""),
    ],
    ids=["id used again", "all new", "same address", "same title, later", "same title, undated"],
)
def test_another_item_is_proposed_although_something_is_the_same(other: Candidate) -> None:
    assert actions(run(other, known=(item(),))) == ["propose"]


def test_an_id_used_for_two_items_of_one_document_keeps_both() -> None:
    first, second = run(item(), item(title="Another notice", url="https://example.org/2"))

    assert (first.action, second.action, second.cautions) == ("propose", "propose", ("reused_id",))
    assert first.candidate.identity != second.candidate.identity


def test_an_id_used_for_two_items_finds_both_known_the_next_time() -> None:
    both = (item(), item(title="Another notice", url="https://example.org/2"))

    assert actions(run(*both, known=both)) == ["drop", "drop"]
    assert actions(run(*reversed(both), known=both)) == ["drop", "drop"]


def test_an_item_twice_in_one_document_is_proposed_once() -> None:
    assert actions(run(item(), item())) == ["propose", "drop"]


def test_items_that_share_one_address_are_all_proposed_with_a_caution() -> None:
    found = run(item(guid="a", title="One"), item(guid="b", title="Two"))

    assert [(i.action, i.cautions) for i in found] == [("propose", ("same_address",))] * 2


def test_a_weekly_title_without_dates_is_not_taken_for_the_last_one() -> None:
    last = item("Weekly bulletin", guid="w1", url="https://example.org/w1", published="", published_on="")
    this = item("Weekly bulletin", guid="w2", url="https://example.org/w2", published="", published_on="")

    assert [(i.action, i.cautions) for i in run(this, known=(last,))] == [("propose", ("same_title", "undated"))]


def test_items_without_id_and_address_are_known_by_title_and_date() -> None:
    bare = item(guid="", url="")

    assert actions(run(bare, item("Other", guid="", url=""), known=(bare,))) == ["drop", "propose"]


def test_a_feed_that_is_reordered_brings_nothing_new() -> None:
    items = tuple(item(f"Title {n}", guid=f"g{n}", url=f"https://example.org/{n}") for n in range(20))

    assert set(actions(run(*reversed(items), known=items))) == {"drop"}


def test_an_address_that_others_brought_is_a_caution() -> None:
    intent = run(item(), elsewhere=frozenset({"example.org/1"}))[0]

    assert (intent.action, intent.cautions) == ("propose", ("elsewhere",))


def test_a_date_in_the_future_is_a_caution() -> None:
    assert run(item(published_on="2024-01-02"))[0].cautions == ("future",)


def test_names_in_the_text_are_reasons_the_longest_of_each_kept() -> None:
    terms = [
        Term("department", "mps", "公安部"),
        Term("department", "mps", "Ministry of Public Security"),
        Term("department", "spp", "最高人民检察院"),
        Term("topic", "gambling", "网络赌博"),
    ]

    matches = run(item("公安部 (Ministry of Public Security) 通报", summary="打击网络赌博"), terms=terms)[0].matches

    assert matches == (
        Match("department", "mps", "Ministry of Public Security"),
        Match("topic", "gambling", "网络赌博"),
    )


def test_an_item_that_names_nothing_is_proposed_without_reasons() -> None:
    intent = run(item("Weather"), terms=[Term("topic", "fraud", "fraud")])[0]

    assert (intent.action, intent.matches) == ("propose", ())


@pytest.mark.parametrize(
    ("published_on", "matches"),
    [("2023-05-17", 1), ("2023-05-18", 0), ("2023-05", 1), ("", 1), ("2018-01-01", 0)],
)
def test_a_name_counts_only_in_the_days_on_which_it_was_used(published_on: str, matches: int) -> None:
    term = Term("department", "cbirc", "银保监会", valid_from=date(2018, 4, 8), valid_to=date(2023, 5, 17))

    found = run(item("银保监会通知", published_on=published_on), terms=[term])[0].matches

    assert len(found) == matches


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("the MPS said", "MPS", True),
        ("summer camps", "MPS", False),
        ("MPS公告", "MPS", True),
        ("ＭＰＳ said", "mps", True),
        ("stamps, then MPS", "mps", True),
        ("公安部通报", "公安部", True),
        ("公安局", "公安部", False),
        ("cyber  gambling", "Cyber Gambling", True),
    ],
)
def test_words_are_found_whole_in_latin_script_and_anywhere_in_chinese(text: str, words: str, found: bool) -> None:
    assert mentions(fold(text), fold(words)) is found


def test_words_too_short_to_mean_anything_are_not_searched() -> None:
    terms = [Term("department", "sc", "SC"), Term("topic", "t", "网")]

    assert run(item("SC 网络"), terms=terms)[0].matches == ()


def test_a_large_feed_against_many_terms_is_decided_quickly() -> None:
    import time

    items = [item(f"Title {n} 公安部", guid=f"g{n}", url=f"https://e.org/{n}", summary="x" * 2000) for n in range(500)]
    terms = [Term("department", f"d{n}", f"Department number {n}") for n in range(200)]

    started = time.process_time()
    decide(items, known=(), terms=terms, today=TODAY)

    assert time.process_time() - started < 3
