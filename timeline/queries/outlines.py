"""Campaigns just well enough known to say their findings: many of them in the queries of one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar, cast

from django.db.models import Q

from timeline.models import Milestone, Participation, Responsibility, Statement
from timeline.queries.directory import load_directory
from timeline.queries.loading import Loaded, with_evidence
from timeline.queries.rows import CampaignRow, MilestoneRow, StatementRow
from timeline.queries.text import reading_language
from timeline.values.filters import TimelineFilter

Row = TypeVar("Row")

_LIGHT = ("uid", "campaign_id", "kind", "scope", "status", "title", "when", "earliest", "latest")


def outline(campaigns: Sequence[CampaignRow], *, language: str, today: date) -> dict[int, Loaded]:
    """By campaign: participations, light milestones, responsibilities, and the statements that the head needs."""
    pks = [campaign.pk for campaign in campaigns]
    participations = _by(Participation.everything.filter(campaign__in=pks).select_related("citation"), "campaign_id")
    light = Milestone.everything.filter(campaign__in=pks, state="published").only(*_LIGHT)
    milestones = _by(light.order_by("earliest", "latest", "uid"), "campaign_id")
    carried = Responsibility.everything.filter(milestone__campaign__in=pks, milestone__state="published")
    responsibilities = _by(carried, "milestone_id")
    involved = {row.department_id for rows in participations.values() for row in rows}
    involved |= {row.department_id for rows in responsibilities.values() for row in rows}
    directory = load_directory(involved)
    launch = Q(milestone__campaign__in=pks, milestone__kind="launch", milestone__scope="core", property="when")
    rows = list(with_evidence(Statement.published.filter(Q(campaign__in=pks) | launch)))
    own = _by((row for row in rows if row.campaign_id), "campaign_id")
    dates = _by((row for row in rows if row.milestone_id), "milestone_id")
    return {
        campaign.pk: Loaded(
            campaign=campaign,
            language=reading_language(language),
            today=today,
            filter=TimelineFilter(),
            directory=directory,
            participations=participations[campaign.pk],
            phases=[],
            workstreams=[],
            topics=[],
            milestones=cast("list[MilestoneRow]", milestones[campaign.pk]),
            responsibilities=responsibilities,
            updates=[],
            statements=_statements(own[campaign.pk], milestones[campaign.pk], dates),
            disagreements=[],
        )
        for campaign in campaigns
    }


def _statements(
    own: list[Statement], milestones: list[Milestone], dates: dict[int, list[Statement]]
) -> list[StatementRow]:
    of_launches = (row for milestone in milestones for row in dates.get(milestone.pk, ()))
    return cast("list[StatementRow]", [*own, *of_launches])


def _by(rows: Iterable[Row], column: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found
