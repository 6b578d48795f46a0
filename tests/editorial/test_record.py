"""The record of change: append-only, numbered in the order of commits, all or nothing, and not held up by the bell."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import redis
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction

from timeline.editorial.permissions import SYSTEM
from timeline.editorial.record import as_row, writing
from timeline.models import Campaign, Change

NOW = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def campaign(db: None) -> Campaign:
    return Campaign.everything.create(slug="c", title={"en": "A campaign"}, state="published")


def write(campaign: Campaign, summary: str) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        before = as_row(campaign)
        campaign.summary = {"en": summary}
        campaign.save()
        record.note("edit", campaign, before=before, campaign=campaign)


@pytest.mark.parametrize("sql", ["UPDATE timeline_change SET why = 'other'", "DELETE FROM timeline_change"])
def test_the_database_refuses_to_change_the_record(campaign: Campaign, sql: str) -> None:
    write(campaign, "one")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert Change.everything.get().why == ""


def test_each_write_raises_the_revision(campaign: Campaign) -> None:
    seen = []
    for summary in ("one", "two", "three"):
        write(campaign, summary)
        campaign.refresh_from_db()
        seen.append(campaign.revision)

    assert seen == sorted(set(seen))
    assert len(seen) == 3


def test_a_write_that_changes_nothing_leaves_no_trace(campaign: Campaign) -> None:
    write(campaign, "one")
    campaign.refresh_from_db()
    revision = campaign.revision

    write(campaign, "one")

    campaign.refresh_from_db()
    assert (Change.everything.count(), campaign.revision) == (1, revision)


def test_a_write_that_fails_leaves_neither_the_change_nor_its_record(campaign: Campaign) -> None:
    def fail() -> None:
        with writing(by=SYSTEM, now=NOW) as record:
            campaign.summary = {"en": "lost"}
            campaign.save()
            record.note("edit", campaign, before={}, campaign=campaign)
            raise ValueError

    with pytest.raises(ValueError):
        fail()

    assert Campaign.everything.get().summary == {}
    assert not Change.everything.exists()


@pytest.mark.django_db(transaction=True)
def test_numbers_follow_the_order_of_commits_even_when_writers_meet() -> None:
    campaign = Campaign.everything.create(slug="c", title={"en": "A campaign"}, state="published")
    inside, done = threading.Event(), threading.Event()

    def second() -> None:
        inside.wait(5)
        write(Campaign.everything.get(), "second")
        done.set()
        connection.close()

    other = threading.Thread(target=second)
    other.start()
    with writing(by=SYSTEM, now=NOW) as record:
        inside.set()
        assert not done.wait(0.3)  # the other writer waits for this one
        campaign.summary = {"en": "first"}
        campaign.save()
        record.note("edit", campaign, before={}, campaign=campaign)
    other.join(5)

    texts = [change.after["summary"]["en"] for change in Change.everything.all() if change.after]
    assert texts == ["first", "second"]


@pytest.fixture
def bell() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(django_settings.REDIS_URL) as client:
        client.delete("live:c")
        yield client
        client.delete("live:c")


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_with_the_revision_after_the_commit(bell: redis.Redis) -> None:
    campaign = Campaign.everything.create(slug="c", title={"en": "A campaign"}, state="published")

    write(campaign, "one")

    campaign.refresh_from_db()
    rung = [fields[b"revision"] for _id, fields in bell.xrange("live:c")]  # type: ignore[union-attr]
    assert rung == [str(campaign.revision).encode()]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_holds_no_write_up(settings: object) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"  # type: ignore[attr-defined]  # nothing listens on the discard port
    campaign = Campaign.everything.create(slug="c", title={"en": "A campaign"}, state="published")
    began = time.monotonic()

    write(campaign, "kept")

    assert time.monotonic() - began < 2
    assert Campaign.everything.get().summary == {"en": "kept"}
