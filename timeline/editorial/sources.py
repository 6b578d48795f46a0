"""Sources by hand: watch an address, change how, pause, resume, fetch now. The sweep fetches whatever is due."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from timeline.editorial.campaigns import one_of_zones
from timeline.editorial.citations import check_address
from timeline.editorial.inputs import InvalidInput, clean, free_uid, locked, one_of
from timeline.editorial.permissions import Actor, require
from timeline.editorial.record import Row, as_row, writing
from timeline.editorial.states import SOURCE, NotAllowed
from timeline.models import Campaign, Department, Source
from timeline.values.terms import DOCUMENT_QUALITIES

SHORTEST, LONGEST = 60, 30 * 24 * 3600  # seconds; our polling must not become a nuisance to the source

# What fetching changes; the record of change speaks of what people decided, retrievals of what was fetched.
DECIDED = (
    "uid",
    "campaign_id",
    "kind",
    "name",
    "url",
    "publisher",
    "department_id",
    "language",
    "timezone",
    "quality",
    "state",
    "interval_seconds",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is watched and how often."""

    url: str
    name: str
    kind: str = "feed"
    publisher: str = ""
    department: Department | None = None
    language: str = ""
    timezone: str = "Asia/Shanghai"
    quality: str = "unknown"
    interval_seconds: int = 3600


def create_source(*, campaign: Campaign, watch: Watch, by: Actor, now: datetime) -> Source:
    """Starts to watch an address; it is due at once. Raises Forbidden, InvalidInput; then nothing was written."""
    require(by, "source.edit")
    with writing(by=by, now=now) as record:
        source = Source(campaign=campaign, next_fetch_at=now)
        _describe(source, watch)
        source.uid = free_uid(Source.everything.values_list("uid", flat=True), source.name[:60])
        source.save(force_insert=True)
        record.note("create", source, after=picture(source), campaign=campaign)
    return source


def edit_source(*, source: Source, version: int, watch: Watch, by: Actor, now: datetime, why: str = "") -> Source:
    """Changes what is watched; another address is fetched afresh, at once.

    Raises Forbidden, StaleVersion, InvalidInput; then nothing was written.
    """
    require(by, "source.edit")
    with writing(by=by, now=now) as record:
        found = locked(source, version)
        before, former = picture(found), found.url
        _describe(found, watch)
        found.version += 1
        if found.url != former:
            found.etag = found.last_modified = found.last_sha256 = ""
            found.next_fetch_at = now
        found.save()
        record.note("edit", found, before=before, after=picture(found), why=why, campaign=found.campaign)
    return found


def pause_source(*, source: Source, by: Actor, now: datetime, why: str = "") -> Source:
    """Stops fetching until it is resumed; what it brought stays. Raises Forbidden, NotAllowed."""
    return _turn(source, "paused", "pause", by, now, why)


def resume_source(*, source: Source, by: Actor, now: datetime, why: str = "") -> Source:
    """Watches again, at once, with its failures forgotten. Raises Forbidden, NotAllowed."""
    return _turn(source, "active", "resume", by, now, why)


def fetch_now(*, source: Source, by: Actor, now: datetime) -> Source:
    """Makes the source due: the next sweep fetches it, whether or not the broker is there now.

    Raises Forbidden, NotAllowed for a source that is not active.
    """
    require(by, "source.fetch")
    with writing(by=by, now=now) as record:
        found = locked(source)
        if found.state != "active":
            raise NotAllowed(_("This source is paused; resume it, and it is fetched at once."))
        found.next_fetch_at = now
        found.save(update_fields=["next_fetch_at"])
        asked = picture(found) | {"asked_at": now.isoformat()}
        record.note("fetch", found, before=picture(found), after=asked, campaign=found.campaign)
    return found


def picture(source: Source) -> Row:
    """What people decided about the source, for the record."""
    row = as_row(source)
    return {column: row[column] for column in DECIDED}


def _turn(source: Source, to: str, action: str, by: Actor, now: datetime, why: str) -> Source:
    require(by, "source.edit")
    with writing(by=by, now=now) as record:
        found = locked(source)
        SOURCE.check(found.state, to)
        before = picture(found)
        found.state = to
        if to == "active":
            found.failures, found.attempts, found.next_fetch_at = 0, 0, now
            found.error_class = found.error = ""
        found.version += 1
        found.save(update_fields=["state", "failures", "attempts", "next_fetch_at", "error_class", "error", "version"])
        record.note(action, found, before=before, after=picture(found), why=why, campaign=found.campaign)
    return found


def _describe(source: Source, watch: Watch) -> None:
    source.url = check_address("url", watch.url)
    source.name = clean("name", watch.name, most=200)
    if not source.name:
        raise InvalidInput("name", _("Give the source a name; readers see it."))
    known = Source.everything.filter(campaign=source.campaign, url=source.url).exclude(pk=source.pk).first()
    if known:
        raise InvalidInput(
            "url", _("This address is already watched for this campaign, as “%(name)s”.") % {"name": known.name}
        )
    is_new_pace = source.pk is None or watch.interval_seconds != source.interval_seconds
    if is_new_pace and not SHORTEST <= watch.interval_seconds <= LONGEST:
        raise InvalidInput("interval", _("Fetch between once a minute and once in 30 days."))
    source.kind = clean("kind", watch.kind, most=12)
    source.publisher = clean("publisher", watch.publisher, most=200)
    source.department = watch.department
    source.language = clean("language", watch.language, most=12)
    source.timezone = one_of_zones("timezone", watch.timezone)
    source.quality = one_of("quality", watch.quality, DOCUMENT_QUALITIES)
    source.interval_seconds = watch.interval_seconds
