"""The Celery application and the whole schedule. Celery is the doorbell: what is due is in the database."""

import contextlib
import os
import time

from celery import Celery
from celery.signals import beat_init, heartbeat_sent
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_dashboard.settings")

app = Celery("campaign_dashboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# A ring that could not be answered in time is worth nothing: the next one finds the same rows due.
app.conf.beat_schedule = {
    "ring due sources": {"task": "timeline.tasks.ring_due_sources", "schedule": 5.0, "options": {"expires": 30}},
    "beat is alive": {"task": "timeline.tasks.beat_alive", "schedule": 5.0, "options": {"expires": 60}},
}


@beat_init.connect
def beat_starts(**_: object) -> None:
    """Beat rings at once, so that /readyz need not wait for its first interval."""
    with contextlib.suppress(OperationalError):  # it rings again in a few seconds
        app.send_task("timeline.tasks.beat_alive", expires=60)


@heartbeat_sent.connect
def worker_is_alive(**_: object) -> None:
    """Every worker's own heartbeat (each two seconds) leaves the time where /readyz reads it."""
    from django.conf import settings
    from django.core.cache import cache

    cache.set(settings.HEALTH_WORKER_KEY, time.time(), timeout=None)
