"""What happened or was announced, and where the sources part company."""

from django.db import models
from django.db.models import UniqueConstraint

from timeline.models.base import EdtfField, LocalizedField, filled, in_order, one_of
from timeline.models.campaign import Campaign, OfPublishedCampaign, Topic, Workstream
from timeline.values.terms import (
    CONFIDENCES,
    MILESTONE_KINDS,
    MILESTONE_STATUSES,
    PUBLICATION_STATES,
    SCOPES,
)


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def public(self) -> "MilestoneQuerySet":
        return self.filter(state="published").exclude(campaign__state="draft")

    def undated(self) -> "MilestoneQuerySet":
        return self.filter(earliest__isnull=True, latest__isnull=True)


class PublishedMilestones(models.Manager["Milestone"]):
    def get_queryset(self) -> MilestoneQuerySet:
        return MilestoneQuerySet(self.model, using=self._db).public()


class Milestone(models.Model):
    """One event. `when`, `earliest`, `latest` and `status` are the chosen statements, kept for fast queries."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="milestones")
    uid = models.SlugField(max_length=80)
    kind = models.CharField(max_length=12)
    scope = models.CharField(max_length=12, default="core")
    title = LocalizedField()
    summary = LocalizedField()
    when = EdtfField()
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, default="done")
    confidence = models.CharField(max_length=12, default="medium")
    uncited_reason = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=12, default="published")
    recorded_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    workstreams = models.ManyToManyField(Workstream, blank=True, related_name="milestones")
    topics = models.ManyToManyField(Topic, blank=True, related_name="milestones")
    citations = models.ManyToManyField("timeline.Citation", blank=True, related_name="milestones")
    stories = models.ManyToManyField("timeline.Story", blank=True, related_name="milestones")

    everything = MilestoneQuerySet.as_manager()
    published = PublishedMilestones()

    class Meta:
        ordering = ("earliest", "uid")
        indexes = (models.Index(fields=("campaign", "earliest", "id"), name="milestone_by_campaign_date"),)
        constraints = (
            one_of("kind", MILESTONE_KINDS, "milestone_kind"),
            one_of("scope", SCOPES, "milestone_scope"),
            one_of("status", MILESTONE_STATUSES, "milestone_status"),
            one_of("confidence", CONFIDENCES, "milestone_confidence"),
            one_of("state", PUBLICATION_STATES, "milestone_state"),
            filled("title", "milestone_title_filled"),
            in_order("earliest", "latest", "milestone_in_order"),
            UniqueConstraint(fields=("campaign", "uid"), name="milestone_uid_once"),
        )

    def __str__(self) -> str:
        return self.uid


class Disagreement(models.Model):
    """A place where sources do not agree, in words, with the items it concerns.

    Where the clash is about a date or a figure, the competing statements and figures are linked too;
    otherwise the words are a note on the milestones.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="disagreements")
    uid = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    title = LocalizedField()
    says = LocalizedField()  # what each source says
    milestones = models.ManyToManyField(Milestone, blank=True, related_name="disagreements")
    statements = models.ManyToManyField("timeline.Statement", blank=True, related_name="disagreements")
    figures = models.ManyToManyField("timeline.Figure", blank=True, related_name="disagreements")
    documents = models.ManyToManyField("timeline.Document", blank=True, related_name="disagreements")

    everything = models.Manager()
    published = OfPublishedCampaign["Disagreement"]()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            filled("title", "disagreement_title_filled"),
            UniqueConstraint(fields=("campaign", "uid"), name="disagreement_uid_once"),
        )

    def __str__(self) -> str:
        return self.uid
