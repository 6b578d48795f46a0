"""Real PostgreSQL and Valkey for the tests, from the same wheels that `make run` uses.

Started when pytest imports this plugin (`-p tests.servers`): pytest-django reads the settings before any hook of ours
could run. The workers of pytest-xdist inherit the addresses and take a Redis database of their own.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
# Nothing of a test may survive a power cut, so nothing needs to reach the disk.
HASTY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def start() -> None:
    """Start what the environment does not name, and set the environment that the settings read."""
    from campaign_dashboard.embedded import places, postgres, process, valkey

    base = Path(tempfile.mkdtemp(prefix="tl-"))
    base.chmod(0o755)
    children = []
    if "DATABASE_URL" not in os.environ:
        children.append(postgres.start(base, options=HASTY))
        os.environ["DATABASE_URL"] = places.database_url(base)
    if "REDIS_URL" not in os.environ:
        children.append(valkey.start(base))
        os.environ["REDIS_URL"] = places.redis_url(base)
    os.environ["VAR_DIR"] = str(base)
    os.environ["STATIC_HASHED"] = "false"
    (base / "static").mkdir()
    owner = os.getpid()

    def stop() -> None:
        if os.getpid() == owner:
            for child in reversed(children):
                process.stop(child, signum=postgres.FAST_SHUTDOWN)
            shutil.rmtree(base, ignore_errors=True)

    atexit.register(stop)


def take_own_redis_database() -> None:
    """The settings use two numbered databases from REDIS_URL's on; each worker gets the next two."""
    from campaign_dashboard import addresses

    os.environ["REDIS_URL"] = addresses.beside(os.environ["REDIS_URL"], 2 + 2 * int(WORKER.removeprefix("gw")))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_dashboard.settings")
# Playwright leaves an event loop running in the main thread, where Django would refuse every later query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
if WORKER:
    take_own_redis_database()
elif os.environ.get("TIMELINE_TEST_SERVERS") != "off":
    start()
