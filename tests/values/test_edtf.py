from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from timeline.values import edtf
from timeline.values.edtf import UNKNOWN, EdtfError, parse

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))


@st.composite
def atoms(draw: st.DrawFn) -> str:
    day = draw(DAYS)
    form = draw(st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y", "season", "decade", "century"]))
    year = f"{day.year:04d}"
    text = {"season": f"{year}-2{1 + day.month % 4}", "decade": f"{year[:3]}X", "century": f"{year[:2]}XX"}.get(form)
    return (text or day.strftime(form)) + draw(st.sampled_from(["", "", "~", "?", "%"]))


@st.composite
def texts(draw: st.DrawFn) -> str:
    start, end = sorted([draw(atoms()), draw(atoms())], key=lambda text: parse(text).earliest or date.min)
    return draw(st.sampled_from([start, f"{start}/{end}", f"{start}/..", f"../{end}", ""]))


values = texts().map(parse)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2023-02-16", "2023-02-16", "2023-02-16", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023", "2023-01-01", "2023-12-31", "year"),
        ("202X", "2020-01-01", "2029-12-31", "decade"),
        ("20XX", "2000-01-01", "2099-12-31", "century"),
        ("2023-21", "2023-03-01", "2023-05-31", "season"),
        ("2023-24", "2023-12-01", "2024-02-29", "season"),
        ("2022-09-01/2022-09-30", "2022-09-01", "2022-09-30", "interval"),
        ("2022-11/2024", "2022-11-01", "2024-12-31", "interval"),
        ("2023-02-16/..", "2023-02-16", None, "interval"),
        ("../2023-02", None, "2023-02-28", "interval"),
    ],
)
def test_parse_gives_the_days_the_text_allows(
    text: str, earliest: str | None, latest: str | None, precision: str
) -> None:
    value = parse(text)

    assert [day and day.isoformat() for day in (value.earliest, value.latest)] == [earliest, latest]
    assert value.precision == precision


@pytest.mark.parametrize(
    ("text", "canonical", "approximate", "uncertain"),
    [
        ("2023-02~", "2023-02~", True, False),
        ("2023?", "2023?", False, True),
        ("2023?~", "2023%", True, True),
        (" 202x ", "202X", False, False),
        ("2023-11~/2023-12", "2023-11~/2023-12", True, False),
        ("2023-02/2023-02", "2023-02", False, False),
    ],
)
def test_parse_gives_canonical_text_and_qualifiers(
    text: str, canonical: str, approximate: bool, uncertain: bool
) -> None:
    value = parse(text)

    assert (value.text, value.approximate, value.uncertain) == (canonical, approximate, uncertain)


@pytest.mark.parametrize("text", ["", "  "])
def test_parse_reads_nothing_as_unknown(text: str) -> None:
    assert parse(text) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023-02-30", "February 2023 has 28 days"),
        ("2023-13", "no month 13"),
        ("1799", "outside 1800 to 2199"),
        ("2200-01-01", "outside 1800 to 2199"),
        ("2023-05/2023-03", "ends (2023-03) before it starts (2023-05)"),
        ("../..", "two open ends"),
        ("2023\x00", "control"),
        ("2023\u202e", "control"),
        ("2" * 41, "41 characters long"),
        ("soon", "not a date in EDTF"),
        ("8800", "not a date in EDTF"),
        ("2023-2", "not a date in EDTF"),
        ("/2023", "not a date in EDTF"),
        ("2023/2024/2025", "not a date in EDTF"),
        ("２０２３", "not a date in EDTF"),
        ("202X-01", "not the year it is in"),
    ],
)
def test_parse_refuses_with_the_reason_and_what_is_accepted(text: str, reason: str) -> None:
    with pytest.raises(EdtfError) as caught:
        parse(text)

    assert reason in str(caught.value)
    assert "2023-02-16/.." in str(caught.value)


@given(values)
def test_bounds_are_in_order(value: edtf.EdtfDate) -> None:
    assert value.earliest is None or value.latest is None or value.earliest <= value.latest


@given(values)
def test_parse_of_its_own_text_changes_nothing(value: edtf.EdtfDate) -> None:
    assert parse(value.text) == value


@given(st.text(max_size=50) | st.text("0123456789X-/.~?% ", max_size=50))
def test_parse_raises_nothing_but_edtf_error(text: str) -> None:
    try:
        value = parse(text)
    except EdtfError:
        return

    assert parse(value.text) == value


@given(values)
def test_every_value_is_unknown_a_day_or_a_span(value: edtf.EdtfDate) -> None:
    assert [value.is_unknown, value.is_day, value.is_span].count(True) == 1


@given(atoms().filter(lambda text: "-24" not in text[4:7]))
def test_bounds_agree_with_the_edtf_library(text: str) -> None:
    """An independent reading. Winter differs on purpose (docs/dates.md), and the library knows no qualified season."""
    bare = text.rstrip("~?%")
    other = parse_edtf(bare)

    value = parse(text)
    assert tuple(other.lower_strict())[:3] == _ymd(value.earliest)
    assert tuple(other.upper_strict())[:3] == _ymd(value.latest)


def _ymd(day: date | None) -> tuple[int, int, int]:
    assert day is not None
    return day.year, day.month, day.day


@given(DAYS)
def test_from_day_is_that_day(day: date) -> None:
    assert edtf.from_day(day) == parse(day.isoformat())


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2022-09-05/2023-02-16", "2023", "yes"),
        ("2022", "2023", "no"),
        ("2022", "2022-12-31", "yes"),
        ("2022~", "2023", "unknown"),
        ("2019~", "2023", "no"),
        ("../2022", "2023", "no"),
        ("../2022", "2021", "unknown"),
        ("2022/..", "2023", "unknown"),
        ("2022-03/..", "2022", "yes"),
        ("2022/..", "../2021", "no"),
        ("", "2022", "unknown"),
    ],
)
def test_overlap_is_only_denied_when_it_is_certain(a: str, b: str, expected: str) -> None:
    assert edtf.overlap(parse(a), parse(b)) == expected


@given(values, values)
def test_overlap_is_symmetric(a: edtf.EdtfDate, b: edtf.EdtfDate) -> None:
    assert edtf.overlap(a, b) == edtf.overlap(b, a)


@given(values.filter(lambda value: not value.is_unknown))
def test_a_window_overlaps_itself(value: edtf.EdtfDate) -> None:
    assert edtf.overlap(value, value) == "yes"


@given(values, values)
def test_overlap_says_no_only_where_no_day_is_shared(a: edtf.EdtfDate, b: edtf.EdtfDate) -> None:
    if edtf.overlap(a, b) != "no":
        return

    starts = max(a.earliest or date.min, b.earliest or date.min)
    assert starts > min(a.latest or date.max, b.latest or date.max)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2022-09", "2022-10-01", (1, 30)),
        ("2023-12-31", "2024-03-05", (65, 65)),
        ("2023", "2023/..", None),
        ("", "2023", None),
    ],
)
def test_shift_days_is_the_range_of_possible_days(a: str, b: str, expected: tuple[int, int] | None) -> None:
    assert edtf.shift_days(parse(a), parse(b)) == expected


@given(values, values)
def test_shift_days_backwards_is_the_negative_range(a: edtf.EdtfDate, b: edtf.EdtfDate) -> None:
    there, back = edtf.shift_days(a, b), edtf.shift_days(b, a)

    assert (there and (-there[1], -there[0])) == back


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2023-02-16", "16 February 2023", "2023年2月16日"),
        ("2023-02", "February 2023", "2023年2月"),
        ("2023", "2023", "2023年"),
        ("2023-09~", "around September 2023", "2023年9月前后"),
        ("2023?", "2023 (uncertain)", "2023年（存疑）"),
        ("2023-21", "spring 2023", "2023年春季"),
        ("2023-24", "winter 2023–24", "2023年冬季"),
        ("202X", "the 2020s", "2020年代"),
        ("2022-09-01/2022-09-30", "1–30 Sep 2022", "2022年9月1日至30日"),
        ("2022-09-05/2023-03-01", "5 Sep 2022 – 1 Mar 2023", "2022年9月5日至2023年3月1日"),
        ("2023-02-16/2023-03-01", "16 Feb – 1 Mar 2023", "2023年2月16日至3月1日"),
        ("2023-03/2023-05", "March–May 2023", "2023年3月至5月"),
        ("2022/2023", "2022–2023", "2022年至2023年"),
        ("../2022-09-05", "on or before 5 September 2022", "2022年9月5日或之前"),
        ("../2023-02", "in or before February 2023", "2023年2月或之前"),
        ("2024-03-06/..", "since 6 March 2024", "2024年3月6日起"),
        ("", "date unknown", "日期不详"),
    ],
)
def test_describe_keeps_the_stated_precision(text: str, english: str, chinese: str) -> None:
    assert (edtf.describe(parse(text), "en"), edtf.describe(parse(text), "zh-Hans")) == (english, chinese)


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2023-09~", "1–30 Sep 2023", "2023年9月1日至30日"),
        ("2023-11~/2023-12", "1 Nov – 31 Dec 2023", "2023年11月1日至12月31日"),
        ("2024-03-06/..", "from 6 Mar 2024", "2024年3月6日起"),
        ("../2023-02", "until 28 Feb 2023", "2023年2月28日或之前"),
        ("2199-24", "1 Dec 2199 – 28 Feb 2200", "2199年12月1日至2200年2月28日"),
        ("2023-02-16", "", ""),
        ("", "", ""),
    ],
)
def test_describe_span_gives_the_days_as_understood(text: str, english: str, chinese: str) -> None:
    assert (edtf.describe_span(parse(text), "en"), edtf.describe_span(parse(text), "zh-Hans")) == (english, chinese)


@given(values, st.sampled_from(["en", "zh-Hans"]))
def test_describe_has_words_for_every_value(value: edtf.EdtfDate, language: str) -> None:
    assert edtf.describe(value, language)
    assert bool(edtf.describe_span(value, language)) == value.is_span


@given(values)
def test_qualified_marks_the_date_and_keeps_its_days(value: edtf.EdtfDate) -> None:
    softer = edtf.qualified(value, approximate=True)

    assert softer.approximate != value.is_unknown
    assert (softer.earliest, softer.latest, softer.uncertain) == (value.earliest, value.latest, value.uncertain)


def test_interval_refuses_a_span_as_an_end() -> None:
    with pytest.raises(EdtfError, match="single date"):
        edtf.interval(parse("2023/2024"), parse("2025"))


def test_a_day_is_a_day_even_when_it_is_written_as_a_span() -> None:
    assert parse("2023-02-28/2023-02").is_day
    assert parse("2023-02-28/2023-02").latest == date(2023, 3, 1) - timedelta(days=1)


@pytest.mark.parametrize("text", ["9999-12-31", "0999-01", "3000-01"])
def test_a_year_that_is_not_known_here_is_named(text: str) -> None:
    with pytest.raises(edtf.EdtfError, match=f"The year {int(text[:4])} is outside 1800 to 2199"):
        parse(text)
