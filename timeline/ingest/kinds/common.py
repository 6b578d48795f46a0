"""What every kind of source shares: how an item becomes a Candidate, and the error that names what came instead."""

from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo

from timeline.ingest.addresses import link
from timeline.ingest.dates import read_published
from timeline.ingest.redact import mask
from timeline.values import text
from timeline.values.candidate import Candidate

GUID = 500


class ParseError(Exception):
    """What was fetched cannot be read as what it should be; the message tells an editor what it looks like."""

    name: ClassVar[str] = "parse"


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about a body besides its bytes."""

    url: str
    content_type: str = ""
    zone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009 - immutable
    language: str = ""


def make(
    context: Context,
    *,
    title: str,
    address: str,
    summary: str,
    published: str,
    guid: str,
    language: str,
    markup: tuple[bool, bool],
) -> Candidate | None:
    """The item in clean, masked text; None where nothing is left to show. `markup`: whether title, summary are HTML."""
    said = mask(text.block(text.plain(summary) if markup[1] else summary))
    heading = text.line(text.plain(title, limit=text.TITLE) if markup[0] else title)
    href = link(address, base=context.url)
    heading = mask(heading) or text.line(said, limit=120) or href
    if not heading:
        return None
    words = text.line(published, limit=200)
    date = read_published(words, zone=context.zone)
    return Candidate(
        identity="",
        title=text.line(heading),
        url=href,
        summary=said,
        published=words,
        published_on=date.on,
        published_at=date.at,
        language=_language(language or context.language),
        guid=text.line(guid, limit=GUID),
    )


def _language(tag: str) -> str:
    tag = text.line(tag, limit=12).replace("_", "-")
    return tag if tag.isascii() and tag.replace("-", "").isalnum() else ""
