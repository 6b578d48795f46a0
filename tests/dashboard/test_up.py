"""`manage.py up` with all its real processes: how it starts, and that nothing is left however it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from campaign_dashboard.embedded import places
from tests.dashboard.processes import gone, of_folder

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.xdist_group("up")


@dataclass
class Product:
    """One data folder and the environment that a user would have."""

    var: Path
    environment: dict[str, str]
    running: list["subprocess.Popen[str]"] = field(default_factory=list)

    def start(self, **more: str) -> "subprocess.Popen[str]":
        """Start it; its output is in `self.said` once it has ended or said that it is ready."""
        command = [sys.executable, "manage.py", "up"]
        environment = {**self.environment, **more}
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.running.append(process)
        return process

    def until_ready(self, process: "subprocess.Popen[str]") -> str:
        """Everything said until the banner is complete."""
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if line.strip().startswith("Stop "):
                return said
        raise AssertionError(f"it ended with {process.wait()} and said: {said}")

    def left(self) -> dict[int, str]:
        return of_folder(self.var)


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with tempfile.TemporaryDirectory(prefix="tl-up-") as name, socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0)), two.bind(("127.0.0.1", 0))
        ports = {"PORT": str(one.getsockname()[1]), "LIVE_PORT": str(two.getsockname()[1])}
        one.close(), two.close()
        Path(name).chmod(0o755)
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TMPDIR") if key in os.environ}
        sizes = {"WEB_PROCESSES": "1", "WORKER_PROCESSES": "1"}
        product = Product(Path(name), {**kept, **ports, **sizes, "VAR_DIR": name})
        yield product
        for process in product.running:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
        assert gone(product.left(), seconds=15)


def test_life_of_the_product(product: Product) -> None:
    """One story, because each start costs seconds: first start, killed, started again, a child killed, Ctrl-C."""
    first = product.start()
    said = product.until_ready(first)
    assert re.search(rf"Address +http://127.0.0.1:{product.environment['PORT']}/", said)
    assert re.search(r"Editor +editor", said)
    with urllib.request.urlopen(f"http://127.0.0.1:{product.environment['PORT']}/readyz", timeout=5) as answer:
        assert answer.status == 200
    assert re.search(r"Password +[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}\n", said)
    with psycopg.connect(places.database_url(product.var), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'entered by hand' AS word")

    second_instance = product.start()
    assert "It is already running here (process" in second_instance.communicate(timeout=30)[0]
    assert second_instance.returncode == 1

    everything = product.left()
    assert len(everything) >= 8
    first.kill()
    first.communicate()
    assert gone(everything, seconds=15), product.left()

    began = time.monotonic()
    again = product.start()
    assert "make password" in product.until_ready(again)
    assert time.monotonic() - began < 20  # ten on a machine that does nothing else
    with psycopg.connect(places.database_url(product.var)) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("entered by hand",)]

    everything = product.left()
    web = next(
        pid for pid, command in everything.items() if "granian" in command and "campaign_dashboard.wsgi" in command
    )
    os.kill(web, signal.SIGKILL)
    words = again.communicate(timeout=40)[0]
    assert again.returncode == 1
    assert "The process 'web' ended unexpectedly" in words
    assert gone(everything, seconds=2), product.left()

    third = product.start()
    product.until_ready(third)
    everything = product.left()
    third.send_signal(signal.SIGINT)
    words = third.communicate(timeout=40)[0]
    assert (third.returncode, "Stopped. Everything entered is kept" in words) == (130, True)
    assert gone(everything, seconds=2), product.left()


def test_busy_port_is_named_with_the_remedy(product: Product) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        process = product.start(PORT=str(port))
        words = process.communicate(timeout=30)[0]

    assert process.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used (address already in use)" in words
    assert f"PORT={port + 100}" in words
    assert "Traceback" not in words


def test_redis_that_does_not_answer_is_named(product: Product) -> None:
    process = product.start(REDIS_URL="redis://127.0.0.1:1")
    words = process.communicate(timeout=30)[0]

    assert process.returncode == 1
    assert "The server that REDIS_URL names does not answer; start it or correct REDIS_URL." in words


def test_database_that_does_not_answer_is_named_with_the_remedy(product: Product) -> None:
    process = product.start(DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    words = process.communicate(timeout=30)[0]

    assert process.returncode == 1
    assert "The database that DATABASE_URL names cannot be used" in words
    assert "Start it or correct DATABASE_URL." in words


@pytest.mark.parametrize(
    ("host", "reason"),
    [("999.1.1.1", "is no address and no known name"), ("192.0.2.1", "is not an address of this machine")],
)
def test_host_that_is_not_ours_is_named_with_the_remedy(product: Product, host: str, reason: str) -> None:
    process = product.start(HOST=host)
    words = process.communicate(timeout=30)[0]

    assert process.returncode == 1
    assert f"HOST={host} {reason}; correct HOST" in words


def test_term_during_the_start_leaves_nothing(product: Product) -> None:
    process = product.start()
    assert process.stdout is not None
    said = ""
    while not said.endswith("PostgreSQL"):
        said += process.stdout.read(1)
    everything = product.left()

    process.terminate()
    process.communicate(timeout=40)

    assert process.returncode == 0
    assert gone(everything, seconds=2), product.left()
