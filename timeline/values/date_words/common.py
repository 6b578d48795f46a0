"""What the English and the Chinese grammar share: the calendar parts and how a date is bounded on one side.

The widths of vague parts ("early 2023", 2023年底) are decided here, once for both languages, and docs/dates.md tells
them to readers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from timeline.values import durations, edtf
from timeline.values.edtf import EdtfDate, EdtfError

EXAMPLES = "Write for example “16 February 2023”, “around September 2023” or “2023年底”."

Part = Literal[
    "early", "mid", "late", "start", "end", "near_end", "first_ten", "second_ten", "rest", "first_half", "second_half"
]
Remark = Literal["time", "publication", "weeks"]


class PhraseError(ValueError):
    """Words that were not read as a date; the message says what was not understood and gives three examples."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} {EXAMPLES}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule made of the words."""

    edtf: EdtfDate
    rule: str
    remarks: frozenset[Remark] = frozenset()

    def change(self, rule: str, value: EdtfDate) -> Found:
        return replace(self, edtf=value, rule=rule)

    def remark(self, remark: Remark) -> Found:
        return replace(self, remarks=self.remarks | {remark})


# A pattern that must match the whole text, the rule's name, and what to build from the match.
Atom = tuple[str, re.Pattern[str], Callable[[re.Match[str]], EdtfDate]]


def first_match(atoms: tuple[Atom, ...], parts: dict[str, Part], text: str) -> Found | None:
    """The first atom that matches; a part of a year or month adds its own name to that of the rule."""
    for rule, pattern, build in atoms:
        if match := pattern.fullmatch(text):
            part = match.groupdict().get("part")
            return Found(build(match), f"{rule}.{parts[part].replace('_', '-')}" if part else rule)
    return None


# -- calendar parts ----------------------------------------------------------------------------------------------

_YEAR_PARTS: dict[str, str] = {
    "early": "{y}-01/{y}-04~",
    "mid": "{y}-05~/{y}-08~",
    "late": "{y}-09~/{y}-12",
    "start": "{y}-01/{y}-02~",
    "end": "{y}-11~/{y}-12",
    "near_end": "{y}-11~/{y}-12",
    "first_half": "{y}-01/{y}-06",
    "second_half": "{y}-07/{y}-12",
}
_MONTH_PARTS: dict[str, str] = {
    "early": "{m}-01/{m}-10~",
    "start": "{m}-01/{m}-10~",
    "mid": "{m}-11~/{m}-20~",
    "late": "{m}-21~/{m}-{last}",
    "end": "{m}-21~/{m}-{last}",
    "near_end": "{m}-21~/{m}-{last}",
    "first_ten": "{m}-01/{m}-10",
    "second_ten": "{m}-11/{m}-20",
    "rest": "{m}-21/{m}-{last}",
    "first_half": "{m}-01/{m}-15",
    "second_half": "{m}-16/{m}-{last}",
}


def calendar_date(year: str | int, month: str | int | None = None, day: str | int | None = None) -> EdtfDate:
    """A year, a month or a day, never finer than what is given. Raises EdtfError when it does not exist."""
    if not edtf.FIRST_YEAR <= int(year) <= edtf.LAST_YEAR:
        raise EdtfError(f"The year {year} is outside {edtf.FIRST_YEAR} to {edtf.LAST_YEAR}.")
    if month is not None and not 1 <= int(month) <= 12:
        raise EdtfError(f"There is no month {month}.")
    parts = [f"{int(year):04d}", *(f"{int(part):02d}" for part in (month, day) if part is not None)]
    return edtf.parse("-".join(parts))


def part_of(year: str | int, month: str | int | None, part: Part) -> EdtfDate:
    """A stated part of a year or a month, always a span."""
    whole = calendar_date(year, month)
    table = _YEAR_PARTS if month is None else _MONTH_PARTS
    return edtf.parse(table[part].format(y=whole.text, m=whole.text, last=edtf.days(whole)[1].day))


def months(year: str | int, first: int, last: int) -> EdtfDate:
    return edtf.interval(calendar_date(year, first), calendar_date(year, last))


def quarter(year: str | int, number: int) -> EdtfDate:
    return months(year, 3 * number - 2, 3 * number)


def season(year: str | int, code: int) -> EdtfDate:
    return edtf.parse(f"{calendar_date(year).text}-{code}")


def last_day_of(value: EdtfDate) -> EdtfDate:
    """The last day of a period, for "by the end of" it."""
    return edtf.from_day(edtf.days(value)[1])


# -- one-sided dates ---------------------------------------------------------------------------------------------


def up_to(value: EdtfDate) -> EdtfDate:
    """On or before the date, which is itself included."""
    return edtf.interval(None, _end(value, 1))


def onwards(value: EdtfDate) -> EdtfDate:
    """The date and everything after it."""
    return edtf.interval(_end(value, 0), None)


def before(value: EdtfDate) -> EdtfDate:
    """Everything before the date, which is itself excluded."""
    return edtf.interval(None, _step(_end(value, 0), -1))


def after(value: EdtfDate) -> EdtfDate:
    """Everything after the date, which is itself excluded."""
    return edtf.interval(_step(_end(value, 1), +1), None)


def between(start: EdtfDate, end: EdtfDate) -> EdtfDate:
    """From the first of the one to the last of the other. Raises EdtfError when they are the wrong way round."""
    first, last = _end(start, 0), _end(end, 1)
    (first_day, _), (last_from, last_day) = edtf.days(first), edtf.days(last)
    if first_day > last_day or (first.precision == last.precision and first_day > last_from):
        raise EdtfError(f"This ends ({last}) before it starts ({first}); give the year of both.")
    return edtf.interval(first, last)


def _end(value: EdtfDate, which: int) -> EdtfDate:
    end = edtf.endpoints(value)[which]
    if end is None:
        raise EdtfError("A date that is open or unknown cannot be the limit of another.")
    return end


_UNITS = {"day": "P1D", "month": "P1M", "year": "P1Y"}


def _step(value: EdtfDate, direction: int) -> EdtfDate:
    """The neighbour of a day, month or year; for coarser dates the neighbouring day."""
    move = durations.add if direction > 0 else durations.subtract
    if value.precision in _UNITS:
        return move(value, durations.parse_duration(_UNITS[value.precision]))
    edge = edtf.days(value)[1 if direction > 0 else 0]
    return edtf.qualified(
        edtf.from_day(edge + timedelta(days=direction)), approximate=value.approximate, uncertain=value.uncertain
    )


# -- words that count from the publication -------------------------------------------------------------------------


def need_publication(words: str, published_on: date | None) -> date:
    if published_on is None:
        raise PhraseError(f"“{words}” counts from the day it was published; give the publication date first.")
    return published_on


def week_of(day: date, weeks: int) -> EdtfDate:
    """The Monday to Sunday that lies so many weeks away."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return edtf.interval(edtf.from_day(monday), edtf.from_day(monday + timedelta(days=6)))


def check_weekday(found: Found, weekday: int, words: str) -> Found:
    """The reading, once its weekday agrees; a contradiction is never settled silently."""
    day = found.edtf.earliest
    if not found.edtf.is_day or day is None:
        raise PhraseError(f"“{words}” names a weekday beside something that is not a day.")
    if day.weekday() != weekday:
        raise PhraseError(f"“{words}” contradicts itself: {edtf.describe(found.edtf, 'en')} was a {day:%A}.")
    return found
