import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline.values import edtf
from timeline.values.phrases import MAX_WORDS, PhraseError, Reading, read

SAMPLES = Path(__file__).parent / "samples" / "phrases.tsv"
ROWS = list(csv.DictReader(SAMPLES.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
READ = [row for row in ROWS if row["edtf"] != "!"]
REFUSED = [row for row in ROWS if row["edtf"] == "!"]
VOCABULARY = (SAMPLES.parent / "vocabulary.txt").read_text("utf-8").split()
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=9).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda gap: gap.join(words))
)
ANYTHING = st.text(max_size=60) | WORDS | st.text("0123456789年月日至-/ ", max_size=20)
PUBLICATION = st.none() | st.dates(date(1801, 1, 1), date(2198, 12, 31))


def _published(row: dict[str, str]) -> date | None:
    return date.fromisoformat(row["published_on"]) if row["published_on"] else None


@pytest.mark.parametrize("row", READ, ids=lambda row: f"{row['words']}@{row['published_on']}")
def test_read_gives_the_expected_date_and_rule(row: dict[str, str]) -> None:
    reading = read(row["words"], published_on=_published(row))

    assert (reading.edtf.text, reading.rule) == (row["edtf"], row["rule"])


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row["words"])
def test_read_refuses_with_the_expected_reason_and_examples(row: dict[str, str]) -> None:
    with pytest.raises(PhraseError) as caught:
        read(row["words"], published_on=_published(row))

    assert caught.value.reason == row["rule"]
    assert all(words in str(caught.value) for words in ("16 February 2023", "around September 2023", "2023年底"))


def test_the_sample_table_is_large_and_half_chinese() -> None:
    assert len(ROWS) >= 240
    assert abs(sum(row["language"] == "zh" for row in ROWS) / len(ROWS) - 0.5) < 0.05


def test_reading_keeps_the_words() -> None:
    assert read(" ２０２３年底 ").words == "２０２３年底"


def test_note_says_in_a_sentence_how_the_words_were_understood() -> None:
    assert read("around September 2023").note == "Understood as: around September 2023 (1–30 Sep 2023)."


def test_note_names_the_publication_date_it_counted_from() -> None:
    note = read("近日", published_on=date(2022, 9, 5)).note

    assert note.endswith("Counted from the publication date, 5 September 2022.")


def test_note_says_that_the_time_of_day_was_left_in_the_words() -> None:
    assert "time of day" in read("2023年9月20日晚").note


def test_note_is_written_in_the_language_asked_for() -> None:
    assert read("early 2023", language="zh-Hans").note == "理解为：2023年1月至4月前后（2023年1月1日至4月30日）。"


def test_language_never_changes_the_reading_of_an_ambiguous_date() -> None:
    with pytest.raises(PhraseError, match="5 September 2022 or 9 May 2022"):
        read("05/09/2022", language="en")


@pytest.mark.parametrize(
    "words", ["2023\x0016", "\u202e2023", "2023\u200b", "2023\ufeff年", "x" * 201, "", " \n ", "..."]
)
def test_read_refuses_hostile_or_empty_words(words: str) -> None:
    with pytest.raises(PhraseError):
        read(words)


@pytest.mark.parametrize(
    "unit", ["2023年", "to ", "end of ", "1", "至", "二", "around ", "by the ", "x-", "a" * 9 + " ", "?"]
)
def test_read_is_quick_on_the_longest_words(unit: str) -> None:
    words = (unit * MAX_WORDS)[:MAX_WORDS]
    started = time.perf_counter()

    with pytest.raises(PhraseError):
        read(words)

    assert time.perf_counter() - started < 0.5


@given(ANYTHING, PUBLICATION)
@example("2023-02-30", None)
@example("last week", date(1801, 1, 1))
def test_read_raises_nothing_but_phrase_error(words: str, published_on: date | None) -> None:
    reading = _read_or_none(words, published_on)

    assert reading is None or edtf.parse(reading.edtf.text) == reading.edtf


@given(ANYTHING)
def test_read_never_gives_a_day_where_the_words_have_none(words: str) -> None:
    reading = _read_or_none(words, None)

    if reading and reading.edtf.is_day:
        assert sum(character.isdigit() or character in "〇○零一二三四五六七八九十廿元" for character in words) >= 3


@given(
    st.dates(date(1800, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["{:%Y}", "{:%B %Y}", "{0.year}年", "{0.year}年{0.month}月"]),
)
def test_a_month_stays_a_month_and_a_year_a_year(day: date, form: str) -> None:
    value = read(form.format(day)).edtf

    assert value.precision in ("month", "year")
    assert value.earliest
    assert value.earliest.day == 1


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)), st.sampled_from(["en", "zh-Hans"]))
def test_a_described_day_reads_back_as_itself(day: date, language: str) -> None:
    value = edtf.from_day(day)

    assert read(edtf.describe(value, language)).edtf == value


@given(
    st.sampled_from(
        [
            "2023-02",
            "2023",
            "2023-02~",
            "2023-09?",
            "2023-21",
            "2023-24",
            "202X",
            "2023-03/2023-05",
            "2022/2023",
            "2022-09-01/2022-09-30",
            "2022-09-05/2024-03-05",
            "../2022-09-05",
            "../2023-02",
            "2024-03-06/..",
            "2023-09%",
            "",
        ]
    ),
    st.sampled_from(["en", "zh-Hans"]),
)
def test_what_describe_says_reads_back_as_itself(text: str, language: str) -> None:
    assert read(edtf.describe(edtf.parse(text), language)).edtf == edtf.parse(text)


def _read_or_none(words: str, published_on: date | None) -> Reading | None:
    try:
        return read(words, published_on=published_on)
    except PhraseError:
        return None
