"""How the sources are doing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from timeline.models import Campaign, Source
from timeline.queries.text import title_text
from timeline.values.view import Text

QUIET_AFTER = timedelta(days=90)
FAILING_AFTER = 1  # failures in a row
# The worker tells each two seconds that it is there; beat's ring waits for a worker that has time.
WORKER_AWAY_AFTER, BEAT_AWAY_AFTER = timedelta(seconds=15), timedelta(seconds=60)

STATES = ("waiting", "ok", "quiet", "failing", "gone", "paused", "quarantined")
LABELS = {
    "waiting": _("not fetched yet"),
    "ok": _("in order"),
    "quiet": _("nothing new for a long time"),
    "failing": _("cannot be read"),
    "gone": _("gone for good"),
    "paused": _("paused"),
    "quarantined": _("set aside"),
}


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source as its page and the list show it; `error` is a sentence, "" where all is well."""

    uid: str
    name: str
    campaign: str
    campaign_title: Text
    kind: str
    url: str
    publisher: str
    state: str
    label: str
    last_attempt_at: datetime | None
    last_success_at: datetime | None
    last_new_item_at: datetime | None
    next_fetch_at: datetime | None
    error: str
    error_class: str
    failures: int
    interval_seconds: int
    pending: int
    accepted: int


def state_of(source: Source, *, now: datetime) -> str:
    """One word of `STATES`."""
    if source.state == "quarantined":
        return "gone" if source.error_class == "gone" else "quarantined"
    if source.state == "paused":
        return "paused"
    if source.failures >= FAILING_AFTER:
        return "failing"
    if source.last_success_at is None:
        return "waiting"
    heard = source.last_new_item_at or source.recorded_at
    return "quiet" if now - heard > QUIET_AFTER else "ok"


def background_is_there(*, now: datetime) -> bool:
    """Whether something fetches: a worker and beat were seen a moment ago. Without the cache, nothing was seen."""
    oldest = {settings.HEALTH_WORKER_KEY: WORKER_AWAY_AFTER, settings.HEALTH_BEAT_KEY: BEAT_AWAY_AFTER}
    return all(now.timestamp() - cache.get(key, 0.0) <= age.total_seconds() for key, age in oldest.items())


def sources_health(
    *, now: datetime, language: str, campaign: Campaign | None = None, drafts: bool = False
) -> tuple[SourceHealth, ...]:
    """Every source, those of unpublished campaigns only for `drafts`."""
    rows = Source.everything.select_related("campaign").annotate(
        waiting=Count("proposals", filter=Q(proposals__state="pending")),
        taken=Count("proposals", filter=Q(proposals__state="accepted")),
    )
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    if not drafts:
        rows = rows.exclude(campaign__state="draft")
    return tuple(_health(row, row.waiting, row.taken, now, language) for row in rows)


def _health(source: Source, pending: int, accepted: int, now: datetime, language: str) -> SourceHealth:
    state = state_of(source, now=now)
    return SourceHealth(
        uid=source.uid,
        name=source.name,
        campaign=source.campaign.slug,
        campaign_title=title_text(source.campaign.title, language, fallback=source.campaign.slug),
        kind=source.kind,
        url=source.url,
        publisher=source.publisher,
        state=state,
        label=str(LABELS[state]),
        last_attempt_at=source.last_attempt_at,
        last_success_at=source.last_success_at,
        last_new_item_at=source.last_new_item_at,
        next_fetch_at=source.next_fetch_at if source.state == "active" else None,
        error=source.error,
        error_class=source.error_class,
        failures=source.failures,
        interval_seconds=source.interval_seconds,
        pending=pending,
        accepted=accepted,
    )
