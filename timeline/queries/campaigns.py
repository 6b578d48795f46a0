"""The list of campaigns, and where a campaign is found that once had another address."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Max

from timeline.models import Campaign, FormerSlug, Milestone, Update
from timeline.queries.heads import head_of
from timeline.queries.loading import Audience, campaign_counts, count_of
from timeline.queries.outlines import outline
from timeline.queries.rows import CampaignRow
from timeline.queries.silence import find_silence
from timeline.queries.text import speaking
from timeline.values.pages import Address, CampaignLine


def campaign_list(*, language: str, today: date, audience: Audience = "visitor") -> tuple[CampaignLine, ...]:
    """Every campaign with its findings and counts, the latest start first; drafts for editors only.

    A fixed number of queries, however many campaigns there are.
    """
    rows = Campaign.published.all() if audience == "visitor" else Campaign.everything.all()
    counted = rows.annotate(
        **campaign_counts(), milestone_count=count_of(Milestone, "campaign"), update_count=count_of(Update, "campaign")
    )
    campaigns = cast("list[CampaignRow]", list(counted))
    campaigns.sort(key=lambda row: (row.start_earliest or date.min, row.slug), reverse=True)
    with speaking(language):
        outlines = outline(campaigns, language=language, today=today)
        made = []
        for row in campaigns:
            loaded = outlines[row.pk]
            silence = find_silence(loaded)
            made.append(
                CampaignLine(
                    head=head_of(loaded, silence),
                    milestones=row.milestone_count,
                    updates=row.update_count,
                    figures=row.figure_reports,
                    issuers=len(silence.issuers),
                    silent_issuers=len(silence.lanes),
                    changed_at=row.changed_at,
                )
            )
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a page about a campaign is right for, besides the day and the language."""

    revision: int
    timezone: str
    answered: datetime | None  # when one of its sources last did


def stamp_of(slug: str, *, audience: Audience = "visitor") -> Stamp:
    """One query. Raises Campaign.DoesNotExist, for visitors also where it is a draft."""
    rows = Campaign.published.all() if audience == "visitor" else Campaign.everything.all()
    found = rows.annotate(answered=Max("sources__last_success_at")).get(slug=slug)
    return Stamp(revision=found.revision, timezone=found.timezone, answered=found.answered)


def find_address(slug: str, *, audience: Audience = "visitor") -> Address:
    """Where a campaign is found now. Raises Campaign.DoesNotExist, for visitors also where it is a draft."""
    rows = Campaign.published.all() if audience == "visitor" else Campaign.everything.all()
    if rows.filter(slug=slug).exists():
        return Address(slug=slug, moved=False)
    former = FormerSlug.everything.filter(slug=slug, campaign__in=rows).select_related("campaign").first()
    if former is None:
        raise Campaign.DoesNotExist(f"There is no campaign {slug!r}.")
    return Address(slug=former.campaign.slug, moved=True)
