"""Live events: from the bell that a writer rings to the page that hears it, with one client and with 200.

The server waits 100 ms to send events that come close together as one; that pause is in ours and not in the limit.
"""

import asyncio
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import redis

from tests.benchmarks.table import Row, median, percentile
from tests.product import Product

CLIENTS, EVENTS = 200, 12
LIMIT = "one bare XREAD on the same Valkey"


def measure(product: Product) -> Iterator[Row]:
    alone = asyncio.run(_heard(product, 1))
    many = asyncio.run(_heard(product, CLIENTS))
    bare = asyncio.run(_bare())
    limit = median(bare) * 1000
    yield Row("1 client, publish to client, median", median(alone) * 1000, "ms", limit, LIMIT)
    named = "the median of 1 client"
    yield Row(f"{CLIENTS} clients, median", median(many) * 1000, "ms", median(alone) * 1000, named)
    yield Row(f"{CLIENTS} clients, 95th percentile", percentile(many, 0.95) * 1000, "ms", median(alone) * 1000, named)


async def _heard(product: Product, clients: int) -> list[float]:
    """The delays of every event at every client, in seconds."""
    slug = f"bench-{clients}"
    host, _, port = urlsplit(product.live_url).netloc.partition(":")
    rung: dict[str, float] = {}
    delays: list[float] = []
    request = f"GET /live/campaigns/{slug} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n".encode()

    async def listen(begun: asyncio.Event) -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(request)
        while line := await reader.readline():
            if line.startswith(b"retry:"):
                begun.set()
            if line.startswith(b"data: "):
                delays.append(time.perf_counter() - rung[line[6:].strip().decode()])

    begun = [asyncio.Event() for _ in range(clients)]
    tasks = [asyncio.create_task(listen(event)) for event in begun]
    await asyncio.gather(*(event.wait() for event in begun))
    await asyncio.sleep(0.5)
    await _ring(f"live:{slug}", rung)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if len(delays) < clients * EVENTS:
        raise RuntimeError(f"of {clients * EVENTS} events {len(delays)} arrived")
    return delays


async def _bare() -> list[float]:
    """The delays of a reader that does nothing else."""
    from django.conf import settings

    stream, rung, delays = "bench:bare", dict[str, float](), list[float]()
    async with redis.asyncio.from_url(settings.LIVE_REDIS_URL, decode_responses=True) as bell:

        async def read() -> None:
            last = "0-0"
            while len(delays) < EVENTS:
                answer: Any = await bell.xread({stream: last}, block=2000)
                for _, events in answer or ():
                    for event, fields in events:
                        last = event
                        delays.append(time.perf_counter() - rung[fields["revision"]])

        reading = asyncio.create_task(read())
        await asyncio.sleep(0.2)
        await _ring(stream, rung)
        await reading
    return delays


async def _ring(stream: str, rung: dict[str, float]) -> None:
    from django.conf import settings

    async with redis.asyncio.from_url(settings.LIVE_REDIS_URL) as bell:
        for revision in range(1, EVENTS + 1):
            rung[str(revision)] = time.perf_counter()
            await bell.xadd(stream, {"revision": revision}, maxlen=100)
            await asyncio.sleep(0.4)
