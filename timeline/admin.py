"""A window on the tables, for owners: governed rows are seen here and changed on the site, so that no write is missing
from the record of change."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from timeline import models


class ReadOnly(admin.ModelAdmin):
    """Shows, never writes."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


# Snapshots are left out: fetched bytes are private.
SHOWN = [getattr(models, name) for name in models.__all__ if name != "Snapshot"]
admin.site.register(SHOWN, ReadOnly)
