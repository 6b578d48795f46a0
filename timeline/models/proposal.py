"""What a machine, an import or an outsider suggests; public only after somebody accepted it."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from timeline.models.base import one_of
from timeline.models.campaign import Campaign
from timeline.models.milestone import Milestone
from timeline.models.source import Retrieval, Source, Update
from timeline.values.terms import PROPOSAL_STATES


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def pending(self) -> "ProposalQuerySet":
        return self.filter(state="pending")


class Proposal(models.Model):
    """A suggested update: `payload` is a `Candidate` as a dict, `reasons` say why it may belong here."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="proposals")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.CASCADE, related_name="proposals")
    retrieval = models.ForeignKey(Retrieval, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals")
    identity = models.CharField(max_length=64)
    payload = models.JSONField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="pending")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True, default="")
    decision_reason = models.CharField(max_length=300, blank=True, default="")
    update = models.OneToOneField(Update, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal")
    milestone = models.ForeignKey(Milestone, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals")

    everything = ProposalQuerySet.as_manager()
    published = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-proposed_at", "-pk")
        constraints = (
            one_of("state", PROPOSAL_STATES, "proposal_state"),
            CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True, decided_by="")
                | (~Q(state="pending") & Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="proposal_decision_whole",
            ),
            UniqueConstraint(fields=("source", "identity"), name="proposal_identity_once"),
        )

    def __str__(self) -> str:
        return f"{self.state}: {self.payload.get('title', '')}"
