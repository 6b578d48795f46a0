from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.values import edtf
from timeline.values.durations import (
    Duration,
    DurationError,
    add,
    describe_duration,
    last_full_day,
    parse_duration,
    subtract,
)
from timeline.values.edtf import UNKNOWN, EdtfDate, parse

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(edtf.from_day)
MONTHS = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: parse(f"{day:%Y-%m}"))
durations = st.builds(
    lambda years, months, weeks, days: parse_duration(f"P{years}Y{months}M{weeks}W{days}D"),
    st.integers(0, 5),
    st.integers(0, 30),
    st.integers(0, 60),
    st.integers(1, 500),
)
whole_months = st.integers(1, 100).map(lambda months: parse_duration(f"P{months}M"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P18M", Duration("P18M", months=18)),
        ("P1Y6M", Duration("P1Y6M", years=1, months=6)),
        ("p2w", Duration("P2W", weeks=2)),
        ("P098D", Duration("P98D", days=98)),
    ],
)
def test_parse_duration_keeps_the_stated_units(text: str, expected: Duration) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize("text", ["", "P", "18M", "P0D", "P-1M", "PT5H", "P1.5Y", "P6M1Y", "P99999Y", "P1M" + " " * 50])
def test_parse_duration_refuses_and_shows_what_is_accepted(text: str) -> None:
    with pytest.raises(DurationError, match="P18M"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("P18M", "18 months", "18个月"),
        ("P1Y6M", "1 year 6 months", "1年6个月"),
        ("P2W", "2 weeks", "2周"),
        ("P1D", "1 day", "1天"),
    ],
)
def test_describe_duration_uses_the_stated_units(text: str, english: str, chinese: str) -> None:
    duration = parse_duration(text)

    assert (describe_duration(duration, "en"), describe_duration(duration, "zh-Hans")) == (english, chinese)


@pytest.mark.parametrize(
    ("start", "duration", "expected"),
    [
        ("2022-09-05", "P18M", "2024-03-05"),
        ("2022-09-05", "P1Y6M", "2024-03-05"),
        ("2022-08", "P18M", "2024-02"),
        ("2022-08~", "P18M", "2024-02~"),
        ("2023-01-31", "P1M", "2023-02-28"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2023", "P1Y", "2024"),
        ("2023", "P18M", "2024-07/2025-06"),
        ("2023-02", "P1D", "2023-02-02/2023-03-01"),
        ("2023-21", "P1Y", "2024-21"),
        ("2023-21", "P3M", "2023-06/2023-08"),
        ("202X", "P10Y", "203X"),
        ("202X", "P5Y", "2025/2034"),
        ("2022-09-05/2022-09-20", "P1M", "2022-10-05/2022-10-20"),
        ("2022-07/2022", "P18M", "2024-01/2024-06"),
        ("2022-09-05/..", "P18M", "2024-03-05/.."),
        ("../2022-09-05", "P18M", "../2024-03-05"),
    ],
)
def test_add_keeps_the_precision_of_the_start(start: str, duration: str, expected: str) -> None:
    assert add(parse(start), parse_duration(duration)).text == expected


def test_add_leaves_an_unknown_start_unknown() -> None:
    assert add(UNKNOWN, parse_duration("P18M")) == UNKNOWN


def test_add_beyond_the_known_years_is_refused() -> None:
    with pytest.raises(DurationError, match="1800 to 2199"):
        add(parse("2199-12"), parse_duration("P1M"))


def test_add_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(DurationError, match="1800 to 2199"):
        add(parse("2023-01-01"), parse_duration("P9999Y"))


@pytest.mark.parametrize(
    ("end", "duration", "expected"),
    [("2023-12-31", "P18M", "2022-06-30"), ("2024-02", "P18M", "2022-08"), ("2023", "P18M", "2021-07/2022-06")],
)
def test_subtract_goes_back_by_the_same_rules(end: str, duration: str, expected: str) -> None:
    assert subtract(parse(end), parse_duration(duration)).text == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2024-03-05", "2024-03-04"),
        ("2024-03-01~", "2024-02-29~"),
        ("2024-02", "2024-02"),
        ("2024-03-01/2024-03-05", "2024-02-29/2024-03-04"),
        ("2024-03-05/..", "2024-03-04/.."),
        ("", ""),
    ],
)
def test_last_full_day_is_the_day_before_an_exact_end(end: str, expected: str) -> None:
    assert last_full_day(parse(end)).text == expected


@given(DAYS, DAYS, durations)
def test_add_and_subtract_keep_the_order_of_days(a: EdtfDate, b: EdtfDate, duration: Duration) -> None:
    first, last = sorted((a, b), key=lambda value: value.text)

    assert add(first, duration).text <= add(last, duration).text
    assert subtract(first, duration).text <= subtract(last, duration).text


@given(DAYS | MONTHS, durations)
def test_add_goes_forward_and_subtract_back(value: EdtfDate, duration: Duration) -> None:
    earliest = edtf.days(value)[0]

    assert edtf.days(subtract(value, duration))[0] < earliest < edtf.days(add(value, duration))[0]


@given(MONTHS, whole_months)
def test_subtract_undoes_add_for_months(value: EdtfDate, duration: Duration) -> None:
    assert subtract(add(value, duration), duration) == value
