"""How words were understood, as a sentence for the person who types them."""

from dataclasses import dataclass
from datetime import date

from timeline.queries.retold import retold
from timeline.values import durations, phrases
from timeline.values.duration_words import read_duration
from timeline.values.durations import DurationError
from timeline.values.phrases import PhraseError


@dataclass(frozen=True, slots=True)
class Read:
    """The sentence, and whether the words were understood; no words give no sentence."""

    understood: bool
    message: str


NOTHING = Read(understood=True, message="")


def read_words(words: str, kind: str, published_on: str, language: str) -> Read:
    """Reads a `date`, a `duration`, or `both` (whichever the words are); `published_on` is in words too."""
    if not words.strip():
        return NOTHING
    try:
        if kind != "duration":
            return Read(True, phrases.read(words, published_on=_day(published_on), language=language).note)
        return _duration(words, language)
    except (PhraseError, DurationError) as error:
        if kind == "both":
            try:
                return _duration(words, language)
            except DurationError:
                pass
        return Read(False, retold(str(error)))


def _duration(words: str, language: str) -> Read:
    found = read_duration(words)
    chinese = language.startswith("zh")
    said = durations.describe_duration(found, language)
    return Read(True, f"理解为{said}。" if chinese else f"Understood as {said}.")


def _day(words: str) -> date | None:
    try:
        found = phrases.read(words).edtf
    except PhraseError:
        return None
    return found.earliest if found.is_day else None
