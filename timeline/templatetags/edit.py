"""Tags of the editing pages: texts and terms in the reader's language, a statement in words, what waits for review."""

from collections.abc import Mapping

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timeline.editorial.permissions import actor_of
from timeline.models import Statement
from timeline.queries import labels
from timeline.queries.review import pending_count
from timeline.queries.stated import value_words
from timeline.queries.text import title_text
from timeline.templatetags.page import said
from timeline.values import durations

register = template.Library()


@register.simple_tag
def localized(texts: Mapping[str, str], fallback: str) -> str:
    """A title in the reader's language, marked with the language it is in."""
    return said(title_text(texts, get_language() or "en", fallback=fallback))


@register.simple_tag
def label(group: str, term: str) -> str:
    return labels.label(group, term, get_language() or "en")


@register.simple_tag
def stated(statement: Statement) -> str:
    """A statement's value in words, with what it hangs on."""
    language = get_language() or "en"
    words = value_words(statement, language)
    if not statement.anchor_property:
        return words
    return format_html('{} <span class="meta">{}</span>', words, _hanging(statement, language))


@register.simple_tag(takes_context=True)
def waiting(context: Context) -> int | None:
    """How many proposals wait; None for a reader who does not decide them, who is not asked about in the database."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not actor_of(user).may("proposal.decide"):
        return None
    return pending_count()


def _hanging(statement: Statement, language: str) -> str:
    anchor, offset = statement.anchor, statement.offset
    title = title_text(getattr(anchor, "title", {}), language, fallback=str(anchor)).text
    names = {"start": _("the start of %(name)s"), "end": _("the end of %(name)s"), "when": "%(name)s"}
    base = names[statement.anchor_property] % {"name": title}
    if not offset:
        return _("the same as %(base)s") % {"base": base}
    if offset == "duration":
        return _("its duration after %(base)s") % {"base": base}
    length = durations.describe_duration(durations.parse_duration(offset.removeprefix("-")), language)
    pattern = _("%(length)s before %(base)s") if offset.startswith("-") else _("%(length)s after %(base)s")
    return pattern % {"length": length, "base": base}
