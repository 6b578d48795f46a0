"""What every page needs: the language of a text, the page in another language, the menu's current entry."""

import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timeline.charts import picture
from timeline.charts.plan import state_of
from timeline.ingest.kinds import KINDS
from timeline.queries.history import ACTIONS
from timeline.queries.retold import retold
from timeline.values import edtf
from timeline.values.filters import TimelineFilter
from timeline.values.view import Item, Text, When

register = template.Library()

# A time as a program writes it (ISO 8601, RFC 822), which says nothing that the date in words does not.
MACHINE_TIME = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?"
    r"|([A-Z][a-z]{2},\s*)?\d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d:\d\d(:\d\d)?\s*([A-Z]{1,4}|[+-]\d{4})?"
)
TAGS = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


@register.filter
def bcp47(code: str) -> str:
    """The language tag for `lang` attributes: Django's zh-hans is the web's zh-Hans."""
    return TAGS.get(code.lower(), code)


@register.filter
def said(text: Text | None) -> str:
    """A text in a span that says which language it is in."""
    if text is None or not text.text:
        return ""
    return format_html('<span lang="{}">{}</span>', bcp47(text.language), text.text)


@register.simple_tag(takes_context=True)
def in_language(context: Context, code: str) -> str:
    """The address of this page in another language, with its filters; the front page where there is none."""
    request = context.get("request")
    return translate_url(request.get_full_path(), code) if request else "/"


@register.simple_tag(takes_context=True)
def current(context: Context, url: str) -> SafeString:
    """` aria-current` for the menu entry whose part of the site this is."""
    request = context.get("request")
    here = bool(request and url and request.path.startswith(url))
    return mark_safe(' aria-current="true"' if here else "")  # noqa: S308 - a literal


@register.filter
def dated(when: When | None) -> SafeString | str:
    """A date in words inside <time>, with the days it covers where it is not one day; unknown is said."""
    if when is None or when.value.is_unknown:
        return format_html('<span class="not-recorded">{}</span>', when.words if when else _("not recorded"))
    machine = when.value.text.rstrip("~?%") if when.value.precision in ("day", "month", "year") else ""
    words = format_html('<time datetime="{}">{}</time>', machine, when.words) if machine else when.words
    if not when.span:
        return words
    return format_html('{} <span class="span">{}</span>', words, _("(%(span)s)") % {"span": when.span})


@register.filter
def day_words(day: date) -> str:
    """A day in words of the reader's language."""
    return edtf.describe(edtf.from_day(day), get_language() or "en")


@register.filter
def as_written(words: str, when: When) -> str:
    """What was written of a date; nothing where it is a program's way to write the very day that is shown."""
    if not MACHINE_TIME.fullmatch(words.strip()):
        return words
    parts = parsedate(words)
    day = "{:04}-{:02}-{:02}".format(*parts) if parts else words.strip()[:10]
    return "" if day == when.value.text else words


@register.filter
def source_kind(kind: str) -> str:
    """What sort of source it is, as the form calls it."""
    return str(KINDS[kind].label) if kind in KINDS else kind


@register.filter
def glyph(kind: str, state: str = "done") -> SafeString:
    """The mark of a kind, as the chart draws it."""
    return mark_safe(picture.glyph(kind, state))  # noqa: S308 - paths of our own, chosen by key


@register.filter
def state(item: Item) -> str:
    """What the fill of an item's mark says."""
    return state_of(item)


@register.filter
def deed(action: str) -> str:
    """What was done, as the history calls it."""
    return str(ACTIONS.get(action, action))


@register.filter
def bracketed(words: object) -> str:
    """In the brackets of the reader's language."""
    return _("(%(span)s)") % {"span": words}


@register.filter
def retell(problem: object) -> str:
    """What was wrong, in the reader's language where it was written in English only."""
    return retold(str(problem))


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    return mapping.get(key)


@register.filter
def as_query(chosen: TimelineFilter) -> str:
    """The address's query for a filter, "?" for none at all."""
    return "?" + urlencode(chosen.as_query())
