"""Counts as they are printed: 8800余起, 1.2万余名, "more than 8,800 cases": an exact decimal with its hedge kept.

A quantity is a value and how firmly it was said. "More than" and 余 make it `at_least`, "about" and 近 make it `about`;
nothing is rounded. The measure word (起 cases, 个 groups, 名 people) is handed back apart, as it names the metric.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Qualifier = Literal["exact", "at_least", "about"]

MAX_WORDS, MAX_DIGITS = 100, 20
_SIMPLIFIED = str.maketrans("餘萬億個約逾達條兩幾", "余万亿个约逾达条两几")
_SCALES = {"十": 10, "百": 100, "千": 1000}
_DIGITS = {"〇": 0, "零": 0, "两": 2, **{digit: n for n, digit in enumerate("一二三四五六七八九", 1)}}
_ENGLISH_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "bn": 10**9, "mn": 10**6}

_AT_LEAST_ZH, _ABOUT_ZH = "超过|不少于|不低于|至少|逾|超", "大约|大概|约|近|将近|接近|上"
_CHINESE = re.compile(
    rf"(?:共|累计|达到?)?(?:(?P<least>{_AT_LEAST_ZH})|(?P<about>{_ABOUT_ZH}))?"
    r"(?P<number>[0-9.,〇零一二三四五六七八九两十百千万亿余多]+)(?P<around>左右|上下)?(?P<unit>[^0-9.,]{0,12})"
)
_SPACE = re.compile(r"(?<![0-9]) | (?![0-9])")  # “5 6” is two numbers
_MORE = re.compile("[余多]")
_AT_LEAST_EN = r"more than|over|at least|upwards of|in excess of|no fewer than|no less than|above|exceeding"
_ABOUT_EN = r"about|around|approximately|approx|roughly|nearly|almost|close to|some|circa"
_ENGLISH = re.compile(
    rf"(?:a total of )?(?:(?P<least>{_AT_LEAST_EN})|(?P<about>{_ABOUT_EN}))? ?"
    r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<plus>\+)?(?: ?(?P<scale>hundred|thousand|million|billion|bn|mn))?"
    r"(?P<percent> ?%| percent| per cent)?(?: (?P<unit>[^0-9]{1,60}))?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")


class FigureError(ValueError):
    """Words that are not one count; the message gives examples."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} Write for example “8,800”, “more than 8,800 cases” or “1.2万余名”.")


@dataclass(frozen=True)
class Quantity:
    """A count as stated. `unit` is the rest of the words: a measure word, or what was counted."""

    value: Decimal
    qualifier: Qualifier
    raw: str
    unit: str = ""


def read_quantity(words: str) -> Quantity:
    """Read one count in English or Chinese. Raises FigureError when the words are not exactly one."""
    if len(words) > MAX_WORDS or not words.isprintable():
        raise FigureError(f"A figure needs at most {MAX_WORDS} characters, all of them visible.")
    text = " ".join(unicodedata.normalize("NFKC", words).translate(_SIMPLIFIED).lower().split()).strip(" 。;")
    match = _ENGLISH.fullmatch(text)
    quantity = _from_english(match, words) if match else _from_chinese(text, words)
    if quantity is None:
        raise FigureError(f"“{words}” was not understood as a count.")
    whole = quantity.value == quantity.value.to_integral_value()
    return replace(quantity, value=quantity.value.to_integral_value()) if whole else quantity


def describe_quantity(value: Decimal, qualifier: Qualifier, unit: str, language: str) -> str:
    """The count in words: "more than 8,800 cases", "about 29,000", "8,800余起", "约29,000"."""
    number = f"{value.normalize():,f}"
    percent = "%" if unit == "%" else ""
    unit = "" if percent else unit
    if language.startswith("zh"):
        unit = f" {unit}" if unit.isascii() and unit else unit
        middle = "余" if qualifier == "at_least" else ""
        if percent or "." in number:  # 余 counts whole things, so a fraction takes 超过 in front
            return f"{ {'at_least': '超过', 'about': '约'}.get(qualifier, '') }{number}{percent}{unit}"
        return f"{'约' if qualifier == 'about' else ''}{number}{middle}{unit}"
    hedge = {"at_least": "more than ", "about": "about "}.get(qualifier, "")
    return f"{hedge}{number}{percent}{' ' if unit else ''}{unit}"


def _from_english(match: re.Match[str], raw: str) -> Quantity | None:
    if not _GROUPED.fullmatch(match["number"]):
        return None
    value = _arabic(match["number"]) * _ENGLISH_SCALES.get(match["scale"] or "", 1)
    unit = "%" if match["percent"] else (match["unit"] or "")
    return Quantity(value, _qualifier(bool(match["least"] or match["plus"]), bool(match["about"])), raw, unit)


def _from_chinese(text: str, raw: str) -> Quantity | None:
    match = _CHINESE.fullmatch(_SPACE.sub("", text))
    if match is None or match["unit"][:1] in tuple("年月日号"):  # a date, no count
        return None
    digits, more = _MORE.subn("", match["number"])
    at_least, about = match["least"] or more, match["about"] or match["around"]
    if more > 1 or (digits[:1] in tuple("百千万亿") and not (at_least or about)):  # 千余名 is a count, 千 alone is none
        return None
    number = _number(digits)
    return None if number is None else Quantity(number, _qualifier(bool(at_least), bool(about)), raw, match["unit"])


def _qualifier(at_least: bool, about: bool) -> Qualifier:
    """A hedge on both sides (约400余) is only about: the weaker claim is the one that is surely meant."""
    if about:
        return "about"
    return "at_least" if at_least else "exact"


def _number(text: str) -> Decimal | None:
    """A number of any size: what stands before 亿 and 万 is scaled and the rest is added (1亿2000万)."""
    for scale, factor in (("亿", 100_000_000), ("万", 10_000)):
        before, found, rest = text.rpartition(scale)
        if not found:
            continue
        head = _number(before) if before else Decimal(1)
        tail = _number(rest) if rest else Decimal(0)
        if head is None or tail is None or len(rest) == 1:  # 三万五 may be 30,005 or 35,000
            return None
        return head * factor + tail
    if match := re.fullmatch(r"([0-9.,]+)([百千]?)", text):
        return _arabic(match[1]) * _SCALES.get(match[2], 1) if _GROUPED.fullmatch(match[1]) else None
    return _chinese_number(text) if text and not re.search("[0-9.,]", text) else None


def _arabic(text: str) -> Decimal:
    digits = text.replace(",", "")
    if len(digits) > MAX_DIGITS:
        raise FigureError(f"A figure has at most {MAX_DIGITS} digits.")
    return Decimal(digits)


def _chinese_number(text: str) -> Decimal | None:
    """一百二十 is 120 and 两千零五 is 2005; a row of digits (二〇二三) is read digit by digit."""
    if not any(character in _SCALES for character in text):
        return _arabic("".join(str(_DIGITS[character]) for character in text))
    total, digit, last_scale = 0, None, 10_000
    for character in text:
        if character in _SCALES:
            scale = _SCALES[character]
            if scale >= last_scale:
                return None  # 十百 is no number
            total, digit, last_scale = total + (1 if digit is None else digit) * scale, None, scale
        elif digit is None or digit == 0:
            digit = _DIGITS[character]
        else:
            return None
    return Decimal(total + (digit or 0))
