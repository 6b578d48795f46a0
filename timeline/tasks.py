"""Doorways for Celery: each asks the database what there is to do; a lost or doubled message changes nothing."""

import logging
import time
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from kombu.exceptions import OperationalError

from timeline.ingest import pipeline

logger = logging.getLogger(__name__)

RING_EXPIRES = 30  # seconds; a source that is still due is rung again by the next sweep


@shared_task
def ring_due_sources(**_: Any) -> int:
    """Rings once for each source that is due; how many were."""
    rung = 0
    for source_id in pipeline.due_sources(now=timezone.now()):
        try:
            fetch_source.apply_async(kwargs={"source_id": source_id}, expires=RING_EXPIRES)
        except OperationalError as error:  # the sources stay due in the database
            logger.warning("the broker went away while sources were rung: %s", error)
            break
        rung += 1
    return rung


@shared_task
def fetch_source(*, source_id: int, **_: Any) -> str:
    """Fetches one source, if it is still due; the word for what came of it."""
    outcome = pipeline.ingest(source_id=source_id, now=timezone.now())
    return outcome.outcome if outcome else "nothing to do"


@shared_task
def beat_alive(**_: Any) -> None:
    """Leaves the time at which a ring of beat last reached a worker, for /readyz."""
    cache.set(settings.HEALTH_BEAT_KEY, time.time(), timeout=None)
