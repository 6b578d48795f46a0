"""Duration words, in English and Chinese, to a `Duration`: "18 months", "one and a half years", 一年半, P18M."""

from __future__ import annotations

import re
import unicodedata

from timeline.values.durations import Duration, DurationError, parse_duration

EXAMPLES = "Write for example “18 months”, “one and a half years”, “一年半” or “90 days”."
_TO_TWELVE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS_EN = {word: str(number) for number, word in enumerate(_TO_TWELVE, start=1)} | {
    "fifteen": "15",
    "eighteen": "18",
    "twenty-four": "24",
    "a": "1",
    "an": "1",
    "half": "0.5",
}
_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
_UNITS_ZH = {"年": "Y", "个月": "M", "月": "M", "周": "W", "星期": "W", "天": "D", "日": "D"}
_DIGITS_ZH = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"两": 2}
_PART_EN = re.compile(r"([0-9]+(?:\.[05])?) ?-?(year|month|week|day)s?(?: |$)")
_PART_ZH = re.compile(r"([0-9]+(?:\.[05])?|半|[零一二三四五六七八九两十]+)(年|个月|月|周|星期|天|日)(半)?")
_HALVES = {"Y": ("M", 6), "W": None, "M": None, "D": None}


def read_duration(words: str) -> Duration:
    """Reads duration words or ISO 8601. Raises DurationError, and nothing else, for what is no duration."""
    text = unicodedata.normalize("NFKC", words).strip(" .,;。，").lower()
    if len(text) > 80:
        raise DurationError(f"These words are too long for a duration. {EXAMPLES}")
    if re.fullmatch(r"p[0-9ymwd]+", text):
        return parse_duration(text)
    parts = _chinese(text) if re.search("[\u4e00-\u9fff]", text) else _english(text)
    if not parts:
        raise DurationError(f"“{words.strip()}” was not understood as a duration. {EXAMPLES}")
    return parse_duration("P" + "".join(f"{parts[unit]}{unit}" for unit in "YMWD" if parts.get(unit)))


def _english(text: str) -> dict[str, int] | None:
    text = re.sub(r"\b(" + "|".join(_NUMBERS_EN) + r")\b", lambda match: _NUMBERS_EN[match[1]], text)
    text = re.sub(r"\b([0-9]+) and (?:1 )?0\.5 ", r"\1.5 ", text)  # one and a half years
    text = re.sub(r"\b0\.5 (?:1 )", "0.5 ", text)  # half a year
    text = re.sub(r"\b1 (year|month|week) and (?:1 )?0\.5$", r"1.5 \1", text)  # a year and a half
    return _parts(_PART_EN, " ".join(re.sub(r"\band\b|,", " ", text).split()), _UNITS)


def _chinese(text: str) -> dict[str, int] | None:
    return _parts(_PART_ZH, re.sub(r"[\s零]|(?<=[年月])又|为期|历时", "", text), _UNITS_ZH)


def _parts(pattern: re.Pattern[str], text: str, units: dict[str, str]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    position = 0
    while match := pattern.match(text, position):
        unit = units[match[2]]
        halves = _twice(match[1]) + (1 if match.lastindex == 3 and match[3] else 0)
        whole, is_odd = divmod(halves, 2)
        finer = _HALVES[unit] if is_odd else None
        if unit in found or (is_odd and finer is None):
            return None  # half a month is no number of days that everybody agrees on
        found |= {unit: whole} if whole else {}
        if finer:
            found[finer[0]] = found.get(finer[0], 0) + finer[1]
        position = match.end()
    return found if position == len(text) else None


def _twice(number: str) -> int:
    """The number doubled, so that halves stay whole."""
    if number == "半":
        return 1
    if number[0].isdigit():
        return round(2 * float(number))
    tens, ten, ones = number.partition("十")
    if not ten:
        return 2 * _DIGITS_ZH.get(number, 0)
    return 2 * (10 * _DIGITS_ZH.get(tens, 1) + _DIGITS_ZH.get(ones, 0))
