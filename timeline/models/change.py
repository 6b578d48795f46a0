"""The one record of change: append-only, enforced by the database (see the migration's trigger)."""

from django.db import models


class Change(models.Model):
    """One write: `number` orders all writes in the order they were committed.

    No foreign keys, so that the record outlives what it speaks of. Written by `editorial.record` alone.
    """

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    action = models.CharField(max_length=40)
    noun = models.CharField(max_length=40)
    uid = models.CharField(max_length=120)
    campaign_slug = models.CharField(max_length=80, blank=True, default="", db_index=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    why = models.TextField(blank=True, default="")

    everything = models.Manager()
    published = models.Manager()

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=("noun", "uid", "number"), name="change_by_thing"),)

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.noun} {self.uid}"
