"""The whole product on a fresh database, for pictures and measurements: `manage.py up` in a folder of its own.

    with running() as product:      PostgreSQL, Valkey, web, live, worker, beat, the shipped campaign, the sample feed
        product.url …               and this process may use the same database through Django

Nothing is left behind when the block ends, and `up` stops by itself when this process dies.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EDITOR = "editor"
CAMPAIGN = "2022-internet-organised-crime"


@dataclass(frozen=True)
class Product:
    """Where it answers, and how the editor signs in."""

    url: str
    live_url: str
    password: str
    spare_ports: tuple[int, ...]  # free, and allowed to be fetched


@contextmanager
def running() -> Iterator[Product]:
    """Start the product, say so, and stop it at the end; raises RuntimeError with its words when it does not start."""
    folder = Path(tempfile.mkdtemp(prefix="tl-"))
    folder.chmod(0o755)  # root's PostgreSQL runs as nobody, who must get in
    port, live_port, *spare = _free_ports(4)
    _set_environment(folder, port, live_port, spare)
    print("Starting the product on a fresh database ...", flush=True)  # noqa: T201
    up = subprocess.Popen(
        [sys.executable, "manage.py", "up", "--stop-with-parent"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        password = _password(up)
        _set_up_django()
        yield Product(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{live_port}", password, tuple(spare))
    finally:
        _stop(up)
        shutil.rmtree(folder, ignore_errors=True)


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _set_environment(folder: Path, port: int, live_port: int, spare: list[int]) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "STATIC_ROOT", "STATIC_HASHED", "PUBLIC_URL", "HOST"):
        os.environ.pop(name, None)
    allowed = ",".join(f"127.0.0.1:{number}" for number in (port, *spare))
    os.environ |= {
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "LIVE_PORT": str(live_port),
        "FETCH_ALLOW": allowed,
        "API_RATE_ANONYMOUS": "1000000",
        "DJANGO_SETTINGS_MODULE": "campaign_dashboard.settings",
        # Playwright leaves an event loop running in the main thread, where Django would refuse every later query.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }


def _password(up: "subprocess.Popen[str]") -> str:
    """Read the banner to its end; the password stands in it."""
    assert up.stdout is not None
    said, password = "", ""
    for line in up.stdout:
        said += line
        name, _, value = line.strip().partition(" ")
        if name == "Password":
            password = value.strip()
        if name == "Stop":
            return password
    raise RuntimeError(f"The product did not start: {said}")


def _set_up_django() -> None:
    import django

    django.setup()


def _stop(up: "subprocess.Popen[str]") -> None:
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()  # PostgreSQL would wait for us
    up.terminate()
    try:
        up.wait(20)
    except subprocess.TimeoutExpired:
        up.kill()  # its children see that it is gone
        up.wait(5)
