"""Reported numbers: each row is one report; a row that `confirms` another adds evidence, not a figure."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from timeline.models.base import EdtfField, LocalizedField, filled, one_of
from timeline.models.campaign import Campaign
from timeline.models.milestone import Milestone
from timeline.models.statement import Citation
from timeline.values.terms import PUBLICATION_STATES, QUALIFIERS, RANKS


class Metric(models.Model):
    """What is counted, and by which version of its definition; figures of two versions are never compared."""

    uid = models.SlugField(max_length=80)
    definition_version = models.PositiveIntegerField(default=1)
    title = LocalizedField()
    unit = models.CharField(max_length=40, default="count")

    everything = models.Manager()
    published = models.Manager()

    class Meta:
        ordering = ("uid", "definition_version")
        constraints = (
            filled("title", "metric_title_filled"),
            UniqueConstraint(fields=("uid", "definition_version"), name="metric_version_once"),
        )

    def __str__(self) -> str:
        return self.uid


class FigureQuerySet(models.QuerySet["Figure"]):
    def first_reports(self) -> "FigureQuerySet":
        return self.filter(confirms__isnull=True)


class PublishedFigures(models.Manager["Figure"]):
    def get_queryset(self) -> FigureQuerySet:
        base = FigureQuerySet(self.model, using=self._db)
        return base.filter(state="published").exclude(campaign__state="draft")


class Figure(models.Model):
    """A value as reported: qualifier kept, window with either end possibly unknown, parent for "of which"."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="figures")
    uid = models.SlugField(max_length=80)
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="figures")
    milestone = models.ForeignKey(Milestone, null=True, blank=True, on_delete=models.CASCADE, related_name="figures")
    value = models.DecimalField(max_digits=24, decimal_places=4)
    qualifier = models.CharField(max_length=12, default="exact")
    unit = models.CharField(max_length=40, default="count")
    scope = models.CharField(max_length=120, blank=True, default="")
    window_start = EdtfField()
    window_end = EdtfField()
    window_words = models.CharField(max_length=120, blank=True, default="")
    as_of = EdtfField()
    as_said = models.CharField(max_length=300, blank=True, default="")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    confirms = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="confirmations")
    rank = models.CharField(max_length=12, default="normal")
    known_on = EdtfField()
    citation = models.ForeignKey(Citation, null=True, blank=True, on_delete=models.PROTECT, related_name="figures")
    reason = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=12, default="published")
    recorded_at = models.DateTimeField(auto_now_add=True)

    everything = FigureQuerySet.as_manager()
    published = PublishedFigures()

    class Meta:
        ordering = ("pk",)
        constraints = (
            one_of("qualifier", QUALIFIERS, "figure_qualifier"),
            one_of("rank", RANKS, "figure_rank"),
            one_of("state", PUBLICATION_STATES, "figure_state"),
            CheckConstraint(condition=Q(citation__isnull=False) | ~Q(reason=""), name="figure_cited_or_reason_given"),
            CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="figure_not_own_part"),
            CheckConstraint(condition=Q(confirms__isnull=True) | ~Q(confirms=F("pk")), name="figure_not_own_witness"),
            UniqueConstraint(fields=("campaign", "uid"), name="figure_uid_once"),
        )

    def __str__(self) -> str:
        return f"{self.metric} {self.value}"
