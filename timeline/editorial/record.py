"""The one writer of Change.

with writing(by=actor, now=now) as record:      transaction + advisory lock
    …change rows…
    record.note("edit", milestone, before=…)    one Change a thing
                                                on leaving: numbers, campaign revisions, commit, then the bell
"""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import redis
from django.conf import settings
from django.db import connection, models, transaction

from timeline.editorial.permissions import Actor
from timeline.models import Campaign, Change
from timeline.models.base import AddressKeyField

logger = logging.getLogger(__name__)

LOCK = 0x7134_E11E  # any constant: all writers of the record take the same advisory lock
STREAM_LENGTH = 100

Row = dict[str, Any]


def as_row(thing: models.Model) -> Row:
    """The thing's own columns as JSON-safe values, for `before` and `after`; not what is computed from them."""
    return {
        column.attname: _safe(getattr(thing, column.attname))
        for column in thing._meta.concrete_fields
        if not isinstance(column, models.BinaryField | AddressKeyField)
    }


def _safe(value: Any) -> Any:
    match value:
        case None | bool() | int() | str() | list() | dict():
            return value
        case Decimal() | uuid.UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
    raise TypeError(f"A change cannot hold a {type(value).__name__}.")


@dataclass
class Record:
    """The changes of one write, kept until it ends."""

    by: Actor
    now: datetime
    changes: list[Change] = field(default_factory=list)
    campaigns: set[str] = field(default_factory=set)

    def note(
        self,
        action: str,
        thing: models.Model,
        *,
        before: Row | None = None,
        why: str = "",
        campaign: Campaign | None = None,
        after: Row | None = None,
        gone: bool = False,
    ) -> None:
        """Notes that `thing` was changed; nothing is noted where `before` equals what it is now.

        `campaign` is the one whose readers are concerned; a change to a shared thing names each with `touch`.
        """
        after = None if gone else (as_row(thing) if after is None else after)
        if before == after:
            return
        slug = campaign.slug if campaign else ""
        if campaign:
            self.campaigns.add(campaign.slug)
        self.changes.append(
            Change(
                at=self.now,
                by=self.by.name,
                action=action,
                noun=str(thing._meta.model_name),
                uid=str(getattr(thing, "uid", None) or getattr(thing, "slug", None) or thing.pk),
                campaign_slug=slug,
                before=before,
                after=after,
                why=why,
            )
        )

    def touch(self, campaign: Campaign) -> None:
        """Raises the revision of a campaign that shows a thing changed here."""
        self.campaigns.add(campaign.slug)


@contextmanager
def writing(*, by: Actor, now: datetime) -> Iterator[Record]:
    """One write: all or nothing, numbered in commit order, announced after the commit."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        record = Record(by=by, now=now)
        yield record
        _close(record)


def _close(record: Record) -> None:
    if not record.changes:
        return
    Change.everything.bulk_create(record.changes)
    revision = max(change.number for change in record.changes)
    slugs = sorted(record.campaigns)
    Campaign.everything.filter(slug__in=slugs).update(revision=revision)
    transaction.on_commit(lambda: _ring(slugs, revision))


def _ring(slugs: list[str], revision: int) -> None:
    """Tells open pages. A bell that cannot ring loses nothing: pages also ask by themselves."""
    try:
        with redis.Redis.from_url(settings.LIVE_REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as bell:
            for slug in slugs:
                bell.xadd(f"live:{slug}", {"revision": revision}, maxlen=STREAM_LENGTH, approximate=True)
    except redis.RedisError:
        logger.warning("live: the bell could not be rung for revision %s", revision)
