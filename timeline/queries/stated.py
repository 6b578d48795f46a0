"""A statement's value in words, whatever its property is."""

from django.utils.translation import gettext as _

from timeline.models import Statement
from timeline.queries.text import speaking, when_of
from timeline.values import durations


def value_words(statement: Statement, language: str) -> str:
    """The date with the days it covers, or the duration, in the reader's language."""
    if statement.property == "duration":
        if statement.value:
            return durations.describe_duration(durations.parse_duration(statement.value), language)
        with speaking(language):
            return _("unknown")
    if statement.property in ("start", "end", "when"):
        when = when_of(statement.value, language)
        return f"{when.words} ({when.span})" if when.span else when.words
    return statement.value
