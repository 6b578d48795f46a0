"""Live events from a real server process over a real Valkey."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
import redis
from django.conf import settings

from campaign_dashboard.embedded.process import spawn, stop, wait_until
from campaign_dashboard.management.commands.up import answering

ORIGIN = "http://pages.example.org"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    environment = {**os.environ, "REDIS_URL": settings.REDIS_URL, "LIVE_ORIGINS": ORIGIN}
    command = [sys.executable, "-m", "uvicorn", "--port", str(number), "campaign_dashboard.live:app"]
    command += ["--timeout-graceful-shutdown", "1", "--log-level", "warning"]
    child = spawn(command, env=environment, log=subprocess.DEVNULL)
    assert wait_until(answering("127.0.0.1", number), child, seconds=30)
    yield number
    stop(child)


@pytest.fixture
def bell() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(settings.LIVE_REDIS_URL, decode_responses=True) as client:
        yield client


Listen = Callable[..., http.client.HTTPResponse]


@pytest.fixture
def listen(port: int) -> Iterator[Listen]:
    """Open an event stream (or hear why not); closed after the test."""
    connections = []

    def open_stream(slug: str, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connections.append(connection)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", f"/live/campaigns/{slug}", headers=named)
        answer = connection.getresponse()
        connections.append(answer)
        if answer.status == 200:
            assert answer.readline() == b"retry: 2000\n"
            assert answer.readline() == b"\n"
        return answer

    yield open_stream
    for opened in connections:
        opened.close()


def event(answer: http.client.HTTPResponse) -> dict[str, str]:
    lines = []
    while (line := answer.readline().decode().strip()) or not lines:
        if line and not line.startswith(":"):
            lines.append(line)
    return dict(line.split(": ", 1) for line in lines)


def test_new_revision_reaches_a_listener(listen: Listen, bell: redis.Redis) -> None:
    answer = listen("one")

    number = bell.xadd("live:one", {"revision": 7})

    assert event(answer) == {"event": "revision", "id": number, "data": "7"}


def test_listener_hears_nothing_of_another_campaign(listen: Listen, bell: redis.Redis) -> None:
    answer = listen("mine")

    bell.xadd("live:other", {"revision": 1})
    mine = bell.xadd("live:mine", {"revision": 2})

    assert event(answer)["id"] == mine


def test_events_close_together_arrive_as_one_the_newest(listen: Listen, bell: redis.Redis) -> None:
    answer = listen("burst")

    with bell.pipeline() as burst:
        for revision in range(1, 21):
            burst.xadd("live:burst", {"revision": revision})
        newest = burst.execute()[-1]

    assert event(answer) == {"event": "revision", "id": newest, "data": "20"}


def test_returning_listener_hears_at_once_what_it_missed(listen: Listen, bell: redis.Redis) -> None:
    seen = bell.xadd("live:back", {"revision": 1})
    missed = bell.xadd("live:back", {"revision": 2})

    answer = listen("back", Last_Event_ID=seen)

    assert event(answer)["id"] == missed


def test_new_listener_is_not_told_what_its_page_already_shows(listen: Listen, bell: redis.Redis) -> None:
    bell.xadd("live:fresh", {"revision": 1})
    answer = listen("fresh")

    following = bell.xadd("live:fresh", {"revision": 2})

    assert event(answer)["id"] == following


def test_page_that_shows_an_older_revision_hears_at_once(listen: Listen, bell: redis.Redis) -> None:
    newest = bell.xadd("live:stale", {"revision": 12})

    answer = listen("stale?revision=11")

    assert event(answer) == {"event": "revision", "id": newest, "data": "12"}


def test_page_that_shows_the_newest_revision_waits_for_the_next(listen: Listen, bell: redis.Redis) -> None:
    bell.xadd("live:level", {"revision": 12})
    answer = listen("level?revision=12")

    following = bell.xadd("live:level", {"revision": 13})

    assert event(answer)["id"] == following


def test_only_named_origins_may_listen(listen: Listen) -> None:
    allowed, refused = listen("one", Origin=ORIGIN), listen("one", Origin="http://evil.example")

    assert (allowed.status, allowed.headers["Access-Control-Allow-Origin"]) == (200, ORIGIN)
    assert (refused.status, refused.headers["Access-Control-Allow-Origin"]) == (403, None)


@pytest.mark.parametrize("slug", ["", "a/b", "%2e%2e", "a" * 101])
def test_other_addresses_are_not_found(listen: Listen, slug: str) -> None:
    assert listen(slug).status == 404
