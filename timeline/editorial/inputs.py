"""What every verb asks of what was typed: texts, words for dates, a version that is still the newest."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar
from uuid import uuid4

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _

from timeline.values import phrases
from timeline.values.terms import LANGUAGES

Row = TypeVar("Row", bound=models.Model)
PARAGRAPHS = 10_000
LONGEST = {"title": 300}  # characters, of what must fit a line; other texts are paragraphs


class InvalidInput(ValueError):
    """Something typed cannot be taken; `field` names it, the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class StaleVersion(Exception):
    """Somebody else saved first: nothing was written. `current` is the thing as it is stored now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(_("Somebody saved this entry after you opened it. Nothing of yours was saved yet."))
        self.current = current


def locked(thing: Row, version: int | None = None) -> Row:
    """The thing as stored now, held until the write ends. Raises StaleVersion where `version` is an older one."""
    found = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    if version is not None and found.version != version:  # type: ignore[attr-defined]
        raise StaleVersion(found)
    return found


def texts(field: str, given: Mapping[str, str], *, required: bool = False) -> dict[str, str]:
    """{language: text} without blanks. Raises InvalidInput for an unknown language, or for nothing where required."""
    kept = {language: text.strip() for language, text in given.items() if text and text.strip()}
    for language, text in kept.items():
        if language not in LANGUAGES:
            raise InvalidInput(field, _("Texts are kept in %(known)s.") % {"known": ", ".join(LANGUAGES)})
        clean(field, text, most=LONGEST.get(field, PARAGRAPHS))
    if required and not kept:
        raise InvalidInput(field, _("Write it in English or in Chinese; one is enough."))
    return kept


def clean(field: str, text: str, *, most: int = PARAGRAPHS) -> str:
    """The text, stripped. Raises InvalidInput for one that the database cannot hold."""
    if "\x00" in text:
        raise InvalidInput(field, _("This holds an invisible character that cannot be stored; type it again."))
    if len(text.strip()) > most:
        raise InvalidInput(field, _("Write at most %(most)d characters.") % {"most": most})
    return text.strip()


def one_of(field: str, value: str, terms: Iterable[str]) -> str:
    """The value. Raises InvalidInput unless it is one of `terms`."""
    known = tuple(terms)
    if value not in known:
        raise InvalidInput(field, _("Choose one of these: %(known)s.") % {"known": ", ".join(known)})
    return value


def reason_for(field: str, why: str) -> str:
    """The reason, stripped. Raises InvalidInput where there is none."""
    if not why.strip():
        raise InvalidInput(field, _("Say why; the reason stays in the history."))
    return clean(field, why, most=300)


def read_date(field: str, words: str, *, published_on: date | None = None) -> phrases.Reading:
    """How the words are understood. Raises InvalidInput where they are no date."""
    try:
        return phrases.read(words, published_on=published_on)
    except phrases.PhraseError as error:
        raise InvalidInput(field, str(error)) from error


def free_uid(taken: Iterable[str], *words: str) -> str:
    """A readable uid of at most 72 characters that is not in `taken`; words in other scripts count for nothing."""
    base = slugify("-".join(filter(None, words)))[:68].strip("-") or uuid4().hex[:8]
    known, number, uid = {"new", *taken}, 2, base  # "new" is the address of a form
    while uid in known:
        uid, number = f"{base}-{number}", number + 1
    return uid
