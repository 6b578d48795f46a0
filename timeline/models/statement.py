"""What was said, by whom, when it became public, and the passage it came from."""

import builtins

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from timeline.models.base import AddressKeyField, EdtfField, in_order, one_of
from timeline.models.campaign import Campaign, Participation, Phase
from timeline.models.department import Department
from timeline.models.milestone import Milestone
from timeline.values.terms import (
    ASPECTS,
    DOCUMENT_QUALITIES,
    PROPERTIES,
    PUBLICATION_STATES,
    RANKS,
    STATEMENT_BASES,
    SUBJECTS,
)


class Document(models.Model):
    """A thing somebody published: a page, a report, a broadcast. Cited by any number of citations.

    A `do_not_link` document is named by its publisher, and its address leaves the database nowhere.
    """

    uid = models.SlugField(max_length=80, unique=True)
    url = models.TextField(blank=True, default="")
    address_key = AddressKeyField()
    title = models.CharField(max_length=400, blank=True, default="")
    publisher = models.CharField(max_length=200)
    language = models.CharField(max_length=20, blank=True, default="")
    published_on = EdtfField()
    quality = models.CharField(max_length=20, default="unknown")
    do_not_link = models.BooleanField(default=False)

    everything = models.Manager()
    published = models.Manager()

    class Meta:
        ordering = ("uid",)
        indexes = (HashIndex(fields=("address_key",), name="document_by_address"),)  # a B-tree holds no long address
        constraints = (one_of("quality", DOCUMENT_QUALITIES, "document_quality"),)

    def __str__(self) -> str:
        return self.publisher

    @property
    def link(self) -> str:
        """The address as it may be shown: empty where the document must not be linked."""
        return "" if self.do_not_link else self.url


class Citation(models.Model):
    """A document as evidence, with the passage where it was recorded (`quote`, and its place in a snapshot)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    quote = models.TextField(blank=True, default="")
    quote_language = models.CharField(max_length=12, blank=True, default="")
    snapshot = models.ForeignKey(
        "timeline.Snapshot", null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    passage_start = models.PositiveIntegerField(null=True, blank=True)
    passage_end = models.PositiveIntegerField(null=True, blank=True)
    passage_hash = models.CharField(max_length=64, blank=True, default="")

    everything = models.Manager()
    published = models.Manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            UniqueConstraint(fields=("document", "quote"), name="citation_once"),
            CheckConstraint(
                condition=Q(snapshot__isnull=True, passage_start__isnull=True, passage_end__isnull=True)
                | Q(snapshot__isnull=False, passage_start__lt=models.F("passage_end")),
                name="citation_passage_in_snapshot",
            ),
        )

    def __str__(self) -> str:
        return str(self.document)


class StatementQuerySet(models.QuerySet["Statement"]):
    def current(self) -> "StatementQuerySet":
        """Statements that may be chosen: not retracted, not deprecated, not replaced by a move that still stands."""
        moved = Statement.everything.filter(supersedes=models.OuterRef("pk"), state="published")
        return self.filter(~models.Exists(moved), state="published").exclude(rank="deprecated")

    def about(self, subject: models.Model) -> "StatementQuerySet":
        return self.filter(**{subject._meta.model_name or "": subject})


class PublishedStatements(models.Manager["Statement"]):
    def get_queryset(self) -> StatementQuerySet:
        return StatementQuerySet(self.model, using=self._db).filter(state="published")


def _one_subject() -> Q:
    chosen = Q()
    for subject in SUBJECTS:
        chosen |= Q(**{f"{other}__isnull": other != subject for other in SUBJECTS})
    return chosen


class Statement(models.Model):
    """One value for one property of one subject, with its evidence.

    A value that hangs on something else keeps `offset` (an ISO 8601 duration) and either an anchor (the chosen
    date of that thing, whatever it becomes) or `derived_from` (those very statements); `editorial.statements`
    computes it again whenever what it hangs on changes.
    """

    uid = models.UUIDField(unique=True)
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.CASCADE, related_name="statements")
    phase = models.ForeignKey(Phase, null=True, blank=True, on_delete=models.CASCADE, related_name="statements")
    milestone = models.ForeignKey(Milestone, null=True, blank=True, on_delete=models.CASCADE, related_name="statements")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.CASCADE, related_name="statements"
    )
    participation = models.ForeignKey(
        Participation, null=True, blank=True, on_delete=models.CASCADE, related_name="statements"
    )
    property = models.CharField(max_length=12)
    aspect = models.CharField(max_length=12, default="actual")
    value = models.CharField(max_length=64, blank=True, default="")  # EDTF, ISO 8601 duration, or a term
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    as_said = models.CharField(max_length=300, blank=True, default="")
    note = models.TextField(blank=True, default="")
    rank = models.CharField(max_length=12, default="normal")
    known_on = EdtfField()
    basis = models.CharField(max_length=12)
    offset = models.CharField(max_length=20, blank=True, default="")
    anchor_property = models.CharField(max_length=12, blank=True, default="")
    anchor_campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="anchored"
    )
    anchor_phase = models.ForeignKey(Phase, null=True, blank=True, on_delete=models.PROTECT, related_name="anchored")
    anchor_milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="anchored"
    )
    derived_from = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="gives")
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    citation = models.ForeignKey(Citation, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    also_cited = models.ManyToManyField(Citation, blank=True, related_name="also_supports")
    reason = models.CharField(max_length=300, blank=True, default="")  # why there is no citation
    state = models.CharField(max_length=12, default="published")
    recorded_at = models.DateTimeField(auto_now_add=True)

    everything = StatementQuerySet.as_manager()
    published = PublishedStatements()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("milestone", "property"), name="statement_by_milestone"),)
        constraints = (
            CheckConstraint(condition=_one_subject(), name="statement_about_one_thing"),
            one_of("property", PROPERTIES, "statement_property"),
            one_of("aspect", ASPECTS, "statement_aspect"),
            one_of("rank", RANKS, "statement_rank"),
            one_of("basis", STATEMENT_BASES, "statement_basis"),
            one_of("state", PUBLICATION_STATES, "statement_state"),
            in_order("earliest", "latest", "statement_in_order"),
            CheckConstraint(
                condition=Q(citation__isnull=False) | ~Q(reason=""), name="statement_cited_or_reason_given"
            ),
            CheckConstraint(
                condition=Q(
                    anchor_campaign__isnull=True,
                    anchor_phase__isnull=True,
                    anchor_milestone__isnull=True,
                    anchor_property="",
                )
                | (
                    ~Q(anchor_property="")
                    & (
                        Q(anchor_campaign__isnull=False, anchor_phase__isnull=True, anchor_milestone__isnull=True)
                        | Q(anchor_campaign__isnull=True, anchor_phase__isnull=False, anchor_milestone__isnull=True)
                        | Q(anchor_campaign__isnull=True, anchor_phase__isnull=True, anchor_milestone__isnull=False)
                    )
                ),
                name="statement_anchor_whole",
            ),
            CheckConstraint(
                condition=~Q(supersedes=models.F("pk")) | Q(supersedes__isnull=True),
                name="statement_not_its_own_successor",
            ),
            UniqueConstraint(fields=("supersedes",), condition=Q(state="published"), name="statement_moved_once"),
        )

    def __str__(self) -> str:
        return f"{self.property} = {self.value or 'unknown'}"

    @builtins.property  # the field `property` hides the name here
    def subject(self) -> models.Model:
        return next(found for name in SUBJECTS if (found := getattr(self, name)) is not None)

    @builtins.property  # the field `property` hides the name here
    def anchor(self) -> Campaign | Phase | Milestone | None:
        return self.anchor_campaign or self.anchor_phase or self.anchor_milestone
