"""Dates that may be vague: a closed subset of EDTF (ISO 8601-2) with the days each value may stand for.

An `EdtfDate` is what every date in the product is made of. Its `text` is what was said, at the precision it was said;
`earliest` and `latest` are the days those words allow. Qualifiers (`~` about, `?` doubtful) never widen the days: they
say that the edges are soft. docs/dates.md lists the accepted forms and why the subset is closed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

Precision = Literal["unknown", "day", "month", "season", "year", "decade", "century", "interval"]

FIRST_YEAR, LAST_YEAR = 1800, 2199
MAX_LENGTH = 40
OPEN = ".."
SEASONS_EN = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
SEASONS_ZH = {21: "春季", 22: "夏季", 23: "秋季", 24: "冬季"}
MONTHS_EN = tuple(calendar.month_name)[1:]

_ACCEPTED = (
    "Accepted are a day (2023-02-16), a month (2023-02), a year (2023), a season (2023-21), a decade (202X), "
    "each with ~ for about or ? for doubtful, and a span (2023-02-16/2023-03-01, 2023-02-16/.. or ../2023-02-17)."
)
# A bare number outside 1000 to 2999 is no year; with a month behind it, it is one, though too early or too late.
_ATOM = re.compile(r"([12][0-9](?:[0-9][0-9X]|XX)|[0-9]{4}(?=-))(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]|\?~|~\?)?")


class EdtfError(ValueError):
    """A text that is not a date we accept; the message says what is wrong and shows accepted forms."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} {_ACCEPTED}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """One date as stated: canonical text, the days it may be, and how firmly it was said."""

    text: str
    earliest: date | None
    latest: date | None
    precision: Precision
    uncertain: bool = False
    approximate: bool = False

    @property
    def is_unknown(self) -> bool:
        return self.precision == "unknown"

    @property
    def is_day(self) -> bool:
        """Exactly one day, whether or not that day is qualified."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def is_span(self) -> bool:
        """More than one day, or an open end."""
        return not self.is_unknown and not self.is_day

    def __str__(self) -> str:
        return self.text


UNKNOWN = EdtfDate("", None, None, "unknown")


def from_day(day: date) -> EdtfDate:
    """The exact day as an EdtfDate. Raises EdtfError outside the accepted years."""
    plain = date(day.year, day.month, day.day)
    _check_year(plain.year)
    return EdtfDate(plain.isoformat(), plain, plain, "day")


@lru_cache(maxsize=16384)
def parse(text: str) -> EdtfDate:
    """Read EDTF text; the empty text is UNKNOWN. Raises EdtfError for anything outside the accepted subset."""
    if len(text) > MAX_LENGTH:
        raise EdtfError(f"This date is {len(text)} characters long; a date needs at most {MAX_LENGTH}.")
    if not text.isprintable():
        raise EdtfError("This date holds a control or invisible character.")
    text = text.strip().upper()
    if not text:
        return UNKNOWN
    if "/" not in text:
        return _parse_atom(text)
    start, _, end = text.partition("/")
    return interval(
        None if start.strip() == OPEN else _parse_atom(start.strip()),
        None if end.strip() == OPEN else _parse_atom(end.strip()),
    )


def interval(start: EdtfDate | None, end: EdtfDate | None) -> EdtfDate:
    """The span from one date to another; None is an open end. Two equal ends are that one date. Raises EdtfError."""
    if start is None and end is None:
        raise EdtfError("A span with two open ends says nothing; leave the date empty if it is unknown.")
    if start == end and start is not None:
        return start
    for part in (start, end):
        if part is not None and part.precision in ("unknown", "interval"):
            raise EdtfError("The end of a span must be a single date.")
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    if earliest and latest and earliest > latest:
        raise EdtfError(f"The span ends ({end}) before it starts ({start}).")
    return EdtfDate(
        f"{start.text if start else OPEN}/{end.text if end else OPEN}",
        earliest,
        latest,
        "interval",
        uncertain=any(part.uncertain for part in (start, end) if part),
        approximate=any(part.approximate for part in (start, end) if part),
    )


def days(value: EdtfDate) -> tuple[date, date]:
    """The first and the last day the value may be. Raises EdtfError if either is open or unknown."""
    return _known(value.earliest), _known(value.latest)


def endpoints(value: EdtfDate) -> tuple[EdtfDate | None, EdtfDate | None]:
    """The two dates a value runs between, each at its own precision: itself twice unless it is an interval."""
    if value.is_unknown:
        return None, None
    if value.precision != "interval":
        return value, value
    start, _, end = value.text.partition("/")
    return (None if start == OPEN else parse(start)), (None if end == OPEN else parse(end))


def qualified(value: EdtfDate, *, approximate: bool = False, uncertain: bool = False) -> EdtfDate:
    """The same date said less firmly; an interval is qualified at both its ends."""
    if value.is_unknown:
        return value
    if value.precision == "interval":
        start, end = (
            part and qualified(part, approximate=approximate, uncertain=uncertain) for part in endpoints(value)
        )
        return interval(start, end)
    mark = _MARKS[(approximate or value.approximate, uncertain or value.uncertain)]
    return parse(value.text.rstrip("~?%") + mark)


def overlap(a: EdtfDate, b: EdtfDate) -> Literal["yes", "no", "unknown"]:
    """Whether two windows share a day. "no" is only said when it is certain, because only then may figures be added.

    An open end may lie anywhere, so it proves nothing beyond the end that is known. A qualified window counts as
    wider by its own length before "no" is said.
    """
    if a.is_unknown or b.is_unknown:
        return "unknown"
    if _surely_before(a, b) or _surely_before(b, a):
        return "no"
    a_days, b_days = _sure_days(a), _sure_days(b)
    return "yes" if a_days[0] <= b_days[1] and b_days[0] <= a_days[1] else "unknown"


def shift_days(a: EdtfDate, b: EdtfDate) -> tuple[int, int] | None:
    """The fewest and the most days from a to b (negative when b is earlier); None if an end is open or unknown."""
    if None in (a.earliest, a.latest, b.earliest, b.latest):
        return None
    (a_first, a_last), (b_first, b_last) = days(a), days(b)
    return (b_first - a_last).days, (b_last - a_first).days


def describe(value: EdtfDate, language: str) -> str:
    """The date in words, at the precision it was stated, in English or (any zh tag) Simplified Chinese."""
    chinese = language.startswith("zh")
    if value.is_unknown:
        return "日期不详" if chinese else "date unknown"
    words = (_describe_zh if chinese else _describe_en)(value)
    if value.approximate:
        words = f"{words}前后" if chinese else f"around {words}"
    if value.uncertain:
        words = f"{words}（存疑）" if chinese else f"{words} (uncertain)"
    return words


def describe_span(value: EdtfDate, language: str) -> str:
    """The days the value may be, always as days; empty for an exact day and for an unknown date."""
    if not value.is_span:
        return ""
    start = from_day(value.earliest) if value.earliest else None
    end = EdtfDate(value.latest.isoformat(), value.latest, value.latest, "day") if value.latest else None
    chinese = language.startswith("zh")
    if start is None or end is None:
        return _describe_one_side(start, end, chinese=chinese)
    return _pair_zh(start, end) if chinese else _pair_en(start, end)


# -- reading -----------------------------------------------------------------------------------------------------

_MARKS = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise EdtfError(f"The year {year} is outside {FIRST_YEAR} to {LAST_YEAR}.")


def _parse_atom(text: str) -> EdtfDate:
    match = _ATOM.fullmatch(text)
    if match is None:
        raise EdtfError(f"“{text}” is not a date in EDTF.")
    year_text, month_text, day_text, mark = match.groups(default="")
    approximate, uncertain = bool(set(mark) & {"~", "%"}), bool(set(mark) & {"?", "%"})
    body = text[: len(text) - len(mark)]
    earliest, latest, precision = _bounds(body, year_text, month_text, day_text)
    return EdtfDate(body + _MARKS[approximate, uncertain], earliest, latest, precision, uncertain, approximate)


def _bounds(body: str, year_text: str, month_text: str, day_text: str) -> tuple[date, date, Precision]:
    first, last = int(year_text.replace("X", "0")), int(year_text.replace("X", "9"))
    _check_year(first)
    if "X" in year_text:
        if month_text:
            raise EdtfError(f"“{body}” gives a month but not the year it is in.")
        return date(first, 1, 1), date(last, 12, 31), "century" if year_text.endswith("XX") else "decade"
    if not month_text:
        return date(first, 1, 1), date(first, 12, 31), "year"
    month = int(month_text)
    if month in SEASONS_EN and not day_text:
        return *_season(first, month), "season"
    if not 1 <= month <= 12:
        raise EdtfError(
            f"There is no month {month_text}; in “{body}” only 01 to 12 or a season 21 to 24 can stand there."
        )
    length = calendar.monthrange(first, month)[1]
    if not day_text:
        return date(first, month, 1), date(first, month, length), "month"
    if not 1 <= int(day_text) <= length:
        raise EdtfError(f"“{body}” does not exist: {MONTHS_EN[month - 1]} {first} has {length} days.")
    day = date(first, month, int(day_text))
    return day, day, "day"


def _season(year: int, code: int) -> tuple[date, date]:
    """Northern meteorological seasons; a winter runs from December into February of the next year."""
    month = 3 * (code - 20)
    end_year, end_month = (year + 1, 2) if month == 12 else (year, month + 2)
    return date(year, month, 1), date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])


def _surely_before(a: EdtfDate, b: EdtfDate) -> bool:
    if a.latest is None or b.earliest is None:
        return False
    return (b.earliest - a.latest).days > _slack(a) + _slack(b)


def _slack(value: EdtfDate) -> int:
    if not (value.approximate or value.uncertain):
        return 0
    if value.precision == "interval":  # the soft end counts, not the length of the whole span
        return max((_slack(part) for part in endpoints(value) if part), default=0)
    earliest, latest = days(value)
    return (latest - earliest).days + 1


def _sure_days(value: EdtfDate) -> tuple[date, date]:
    earliest, latest = value.earliest or value.latest, value.latest or value.earliest
    return _known(earliest), _known(latest)


# -- wording -----------------------------------------------------------------------------------------------------


def _describe_en(value: EdtfDate) -> str:
    start, end = endpoints(value)
    if start is None or end is None:
        one = start or end or UNKNOWN
        return f"since {_single_en(one)}" if start else f"{'on' if one.is_day else 'in'} or before {_single_en(one)}"
    return _single_en(value) if start == end else _pair_en(start, end)


def _describe_zh(value: EdtfDate) -> str:
    start, end = endpoints(value)
    if start is None or end is None:
        one = start or end or UNKNOWN
        return f"{_single_zh(one)}起" if start else f"{_single_zh(one)}或之前"
    return _single_zh(value) if start == end else _pair_zh(start, end)


def _describe_one_side(start: EdtfDate | None, end: EdtfDate | None, *, chinese: bool) -> str:
    one = start or end or UNKNOWN
    if chinese:
        return f"{_single_zh(one)}起" if start else f"{_single_zh(one)}或之前"
    return f"from {_short_day(one)}" if start else f"until {_short_day(one)}"


def _single_en(value: EdtfDate) -> str:
    day = _first(value)
    words: dict[str, Callable[[], str]] = {
        "day": lambda: f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}",
        "month": lambda: f"{MONTHS_EN[day.month - 1]} {day.year}",
        "season": lambda: (
            f"{SEASONS_EN[int(value.text[5:7])]} {day.year}"
            + (f"–{(day.year + 1) % 100:02d}" if day.month == 12 else "")
        ),
        "year": lambda: f"{day.year}",
        "decade": lambda: f"the {day.year}s",
        "century": lambda: f"{day.year}–{day.year + 99}",
    }
    return words[value.precision]()


def _single_zh(value: EdtfDate) -> str:
    day = _first(value)
    words: dict[str, Callable[[], str]] = {
        "day": lambda: f"{day.year}年{day.month}月{day.day}日",
        "month": lambda: f"{day.year}年{day.month}月",
        "season": lambda: f"{day.year}年{SEASONS_ZH[int(value.text[5:7])]}",
        "year": lambda: f"{day.year}年",
        "decade": lambda: f"{day.year}年代",
        "century": lambda: f"{day.year}年至{day.year + 99}年",
    }
    return words[value.precision]()


def _pair_en(start: EdtfDate, end: EdtfDate) -> str:
    a, b = _first(start), _first(end)
    if start.precision == end.precision == "day":
        if (a.year, a.month) == (b.year, b.month):
            return f"{a.day}–{_short_day(end)}"
        return f"{_short_day(start) if a.year != b.year else _short_day(start)[:-5]} – {_short_day(end)}"
    if start.precision == end.precision == "month" and a.year == b.year:
        return f"{MONTHS_EN[a.month - 1]}–{_single_en(end)}"
    if start.precision == end.precision == "year":
        return f"{a.year}–{b.year}"
    return f"{_single_en(start)} – {_single_en(end)}"


def _pair_zh(start: EdtfDate, end: EdtfDate) -> str:
    a, b = _first(start), _first(end)
    tail = _single_zh(end)
    if a.year == b.year and end.precision in ("day", "month", "season"):
        tail = tail.partition("年")[2]
        if a.month == b.month and start.precision == end.precision == "day":
            tail = tail.partition("月")[2]
    return f"{_single_zh(start)}至{tail}"


def _short_day(value: EdtfDate) -> str:
    day = _first(value)
    return f"{day.day} {MONTHS_EN[day.month - 1][:3]} {day.year}"


def _first(value: EdtfDate) -> date:
    return _known(value.earliest)


def _known(day: date | None) -> date:
    if day is None:
        raise EdtfError("This date is open or unknown where a day is needed.")
    return day
