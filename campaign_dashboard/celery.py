"""The Celery application and the whole schedule. Celery is the doorbell: what is due is in the database."""

import os
import time

from celery import Celery
from celery.signals import heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_dashboard.settings")

app = Celery("campaign_dashboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# A ring that could not be answered in time is worth nothing: the next one finds the same rows due.
app.conf.beat_schedule = {
    "ring due sources": {"task": "timeline.tasks.ring_due_sources", "schedule": 5.0, "options": {"expires": 30}},
    "beat is alive": {"task": "timeline.tasks.beat_alive", "schedule": 5.0, "options": {"expires": 60}},
}


@heartbeat_sent.connect
def worker_is_alive(**_: object) -> None:
    """Every worker's own heartbeat (each two seconds) leaves the time where /readyz reads it."""
    from django.conf import settings
    from django.core.cache import cache

    cache.set(settings.HEALTH_WORKER_KEY, time.time(), timeout=None)
