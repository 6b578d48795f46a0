"""A milestone with all that is known of it, and the statements about anything else that has some."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, cast

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from timeline.models import (
    Campaign,
    Change,
    Citation,
    Department,
    Disagreement,
    Milestone,
    Phase,
    Statement,
    Topic,
    Update,
    Workstream,
)
from timeline.queries.figures import figure_rows, numbers
from timeline.queries.heads import disputes, head_of
from timeline.queries.items import ItemMaker, order_key, update_item
from timeline.queries.loading import (
    Audience,
    Loaded,
    disagreement_rows,
    find_campaign,
    milestone_rows,
    update_rows,
    with_evidence,
)
from timeline.queries.outlines import outline
from timeline.queries.rows import DisagreementRow, MilestoneRow, StatementRow, UpdateRow
from timeline.queries.silence import find_silence
from timeline.queries.statements import assertion, source_of
from timeline.queries.text import reading_language, speaking, title_text, when_of
from timeline.values.view import Assertion, Detail, Event, Source, Text, UpdateItem

Neighbours = tuple[tuple[str, Text] | None, tuple[str, Text] | None]
MOST_EVENTS = 200


def milestone_detail(
    campaign_slug: str,
    uid: str,
    *,
    language: str,
    today: date,
    with_history: bool = False,
    audience: Audience = "visitor",
) -> Detail:
    """A milestone with every statement, source, figure and disagreement; a fixed number of queries.

    Editors may also look at a retracted one. For visitors the history leaves out retracted statements and does
    not say which editor made a change.
    Raises Campaign.DoesNotExist or Milestone.DoesNotExist.
    """
    campaign = find_campaign(campaign_slug, audience)
    with speaking(language):
        loaded = outline([campaign], language=language, today=today)[campaign.pk]
        row = cast("MilestoneRow", _milestone(campaign, uid, audience))
        one = _focused(loaded, row)
        statements = _by_property(one.about("milestone", row.pk))
        return Detail(
            head=head_of(loaded, find_silence(loaded)),
            item=ItemMaker(one, lambda _row: _department_lanes(one, row)).item(row),
            assertions=_assertions(statements, one),
            sources=_sources(row, statements, loaded.language),
            numbers=numbers(figure_rows(Q(milestone=row)), loaded.language),
            disputes=disputes(replace(one, milestones=loaded.milestones)),
            updates=_updates(row, one),
            history=_history(campaign, row, audience) if with_history else (),
            version=row.version,
            neighbours=_neighbours(loaded, row),
            state=row.state,
        )


def statements_of(
    *,
    subject: Literal["campaign", "phase", "department"],
    slug: str,
    uid: str = "",
    language: str,
    audience: Audience = "visitor",
) -> tuple[Assertion, ...]:
    """Every published statement about a campaign, one of its phases (`uid`), or a department, with its evidence.

    `slug` is the campaign's, or the department's. Raises DoesNotExist of what is not there or not public.
    """
    thing: Campaign | Phase | Department
    if subject == "department":
        thing = Department.published.get(slug=slug)
    else:
        campaign = find_campaign(slug, audience)
        thing = Phase.everything.get(campaign=campaign, uid=uid) if subject == "phase" else campaign
    with speaking(language):
        return assertions(Statement.published.filter(**{subject: thing}), language)


def assertions(rows: QuerySet[Statement], language: str) -> tuple[Assertion, ...]:
    """The statements as shown, with what they derive from and what they move, wherever that stands."""
    found = _by_property(cast("list[StatementRow]", list(_with_citations(rows))))
    hanging = {pk for row in found for pk in (*row.derived_pks, row.supersedes_id) if pk}
    others = with_evidence(Statement.published.filter(pk__in=hanging - {row.pk for row in found}))
    known = {row.pk: row for row in (*found, *cast("list[StatementRow]", list(others)))}
    return _shown(found, known, reading_language(language))


def _milestone(campaign: Campaign, uid: str, audience: Audience) -> Milestone:
    states = ("published",) if audience == "visitor" else ("published", "retracted")
    citations = Citation.published.select_related("document").order_by("pk")
    rows = milestone_rows(campaign, states=states).prefetch_related(Prefetch("citations", citations))
    return rows.get(uid=uid)


def _focused(loaded: Loaded, row: MilestoneRow) -> Loaded:
    """The outline with everything that one milestone needs."""
    campaign, pk = loaded.campaign, row.pk
    statements = _with_citations(Statement.published.filter(milestone=pk))
    others = [found for found in loaded.statements if found.milestone_id != pk]
    touched = Q(milestones=pk) | Q(statements__milestone=pk) | Q(figures__milestone=pk)
    concerned = Disagreement.everything.filter(touched, campaign=campaign).values("pk")
    disagreements = disagreement_rows(campaign).filter(pk__in=concerned)
    responsibilities = {**loaded.responsibilities}
    if row.state != "published":
        responsibilities[pk] = list(row.responsibilities.all())
    return replace(
        loaded,
        workstreams=list(Workstream.everything.filter(pk__in=row.workstream_pks)),
        topics=list(Topic.everything.filter(pk__in=row.topic_pks)),
        responsibilities=responsibilities,
        statements=[*others, *cast("list[StatementRow]", list(statements))],
        disagreements=cast("list[DisagreementRow]", list(disagreements)),
    )


def _with_citations(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    citations = Citation.published.select_related("document").order_by("pk")
    return with_evidence(rows).prefetch_related(Prefetch("also_cited", citations))


def _by_property(rows: Sequence[StatementRow]) -> list[StatementRow]:
    """Statements of one property together, the best ranked first."""
    ranks = {"preferred": 0, "normal": 1, "deprecated": 2}
    return sorted(rows, key=lambda row: (row.property, row.is_superseded, ranks[row.rank], row.pk))


def _assertions(rows: list[StatementRow], loaded: Loaded) -> tuple[Assertion, ...]:
    return _shown(rows, {row.pk: row for row in loaded.statements}, loaded.language)


def _shown(rows: Iterable[StatementRow], known: dict[int, StatementRow], language: str) -> tuple[Assertion, ...]:
    return tuple(assertion(row, also=row.also_cited.all(), known=known, language=language) for row in rows)


def _department_lanes(loaded: Loaded, row: MilestoneRow) -> tuple[str, ...]:
    parts = loaded.responsibilities.get(row.pk, ())
    return tuple(dict.fromkeys(loaded.directory.lane(part.department_id) for part in parts))


def _sources(row: MilestoneRow, statements: Iterable[StatementRow], language: str) -> tuple[Source, ...]:
    """Each document once a quote; without a quote only where none of its passages was recorded."""
    citations: list[Citation] = list(row.citations.all())
    for statement in statements:
        citations += [citation for citation in (statement.citation, *statement.also_cited.all()) if citation]
    found = {citation.pk: citation for citation in citations}.values()
    quoted = {citation.document_id for citation in found if citation.quote}
    kept = [citation for citation in found if citation.quote or citation.document_id not in quoted]
    return tuple(source for citation in kept if (source := source_of(citation, language)))


def _updates(row: MilestoneRow, loaded: Loaded) -> tuple[UpdateItem, ...]:
    joined = Update.everything.filter(memberships__undone_at__isnull=True, memberships__story__milestones=row.pk)
    rows = cast("list[UpdateRow]", list(update_rows(joined.distinct())))
    return tuple(update_item(found, loaded.language, lanes=(), directory=loaded.directory) for found in rows)


def _history(campaign: Campaign, row: MilestoneRow, audience: Audience) -> tuple[Event, ...]:
    """What was done to the milestone, its statements and its figures, oldest first, at most the latest 200."""
    slugs = [campaign.slug, *campaign.former_slugs.values_list("slug", flat=True)]
    hidden = Q() if audience == "editor" else Q(state="published")
    stated = [str(uid) for uid in row.statements.filter(hidden).values_list("uid", flat=True)]
    figures = list(row.figures.filter(hidden).values_list("uid", flat=True))
    about = Q(noun="milestone", uid=row.uid, campaign_slug__in=slugs)
    about |= Q(noun="statement", uid__in=stated) | Q(noun="figure", uid__in=figures, campaign_slug__in=slugs)
    changes = Change.everything.filter(about).order_by("-number")[:MOST_EVENTS]
    return tuple(
        Event(
            number=change.number,
            at=change.at,
            by=change.by if audience == "editor" or change.by == "system" else _("an editor"),
            action=change.action,
            why=change.why,
            before=change.before,
            after=change.after,
        )
        for change in reversed(changes)
    )


def _neighbours(loaded: Loaded, row: MilestoneRow) -> Neighbours:
    """The dated milestones just before and just after, in the order of the timeline."""
    dated = [found for found in loaded.milestones if found.when]
    ordered = sorted(dated, key=lambda found: order_key(when_of(found.when, loaded.language), found.uid))
    here = next((n for n, found in enumerate(ordered) if found.pk == row.pk), None)
    if here is None:
        return None, None
    before, after = (ordered[here - 1] if here else None), (ordered[here + 1] if here + 1 < len(ordered) else None)
    return _link(before, loaded.language), _link(after, loaded.language)


def _link(row: MilestoneRow | None, language: str) -> tuple[str, Text] | None:
    return (row.uid, title_text(row.title, language, fallback=row.uid)) if row else None
