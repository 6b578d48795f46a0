"""A campaign and what it is made of: who takes part, its phases, its workstreams, its topics."""

from typing import TypeVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from timeline.models.base import EdtfField, LocalizedField, filled, in_order, one_of
from timeline.models.department import Department
from timeline.values.terms import (
    CAMPAIGN_STATES,
    PARTICIPATION_ROLES,
    PHASE_BASES,
    RESPONSIBILITY_BASES,
    RESPONSIBILITY_ROLES,
    TOPIC_GROUPS,
)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def public(self) -> "CampaignQuerySet":
        return self.exclude(state="draft")


class PublishedCampaigns(models.Manager["Campaign"]):
    def get_queryset(self) -> CampaignQuerySet:
        return CampaignQuerySet(self.model, using=self._db).public()


class Campaign(models.Model):
    """The whole effort. `start`, `end` and `duration` are the chosen statements, kept for fast queries."""

    slug = models.SlugField(max_length=80, unique=True)
    title = LocalizedField()
    summary = LocalizedField()
    timezone = models.CharField(max_length=64, default="UTC")
    state = models.CharField(max_length=12, default="draft")
    start = EdtfField()
    start_earliest = models.DateField(null=True, blank=True)
    start_latest = models.DateField(null=True, blank=True)
    end = EdtfField()
    end_earliest = models.DateField(null=True, blank=True)
    end_latest = models.DateField(null=True, blank=True)
    duration = models.CharField(max_length=20, blank=True, default="")
    status = models.CharField(max_length=40, blank=True, default="")
    revision = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    everything = CampaignQuerySet.as_manager()
    published = PublishedCampaigns()

    class Meta:
        ordering = ("slug",)
        constraints = (
            one_of("state", CAMPAIGN_STATES, "campaign_state"),
            filled("title", "campaign_title_filled"),
            in_order("start_earliest", "start_latest", "campaign_start_in_order"),
            in_order("end_earliest", "end_latest", "campaign_end_in_order"),
            CheckConstraint(condition=Q(revision__gte=0), name="campaign_revision_positive"),
        )

    def __str__(self) -> str:
        return self.slug


class FormerSlug(models.Model):
    """An address a campaign once had; it redirects for ever."""

    slug = models.SlugField(max_length=80, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="former_slugs")

    everything = models.Manager()
    published = models.Manager()

    def __str__(self) -> str:
        return self.slug


Row = TypeVar("Row", bound=models.Model)


class OfPublishedCampaign(models.Manager[Row]):
    """Rows of campaigns that are public."""

    def get_queryset(self) -> models.QuerySet[Row]:
        return super().get_queryset().exclude(campaign__state="draft")


class Participation(models.Model):
    """A department's part in a campaign; `framing` bodies set the frame and did not issue."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="participations")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=12)
    position = models.PositiveIntegerField(default=0)
    citation = models.ForeignKey(
        "timeline.Citation", null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )

    everything = models.Manager()
    published = OfPublishedCampaign["Participation"]()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            one_of("role", PARTICIPATION_ROLES, "participation_role"),
            UniqueConstraint(fields=("campaign", "department"), name="participation_once"),
        )

    def __str__(self) -> str:
        return f"{self.department} in {self.campaign}"


class Phase(models.Model):
    """A stretch of the campaign; waves are children. An observed phase was seen in the record, not announced."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="phases")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="waves")
    uid = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    title = LocalizedField()
    summary = LocalizedField()
    basis = models.CharField(max_length=12)
    start = EdtfField()
    start_earliest = models.DateField(null=True, blank=True)
    start_latest = models.DateField(null=True, blank=True)
    end = EdtfField()
    end_earliest = models.DateField(null=True, blank=True)
    end_latest = models.DateField(null=True, blank=True)
    duration = models.CharField(max_length=20, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    everything = models.Manager()
    published = OfPublishedCampaign["Phase"]()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            one_of("basis", PHASE_BASES, "phase_basis"),
            filled("title", "phase_title_filled"),
            in_order("start_earliest", "start_latest", "phase_start_in_order"),
            in_order("end_earliest", "end_latest", "phase_end_in_order"),
            in_order("start_earliest", "end_latest", "phase_starts_before_it_ends"),
            UniqueConstraint(fields=("campaign", "uid"), name="phase_uid_once"),
        )

    def __str__(self) -> str:
        return self.uid


class Workstream(models.Model):
    """A measure that the notice orders; `quote` is the order in the notice's own words."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="workstreams")
    uid = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    title = LocalizedField()
    summary = LocalizedField()
    aliases = models.JSONField(default=dict, blank=True)  # {language: [word, …]}, for matching
    quote = models.TextField(blank=True, default="")
    citation = models.ForeignKey(
        "timeline.Citation", null=True, blank=True, on_delete=models.PROTECT, related_name="workstreams"
    )
    version = models.PositiveIntegerField(default=1)

    everything = models.Manager()
    published = OfPublishedCampaign["Workstream"]()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            filled("title", "workstream_title_filled"),
            UniqueConstraint(fields=("campaign", "uid"), name="workstream_uid_once"),
        )

    def __str__(self) -> str:
        return self.uid


class Topic(models.Model):
    """What the campaign is aimed at: a target offence, a chain that feeds it, a disorder to put right."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="topics")
    uid = models.SlugField(max_length=80)
    group = models.CharField(max_length=12)
    position = models.PositiveIntegerField(default=0)
    title = LocalizedField()
    summary = LocalizedField()
    aliases = models.JSONField(default=dict, blank=True)  # {language: [word, …]}, for matching and search
    citation = models.ForeignKey(
        "timeline.Citation", null=True, blank=True, on_delete=models.PROTECT, related_name="topics"
    )

    everything = models.Manager()
    published = OfPublishedCampaign["Topic"]()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            one_of("group", TOPIC_GROUPS, "topic_group"),
            filled("title", "topic_title_filled"),
            UniqueConstraint(fields=("campaign", "uid"), name="topic_uid_once"),
        )

    def __str__(self) -> str:
        return self.uid


class Responsibility(models.Model):
    """A department answering for one workstream or one milestone."""

    workstream = models.ForeignKey(
        Workstream, null=True, blank=True, on_delete=models.CASCADE, related_name="responsibilities"
    )
    milestone = models.ForeignKey(
        "timeline.Milestone", null=True, blank=True, on_delete=models.CASCADE, related_name="responsibilities"
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="responsibilities")
    role = models.CharField(max_length=12)
    basis = models.CharField(max_length=12, default="stated")
    position = models.PositiveIntegerField(default=0)

    everything = models.Manager()
    published = models.Manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            one_of("role", RESPONSIBILITY_ROLES, "responsibility_role"),
            one_of("basis", RESPONSIBILITY_BASES, "responsibility_basis"),
            CheckConstraint(
                condition=Q(workstream__isnull=True) ^ Q(milestone__isnull=True), name="responsibility_for_one_thing"
            ),
            UniqueConstraint(fields=("workstream", "department"), name="responsibility_once_a_workstream"),
            UniqueConstraint(fields=("milestone", "department"), name="responsibility_once_a_milestone"),
        )

    def __str__(self) -> str:
        return f"{self.department}: {self.role}"
