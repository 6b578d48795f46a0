"""JSON Feed 1.0 and 1.1, read as leniently as the standard asks: an id of any type, unknown keys ignored."""

import json
from typing import Any

from timeline.ingest.kinds.common import Context, make
from timeline.values.candidate import Candidate

VERSION = "https://jsonfeed.org/version/"


class NotJsonFeed(ValueError):
    """JSON that is no feed, or no JSON at all; the message says why."""


def parse(text: str, context: Context) -> list[Candidate]:
    """The items in the feed's order. Raises NotJsonFeed."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotJsonFeed("it breaks off or is damaged") from error
    if not isinstance(found, dict) or not str(found.get("version", "")).startswith(VERSION):
        raise NotJsonFeed(f"no “version” that begins with {VERSION}")
    items = found.get("items")
    if not isinstance(items, list):
        raise NotJsonFeed("no list of “items”")
    language = _text(found, "language")
    made = (_item(item, context, language) for item in items if isinstance(item, dict))
    return [candidate for candidate in made if candidate]


def _item(item: dict[str, Any], context: Context, language: str) -> Candidate | None:
    summary = _text(item, "summary") or _text(item, "content_text")
    return make(
        context,
        title=_text(item, "title"),
        address=_text(item, "url") or _text(item, "external_url"),
        summary=summary or _text(item, "content_html"),
        published=_text(item, "date_published") or _text(item, "date_modified"),
        guid=_text(item, "id"),
        language=_text(item, "language") or language,
        markup=(False, not summary),
    )


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)
