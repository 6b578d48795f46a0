"""Where a fact comes from: the document and the passage, or the reason why there is none."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from uuid import uuid4

from django.utils.text import slugify
from django.utils.translation import gettext as _

from timeline.editorial.inputs import InvalidInput, clean, read_date
from timeline.editorial.record import Record, as_row
from timeline.models import Citation, Document
from timeline.values import addresses, edtf
from timeline.values.edtf import EdtfDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A source as typed, or `uncited_reason`; `published_on` is in words."""

    url: str = ""
    publisher: str = ""
    title: str = ""
    language: str = ""
    published_on: str = ""
    quote: str = ""
    quote_language: str = ""
    uncited_reason: str = ""

    @property
    def has_source(self) -> bool:
        return bool((self.url or self.publisher or self.quote or self.title).strip())

    @property
    def is_empty(self) -> bool:
        return not self.has_source and not self.uncited_reason.strip()


NOTHING = Evidence()


def publication_of(evidence: Evidence) -> EdtfDate:
    """When the source was published, as understood; unknown where nothing was typed. Raises InvalidInput."""
    if not evidence.published_on.strip():
        return edtf.UNKNOWN
    return read_date("published_on", evidence.published_on).edtf


def publication_day(evidence: Evidence) -> date | None:
    """The day that words such as "yesterday" count from, where the publication is known to the day."""
    published = publication_of(evidence)
    return published.earliest if published.is_day else None


def cite(record: Record, evidence: Evidence) -> tuple[Citation | None, str]:
    """The citation (made where it is new) or the reason why there is none, inside an open write.

    A document is known by its address. Raises InvalidInput where there is neither source nor reason, or both.
    """
    reason = clean("uncited_reason", evidence.uncited_reason, most=300)
    if not evidence.has_source:
        if not reason:
            raise InvalidInput("uncited_reason", _("Name the source, or say why there is none."))
        return None, reason
    if reason:
        raise InvalidInput(
            "uncited_reason", _("A source and a reason for having none were both given; remove one of them.")
        )
    document = _document(record, evidence)
    quote = clean("quote", evidence.quote, most=4000)
    found = Citation.everything.filter(document=document, quote=quote).first()
    if found is None:
        language = (evidence.quote_language or document.language) if quote else ""
        found = Citation.everything.create(document=document, quote=quote, quote_language=language)
        record.note("create", found)
    return found, ""


def check_address(field: str, url: str) -> str:
    """The address, stripped. Raises InvalidInput unless it is a whole http(s) address without a password in it."""
    text = clean(field, url, most=2000)
    try:
        parts = urlsplit(text)
        has_host, has_login = bool(parts.hostname), "@" in parts.netloc
        _port = parts.port
    except ValueError:
        has_host, has_login, parts = False, False, urlsplit("")
    if parts.scheme not in ("http", "https") or not has_host or any(sign.isspace() for sign in text):
        raise InvalidInput(field, _("Write the whole address, such as https://www.example.org/notice.html."))
    if has_login:
        raise InvalidInput(field, _("Leave the name and password out of the address; it is shown to readers."))
    return text


def _document(record: Record, evidence: Evidence) -> Document:
    url = check_address("url", evidence.url) if evidence.url.strip() else ""
    title = clean("source_title", evidence.title, most=400)
    publisher = clean("publisher", evidence.publisher, most=200) or (urlsplit(url).hostname or "")
    published = publication_of(evidence).text
    if not publisher:
        raise InvalidInput("publisher", _("Say who published it."))
    found = _known(url) if url else _without_address(publisher=publisher, title=title, published_on=published)
    if found is None:
        found = Document.everything.create(
            uid=f"{slugify(publisher)[:60] or 'source'}-{uuid4().hex[:8]}",
            url=url,
            title=title,
            publisher=publisher,
            language=evidence.language,
            published_on=published,
        )
        record.note("create", found)
    elif published and not found.published_on:
        before = as_row(found)
        found.published_on = published
        found.save(update_fields=["published_on"])
        record.note("edit", found, before=before, why="its publication date became known")
    return found


def _known(url: str) -> Document | None:
    """The document with this address, however spelled; one that must not be linked before any other."""
    found = Document.everything.filter(address_key=addresses.key(url))
    return min(found, key=lambda one: (not one.do_not_link, one.url != url, one.pk), default=None)


def _without_address(**same: str) -> Document | None:
    return Document.everything.filter(url="", **same).first()
