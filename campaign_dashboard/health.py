"""Is the process up (/healthz), and can it do its work (/readyz)?"""

import time
from collections.abc import Callable

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

OLDEST_BEAT = OLDEST_WORKER = 60


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, worker and beat are all there, else 503; each with its own word."""
    now = time.time()
    checks: dict[str, dict[str, object]] = {"database": _tried(_database), "broker": _tried(_broker)}
    checks["worker"] = _aged(settings.HEALTH_WORKER_KEY, now=now, oldest=OLDEST_WORKER)
    checks["beat"] = _aged(settings.HEALTH_BEAT_KEY, now=now, oldest=OLDEST_BEAT)
    ready = all(check["ok"] for check in checks.values())
    return JsonResponse(
        {"status": "ok" if ready else "unavailable", "checks": checks},
        status=200 if ready else 503,
    )


def _tried(check: Callable[[], object]) -> dict[str, object]:
    try:
        check()
    except (DatabaseError, redis.RedisError, OSError):
        return {"ok": False, "reason": "does not answer"}
    return {"ok": True}


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    with redis.Redis.from_url(settings.REDIS_URL, **settings.REDIS_OPTIONS) as client:
        client.ping()


def _aged(key: str, *, now: float, oldest: float) -> dict[str, object]:
    seen = cache.get(key)
    if seen is None:
        return {"ok": False, "reason": "not seen yet"}
    age = max(0.0, now - float(seen))
    checked: dict[str, object] = {"ok": age <= oldest, "age_seconds": round(age, 1)}
    return checked if age <= oldest else checked | {"reason": "not seen lately"}
