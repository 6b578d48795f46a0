"""What every page needs: the language of a text, the page in another language, the menu's current entry."""

from django import template
from django.template.context import Context
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from timeline.values.view import Text

register = template.Library()

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
