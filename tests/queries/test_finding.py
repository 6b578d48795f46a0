"""The sentences on top of a campaign, from facts alone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from timeline.queries.finding import Facts, announced_end, findings, number_word, with_article
from timeline.queries.text import when_of
from timeline.values import edtf
from timeline.values.durations import parse_duration
from timeline.values.view import EndMark, Text

LEAD = Text("Ministry of Police", "en")
BARE = Facts(
    announced=when_of("2022-09-05", "en"),
    issuers=0,
    lead=None,
    duration=None,
    status="",
    other_starts=(),
    ends=(),
    silent=0,
    milestones=3,
    departments=0,
    is_draft=False,
    today=date(2023, 1, 1),
    language="en",
)


def mark(value: str, basis: str = "computed", rank: str = "normal") -> EndMark:
    return EndMark(when_of(value, "en"), label="", basis=basis, rank=rank, publisher="", basis_label=basis)


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ({}, "Announced 5 September 2022."),
        ({"duration": parse_duration("P1Y")}, "Announced 5 September 2022, for 1 year."),
        ({"issuers": 1, "lead": LEAD}, "Announced 5 September 2022 by the Ministry of Police."),
        ({"issuers": 12}, "Announced 5 September 2022 by 12 bodies."),
        ({"issuers": 2, "lead": LEAD}, "Announced 5 September 2022 by two bodies led by the Ministry of Police."),
        (
            {"issuers": 2, "lead": Text("警察部", "zh-Hans"), "duration": parse_duration("P2W")},
            "Announced 5 September 2022 by two bodies led by 警察部, for 2 weeks.",
        ),
    ],
)
def test_the_first_sentence_says_no_more_than_is_known(change: dict[str, Any], first: str) -> None:
    assert findings(replace(BARE, **change))[0] == first


def test_an_unknown_announcement_is_not_made_up() -> None:
    assert findings(replace(BARE, announced=None)) == ()


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        ((mark("2024-03-05"),), "Its end is given as 5 March 2024 (computed)."),
        ((mark("2024-03-05"), mark("2024-03-05", "local")), "Its end is given as 5 March 2024 (computed)."),
        (
            (mark("2024-03-05"), mark("2024-02"), mark("2023", "local")),
            "Sources disagree on the end: 5 March 2024 (computed), February 2024 (computed) or 2023 (local).",
        ),
        ((mark("2024-03-05", rank="deprecated"), mark("2023")), "Its end is given as 2023 (computed)."),
    ],
)
def test_ends_are_told_once_each_without_those_set_aside(ends: tuple[EndMark, ...], sentence: str) -> None:
    assert findings(replace(BARE, ends=ends))[1:] == (sentence,)


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        (["2022-08"], "Its start is also given as August 2022 (reported)."),
        (["2022-08", "2022-07"], "Its start is also given as August 2022 (reported) or July 2022 (reported)."),
    ],
)
def test_other_starts_are_told(others: list[str], sentence: str) -> None:
    starts = tuple((when_of(value, "en"), "reported") for value in others)

    assert findings(replace(BARE, other_starts=starts))[1:] == (sentence,)


@pytest.mark.parametrize(
    ("silent", "issuers", "sentence"),
    [
        (7, 9, "Seven of nine issuers never reported on it."),
        (1, 1, "Its issuer never reported on it."),
        (3, 3, "None of its three issuers reported on it."),
    ],
)
def test_silence_is_counted_in_words(silent: int, issuers: int, sentence: str) -> None:
    assert findings(replace(BARE, silent=silent, issuers=issuers))[-1] == sentence


def test_a_campaign_without_milestones_asks_for_the_first() -> None:
    assert findings(replace(BARE, milestones=0))[-1] == "No milestones are recorded yet; enter the first one."


def test_numbers_above_ten_are_digits() -> None:
    assert [number_word(n) for n in (1, 10, 11, 1234)] == ["one", "ten", "11", "1,234"]


def test_only_english_names_of_offices_take_an_article() -> None:
    names = [Text("Interpol", "en"), Text("The Office", "en"), Text("State Council", "en"), Text("部", "zh-Hans")]

    assert [with_article(name) for name in names] == ["Interpol", "The Office", "the State Council", "部"]


@pytest.mark.parametrize(
    ("announced", "duration", "expected"),
    [
        ("2022-09-05", "P18M", "2024-03-04"),
        ("2022-09", "P18M", "2024-03"),
        ("", "P1M", None),
        ("../2022-09-05", "P1M", None),
    ],
)
def test_the_announced_duration_ends_on_its_last_full_day(announced: str, duration: str, expected: str | None) -> None:
    found = announced_end(edtf.parse(announced), parse_duration(duration))

    assert (found.text if found else None) == expected
