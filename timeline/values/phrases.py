"""Date words, in English and Chinese, to an `EdtfDate` that claims no more than the words do.

    words → checked and normalised → digits only? → Chinese or English grammar → Reading(edtf, rule, words, note)

Words are read whole or not at all: what is left over makes the phrase an error, so a count or a sentence is never
mistaken for a date. Nothing is completed from today's date; words that count from the publication ("yesterday", 近日)
need `published_on`. docs/dates.md lists what is understood and how wide the vague words are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from timeline.values import edtf
from timeline.values.date_words.chinese import read_chinese
from timeline.values.date_words.common import Found, PhraseError
from timeline.values.date_words.english import read_english
from timeline.values.date_words.numeric import read_numeric
from timeline.values.durations import DurationError
from timeline.values.edtf import EdtfDate, EdtfError

__all__ = ["MAX_WORDS", "PhraseError", "Reading", "read"]

MAX_WORDS = 200
_PUNCTUATION = " ,.;:。、\"'“”"
_CJK = re.compile(r"[\u3007\u25cb\u3400-\u9fff]")
_COUNT = re.compile(r"[近超约]?[0-9][0-9.,]*[万亿千百]?[余多]?[万亿]?[起个名人件条家元]")
_REMARKS = {
    "en": {
        "time": "The time of day stays in the words only.",
        "publication": "Counted from the publication date, {day}.",
        "weeks": "A week runs from Monday to Sunday.",
    },
    "zh": {"time": "具体时刻仅保留在原文中。", "publication": "以发布日期{day}推算。", "weeks": "一周从周一到周日。"},
}


@dataclass(frozen=True)
class Reading:
    """How words were understood: the date, the rule that read them, the words kept, and a sentence that says it."""

    edtf: EdtfDate
    rule: str
    words: str
    note: str


def read(words: str, *, published_on: date | None = None, language: str | None = None) -> Reading:
    """Read date words of at most 200 characters.

    `published_on` resolves words such as 近日 and "last year"; `language` is that of the note (English unless it is
    Chinese), never a hint for reading. Raises PhraseError, and nothing else, when the words are not one clear date.
    """
    text = _normalise(words)
    try:
        found = _find(text, published_on)
    except (EdtfError, DurationError) as error:
        raise PhraseError(getattr(error, "reason", str(error))) from error
    if found is None:
        if _COUNT.match(text):
            raise PhraseError(f"“{words.strip()}” looks like a count, not a date.")
        raise PhraseError(f"“{words.strip()}” was not understood as a date.")
    return Reading(found.edtf, found.rule, words.strip(), _note(found, published_on, language or "en"))


def _find(text: str, published_on: date | None) -> Found | None:
    if found := read_numeric(text):
        return found
    return read_chinese(text, published_on) if _CJK.search(text) else read_english(text, published_on)


def _normalise(words: str) -> str:
    if len(words) > MAX_WORDS:
        raise PhraseError(f"These words are {len(words)} characters long; a date needs at most {MAX_WORDS}.")
    for character in words:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") and character not in "\t\r\n":
            raise PhraseError(f"The words hold an invisible or control character (U+{ord(character):04X}); remove it.")
    text = " ".join(unicodedata.normalize("NFKC", words).split()).strip(_PUNCTUATION)
    if words.strip().startswith(edtf.OPEN + "/") or words.strip().endswith("/" + edtf.OPEN):
        text = words.strip()  # the dots of an open end are no punctuation
    if not text:
        raise PhraseError("No date was given; for a date that nobody knows write “unknown”.")
    if len(text) > MAX_WORDS:
        raise PhraseError(f"These words are too long; a date needs at most {MAX_WORDS} characters.")
    return text


def _note(found: Found, published_on: date | None, language: str) -> str:
    chinese = language.startswith("zh")
    words, span = edtf.describe(found.edtf, language), edtf.describe_span(found.edtf, language)
    known = [end for end in edtf.endpoints(found.edtf) if end]
    plain = not span or span in words or (len(known) == 1 and known[0].is_day)
    if chinese:
        sentences = [f"理解为：{words if plain else f'{words}（{span}）'}。"]
    else:
        sentences = [f"Understood as: {words if plain else f'{words} ({span})'}."]
    for remark in sorted(found.remarks):
        day = edtf.describe(edtf.from_day(published_on), language) if published_on else ""
        sentences.append(_REMARKS["zh" if chinese else "en"][remark].format(day=day))
    return ("" if chinese else " ").join(sentences)
