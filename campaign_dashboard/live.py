"""Live updates as server-sent events: `uvicorn campaign_dashboard.live:app`. Bare ASGI, no Django for an event.

    writer, after its commit: XADD live:<slug> revision N    (LIVE_REDIS_URL)
    reader, one a process:    XREAD all watched streams ─▶ wake the clients of that slug
    client:                   GET /live/campaigns/<slug>?revision=N ─▶ `event: revision`, `id: <stream id>`, `data: N`

An event says only the campaign's revision number; the page fetches what changed through the ordinary, cacheable
addresses. Events that come close together are sent as one, the newest. `?revision=` names the revision that the page
shows, and `Last-Event-ID` (browsers send it themselves) the last event: who missed something hears it at once. Without
either, only what happens after the answer began is told. While Redis is away the connection stays open.
"""

import asyncio
import contextlib
import logging
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import redis.asyncio
from redis.exceptions import RedisError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_dashboard.settings")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)
ADDRESS = re.compile(r"/live/campaigns/([A-Za-z0-9_-]{1,100})")
STREAM_ID = re.compile(r"\d{1,20}-\d{1,20}")
SHOWN = re.compile(r"(?:^|&)revision=(\d{1,18})(?:&|$)")
NOTHING = "0-0"
BLOCK_MS = 250  # also how long a stream that is watched for the first time waits to join
COALESCE_SECONDS = 0.1
MOST_CLIENTS = 2000


@dataclass
class Channel:
    """One campaign's newest event and those who wait for the next."""

    id: str = NOTHING
    revision: str = ""
    clients: set[asyncio.Event] = field(default_factory=set)

    def hear(self, events: Any) -> None:
        """Keep the last of `events` (stream id and fields)."""
        for event, fields in events:
            self.id, self.revision = event, fields.get("revision", "")


@dataclass(frozen=True)
class Known:
    """What a client says that it knows already."""

    event: str
    revision: int | None

    def position(self, channel: Channel) -> str:
        """The event after which the client wants to hear."""
        if self.event:
            return self.event
        newest = int(channel.revision) if channel.revision.isdigit() else 0
        return NOTHING if self.revision is not None and self.revision < newest else channel.id


class Live:
    """The ASGI application; one reader task serves every client of the process."""

    def __init__(self, *, url: str, origins: list[str], heartbeat: float = 15) -> None:
        self.origins, self.heartbeat = origins, heartbeat
        self.channels: dict[str, Channel] = {}
        self.clients = 0
        # The block of XREAD must end before the socket's patience does.
        self.redis = redis.asyncio.from_url(url, decode_responses=True, socket_connect_timeout=2, socket_timeout=5)
        self.reader: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        self.reader = asyncio.create_task(self._read_for_ever())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.reader.cancel()
        await self.redis.aclose()
        await send({"type": "lifespan.shutdown.complete"})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        origin = headers.get("origin")
        match = ADDRESS.fullmatch(scope["path"])
        if scope["path"] == "/healthz":
            await _answer(send, 200, "ok")
        elif match is None:
            await _answer(send, 404, "There are no live events at this address.")
        elif scope["method"] != "GET":
            await _answer(send, 405, "Only GET is answered here.")
        elif origin is not None and origin not in self.origins:
            await _answer(send, 403, "This origin may not listen; LIVE_ORIGINS names those that may.")
        elif self.clients >= MOST_CLIENTS:
            await _answer(send, 503, "Too many listeners; the browser tries again by itself.")
        else:
            last = headers.get("last-event-id", "")
            shown = SHOWN.search(scope["query_string"].decode("latin-1"))
            known = Known(event=last if STREAM_ID.fullmatch(last) else "", revision=int(shown[1]) if shown else None)
            await self._serve(match[1], known, origin, receive, send)

    async def _serve(self, slug: str, known: Known, origin: str | None, receive: Receive, send: Send) -> None:
        wake = asyncio.Event()
        self.clients += 1
        # Before the answer begins, so that nothing falls between it and the first event.
        channel = await self._join(slug, wake)
        gone = asyncio.create_task(_disconnected(receive))
        try:
            await _begin(send, origin)
            await self._feed(channel, wake, known.position(channel), gone, send)
        finally:
            gone.cancel()
            self.clients -= 1
            channel.clients.discard(wake)
            if not channel.clients and self.channels.get(slug) is channel:
                del self.channels[slug]

    async def _feed(
        self, channel: Channel, wake: asyncio.Event, sent: str, gone: "asyncio.Task[None]", send: Send
    ) -> None:
        while not gone.done():
            body = b": still here\n\n"
            if _after(channel.id, sent):
                await asyncio.sleep(COALESCE_SECONDS)
                wake.clear()
                sent = channel.id
                body = f"event: revision\nid: {sent}\ndata: {channel.revision}\n\n".encode()
                await send({"type": "http.response.body", "body": body, "more_body": True})
                continue
            waiting = asyncio.create_task(wake.wait())
            done, _ = await asyncio.wait({waiting, gone}, timeout=self.heartbeat, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if not done:
                await send({"type": "http.response.body", "body": body, "more_body": True})
            wake.clear()

    async def _join(self, slug: str, wake: asyncio.Event) -> Channel:
        """Wait with the others of `slug`; the first one looks up where its stream stands."""
        channel = self.channels.get(slug)
        if channel is None:
            newest = Channel()
            with contextlib.suppress(RedisError, OSError):
                newest.hear(await self.redis.xrevrange(f"live:{slug}", count=1))
            channel = self.channels.setdefault(slug, newest)
        channel.clients.add(wake)
        return channel

    async def _read_for_ever(self) -> None:
        while True:
            try:
                await self._read()
            except (RedisError, OSError) as error:
                log.warning("live events cannot be read, trying again: %s", error)
                await asyncio.sleep(1)

    async def _read(self) -> None:
        if not self.channels:
            await asyncio.sleep(BLOCK_MS / 1000)
            return
        watched: dict[Any, Any] = {f"live:{slug}": channel.id for slug, channel in self.channels.items()}
        answer: Any = await self.redis.xread(watched, block=BLOCK_MS)
        for key, events in answer or ():
            if channel := self.channels.get(key.removeprefix("live:")):
                channel.hear(events)
                for wake in channel.clients:
                    wake.set()


def _after(one: str, other: str) -> bool:
    """Whether stream id `one` is newer than `other`."""
    return tuple(map(int, one.split("-"))) > tuple(map(int, other.split("-")))


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _begin(send: Send, origin: str | None) -> None:
    headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]
    headers += [(b"x-accel-buffering", b"no"), (b"vary", b"Origin")]
    if origin:
        headers.append((b"access-control-allow-origin", origin.encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})


async def _answer(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})


def application() -> Live:
    """The application as the settings want it."""
    from django.conf import settings

    return Live(url=settings.LIVE_REDIS_URL, origins=settings.LIVE_ORIGINS)


app = application()
