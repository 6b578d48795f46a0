"""Ingestion: entries a second through the real pipeline, over HTTP on loopback, into PostgreSQL that writes to disk.

Each feed is read by feedparser alone, then loaded, asked again (304), and asked again without validators (same bytes).
"""

import secrets
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from tests.benchmarks.feeds import ENTRIES, feed
from tests.benchmarks.table import Row, median, seconds
from tests.product import CAMPAIGN

FEEDS = 20
LATER = timedelta(days=200)  # beyond the clock of the product's own worker, which would fetch them too
PARSER = "feedparser.parse alone, of the same bytes"
HTTP = "requests.Session.get alone, of the same address"


def measure(feeds_url: str) -> Iterator[Row]:
    import feedparser
    import requests

    from timeline.ingest.pipeline import ingest
    from timeline.models import Source

    def run(source: Source, expect: str) -> None:
        now: datetime = (source.next_fetch_at or timezone.now()) + timedelta(minutes=1)
        outcome = ingest(source_id=source.pk, now=now)
        if outcome is None or outcome.outcome != expect:
            raise RuntimeError(f"a fetch came to {outcome}, not {expect}")
        source.refresh_from_db()

    session = requests.Session()
    times: dict[str, list[float]] = defaultdict(list)
    sources = [_source(f"{feeds_url}/{number}") for number in range(FEEDS + 1)]
    run(sources[0], "new")  # opens connections, loads modules
    for number, source in enumerate(sources[1:], start=1):
        body = feed(number)
        times["parser"].append(seconds(feedparser.parse, body))
        times["first"].append(seconds(run, source, "new"))
        times["get 304"].append(seconds(session.get, source.url, headers={"If-None-Match": source.etag}))
        times["304"].append(seconds(run, source, "not_modified"))
        source.url += "?etag=none"
        source.save(update_fields=["url"])
        times["get"].append(seconds(session.get, source.url))
        times["same"].append(seconds(run, source, "unchanged"))
    rate = {name: 1 / median(found) for name, found in times.items()}
    first, parser = ENTRIES * rate["first"], ENTRIES * rate["parser"]
    yield Row(f"first load of a feed with {ENTRIES} entries", first, "entries/s", parser, PARSER)
    yield Row("the same bytes again, stopped by their hash", rate["same"], "feeds/s", rate["get"], HTTP)
    yield Row("the source says 304", rate["304"], "feeds/s", rate["get 304"], HTTP)


def _source(url: str) -> "Source":  # type: ignore[name-defined]  # noqa: F821
    from timeline.models import Campaign, Source

    return Source.everything.create(
        uid=f"bench-{secrets.token_hex(6)}",
        campaign=Campaign.everything.get(slug=CAMPAIGN),
        url=url,
        name="Measured",
        interval_seconds=3600,
        next_fetch_at=timezone.now() + LATER,
    )
