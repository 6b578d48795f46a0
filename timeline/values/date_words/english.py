"""English date words. A frame ("by …", "from … to …") holds inner words ("around …"), which hold one date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from timeline.values import edtf
from timeline.values.date_words import common
from timeline.values.date_words.common import Atom, Found, Part, PhraseError
from timeline.values.date_words.numeric import read_numeric
from timeline.values.edtf import UNKNOWN, EdtfDate

_MONTHS = {name[:3].lower(): number for number, name in enumerate(edtf.MONTHS_EN, 1)}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_PARTS: dict[str, Part] = {
    "early": "early",
    "early in": "early",
    "mid": "mid",
    "middle of": "mid",
    "late": "late",
    "late in": "late",
    "start of": "start",
    "beginning of": "start",
    "end of": "end",
    "near end of": "near_end",
    "towards end of": "near_end",
    "toward end of": "near_end",
}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_M, _Y = f"(?P<m>{_MONTH})", r"(?P<y>[0-9]{4})"
_D = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_PART = "(?P<part>" + "|".join(sorted(_PARTS, key=len, reverse=True)) + ")"

_UNKNOWN = re.compile(
    r"(?:date )?(?:is )?(?:unknown|not known|unclear|not recorded|not stated|not given|unspecified)"
    r"|undated|no date|n/a|tb[acd]"
)
_RECENT = re.compile(
    r"recently|lately|(?:in |over |during )?(?:recent|past few|last few) (?:days|weeks)|other day"
    r"|(?:a few |some )?days ago|not long ago"
)
_SO_FAR = re.compile(r"so far|to date|up to now|until now|till now|as of now|as of today|by now")
_INCOMPLETE = re.compile(
    rf"(?:{_PART} )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH}(?: [0-9]{{1,2}}(?:st|nd|rd|th)?)?)"
)
_DAY_ONLY = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?")


def read_english(text: str, published_on: date | None) -> Found | None:
    """Read English words; None if they are no date. Raises PhraseError or EdtfError where they are half a date."""
    text = _tidy(text)
    if _UNKNOWN.fullmatch(text):
        return Found(UNKNOWN, "en.unknown")
    if _RECENT.fullmatch(text) or _SO_FAR.fullmatch(text):
        day = common.need_publication(text, published_on)
        rule = "en.recently" if _RECENT.fullmatch(text) else "en.so-far"
        return Found(common.up_to(edtf.from_day(day)), rule).remark("publication")
    text, relative = _resolve_relative(text, published_on)
    found = _weeks(text, published_on) or _range(text) or _frame(text) or _inner(text)
    if found is None:
        _explain_incomplete(text)
    elif relative:
        rule = "en.year" if found.rule == "edtf" else found.rule
        return found.change(f"{rule}.relative", found.edtf).remark("publication")
    return found


_TIDY = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[–—‒−]", "–"),
        (r"\b(winter [0-9]{4})–", r"\1-"),
        (r" ?– ?| - ", " to "),
        (r"([a-z])\.", r"\1"),
        (r"\bmid-", "mid "),
        (r"\bthe ", ""),
        (r"^some ?time (?=between|from)", ""),
        (rf"\b({_MONTH})-(?={_MONTH}\b)", r"\1 to "),
        (rf"(?<![0-9-])([0-9]{{1,2}})-(?=[0-9]{{1,2}} {_MONTH}\b)", r"\1 to "),
        (rf"\b({_MONTH} [0-9]{{1,2}})-(?=[0-9]{{1,2}} [0-9]{{4}}$)", r"\1 to "),
    )
)


def _tidy(text: str) -> str:
    """Lower case, no commas or articles, and every dash that joins two dates written as “to”."""
    text = " ".join(text.lower().replace(",", " ").split())
    for pattern, replacement in _TIDY:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())


# -- dates ---------------------------------------------------------------------------------------------------------


def _month(match: re.Match[str]) -> int:
    return _MONTHS[match["m"][:3]]


def _day(match: re.Match[str]) -> EdtfDate:
    return common.calendar_date(match["y"], _month(match), match["d"])


def _month_of_year(match: re.Match[str]) -> EdtfDate:
    return common.calendar_date(match["y"], _month(match))


def _winter(match: re.Match[str]) -> EdtfDate:
    if (int(match["y"]) + 1) % 100 != int(match["next"]):
        raise PhraseError(f"“{match[0]}” is not one winter; a winter runs into the next year, as in “winter 2023-24”.")
    return common.season(match["y"], 24)


def _season(match: re.Match[str]) -> EdtfDate:
    year = int(match["y"])
    if match[1] == "winter":
        both = " or ".join(f"winter {first}-{(first + 1) % 100:02d}" for first in (year - 1, year))
        raise PhraseError(f"“{match[0]}” can be {both}; write one of them.")
    return common.season(year, _SEASONS[match[1]])


def _quarter(match: re.Match[str]) -> EdtfDate:
    return common.quarter(match["y"], _ORDINALS.get(match["n"]) or int(match["n"]))


def _half(match: re.Match[str]) -> EdtfDate:
    return common.part_of(match["y"], None, "first_half" if match["n"] in ("1", "1st", "first") else "second_half")


def _part(match: re.Match[str]) -> EdtfDate:
    return common.part_of(match["y"], _month(match) if "m" in match.groupdict() else None, _PARTS[match["part"]])


def _atom(rule: str, pattern: str, build: Callable[[re.Match[str]], EdtfDate]) -> Atom:
    return f"en.{rule}", re.compile(pattern), build


_ATOMS = (
    _atom("day", rf"{_D} (?:of )?{_M} {_Y}", _day),
    _atom("day", rf"{_M} {_D} {_Y}", _day),
    _atom("day", rf"{_Y} {_M} {_D}", _day),
    _atom("month", rf"(?:month of )?{_M} (?:of )?{_Y}", _month_of_year),
    _atom("month", rf"{_Y} {_M}", _month_of_year),
    _atom("year", rf"(?:calendar )?(?:year )?{_Y}", lambda m: common.calendar_date(m["y"])),
    _atom("decade", r"([0-9]{3})0s", lambda m: edtf.parse(f"{m[1]}X")),
    _atom("season", rf"(spring|summer|autumn|fall|winter) (?:of |in )?{_Y}", _season),
    _atom("season", rf"winter (?:of )?{_Y}[-/](?:[0-9]{{2}})?(?P<next>[0-9]{{2}})", _winter),
    _atom("quarter", rf"q(?P<n>[1-4]) (?:of )?{_Y}", _quarter),
    _atom("quarter", rf"{_Y} ?-?q(?P<n>[1-4])", _quarter),
    _atom("quarter", rf"(?P<n>first|second|third|fourth|last|1st|2nd|3rd|4th) quarter (?:of )?{_Y}", _quarter),
    _atom("half", rf"h(?P<n>[12]) (?:of )?{_Y}", _half),
    _atom("half", rf"{_Y} ?-?h(?P<n>[12])", _half),
    _atom("half", rf"(?P<n>first|second|1st|2nd|last|latter) half (?:of )?{_Y}", _half),
    _atom("part", rf"{_PART} {_M} (?:of )?{_Y}", _part),
    _atom("part", rf"{_PART} {_Y}", _part),
)


# -- words around one date -------------------------------------------------------------------------------------------

_APPROXIMATE = re.compile(
    r"(?:some ?time )?(?:around|about|circa|ca|c|approximately|approx|roughly|near) (.+)|(.+) or (?:so|thereabouts)"
)
_UNCERTAIN = re.compile(r"(?:possibly|probably|perhaps|maybe|presumably|apparently) (.+)|(.+?) ?(?:\?|\(uncertain\))")
_PREPOSITION = re.compile(r"(?:in|on|at|during|within|some ?time in|dated) (.+)")
_TIME = re.compile(
    r"(?:early |late )?(?:morning|afternoon|evening|night|noon|midnight) (?:of|on) (.+)"
    r"|(.+) (?:in )?(?:early |late )?(?:morning|afternoon|evening|night|noon|midnight)"
    r"|(?:early|late) on (.+)"
    r"|(.+[0-9])(?: at)? (?:[0-9]{1,2}(?::[0-5][0-9]){1,2} ?(?:am|pm)?|[0-9]{1,2} ?(?:am|pm))(?: ?[a-z]{2,4})?"
)
_WEEKDAY = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)? (.+)"
    r"|(.+) \(?(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\)?"
)


def _inner(text: str, depth: int = 4) -> Found | None:
    """One date with the words that qualify it; the depth bounds how many of them may be stacked."""
    if found := read_numeric(text) or common.first_match(_ATOMS, _PARTS, text):
        return found
    if depth == 0:
        return None
    for rule, pattern in (("en.around", _APPROXIMATE), ("en.uncertain", _UNCERTAIN)):
        if match := pattern.fullmatch(text):
            found = _inner(_held(match), depth - 1)
            return found and found.change(
                rule,
                edtf.qualified(found.edtf, approximate=rule == "en.around", uncertain=rule == "en.uncertain"),
            )
    if match := _PREPOSITION.fullmatch(text):
        return _inner(_held(match), depth - 1)
    if match := _WEEKDAY.fullmatch(text):
        found = _inner(match[2] or match[3], depth - 1)
        return found and common.check_weekday(found, _WEEKDAYS.index(match[1] or match[4]), text)
    if match := _TIME.fullmatch(text):
        found = _inner(_held(match), depth - 1)
        return found.remark("time") if found and found.edtf.is_day else None
    return None


def _held(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group).strip()


_SINCE_WORDS = (
    r"since|with effect from|effective (?:from|as of|on)|from|as from|starting(?: from| on| in)?"
    r"|on or after|in or after|no earlier than|not earlier than|not before"
)
_BY_WORDS = (
    r"by|until|till|up to|up until|as of|as at|no later than|not later than|on or before|in or before|through"
    r"|latest by"
)
# The order matters: "before the end of" before "before", "from … onwards" before "from …".
_FRAMES: tuple[tuple[str, re.Pattern[str], Callable[[EdtfDate], EdtfDate]], ...] = (
    (
        "en.by-end",
        re.compile(rf"(?:{_BY_WORDS}|before) (?:very )?end of (.+)"),
        lambda value: common.up_to(common.last_day_of(value)),
    ),
    ("en.by", re.compile(rf"(?:{_BY_WORDS}) (.+)"), common.up_to),
    ("en.by", re.compile(r"(.+) (?:or earlier|at latest)"), common.up_to),
    ("en.before", re.compile(r"(?:before|prior to|earlier than|ahead of) (.+)"), common.before),
    ("en.after", re.compile(r"(?:after|later than|following) (.+)"), common.after),
    ("en.since", re.compile(r"(?:from )?(.+) (?:onwards?|or later|on|to present|to now)"), common.onwards),
    ("en.since", re.compile(rf"(?:{_SINCE_WORDS}) (.+)"), common.onwards),
)


def _frame(text: str) -> Found | None:
    for rule, pattern, bound in _FRAMES:
        if match := pattern.fullmatch(text):
            inner = _inner(match[1])
            if inner:
                return inner.change(rule, bound(inner.edtf))
    return None


# -- ranges ------------------------------------------------------------------------------------------------------------

_RANGES = (
    re.compile(r"between (.+?) and (.+)"),
    re.compile(r"(?:from )?(.+?) (?:to|until|till|through|thru|up to) (.+)"),
)
_MONTH_DAYS = re.compile(rf"(?:from )?({_MONTH}) ([0-9]{{1,2}}) to ([0-9]{{1,2}}) ([0-9]{{4}})")


def _range(text: str) -> Found | None:
    if match := _MONTH_DAYS.fullmatch(text):
        text = f"{match[2]} {match[1]} {match[4]} to {match[3]} {match[1]} {match[4]}"
    for pattern in _RANGES:
        match = pattern.fullmatch(text)
        end = match and _inner(match[2])
        if match and end and (start := _start_of_range(match[1], match[2])):
            remarks = start.remarks | end.remarks
            return Found(common.between(start.edtf, end.edtf), "en.range", remarks)
    return None


def _start_of_range(words: str, end_words: str) -> Found | None:
    """The first date of a range, which may leave its month or year to the second."""
    if found := _inner(words):
        return found
    year = re.search(r"\b[0-9]{4}\b", end_words)
    month = re.search(rf"\b{_MONTH}\b", end_words)
    if not year or year[0] == end_words:
        return None
    if _DAY_ONLY.fullmatch(words) and month:
        return _inner(f"{words} {month[0]} {year[0]}")
    return _inner(f"{words} {year[0]}") if not re.search(r"[0-9]{4}", words) else None


# -- words that count from the publication -----------------------------------------------------------------------------

_DAYS = {"day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1}
_RELATIVE = re.compile(
    r"\b(?:(day before yesterday|yesterday|today|tomorrow)|(this|last|next|previous|current) (year|month))\b"
)
_WEEK = re.compile(r"(?:in |during |earlier )?(this|last|next|previous) week")


def _resolve_relative(text: str, published_on: date | None) -> tuple[str, bool]:
    match = _RELATIVE.search(text)
    if match is None:
        return text, False
    day = common.need_publication(match[0], published_on)
    step = {"last": -1, "previous": -1, "next": 1}.get(match[2] or "", 0)
    if match[1]:
        exact = edtf.describe(edtf.from_day(day + timedelta(days=_DAYS[match[1]])), "en").lower()
    elif match[3] == "year":
        exact = str(day.year + step)
    else:
        year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
        exact = f"{edtf.MONTHS_EN[month]} {year}".lower()
    resolved = text[: match.start()] + exact + text[match.end() :]
    return re.sub(r"\b(earlier|later) (?=[0-9])", "", resolved), True


def _weeks(text: str, published_on: date | None) -> Found | None:
    match = _WEEK.fullmatch(text)
    if match is None:
        return None
    day = common.need_publication(text, published_on)
    weeks = {"last": -1, "previous": -1, "next": 1}.get(match[1], 0)
    return Found(common.week_of(day, weeks), "en.week").remark("publication").remark("weeks")


def _explain_incomplete(text: str) -> None:
    if re.search(r"[0-9]{4}", text):
        return
    bare = re.sub(r"^(?:in|on|at|by|since|from|before|after|around|about|until) ", "", text)
    if _DAY_ONLY.fullmatch(bare):
        raise PhraseError(f"“{text}” gives a day but the month and the year are missing.")
    if _INCOMPLETE.fullmatch(bare):
        raise PhraseError(f"“{text}” does not say the year; the year is missing.")
    if re.fullmatch(rf"(?:{_PART}|(?:spring|summer|autumn|fall|winter)|(?:first|second) half|q[1-4]).{{0,20}}", bare):
        raise PhraseError(f"“{text}” does not say the year; the year is missing.")
    if bare in _WEEKDAYS or re.fullmatch(r"(?:last |next )?[a-z]{3,6}day", bare):
        raise PhraseError(f"“{text}” names a weekday; the day, the month and the year are missing.")
