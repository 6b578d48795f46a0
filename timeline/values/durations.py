"""Durations as stated ("one and a half years" is P18M or P1Y6M) and calendar arithmetic with vague dates.

Arithmetic keeps the precision of the date: a month plus eighteen months is a month. Where a duration is finer than the
date, both bounds move and the answer is a span, so nothing is claimed that the two inputs do not say.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.values import edtf
from timeline.values.edtf import EdtfDate, EdtfError

_SHAPE = re.compile(r"P(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?")
_ACCEPTED = "Accepted are years, months, weeks and days: P18M, P1Y6M, P2W, P98D."
_MONTHS_IN = {"year": 12, "season": 12, "decade": 120, "century": 1200}
_UNITS_EN = ("year", "month", "week", "day")
_UNITS_ZH = ("年", "个月", "周", "天")


class DurationError(ValueError):
    """A text that is no duration, or a result outside the years the product knows."""


@dataclass(frozen=True)
class Duration:
    """An ISO 8601 duration in the units it was stated in; P18M and P1Y6M stay apart."""

    text: str
    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    @property
    def total_months(self) -> int:
        return 12 * self.years + self.months

    @property
    def total_days(self) -> int:
        """The part given in weeks and days."""
        return 7 * self.weeks + self.days


def parse_duration(text: str) -> Duration:
    """Read "P18M". Raises DurationError for anything else than whole years, months, weeks and days above zero."""
    match = _SHAPE.fullmatch(text.strip().upper()) if len(text) <= 40 else None
    if match is None or not any(match.groups()):
        raise DurationError(f"“{text[:40]}” is not a duration. {_ACCEPTED}")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    if not any((years, months, weeks, days)):
        raise DurationError(f"A duration must be longer than nothing. {_ACCEPTED}")
    parts = zip((years, months, weeks, days), "YMWD", strict=True)
    return Duration("P" + "".join(f"{count}{unit}" for count, unit in parts if count), years, months, weeks, days)


def describe_duration(duration: Duration, language: str) -> str:
    """The duration in words: "18 months", "18个月"."""
    counts = (duration.years, duration.months, duration.weeks, duration.days)
    if language.startswith("zh"):
        return "".join(f"{count}{unit}" for count, unit in zip(counts, _UNITS_ZH, strict=True) if count)
    return " ".join(
        f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in zip(counts, _UNITS_EN, strict=True) if count
    )


def add(start: EdtfDate, duration: Duration) -> EdtfDate:
    """The date one duration later. An unknown date stays unknown and an open end stays open. Raises DurationError."""
    return _move(start, duration.total_months, duration.total_days)


def subtract(end: EdtfDate, duration: Duration) -> EdtfDate:
    """The date one duration earlier, by the same rules as `add`. Raises DurationError."""
    return _move(end, -duration.total_months, -duration.total_days)


def last_full_day(end: EdtfDate) -> EdtfDate:
    """The day before, for the reading in which the end is the last day that counts.

    One day is below the precision of a month or a year, so those (and such ends of a span) are left as they are.
    """
    return _on_ends(end, lambda part: _move_part(part, 0, -1) if part.precision == "day" else part)


def _move(value: EdtfDate, months: int, days: int) -> EdtfDate:
    try:
        return _on_ends(value, lambda part: _move_part(part, months, days))
    except (EdtfError, OverflowError, ValueError) as error:
        raise DurationError(f"The result lies outside the years {edtf.FIRST_YEAR} to {edtf.LAST_YEAR}.") from error


def _on_ends(value: EdtfDate, change: Callable[[EdtfDate], EdtfDate]) -> EdtfDate:
    if value.is_unknown:
        return value
    start, end = edtf.endpoints(value)
    if start == end and start is not None:
        return change(start)
    return edtf.interval(
        edtf.endpoints(change(start))[0] if start else None, edtf.endpoints(change(end))[1] if end else None
    )


def _move_part(part: EdtfDate, months: int, days: int) -> EdtfDate:
    """One date that is no interval, moved by months first and then by days."""
    earliest, latest = (add_months(day, months) for day in edtf.days(part))
    if part.precision == "day" or days:
        moved = _span(earliest, latest if part.precision == "day" else _month_end(latest), days)
    elif part.precision == "month":
        moved = edtf.parse(f"{earliest:%Y-%m}")
    elif months % _MONTHS_IN[part.precision] == 0:
        kept = {"decade": 3, "century": 2}.get(part.precision, 4)  # digits of the year that the precision states
        return edtf.parse(str(earliest.year)[:kept] + part.text[kept:])
    else:
        form = "%Y" if months % 12 == 0 and part.precision != "season" else "%Y-%m"
        moved = edtf.parse(f"{earliest:{form}}/{latest:{form}}")
    return _qualify(moved, part)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or the last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _span(earliest: date, latest: date, days: int) -> EdtfDate:
    step = timedelta(days=days)
    return edtf.interval(edtf.from_day(earliest + step), edtf.from_day(latest + step))


def _qualify(value: EdtfDate, like: EdtfDate) -> EdtfDate:
    return edtf.qualified(value, approximate=like.approximate, uncertain=like.uncertain)
