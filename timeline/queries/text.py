"""Texts held in several languages, chosen for one reader: never blank, and marked with the language they are in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.utils import translation

from timeline.values import edtf
from timeline.values.choice import Standing
from timeline.values.view import Text, When

UNDETERMINED = "und"  # BCP 47 for "nobody said which language"
_FALLBACKS = {"en": ("en", "zh-Hans", "zh-Hant"), "zh-Hans": ("zh-Hans", "zh-Hant", "en")}


def reading_language(code: str | None) -> str:
    """The language of `Text` that serves a reader of `code` (any spelling): "zh-Hans" for Chinese, else "en"."""
    return "zh-Hans" if (code or "").lower().startswith("zh") else "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Labels and sentences inside the block are in `language`."""
    with translation.override(reading_language(language).lower()):
        yield


def order_of(language: str) -> tuple[str, ...]:
    """Languages in the order in which a reader of `language` wants them."""
    return _FALLBACKS[reading_language(language)]


def choose_text(localized: Mapping[str, str], language: str) -> Text | None:
    """The text that serves the reader best, in whatever language there is; None where there is none at all."""
    found = next((Text(localized[tag], tag) for tag in order_of(language) if localized.get(tag)), None)
    return found or next((Text(text, tag) for tag, text in localized.items() if text), None)


def title_text(localized: Mapping[str, str], language: str, *, fallback: str) -> Text:
    """Like `choose_text`, but never blank: a title that nobody wrote is the thing's own name in the database."""
    return choose_text(localized, language) or Text(fallback, UNDETERMINED)


def other_text(localized: Mapping[str, str], language: str) -> Text | None:
    """The same text in the other reading language, where it is another than the one chosen."""
    chosen = choose_text(localized, language)
    other = "en" if reading_language(language) == "zh-Hans" else "zh-Hans"
    if chosen is None or chosen.language == other or not localized.get(other):
        return None
    return Text(localized[other], other)


def when_of(value: str, language: str, *, as_said: str = "", standing: Standing | None = None) -> When:
    """A chosen EDTF text as shown; without a standing given, a date is agreed and an unknown one is nothing.

    The span is left out where the words say it already.
    """
    date = edtf.parse(value)
    words, span = edtf.describe(date, language), edtf.describe_span(date, language)
    return When(
        value=date,
        words=words,
        span="" if span == words else span,
        as_said=as_said,
        standing=standing or ("nothing" if date.is_unknown else "agreed"),
    )


def when_or_none(value: str, language: str) -> When | None:
    """A date, or None where it was not recorded."""
    return when_of(value, language) if value else None
