"""The product's own processes on the test database, for tests in a real browser.

`live_site` gives the addresses; the test puts its data in through the ORM or the commands, as `transactional_db`
allows, and everything is emptied after it. The processes live as long as the session. All of these tests run in one
worker of pytest-xdist, so that only one set of processes is started.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from campaign_dashboard.embedded.process import spawn, stop, wait_until
from campaign_dashboard.management.commands.up import answering, programs

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("e2e"))


@dataclass(frozen=True)
class Site:
    """Where the product answers."""

    url: str
    live_url: str
    feed_port: int  # 127.0.0.1:feed_port may be fetched; `httpserver` listens there
    logs: Path

    def log(self, name: str) -> str:
        """What the process `name` (web, live, worker, beat) has written."""
        return (self.logs / f"{name}.log").read_text()


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _database_url() -> str:
    """The address of the test database, which has another name than the one in the settings."""
    given = connection.settings_dict
    host = given["HOST"] or given["OPTIONS"].get("host", "")
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    port = f"&port={given['PORT']}" if given["PORT"] else ""
    return f"postgresql://{given['USER']}{password}@/{given['NAME']}?host={host}{port}"


@pytest.fixture(scope="session")
def site_processes(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Web, live, worker and beat, with hashed static files, as `make run` has them."""
    port, live_port, feed_port = _free_ports(3)
    logs = tmp_path_factory.mktemp("logs")
    environment = {
        **os.environ,
        "DATABASE_URL": _database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "PORT": str(port),
        "LIVE_PORT": str(live_port),
        "STATIC_HASHED": "true",
        "STATIC_ROOT": str(tmp_path_factory.mktemp("static")),
        "FETCH_ALLOW": f"127.0.0.1:{port},127.0.0.1:{feed_port}",
        "WORKER_PROCESSES": "1",
        "PYTHONWARNINGS": "default",
    }
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], env=environment, check=True)
    children = {}
    for name, command in programs(host="127.0.0.1", port=port, live_port=live_port, web_processes=1).items():
        with (logs / f"{name}.log").open("wb") as log:
            children[name] = spawn(command, log=log, env=environment)
    try:
        for name, at in (("web", port), ("live", live_port)):
            if not wait_until(answering("127.0.0.1", at), children[name], seconds=60):
                pytest.fail(f"{name} does not answer: {(logs / f'{name}.log').read_text()[-2000:]}")
        yield Site(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{live_port}", feed_port, logs)
    finally:
        for child in children.values():
            child.terminate()
        for child in children.values():
            stop(child)


@pytest.fixture
def live_site(site_processes: Site, transactional_db: None) -> Site:
    """The running product over an empty database that this test fills."""
    return site_processes


@pytest.fixture(scope="session")
def httpserver_listen_address(site_processes: Site) -> tuple[str, int]:
    """Feeds that the test serves stand where the product may fetch."""
    return ("127.0.0.1", site_processes.feed_port)
