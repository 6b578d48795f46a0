"""What waits for a decision, with the reasons for proposing it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from timeline.models import Campaign, Department, DepartmentName, Proposal, Topic, Workstream
from timeline.models.proposal import ProposalQuerySet
from timeline.queries.barred import barred_among
from timeline.queries.text import order_of, speaking, title_text, when_of
from timeline.values.candidate import from_dict
from timeline.values.view import Text, When

CAUTIONS = {
    "reused_id": _("The source used the name of this item for another item before."),
    "same_address": _("Another item has the same address."),
    "same_title": _("An item with the same title was proposed before."),
    "barred": _("Its address must not be linked."),
    "elsewhere": _("Its address is already on the timeline, from another source."),
    "future": _("It is dated in the future."),
    "undated": _("The source gives no date that is clear."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A department, workstream or topic that the item names, and the words that do."""

    kind: str
    uid: str
    label: Text
    words: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as a reviewer reads it; `url` is empty where the address must not be linked."""

    pk: int
    campaign: str
    campaign_title: Text
    source: str
    source_uid: str
    title: Text
    summary: Text | None
    url: str
    when: When
    reasons: tuple[Reason, ...]
    cautions: tuple[str, ...]
    proposed_at: datetime
    state: str
    decided_by: str = ""
    decided_at: datetime | None = None
    decision_reason: str = ""


@dataclass(frozen=True, slots=True)
class _Names:
    """Labels for the reasons of several proposals, read at once: (kind, campaign, uid) → text."""

    labels: dict[tuple[str, int | None, str], Text]

    def of(self, kind: str, campaign: int, uid: str) -> Text:
        key = (kind, None if kind == "department" else campaign, uid)
        return self.labels.get(key) or Text(uid, "und")


def pending_count(*, campaign: Campaign | None = None) -> int:
    """How many proposals wait."""
    return _waiting(campaign).count()


def pending(*, language: str, campaign: Campaign | None = None, first: int = 0, most: int = 50) -> tuple[Proposed, ...]:
    """The proposals that wait, the latest fetch first and each fetch in its source's order."""
    rows = _waiting(campaign).select_related("campaign", "source").order_by("-proposed_at", "pk")
    return _shown(rows[first : first + most], language)


def proposal(*, pk: int, language: str) -> Proposed | None:
    """One proposal, decided or not."""
    rows = Proposal.everything.filter(pk=pk).select_related("campaign", "source")
    return next(iter(_shown(rows, language)), None)


def decided(*, language: str, campaign: Campaign | None = None, most: int = 20) -> tuple[Proposed, ...]:
    """What was decided last."""
    rows = (
        Proposal.everything.exclude(state="pending").select_related("campaign", "source").order_by("-decided_at", "-pk")
    )
    return _shown((rows.filter(campaign=campaign) if campaign else rows)[:most], language)


def _waiting(campaign: Campaign | None) -> ProposalQuerySet:
    rows = Proposal.everything.pending()
    return rows.filter(campaign=campaign) if campaign else rows


def _shown(rows: Iterable[Proposal], language: str) -> tuple[Proposed, ...]:
    found = list(rows)
    names, barred = _names(found, language), barred_among(row.payload.get("url") or "" for row in found)
    with speaking(language):
        return tuple(_proposed(row, names, barred, language) for row in found)


def _proposed(row: Proposal, names: _Names, barred: frozenset[str], language: str) -> Proposed:
    candidate = from_dict(row.payload)
    spoken = candidate.language or "und"
    cautions = [reason["uid"] for reason in row.reasons if reason.get("kind") == "caution"]
    cautions += ["barred"] if candidate.url in barred else []
    ties = [reason for reason in row.reasons if reason.get("kind") in ("department", "workstream", "topic")]
    return Proposed(
        pk=row.pk,
        campaign=row.campaign.slug,
        campaign_title=title_text(row.campaign.title, language, fallback=row.campaign.slug),
        source=row.source.name if row.source else "",
        source_uid=row.source.uid if row.source else "",
        title=Text(candidate.title, spoken),
        summary=Text(candidate.summary, spoken) if candidate.summary else None,
        url="" if candidate.url in barred else candidate.url,
        when=when_of(candidate.published_on, language, as_said=candidate.published),
        reasons=tuple(
            Reason(tie["kind"], tie["uid"], names.of(tie["kind"], row.campaign_id, tie["uid"]), tie.get("words", ""))
            for tie in ties
        ),
        cautions=tuple(str(CAUTIONS[uid]) for uid in cautions if uid in CAUTIONS),
        proposed_at=row.proposed_at,
        state=row.state,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision_reason=row.decision_reason,
    )


def _names(rows: Sequence[Proposal], language: str) -> _Names:
    wanted: dict[str, set[str]] = {"department": set(), "workstream": set(), "topic": set()}
    for row in rows:
        for reason in row.reasons:
            if reason.get("kind") in wanted:
                wanted[reason["kind"]].add(reason["uid"])
    labels: dict[tuple[str, int | None, str], Text] = {}
    campaigns = {row.campaign_id for row in rows}
    for kind, noun in (("workstream", Workstream), ("topic", Topic)):
        for thing in noun.everything.filter(campaign__in=campaigns, uid__in=wanted[kind]):
            labels[kind, thing.campaign_id, thing.uid] = title_text(thing.title, language, fallback=thing.uid)
    for slug, abbreviation in Department.everything.filter(slug__in=wanted["department"]).values_list(
        "slug", "abbreviation"
    ):
        labels["department", None, slug] = Text(abbreviation or slug, "und")
    preferred = order_of(language)
    named = DepartmentName.everything.filter(department__slug__in=wanted["department"], kind="official", valid_to=None)
    best: dict[str, int] = {}
    for slug, tag, text in named.values_list("department__slug", "language", "text"):
        rank = preferred.index(tag) if tag in preferred else len(preferred)
        if rank < best.get(slug, len(preferred) + 1):
            best[slug] = rank
            labels["department", None, slug] = Text(text, tag)
    return _Names(labels)
