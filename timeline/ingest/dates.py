"""When an item was published, from the source's own words and nothing else.

    ISO 8601, RFC 822 ─▶ an instant, and the day as the source counts it
    other words (2023年2月16日, "mid-February 2023") ─▶ a date as vague as the words
    anything unclear ─▶ unknown; the words are kept

Feed parsers also offer a parsed date; it is not used, because they complete what the words do not say.
"""

import email.utils
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from timeline.values import edtf, phrases
from timeline.values.edtf import EdtfError

MAX_WORDS = 200
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})?\s?(Z|z|[+-]\d{2}:?\d{2}|[+-]\d{2})?", re.ASCII
)
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s{1,3})?\d{1,2}[ -][A-Za-z]{3,9}[ -](?:\d{4}|\d{2})\s{1,3}\d{1,2}:\d{2}(?::\d{2})?"
    r"(?:\s{1,3}(?P<zone>[A-Za-z]{1,5}|[+-]\d{4}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Published:
    """`on` is EDTF, "" where the words say nothing clear; `at` is the instant where they give one."""

    on: str = ""
    at: datetime | None = None


UNKNOWN = Published()


def read_published(words: str, *, zone: ZoneInfo) -> Published:
    """Reads the words for a date; `zone` is the source's own, for words that name none.

    The day is that of the offset as written; a time in UTC is counted in `zone`, because that is how servers write the
    hour of their own place.
    """
    words = words.strip()
    if not words or len(words) > MAX_WORDS:
        return UNKNOWN
    if match := _ISO.fullmatch(words):
        return _from_iso(*match.groups(), zone=zone)
    if match := _RFC_822.fullmatch(words):
        return _from_rfc_822(words, match["zone"] or "", zone=zone)
    try:
        return Published(on=phrases.read(words).edtf.text)
    except phrases.PhraseError:
        return UNKNOWN


def _from_iso(day: str, clock: str, offset: str | None, *, zone: ZoneInfo) -> Published:
    try:
        local = datetime.fromisoformat(f"{day}T{clock}{(offset or '').upper()}")
        return _published(local if offset else local.replace(tzinfo=zone), zone)
    except (ValueError, OverflowError):  # 31 April, 25 o'clock: the day may still be good
        return _day_only(day)


def _from_rfc_822(words: str, name: str, *, zone: ZoneInfo) -> Published:
    parsed = email.utils.parsedate_tz(words)
    if parsed is None:
        return UNKNOWN
    try:
        local = datetime(*parsed[:6])  # noqa: DTZ001 - its zone is decided below
        if not name or name == local.replace(tzinfo=zone).tzname():  # CST is China's for a Chinese source
            return _published(local.replace(tzinfo=zone), zone)
        if parsed[9] is None or (not parsed[9] and name not in ("GMT", "UT", "UTC", "Z", "+0000", "-0000")):
            return Published(on=edtf.from_day(local.date()).text)  # a zone that nobody knows: the day as written
        return _published(local.replace(tzinfo=timezone(timedelta(seconds=parsed[9]))), zone)
    except (ValueError, OverflowError):
        return UNKNOWN


def _published(moment: datetime, zone: ZoneInfo) -> Published:
    day = moment.date() if moment.utcoffset() else moment.astimezone(zone).date()
    return Published(on=_edtf(day), at=moment.astimezone(UTC)) if _edtf(day) else UNKNOWN


def _day_only(day: str) -> Published:
    try:
        return Published(on=edtf.parse(day).text)
    except EdtfError:
        return UNKNOWN


def _edtf(day: date) -> str:
    try:
        return edtf.from_day(day).text
    except EdtfError:
        return ""
