"""The deployment: settings, processes, embedded servers. It knows nothing about campaigns."""

from campaign_dashboard.celery import app as celery_app

__all__ = ["celery_app"]
