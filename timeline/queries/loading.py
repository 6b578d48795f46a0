"""The rows of one campaign, read in a fixed number of queries whatever the campaign holds.

find_campaign ▶ participations, responsibilities ▶ directory ▶ phases, workstreams, topics
              ▶ milestones and updates (with their matches) ▶ statements ▶ disagreements
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, IntegerField, Max, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from timeline.models import (
    Campaign,
    Change,
    Citation,
    Disagreement,
    Document,
    Figure,
    Milestone,
    Participation,
    Phase,
    Responsibility,
    Statement,
    Topic,
    Update,
    Workstream,
)
from timeline.queries.barred import is_barred
from timeline.queries.directory import Directory, load_directory
from timeline.queries.predicates import Known, milestone_conditions, update_conditions, with_matches
from timeline.queries.rows import CampaignRow, DisagreementRow, MilestoneRow, StatementRow, UpdateRow
from timeline.queries.text import reading_language
from timeline.values.filters import TimelineFilter

Audience = Literal["visitor", "editor"]


@dataclass(slots=True)
class Loaded:
    """One campaign's rows, as the readers of one audience may see them."""

    campaign: CampaignRow
    language: str
    today: date
    filter: TimelineFilter
    directory: Directory
    participations: list[Participation]
    phases: list[Phase]
    workstreams: list[Workstream]
    topics: list[Topic]
    milestones: list[MilestoneRow]
    responsibilities: dict[int, list[Responsibility]]  # by milestone
    updates: list[UpdateRow]
    statements: list[StatementRow]
    disagreements: list[DisagreementRow]

    def about(self, subject: str, pk: int) -> list[StatementRow]:
        return [found for found in self.statements if getattr(found, f"{subject}_id") == pk]


def find_campaign(slug: str, audience: Audience = "visitor") -> CampaignRow:
    """The campaign with its counts. Raises Campaign.DoesNotExist, for visitors also where it is a draft."""
    rows = Campaign.published.all() if audience == "visitor" else Campaign.everything.all()
    return cast("CampaignRow", rows.annotate(**campaign_counts()).get(slug=slug))


def campaign_counts() -> dict[str, Any]:
    """Annotations for a campaign: `figure_reports`, `figure_firsts` and `changed_at`."""
    figures = Figure.everything.filter(campaign=OuterRef("pk"), state="published").order_by()
    last = Change.everything.filter(campaign_slug=OuterRef("slug")).order_by().values("campaign_slug")
    return {
        "figure_reports": _count(figures),
        "figure_firsts": _count(figures.filter(confirms__isnull=True)),
        "changed_at": Subquery(last.annotate(last=Max("at")).values("last")),
    }


def load(campaign: CampaignRow, *, chosen: TimelineFilter, language: str, today: date) -> Loaded:
    """Reads everything that the timeline of `campaign` needs."""
    participations = list(Participation.everything.filter(campaign=campaign).select_related("citation"))
    responsibilities: dict[int, list[Responsibility]] = defaultdict(list)
    for row in Responsibility.everything.filter(milestone__campaign=campaign, milestone__state="published"):
        responsibilities[cast("int", row.milestone_id)].append(row)
    updates_by = Update.departments.through.objects.filter(update__campaign=campaign).values_list("department_id")
    involved = {row.department_id for row in participations}
    involved |= {row.department_id for rows in responsibilities.values() for row in rows}
    directory = load_directory(involved | {pk for (pk,) in updates_by.distinct()})
    workstreams = list(Workstream.everything.filter(campaign=campaign))
    topics = list(Topic.everything.filter(campaign=campaign))
    known = Known(directory=directory, workstreams=workstreams, topics=topics)
    milestones = with_matches(milestone_rows(campaign), milestone_conditions(chosen, known))
    updates = with_matches(update_rows(Update.everything.filter(campaign=campaign)), update_conditions(chosen, known))
    return Loaded(
        campaign=campaign,
        language=reading_language(language),
        today=today,
        filter=chosen,
        directory=directory,
        participations=participations,
        phases=list(Phase.everything.filter(campaign=campaign).select_related("parent")),
        workstreams=workstreams,
        topics=topics,
        milestones=cast("list[MilestoneRow]", list(milestones)),
        responsibilities=dict(responsibilities),
        updates=cast("list[UpdateRow]", list(updates)),
        statements=cast("list[StatementRow]", list(statement_rows(campaign))),
        disagreements=cast("list[DisagreementRow]", list(disagreement_rows(campaign))),
    )


def known_in(campaign: Campaign) -> Known:
    """What a filter may name in a campaign, for those who filter rows without loading all else."""
    return Known(
        directory=load_directory(),
        workstreams=list(Workstream.everything.filter(campaign=campaign)),
        topics=list(Topic.everything.filter(campaign=campaign)),
    )


def milestone_rows(campaign: Campaign, *, states: Sequence[str] = ("published",)) -> QuerySet[Milestone]:
    """Milestones with the ids they carry, counted in SQL so that no row asks again."""
    figures = Figure.everything.filter(milestone=OuterRef("pk"), state="published", confirms__isnull=True).order_by()
    cited = Citation.published.filter(milestones=OuterRef("pk")).order_by().values("document_id")
    return (
        Milestone.everything.filter(campaign=campaign, state__in=states)
        .annotate(
            workstream_pks=linked(Milestone.workstreams.through, "milestone_id", "workstream_id"),
            topic_pks=linked(Milestone.topics.through, "milestone_id", "topic_id"),
            document_pks=ArraySubquery(cited),
            figure_count=_count(figures),
        )
        .order_by("earliest", "latest", "uid")
    )


def update_rows(rows: QuerySet[Update]) -> QuerySet[Update]:
    """Published updates with the ids they carry. `unlinkable`: the address is one that must not be linked."""
    return (
        rows.filter(state="published")
        .select_related("source")
        .annotate(
            department_pks=linked(Update.departments.through, "update_id", "department_id"),
            workstream_pks=linked(Update.workstreams.through, "update_id", "workstream_id"),
            topic_pks=linked(Update.topics.through, "update_id", "topic_id"),
            unlinkable=is_barred(),
        )
        .order_by("earliest", "latest", "pk")
    )


def statement_rows(campaign: Campaign) -> QuerySet[Statement]:
    """Published statements about the campaign, its phases and its milestones, with their evidence."""
    about = Q(campaign=campaign) | Q(phase__campaign=campaign) | Q(milestone__campaign=campaign)
    return with_evidence(Statement.published.filter(about, Q(milestone__isnull=True) | Q(milestone__state="published")))


def with_evidence(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    """Statements with document, anchors, `also_documents`, `derived_pks` and whether a later one moved them."""
    also = Citation.published.filter(also_supports=OuterRef("pk")).order_by().values("document_id")
    return (
        rows.select_related("citation__document", "anchor_campaign", "anchor_phase", "anchor_milestone")
        .annotate(
            also_documents=ArraySubquery(also),
            derived_pks=linked(Statement.derived_from.through, "from_statement_id", "to_statement_id"),
            is_superseded=Exists(Statement.everything.filter(supersedes=OuterRef("pk"), state="published")),
        )
        .order_by("pk")
    )


def disagreement_rows(campaign: Campaign) -> QuerySet[Disagreement]:
    """Disagreements with the ids of their milestones and whether statements or figures compete in them."""
    through = Disagreement.milestones.through
    return Disagreement.everything.filter(campaign=campaign).annotate(
        milestone_pks=linked(through, "disagreement_id", "milestone_id"),
        has_statements=Exists(Disagreement.statements.through.objects.filter(disagreement_id=OuterRef("pk"))),
        has_figures=Exists(Disagreement.figures.through.objects.filter(disagreement_id=OuterRef("pk"))),
    )


def documents_of(campaign: Campaign) -> QuerySet[Document]:
    """Every document that a published fact of the campaign cites."""
    cited = (
        Citation.published.filter(milestones__campaign=campaign, milestones__state="published"),
        *(
            Citation.published.filter(**{f"{link}__state": "published", f"{link}__{subject}": campaign})
            for link in ("statements", "also_supports")
            for subject in ("campaign", "phase__campaign", "milestone__campaign", "participation__campaign")
        ),
        Citation.published.filter(figures__campaign=campaign, figures__state="published"),
        *(
            Citation.published.filter(**{f"{noun}__campaign": campaign})
            for noun in ("participations", "workstreams", "topics")
        ),
    )
    found = Q(
        pk__in=Disagreement.documents.through.objects.filter(disagreement__campaign=campaign).values("document_id")
    )
    for citations in cited:
        found |= Q(pk__in=citations.order_by().values("document_id"))
    return Document.published.filter(found)


def linked(through: Any, own: str, other: str) -> ArraySubquery:
    """An array beside each row: the `other` column of the links whose `own` column names the row."""
    return ArraySubquery(through.objects.filter(**{own: OuterRef("pk")}).order_by(other).values(other))


def count_of(noun: type[Model], link: str) -> Coalesce:
    """How many published rows of `noun` point to each outer row by `link`."""
    return _count(noun._default_manager.filter(**{link: OuterRef("pk"), "state": "published"}).order_by())


def _count(rows: QuerySet[Any]) -> Coalesce:
    """A count beside each row; an aggregate by name, because `Count` would group the inner query."""
    counted = rows.annotate(everyone=Func(F("pk"), function="COUNT")).values("everyone")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
