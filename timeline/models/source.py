"""What is watched, what was fetched, what came out of it."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from timeline.models.base import AddressKeyField, EdtfField, in_order, one_of
from timeline.models.campaign import Campaign, OfPublishedCampaign, Topic, Workstream
from timeline.models.department import Department
from timeline.values.terms import (
    DOCUMENT_QUALITIES,
    MEMBERSHIP_ROLES,
    PUBLICATION_STATES,
    RETRIEVAL_OUTCOMES,
    SOURCE_STATES,
)


class Source(models.Model):
    """An address that is watched for a campaign. What is due and who holds the lease are columns here, so that
    a broker that forgets everything costs minutes and no data."""

    uid = models.SlugField(max_length=80, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=12, default="feed")
    name = models.CharField(max_length=200)
    url = models.TextField()
    address_key = AddressKeyField()
    publisher = models.CharField(max_length=200, blank=True, default="")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="sources")
    language = models.CharField(max_length=12, blank=True, default="")
    timezone = models.CharField(max_length=64, default="Asia/Shanghai")
    quality = models.CharField(max_length=20, default="unknown")
    state = models.CharField(max_length=12, default="active")
    interval_seconds = models.PositiveIntegerField(default=3600)
    next_fetch_at = models.DateTimeField(null=True, blank=True, db_index=True)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)  # leases taken since a fetch last finished
    failures = models.PositiveIntegerField(default=0)  # fetches in a row that ended in an error
    etag = models.TextField(blank=True, default="")
    last_modified = models.TextField(blank=True, default="")
    last_sha256 = models.CharField(max_length=64, blank=True, default="")
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_new_item_at = models.DateTimeField(null=True, blank=True)
    error_class = models.CharField(max_length=40, blank=True, default="")
    error = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    everything = models.Manager()
    published = models.Manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            one_of("state", SOURCE_STATES, "source_state"),
            one_of("quality", DOCUMENT_QUALITIES, "source_quality"),
            CheckConstraint(
                condition=Q(lease__isnull=True, lease_until__isnull=True)
                | Q(lease__isnull=False, lease_until__isnull=False),
                name="source_lease_whole",
            ),
            CheckConstraint(condition=Q(interval_seconds__gte=10), name="source_interval_at_least_10s"),
            UniqueConstraint(fields=("campaign", "url"), name="source_url_once"),
        )

    def __str__(self) -> str:
        return self.name


class Snapshot(models.Model):
    """Bytes as fetched, stored once per hash, private; `masked_text` is what may be shown and cited."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    media_type = models.CharField(max_length=120, blank=True, default="")
    size = models.PositiveIntegerField()
    masked_text = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField(auto_now_add=True)

    everything = models.Manager()
    published = models.Manager()

    def __str__(self) -> str:
        return self.sha256[:12]


class Retrieval(models.Model):
    """One fetch of a source, whatever came of it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="retrievals")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    outcome = models.CharField(max_length=12)
    http_status = models.PositiveIntegerField(null=True, blank=True)
    final_url = models.TextField(blank=True, default="")
    error_class = models.CharField(max_length=40, blank=True, default="")
    error = models.TextField(blank=True, default="")
    found = models.PositiveIntegerField(default=0)
    proposed = models.PositiveIntegerField(default=0)
    snapshot = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.SET_NULL, related_name="retrievals")

    everything = models.Manager()
    published = models.Manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            one_of("outcome", RETRIEVAL_OUTCOMES, "retrieval_outcome"),
            in_order("started_at", "finished_at", "retrieval_in_order"),
            UniqueConstraint(fields=("source", "number"), name="retrieval_number_once"),
            CheckConstraint(condition=~Q(outcome="failed") | ~Q(error_class=""), name="retrieval_failure_named"),
        )

    def __str__(self) -> str:
        return f"{self.source} #{self.number}"


class Story(models.Model):
    """One announcement, however many updates carry it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="stories")
    uid = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    everything = models.Manager()
    published = OfPublishedCampaign["Story"]()

    class Meta:
        verbose_name_plural = "stories"
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.uid)


class UpdateQuerySet(models.QuerySet["Update"]):
    def public(self) -> "UpdateQuerySet":
        return self.filter(state="published").exclude(campaign__state="draft")


class PublishedUpdates(models.Manager["Update"]):
    def get_queryset(self) -> UpdateQuerySet:
        return UpdateQuerySet(self.model, using=self._db).public()


class Update(models.Model):
    """An item that a source published and a person, or a rule a person wrote, accepted."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="updates")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="updates")
    uid = models.UUIDField(unique=True)
    identity = models.CharField(max_length=64)  # hash of what the source calls the item
    title = models.CharField(max_length=400)
    summary = models.TextField(blank=True, default="")
    url = models.TextField(blank=True, default="")
    address_key = AddressKeyField()
    publisher = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=12, blank=True, default="")
    published_on = EdtfField()
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.SET_NULL, related_name="updates")
    state = models.CharField(max_length=12, default="published")
    recorded_at = models.DateTimeField(auto_now_add=True)
    departments = models.ManyToManyField(Department, blank=True, related_name="updates")
    workstreams = models.ManyToManyField(Workstream, blank=True, related_name="updates")
    topics = models.ManyToManyField(Topic, blank=True, related_name="updates")

    everything = UpdateQuerySet.as_manager()
    published = PublishedUpdates()

    class Meta:
        ordering = ("-earliest", "-pk")
        indexes = (models.Index(fields=("campaign", "earliest", "id"), name="update_by_campaign_date"),)
        constraints = (
            one_of("state", PUBLICATION_STATES, "update_state"),
            in_order("earliest", "latest", "update_in_order"),
            UniqueConstraint(fields=("source", "identity"), name="update_identity_once"),
        )

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """An update as part of a story, why, and by whose decision; undone, never deleted."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="memberships")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, default="original")
    reason = models.CharField(max_length=300)
    decided_by = models.CharField(max_length=150)
    undone_at = models.DateTimeField(null=True, blank=True)

    everything = models.Manager()
    published = models.Manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            one_of("role", MEMBERSHIP_ROLES, "membership_role"),
            UniqueConstraint(fields=("update",), condition=Q(undone_at__isnull=True), name="membership_one_story_now"),
        )

    def __str__(self) -> str:
        return f"{self.update} ({self.role})"
