"""RSS 0.9x to 2.0, RSS 1.0, Atom and JSON Feed."""

import io
import logging
import re
from typing import Any

import feedparser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.ingest.addresses import link
from timeline.ingest.charset import Undecodable, decode
from timeline.ingest.kinds import jsonfeed
from timeline.ingest.kinds.common import Context, ParseError, make
from timeline.values.candidate import Candidate

logger = logging.getLogger(__name__)

MOST_ENTRIES = 5_000
ROOTS = ("rss", "feed", "rdf", "channel")
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>\s*(?:<!--.{0,500}-->\s*)?$", re.IGNORECASE | re.DOTALL)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--")
_NAME = re.compile(r"[A-Za-z_][\w.:-]{0,60}")
_ALTERNATE = re.compile(r"<link\b[^>]{0,600}>", re.IGNORECASE)
_HREF = re.compile(r"""href\s{0,9}=\s{0,9}["']([^"'<>\s]{1,500})["']""", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss|atom|feed)\+", re.IGNORECASE)
_PICTURE = gettext_lazy("a picture")
_SHAPES = (
    (b"%PDF", gettext_lazy("a PDF file")),
    (b"PK\x03\x04", gettext_lazy("a ZIP or Office file")),
    (b"\x1f\x8b", gettext_lazy("a packed file")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
)


class NotAFeed(ParseError):
    name = "not_a_feed"


class BrokenFeed(ParseError):
    name = "broken_feed"


class UnsafeFeed(ParseError):
    name = "unsafe_feed"


class TooManyEntries(ParseError):
    name = "too_many_entries"


class BadEncoding(ParseError):
    name = "encoding"


def parse(body: bytes, context: Context) -> list[Candidate]:
    """The entries of a feed, in its order; their dates are read from the source's words alone.

    Raises ParseError, in the subclass that says what came instead of a feed.
    """
    if not body.strip():
        raise NotAFeed(_("The address answered with nothing at all; it may be a feed again later."))
    for start, shape in _SHAPES:
        if body.startswith(start):
            raise NotAFeed(_("This is %(shape)s, not a feed.") % {"shape": shape})
    try:
        text = decode(body, content_type=context.content_type)
    except Undecodable as error:
        raise BadEncoding(
            _("The characters of this feed cannot be read: they are not in %(tried)s. Tell its publisher.")
            % {"tried": error}
        ) from error
    if text.lstrip().startswith(("{", "[")):
        return _checked(_json(text, context))
    return _checked(_xml(text, context))


def _json(text: str, context: Context) -> list[Candidate]:
    try:
        return jsonfeed.parse(text, context)
    except jsonfeed.NotJsonFeed as error:
        raise NotAFeed(_("This is JSON, but not a JSON Feed (%(why)s).") % {"why": error}) from error


def _xml(text: str, context: Context) -> list[Candidate]:
    if "<!DOCTYPE" in text and "<!ENTITY" in text:
        raise UnsafeFeed(
            _("This feed defines entities of its own, which can be used to attack readers; it was not read.")
        )
    if _root(text).rpartition(":")[2].lower() not in ROOTS:
        raise NotAFeed(_looks_like(text, context.url))
    _check_count(len(_ITEM.findall(text)))
    parsed = _parsed(text, context.url)
    if parsed.bozo and not _END.search(text[-2000:]):
        # The lenient parser would take half a title for a whole one.
        raise BrokenFeed(
            _("This feed breaks off before its end, so it was not used; it will be tried again by itself.")
        )
    language = str(parsed.feed.get("language", "") or "")
    typed = str(parsed.version).startswith("atom")
    found = (_entry(entry, context, language, typed) for entry in parsed.entries)
    return [candidate for candidate in found if candidate]


def _parsed(text: str, url: str) -> Any:
    try:
        return feedparser.parse(
            io.BytesIO(text.encode()),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # what the parser raises on input it did not expect is nobody's contract
        logger.warning("feedparser raised %s on the answer of %s", type(error).__name__, url)
        raise BrokenFeed(_("This feed is damaged and cannot be read; tell its publisher.")) from error


def _root(text: str) -> str:
    """The name of the first element, whatever comments and declarations stand before it."""
    at = text.find("<")
    while at >= 0 and text.startswith(("<!", "<?"), at):
        closing = "-->" if text.startswith("<!--", at) else ">"
        end = text.find(closing, at)
        at = text.find("<", end) if end >= 0 else -1
    found = _NAME.match(text, at + 1) if at >= 0 else None
    return found.group() if found else ""


def _entry(entry: Any, context: Context, language: str, typed: bool) -> Candidate | None:
    content = entry.get("content") or [{}]
    detail = entry.get("summary_detail") or content[0]
    heading = entry.get("title_detail") or {}
    # Plain dictionary access: feedparser's own falls back from one date to another.
    published = dict.get(entry, "published") or dict.get(entry, "updated") or dict.get(entry, "created") or ""
    return make(
        context,
        title=heading.get("value") or "",
        address=entry.get("link") or "",
        summary=detail.get("value") or "",
        published=published,
        guid=entry.get("id") or "",
        language=heading.get("language") or language,
        markup=(_is_markup(heading, typed), _is_markup(detail, typed)),
    )


def _is_markup(detail: Any, typed: bool) -> bool:
    """Atom says what a text is; in RSS a tag is a tag, because publishers never meant to show one."""
    return "html" in (detail.get("type") or "html") or (not typed and bool(_TAG.search(detail.get("value") or "")))


def _checked(candidates: list[Candidate]) -> list[Candidate]:
    _check_count(len(candidates))
    return candidates


def _check_count(count: int) -> None:
    if count > MOST_ENTRIES:
        raise TooManyEntries(
            _("This feed holds %(count)s entries, more than the %(most)s that are read at once; use a smaller feed.")
            % {"count": count, "most": MOST_ENTRIES}
        )


def _looks_like(text: str, url: str) -> str:
    head = text[:4000]
    if _HTML.search(head):
        links = [tag for tag in _ALTERNATE.findall(text[:200_000]) if _FEED_TYPE.search(tag)]
        if named := [link(href, base=url) for tag in links for href in _HREF.findall(tag)]:
            return _("This is a web page, not a feed. The page names this feed: %(feed)s") % {"feed": named[0]}
        return _("This is a web page, not a feed. Look on it for a link called “RSS” or “feed” and use that address.")
    if root := _root(head):
        return _("This is XML of another kind (“%(root)s”), not a feed.") % {"root": root}
    return _("This is plain text, not a feed.")
