"""A real Celery worker over a real broker, killed and robbed of its messages: nothing is lost, nothing happens twice.

These tests have a database and a broker of their own, because the browser tests keep a worker and a beat running that
would take the sources of this module too.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import psutil
import psycopg
import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from psycopg import sql

from campaign_dashboard import addresses, celery_app
from tests.builders import make_campaign, make_source
from tests.dashboard.processes import gone
from tests.ingest.feeds import atom
from timeline import tasks
from timeline.models import Change, Proposal, Retrieval, Source

# Emptied after each test by pytest-django, in whichever database `own_database` has made the current one.
pytestmark = [pytest.mark.xdist_group("worker"), pytest.mark.django_db(transaction=True)]


def _own_broker() -> str:
    """The fifteenth numbered database, which no worker of pytest-xdist has, whichever number is ours."""
    parts = urlsplit(settings.REDIS_URL)
    number = dict(parse_qsl(parts.query)).get("db", "0") if parts.scheme == "unix" else parts.path.strip("/")
    return addresses.beside(settings.REDIS_URL, 14 - int(number or 0))


BROKER = _own_broker()


class Slow(ThreadingHTTPServer):
    """A source that answers when it is told to, and counts who asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked, self.release, self.body = 0, threading.Event(), atom("One", "Two")
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def entry(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: Slow

    def do_GET(self) -> None:
        self.server.asked += 1
        self.server.release.wait(20)
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(len(self.server.body)))
            self.end_headers()
            self.wfile.write(self.server.body)
        except OSError:  # the worker that asked is dead
            return

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the test database beside it; the ORM of this process speaks to it meanwhile."""
    given = connection.settings_dict
    before, name = given["NAME"], f"{given['NAME']}_worker"
    host = given["HOST"] or given["OPTIONS"].get("host", "")
    address = f"host={host} user={given['USER']} dbname=postgres"
    address += f" password={given['PASSWORD']}" if given["PASSWORD"] else ""
    address += f" port={given['PORT']}" if given["PORT"] else ""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with django_db_blocker.unblock(), psycopg.connect(address, autocommit=True) as server:
        server.execute(drop)
        connection.close()
        create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        try:
            server.execute(create + sql.SQL(" TEMPLATE {}").format(sql.Identifier(before)))
            copied = True
        except psycopg.errors.ObjectInUse:  # the processes of the browser tests are connected to it
            server.execute(create)
            copied = False
        given["NAME"] = name
        try:
            if not copied:
                call_command("migrate", verbosity=0)
            password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
            port = f"&port={given['PORT']}" if given["PORT"] else ""
            yield f"postgresql://{given['USER']}{password}@/{name}?host={host}{port}"
        finally:
            connection.close()
            given["NAME"] = before
            server.execute(drop)


@pytest.fixture
def broker() -> Iterator["redis.Redis[bytes]"]:
    with redis.Redis.from_url(BROKER) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture
def feed() -> Iterator[Slow]:
    server = Slow()
    yield server
    server.release.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def source(own_database: str, feed: Slow) -> Source:
    return make_source(make_campaign(), url=f"http://{feed.entry}/feed", interval_seconds=3600)


@pytest.fixture
def start_worker(
    own_database: str, broker: Any, feed: Slow, tmp_path: Path
) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    running: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "DATABASE_URL": own_database,
        "REDIS_URL": BROKER,
        "FETCH_ALLOW": feed.entry,
        "WORKER_PROCESSES": "1",
    }
    command = [sys.executable, "-m", "celery", "-A", "campaign_dashboard", "--skip-checks", "worker"]
    command += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]

    def start() -> "subprocess.Popen[bytes]":
        path = tmp_path / f"worker{len(running)}.log"
        with path.open("wb") as log:
            running.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True))
        until(lambda: " ready." in path.read_text(), seconds=60)
        return running[-1]

    yield start
    for worker in running:
        kill(worker)
    for path in sorted(tmp_path.glob("worker*.log")):
        print(path.read_text())  # noqa: T201 - pytest shows it where a test failed


def kill(worker: "subprocess.Popen[bytes]") -> None:
    """SIGKILL for the worker and its pool, as the machine's out-of-memory killer would."""
    pids = [worker.pid]
    if worker.poll() is None:
        pids += [child.pid for child in psutil.Process(worker.pid).children(recursive=True)]
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)
    assert gone(pids, seconds=10)


def ring() -> None:
    """One stroke of beat."""
    with celery_app.connection_for_write(url=addresses.for_celery(BROKER)) as to:
        celery_app.send_task("timeline.tasks.ring_due_sources", connection=to, expires=30)


def until(holds: Callable[[], bool], *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def end_lease() -> None:
    """What waiting for the lease's end does."""
    Source.everything.update(lease_until=timezone.now() - timedelta(seconds=1))


def ledger() -> tuple[int, int, int]:
    return Proposal.everything.count(), Retrieval.everything.count(), Change.everything.count()


def test_a_worker_killed_while_it_fetches_costs_nothing(
    source: Source, feed: Slow, start_worker: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    first = start_worker()
    ring()
    until(lambda: feed.asked == 1)
    kill(first)

    source.refresh_from_db()
    assert (source.attempts, source.lease is None, ledger()) == (1, False, (0, 0, 0))

    start_worker()
    ring()  # the lease still runs: the sweep finds nothing that is due
    time.sleep(1)
    assert feed.asked == 1

    end_lease()
    ring()
    until(lambda: feed.asked == 2)
    source.refresh_from_db()
    assert source.attempts == 2

    feed.release.set()
    until(Retrieval.everything.exists)
    source.refresh_from_db()
    assert (ledger(), source.attempts, source.lease) == ((2, 1, 2), 0, None)


def test_a_broker_that_forgets_everything_is_filled_again_by_the_sweep(
    source: Source, feed: Slow, broker: Any, start_worker: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    feed.release.set()
    ring()
    with celery_app.connection_for_write(url=addresses.for_celery(BROKER)) as to:
        tasks.fetch_source.apply_async(kwargs={"source_id": source.pk}, connection=to)
    broker.flushdb()

    start_worker()
    ring()
    until(Retrieval.everything.exists)

    assert ledger() == (2, 1, 2)


def test_messages_that_come_twice_or_from_an_older_version_do_nothing_twice(
    source: Source, feed: Slow, start_worker: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    feed.release.set()
    start_worker()
    with celery_app.connection_for_write(url=addresses.for_celery(BROKER)) as to:
        for _ in range(5):
            kwargs = {"source_id": source.pk, "an_old_argument": 1}
            tasks.fetch_source.apply_async(kwargs=kwargs, connection=to)
    ring()
    until(Retrieval.everything.exists)
    time.sleep(0.5)

    assert (ledger(), feed.asked) == ((2, 1, 2), 1)


def test_beat_leaves_the_time_for_readyz() -> None:
    cache.delete(settings.HEALTH_BEAT_KEY)

    tasks.beat_alive(sent_by="an older version")

    assert abs(time.time() - cache.get(settings.HEALTH_BEAT_KEY)) < 5
