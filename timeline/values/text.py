"""Text from outside, made harmless: one cleaner for what machines bring, one check for what people type.

Markup is dropped on the way in and everything is escaped on the way out, so that a text is only ever a text. What a
machine brings is cleaned, because nobody is there to ask; what a person types is refused with a sentence.
"""

import html
import re
import unicodedata

import nh3

TITLE, SUMMARY, ADDRESS = 400, 4_000, 2_000
ELLIPSIS = "…"

# Joiners are part of Indic, Arabic and emoji spelling; every other format character only hides or reorders.
_JOINERS = "\u200c\u200d"
_BLOCKS = re.compile(
    r"</?(?:address|article|blockquote|br|dd|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|table|td|th|tr|ul)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
_UNSEEN = {"script", "style", "template", "title", "noscript", "iframe", "object", "svg", "math", "textarea"}


class TextError(ValueError):
    """A text that cannot be taken as it is; the message says what is wrong with it."""


def line(raw: str, *, limit: int = TITLE) -> str:
    """`raw` as one clean line of at most `limit` characters; what is cut off leaves an ellipsis."""
    return _cut(" ".join(_visible(raw).split()), limit)


def block(raw: str, *, limit: int = SUMMARY) -> str:
    """`raw` as clean paragraphs, a newline between them, of at most `limit` characters."""
    lines = (" ".join(part.split()) for part in _visible(raw).splitlines())
    return _cut("\n".join(part for part in lines if part), limit)


def plain(markup: str, *, limit: int = SUMMARY) -> str:
    """HTML as clean paragraphs: no tag, script, style or comment is left, entities are decoded once."""
    # A little more than the limit, so that tags do not count; never all of a megabyte.
    opened = _BLOCKS.sub(r"\n\g<0>", markup[: limit * 40])
    return block(html.unescape(nh3.clean(opened, tags=set(), clean_content_tags=_UNSEEN)), limit=limit)


def check(raw: str, *, limit: int, lines: bool = False) -> str:
    """What a person typed, in NFC without outer blanks. Raises TextError for hidden characters or too many."""
    text = unicodedata.normalize("NFC", raw).strip()
    if len(text) > limit:
        raise TextError(f"This text is {len(text)} characters long; at most {limit} fit here.")
    for character in text:
        if _hidden(character) and not (lines and character in "\r\n\t"):
            raise TextError(
                f"This text holds an invisible or control character (U+{ord(character):04X}); remove it and try again."
            )
    return text


def _visible(raw: str) -> str:
    text = unicodedata.normalize("NFC", raw)
    return "".join(
        " " if c in "\t\r\v\f\x85\u2028\u2029" else c for c in text if c in "\n\t\r\v\f\x85" or not _hidden(c)
    )


def _hidden(character: str) -> bool:
    """Control, format (bidi overrides, zero-width), surrogate, private and unassigned characters."""
    return unicodedata.category(character).startswith("C") and character not in _JOINERS


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    while kept and unicodedata.combining(text[len(kept)]):  # never between a letter and its accent
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS
