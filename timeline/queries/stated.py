"""A statement's value in words, whatever its property is."""

from django.utils.translation import gettext as _

from timeline.models import Statement
from timeline.queries.text import speaking, when_of
from timeline.values import durations


def value_words(statement: Statement, language: str) -> str:
    """The date with the days it covers, or the duration, in the reader's language."""
    return words_of(statement.property, statement.value, language)


def words_of(prop: str, value: str, language: str) -> str:
    """A value of a property in words, whether a statement gave it or it was chosen."""
    if prop == "duration":
        if value:
            return durations.describe_duration(durations.parse_duration(value), language)
        with speaking(language):
            return _("unknown")
    if prop in ("start", "end", "when"):
        when = when_of(value, language)
        with speaking(language):
            return f"{when.words} {_('(%(span)s)') % {'span': when.span}}" if when.span else when.words
    return value
