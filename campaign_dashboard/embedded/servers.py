"""Which servers are ours to start, and starting them: what the environment names is used, not started."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from campaign_dashboard.embedded import places, postgres, process
from campaign_dashboard.embedded.postgres import CannotStart


def given(name: str) -> bool:
    """Whether the environment names a server of one's own."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


@contextlib.contextmanager
def only_one(var: Path, *, address: str) -> Iterator[None]:
    """Hold the lock of a running product on `var`; raises CannotStart when another one has it."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise CannotStart(
                f"It is already running here ({lock.read().strip() or 'just starting'}); stop that one first, or give "
                f"this one its own data folder and port, for example VAR_DIR=/tmp/other PORT=8100."
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {address}")
        lock.flush()
        yield


@contextlib.contextmanager
def database(var: Path) -> Iterator[None]:
    """A database that answers while the block runs: one's own, the running embedded one, or one started for it."""
    if given("DATABASE_URL") or postgres.answers(places.database_url(var)):
        yield
        return
    child = postgres.start(var)
    try:
        yield
    finally:
        process.stop(child, signum=postgres.FAST_SHUTDOWN)
