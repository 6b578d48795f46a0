"""Dates in digits only: 2022/9/5, 13/09/2022, 20220905. A day and a month that could be exchanged are never guessed."""

from __future__ import annotations

import re

from timeline.values import edtf
from timeline.values.date_words.common import Found, PhraseError, between, calendar_date
from timeline.values.edtf import EdtfDate

_EDTF = re.compile(r"[0-9x]{4}(?:-[0-9x]{2}){0,2}[?~%]{0,2}", re.IGNORECASE)
_YEAR = re.compile(r"[0-9]{4}")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_COMPACT = re.compile(r"((?:1[89]|2[01])[0-9]{2})([01][0-9])([0-3][0-9])")
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
    if _YEAR.fullmatch(text):
        return Found(calendar_date(text), "edtf")
    if _is_edtf(text):
        return Found(edtf.parse(text), "edtf")
    if match := _YEAR_FIRST.fullmatch(text):
        return Found(calendar_date(match[1], match[3], match[4]), "number.year-first")
    if match := _YEAR_LAST.fullmatch(text):
        return Found(_year_last(text, int(match[1]), int(match[3]), match[4]), "number.year-last")
    if match := _COMPACT.fullmatch(text):
        return Found(calendar_date(match[1], match[2], match[3]), "number.compact")
    if match := _RANGE.fullmatch(text):
        start, end = read_numeric(match[1]), read_numeric(match[2])
        if start and end:
            return Found(between(start.edtf, end.edtf), "number.range")
    return None


def _is_edtf(text: str) -> bool:
    """Whether the text has the shape of EDTF, right or wrong, so that EDTF's own errors are shown."""
    if _EDTF.fullmatch(text):
        return True
    ends = [end.strip() for end in text.split("/")]
    return len(ends) == 2 and all(end == edtf.OPEN or _EDTF.fullmatch(end) for end in ends)


def _year_last(text: str, first: int, second: int, year: str) -> EdtfDate:
    if first != second and first <= 12 and second <= 12:
        day_first, month_first = calendar_date(year, second, first), calendar_date(year, first, second)
        raise PhraseError(
            f"“{text}” can be {edtf.describe(day_first, 'en')} or {edtf.describe(month_first, 'en')}; "
            "write the month as a word or the year first."
        )
    return calendar_date(year, first, second) if second > 12 else calendar_date(year, second, first)
