"""The public rows of each noun, with all that `api.build` asks of them, in a fixed number of queries.

Public means: of a campaign that is no draft, not retracted, and naming nothing that is either. `of` is one campaign, or
None for all. Every row carries `place`, a text or a number that orders the list and that no two rows share.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, CharField, F, Func, Max, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models import QuerySet as Rows
from django.db.models.functions import Cast, Coalesce, Concat, LPad

from timeline.models import (
    Campaign,
    Change,
    Citation,
    Department,
    Disagreement,
    Document,
    Figure,
    FormerSlug,
    Milestone,
    Participation,
    Phase,
    Responsibility,
    Source,
    Statement,
    Succession,
    Topic,
    Update,
    Workstream,
)
from timeline.queries.barred import is_barred

Of = Campaign | None

CITATION = ("citation__document",)
PUBLIC_MILESTONE = Q(milestone__isnull=True) | (
    Q(milestone__state="published") & ~Q(milestone__campaign__state="draft")
)
LAST_DAY = Value("9999-12-31")


def find_campaign(slug: str) -> Campaign | None:
    """The public campaign of that name, or None."""
    return Campaign.published.filter(slug=slug).only("slug", "revision", "timezone", "state").first()


def slug_now(former: str) -> str | None:
    """The present slug of a public campaign that once was called `former`."""
    found = FormerSlug.published.filter(slug=former, campaign__in=Campaign.published.all())
    return found.values_list("campaign__slug", flat=True).first()


def last_change() -> int:
    """The number of the last change of anything."""
    return Change.published.aggregate(last=Max("number"))["last"] or 0


def last_attempt(of: Of) -> Any:
    """When any source was last asked: freshness moves without a change being recorded."""
    return _scoped(Source.published.all(), of).aggregate(last=Max("last_attempt_at"))["last"]


def campaigns(_: Of = None) -> Rows[Campaign]:
    return Campaign.published.annotate(place=F("slug"))


def campaign_detail(of: Campaign) -> Campaign:
    """The campaign with its counts (one query) and its statements."""
    published, every = Q(state="published"), Q()
    counted: dict[str, tuple[Any, Q]] = {
        "issuers": (Participation, Q(role__in=("lead", "joint"))),
        "participation_count": (Participation, every),
        "phase_count": (Phase, every),
        "workstream_count": (Workstream, every),
        "offences": (Topic, Q(group="offence")),
        "chains": (Topic, Q(group="chain")),
        "disorders": (Topic, Q(group="disorder")),
        "milestone_count": (Milestone, published),
        "milestones_in_window": (Milestone, published & ~Q(scope="context")),
        "disagreement_count": (Disagreement, every),
        "figure_count": (Figure, published),
        "figures_distinct": (Figure, published & Q(confirms__isnull=True)),
        "update_count": (Update, published),
        "source_count": (Source, every),
    }
    counts = {
        name: _count(model.everything.filter(condition, campaign=OuterRef("pk")))
        for name, (model, condition) in counted.items()
    }
    rows = Campaign.published.annotate(**counts, document_count=_count(documents(of)))
    return rows.prefetch_related(_statements()).get(pk=of.pk)


def phases(of: Of) -> Rows[Phase]:
    return _listed(Phase, of).select_related("campaign", "parent").prefetch_related(_statements())


def workstreams(of: Of) -> Rows[Workstream]:
    return _listed(Workstream, of).select_related("campaign", *CITATION).prefetch_related(_responsibilities())


def topics(of: Of) -> Rows[Topic]:
    return _listed(Topic, of).select_related("campaign", *CITATION)


def participations(of: Of) -> Rows[Participation]:
    rows = _listed(Participation, of).select_related("campaign", "department", *CITATION)
    return rows.prefetch_related(_statements())


def milestones(of: Of) -> Rows[Milestone]:
    """By first possible day; those without a date come last."""
    here = OuterRef("pk")
    updates = Update.published.filter(memberships__undone_at__isnull=True, memberships__story__milestones=here)
    day = Coalesce(Cast("earliest", CharField()), Cast("latest", CharField()), LAST_DAY, output_field=CharField())
    return (
        _scoped(Milestone.published.all(), of)
        .select_related("campaign")
        .prefetch_related(_responsibilities(), _statements(), Prefetch("citations", _citations()))
        .annotate(
            place=Concat(day, Value(" "), _digits("pk"), output_field=CharField()),
            workstream_uids=_all(Workstream.everything.filter(milestones=here).order_by("position"), "uid"),
            topic_uids=_all(Topic.everything.filter(milestones=here).order_by("position"), "uid"),
            figure_uids=_all(Figure.published.filter(milestone=here).order_by("pk"), "uid"),
            disagreement_uids=_all(Disagreement.everything.filter(milestones=here).order_by("position"), "uid"),
            update_uids=_all(updates.order_by("pk").distinct(), "uid"),
        )
    )


def figures(of: Of) -> Rows[Figure]:
    milestone = Milestone.published.filter(pk=OuterRef("milestone")).values("uid")
    disagreements = Disagreement.everything.filter(figures=OuterRef("pk")).order_by("position")
    return (
        _scoped(Figure.published.all(), of)
        .select_related("campaign", "metric", *CITATION)
        .annotate(
            place=F("pk"),
            milestone_uid=Subquery(milestone),
            parent_uid=Subquery(Figure.published.filter(pk=OuterRef("parent")).values("uid")),
            confirms_uid=Subquery(Figure.published.filter(pk=OuterRef("confirms")).values("uid")),
            disagreement_uids=_all(disagreements, "uid"),
        )
    )


def updates(of: Of) -> Rows[Update]:
    """The last accepted first."""
    return (
        _scoped(Update.published.all(), of)
        .select_related("campaign", "source")
        .annotate(
            place=F("pk"),
            barred=is_barred(),
            department_slugs=_all(Department.everything.filter(updates=OuterRef("pk")).order_by("slug"), "slug"),
            workstream_uids=_all(Workstream.everything.filter(updates=OuterRef("pk")).order_by("position"), "uid"),
            topic_uids=_all(Topic.everything.filter(updates=OuterRef("pk")).order_by("position"), "uid"),
        )
    )


def disagreements(of: Of) -> Rows[Disagreement]:
    here = OuterRef("pk")
    return (
        _listed(Disagreement, of)
        .select_related("campaign")
        .annotate(
            milestone_uids=_all(Milestone.published.filter(disagreements=here).order_by("earliest", "pk"), "uid"),
            statement_uids=_all(public_statements().filter(disagreements=here).order_by("pk"), "uid"),
            figure_uids=_all(Figure.published.filter(disagreements=here).order_by("pk"), "uid"),
            document_uids=_all(Document.published.filter(disagreements=here).order_by("uid"), "uid"),
        )
    )


def documents(of: Of) -> Rows[Document]:
    """The documents that something public cites."""
    public = Campaign.published.filter(pk=of.pk) if of else Campaign.published.all()
    said = public_statements() if of is None else public_statements().filter(_about(public))
    parts: tuple[Any, ...] = (Participation, Workstream, Topic)
    ids: list[Rows[Any, Any]] = [
        Milestone.published.filter(campaign__in=public).values("citations"),
        said.values("citation"),
        said.values("also_cited"),
        *(part.everything.filter(campaign__in=public).values("citation") for part in parts),
        Figure.published.filter(campaign__in=public).values("citation"),
    ]
    ids += [] if of else [Succession.published.values("citation")]
    cited = Q()
    for found in ids:
        cited |= Q(pk__in=found.order_by())
    clashing = Disagreement.everything.filter(campaign__in=public, documents__isnull=False)
    citations = Citation.published.filter(cited).values("document").order_by()
    found_in = Q(pk__in=citations) | Q(pk__in=clashing.values("documents").order_by())
    return Document.published.filter(found_in).annotate(place=F("uid"))


def sources(of: Of) -> Rows[Source]:
    public = _scoped(Source.published.filter(campaign__in=Campaign.published.all()), of)
    return public.select_related("campaign", "department").annotate(place=F("pk"), barred=is_barred())


def departments(of: Of) -> Rows[Department]:
    """All bodies; of a campaign, those that its public parts name, and what those became."""
    rows = Department.published.filter(_named_in(of)) if of else Department.published.all()
    steps = Succession.published.select_related("predecessor", "successor", *CITATION)
    return (
        rows.select_related("parent")
        .prefetch_related(
            "names",
            Prefetch("succeeds", steps),
            Prefetch("succeeded_by", steps),
            Prefetch("participations", Participation.published.select_related("campaign").order_by("campaign__slug")),
            _statements(),
        )
        .annotate(
            place=F("slug"),
            child_slugs=_all(Department.published.filter(parent=OuterRef("pk")).order_by("slug"), "slug"),
        )
    )


def _named_in(campaign: Campaign) -> Q:
    shown = Milestone.published.filter(campaign=campaign).values("pk").order_by()
    answering = Responsibility.published.filter(Q(workstream__campaign=campaign) | Q(milestone__in=shown))
    parts = Participation.published.filter(campaign=campaign).values("department").order_by()
    named = Q(pk__in=parts) | Q(pk__in=answering.values("department").order_by())
    told = Update.published.filter(campaign=campaign, departments__isnull=False).values("departments").order_by()
    heirs = Succession.published.filter(predecessor__in=parts, successor__isnull=False).values("successor").order_by()
    return named | Q(pk__in=told) | Q(pk__in=heirs)


def public_statements() -> Rows[Statement]:
    """Statements that are not retracted, about things that are public."""
    rows = Statement.published.filter(PUBLIC_MILESTONE)
    for subject in ("campaign", "phase__campaign", "participation__campaign"):
        rows = rows.exclude(**{f"{subject}__state": "draft"})
    return rows


def _about(public: Rows[Campaign]) -> Q:
    about = Q(campaign__in=public)
    for subject in ("phase", "milestone", "participation"):
        about |= Q(**{f"{subject}__campaign__in": public})
    return about


def _statements() -> "Prefetch[str]":
    anchors = ("anchor_campaign", "anchor_phase__campaign", "anchor_milestone__campaign")
    rows = (
        public_statements()
        .select_related(*CITATION, *anchors)
        .annotate(
            derived_from_uids=_all(public_statements().filter(gives=OuterRef("pk")).order_by("pk"), "uid"),
            supersedes_uid=Subquery(public_statements().filter(pk=OuterRef("supersedes")).values("uid")),
        )
    )
    return Prefetch("statements", rows.prefetch_related(Prefetch("also_cited", _citations())).order_by("pk"))


def _responsibilities() -> "Prefetch[str]":
    return Prefetch("responsibilities", Responsibility.published.select_related("department"))


def _citations() -> Rows[Citation]:
    return Citation.published.select_related("document")


def _scoped(rows: Rows[Any], of: Of) -> Rows[Any]:
    return rows.filter(campaign=of) if of else rows


def _listed(model: Any, of: Of) -> Rows[Any]:
    """Rows in the order that an editor gave them, campaign by campaign."""
    place = Concat(_digits("campaign_id"), Value(" "), _digits("position"), Value(" "), _digits("pk"))
    return _scoped(model.published.all(), of).annotate(place=place)


def _digits(column: str) -> LPad:
    """A number as a text that sorts like it, in every collation."""
    return LPad(Cast(column, CharField()), 20, Value("0"))


def _all(rows: Rows[Any], column: str) -> ArraySubquery:
    return ArraySubquery(rows.values(column))


def _count(rows: Rows[Any]) -> Coalesce:
    """A count beside each row; an aggregate by name, because `Count` would group the inner query."""
    counted = rows.order_by().annotate(everyone=Func(F("pk"), function="COUNT")).values("everyone")
    return Coalesce(Subquery(counted, output_field=BigIntegerField()), Value(0))
