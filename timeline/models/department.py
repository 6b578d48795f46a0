"""Public bodies, what they were called when, and what became of them. No person is ever a row here."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from timeline.models.base import EdtfField, in_order, one_of
from timeline.values.terms import LANGUAGES, NAME_KINDS, SUCCESSION_KINDS


class DepartmentQuerySet(models.QuerySet["Department"]):
    def national(self) -> "DepartmentQuerySet":
        return self.filter(parent__isnull=True)


class Department(models.Model):
    """A body that acts: ministry, party organ, court, local bureau (under its national `parent`)."""

    slug = models.SlugField(max_length=80, unique=True)
    abbreviation = models.CharField(max_length=40, blank=True, default="")
    branch = models.CharField(max_length=80, blank=True, default="")
    website = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="")
    inferred = models.BooleanField(default=False)  # its identity was concluded, not stated ("our province")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    version = models.PositiveIntegerField(default=1)

    everything = DepartmentQuerySet.as_manager()
    published = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ("slug",)
        constraints = (
            CheckConstraint(condition=~Q(parent=F("pk")) | Q(parent__isnull=True), name="department_not_own_parent"),
        )

    def __str__(self) -> str:
        return self.abbreviation or self.slug


class DepartmentName(models.Model):
    """A name in one language, with the days on which it was in force (both ends may be open)."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, default="official")
    text = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    everything = models.Manager()
    published = models.Manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            one_of("language", LANGUAGES, "department_name_language"),
            one_of("kind", NAME_KINDS, "department_name_kind"),
            in_order("valid_from", "valid_to", "department_name_period"),
            UniqueConstraint(fields=("department", "language", "text", "kind"), name="department_name_once"),
        )

    def __str__(self) -> str:
        return self.text


class Succession(models.Model):
    """One body giving way to another; a lane follows renames and mergers."""

    predecessor = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="succeeded_by")
    successor = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="succeeds")
    on = EdtfField()
    kind = models.CharField(max_length=12)
    note = models.TextField(blank=True, default="")
    citation = models.ForeignKey(
        "timeline.Citation", null=True, blank=True, on_delete=models.PROTECT, related_name="successions"
    )

    everything = models.Manager()
    published = models.Manager()

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            one_of("kind", SUCCESSION_KINDS, "succession_kind"),
            CheckConstraint(
                condition=Q(successor__isnull=False) | Q(kind="abolition"), name="succession_has_successor"
            ),
            CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("predecessor")), name="succession_not_to_itself"
            ),
            UniqueConstraint(fields=("predecessor", "successor", "kind"), name="succession_once"),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor or '∅'}"
