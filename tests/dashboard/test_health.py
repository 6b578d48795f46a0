"""/healthz says that the process is up, /readyz that it can do its work."""

import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture
def seen(settings: Any) -> Any:
    """Worker and beat were seen just now; under keys of our own, as real ones may be running beside this test."""
    settings.HEALTH_WORKER_KEY, settings.HEALTH_BEAT_KEY = "test:worker", "test:beat"
    cache.set(settings.HEALTH_WORKER_KEY, time.time())
    cache.set(settings.HEALTH_BEAT_KEY, time.time())
    return settings


def test_healthz_answers_without_the_database(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_readyz_is_ok_when_all_four_are_there(db: None, client: Client, seen: Any) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert {name: check["ok"] for name, check in answer.json()["checks"].items()} == {
        "database": True,
        "broker": True,
        "worker": True,
        "beat": True,
    }


def test_readyz_names_a_beat_that_was_not_seen_lately(db: None, client: Client, seen: Any) -> None:
    cache.set(seen.HEALTH_BEAT_KEY, time.time() - 3600)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    beat = answer.json()["checks"]["beat"]
    assert (beat["ok"], beat["reason"]) == (False, "not seen lately")
    assert beat["age_seconds"] == pytest.approx(3600, abs=60)


def test_readyz_names_a_worker_that_was_never_seen(db: None, client: Client, seen: Any) -> None:
    cache.delete(seen.HEALTH_WORKER_KEY)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"] == {"ok": False, "reason": "not seen yet"}


def test_readyz_names_a_broker_that_is_away(db: None, client: Client, seen: Any) -> None:
    seen.REDIS_URL = "redis://127.0.0.1:1"

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] == {"ok": False, "reason": "does not answer"}


def test_health_is_not_kept_by_any_cache(client: Client) -> None:
    assert "no-store" in client.get("/healthz")["Cache-Control"]
