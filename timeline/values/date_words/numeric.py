"""Dates in digits only: 2022/9/5, 13/09/2022, 20220905. A day and a month that could be exchanged are never guessed."""

from __future__ import annotations

import re

from timeline.values import edtf
from timeline.values.date_words.common import Atom, Found, PhraseError, between, calendar_date, first_match
from timeline.values.edtf import EdtfDate

_EDTF = re.compile(r"[0-9x]{4}(?:-[0-9x]{2}){0,2}[?~%]{0,2}", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]{4}(?:[/.][0-9]{1,2}[/.][0-9]{1,2})?)-([0-9]{4}(?:[/.][0-9]{1,2}[/.][0-9]{1,2})?)")
_TIME = re.compile(
    r"(.*[0-9])[ t]([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:z| ?[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)


def read_numeric(text: str) -> Found | None:
    """Read a date in digits; None if it is none. Raises PhraseError where day and month may be exchanged."""
    if match := _TIME.fullmatch(text):
        found = read_numeric(match[1])
        return found.remark("time") if found and found.edtf.is_day else None
    if _is_edtf(text):
        return Found(edtf.parse(text), "edtf")
    if found := first_match(_ATOMS, {}, text):
        return found
    if match := _RANGE.fullmatch(text):
        start, end = read_numeric(match[1]), read_numeric(match[2])
        if start and end:
            return Found(between(start.edtf, end.edtf), "number.range")
    return None


def _is_edtf(text: str) -> bool:
    """Whether the text has the shape of EDTF, right or wrong, so that EDTF's own errors are shown."""
    if _EDTF.fullmatch(text):
        return not text.isdigit()  # a bare year has a better error of its own
    ends = [end.strip() for end in text.split("/")]
    return len(ends) == 2 and all(end == edtf.OPEN or _EDTF.fullmatch(end) for end in ends)


def _year_last(match: re.Match[str]) -> EdtfDate:
    first, second, year = int(match[1]), int(match[3]), match[4]
    if first != second and first <= 12 and second <= 12:
        day_first, month_first = calendar_date(year, second, first), calendar_date(year, first, second)
        raise PhraseError(
            f"“{match[0]}” can be {edtf.describe(day_first, 'en')} or {edtf.describe(month_first, 'en')}; "
            "write the month as a word or the year first."
        )
    return calendar_date(year, first, second) if second > 12 else calendar_date(year, second, first)


_ATOMS: tuple[Atom, ...] = (
    ("edtf", re.compile(r"[0-9]{4}"), lambda m: calendar_date(m[0])),
    (
        "number.year-first",
        re.compile(r"([0-9]{4})([/.-])([0-9]{1,2})(?:\2([0-9]{1,2}))?"),
        lambda m: calendar_date(m[1], m[3], m[4]),
    ),
    ("number.year-last", re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})"), _year_last),
    ("number.month-year", re.compile(r"([0-9]{1,2})/([0-9]{4})"), lambda m: calendar_date(m[2], m[1])),
    (
        "number.compact",
        re.compile(r"((?:1[89]|2[01])[0-9]{2})([01][0-9])([0-3][0-9])"),
        lambda m: calendar_date(m[1], m[2], m[3]),
    ),
)
