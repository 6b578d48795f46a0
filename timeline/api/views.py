"""The addresses below /api/v1/. What they have in common is in `api.base`, what they list in `api.nouns`."""

from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from timeline import models
from timeline.api import build, fields, parameters, reads
from timeline.api.base import PublicView
from timeline.api.nouns import NOUNS
from timeline.api.parameters import CAMPAIGN, CURSOR, FILTERS, LANG, PAGE
from timeline.api.problems import InvalidParameter, nothing_here
from timeline.api.schema import page_of, schema_of
from timeline.charts import CHARTS, figure
from timeline.exports import EXPORTS
from timeline.exports.json import view_as_dict
from timeline.queries.loading import known_in
from timeline.queries.predicates import milestone_conditions, update_conditions
from timeline.queries.timeline import campaign_timeline
from timeline.values.terms import MILESTONE_KINDS
from timeline.values.view import TimelineView

# The lists that the page's filters narrow.
FILTERED = {"milestones": milestone_conditions, "updates": update_conditions}
FILES = {name: export for name, export in EXPORTS.items() if name != "json"}  # JSON is the timeline's own address


class Root(PublicView):
    operation, tag, summary = "getRoot", "API", "Where everything is"

    @classmethod
    def answers(cls) -> dict[str, Any]:
        return schema_of(fields.Root)

    def answer(self, **parts: str) -> fields.Root:
        names = ("campaigns", *(name for name, noun in NOUNS.items() if noun.everywhere), "schema", "docs")
        return {"links": {name: self.link(name) for name in names}}


class CampaignList(PublicView):
    operation, tag, summary = "listCampaigns", "campaigns", "All public campaigns"
    parameters = (CURSOR, PAGE, LANG)

    @classmethod
    def answers(cls) -> dict[str, Any]:
        return page_of(fields.CampaignSummary)

    def answer(self, **parts: str) -> dict[str, Any]:
        return self.page(reads.campaigns(), build.campaign_summary)


class CampaignView(PublicView):
    """Subclasses are about the campaign whose slug is in the address."""

    scoped = True
    campaign: models.Campaign


class CampaignDetail(CampaignView):
    operation, tag, summary = "getCampaign", "campaigns", "A campaign with its counts and what is said of it"

    @classmethod
    def answers(cls) -> dict[str, Any]:
        return schema_of(fields.Campaign)

    def stamp(self) -> str:
        return f"{super().stamp()}.{self.campaign.state}"

    def answer(self, **parts: str) -> fields.Campaign:
        names = (*(f"campaign-{name}" for name in NOUNS), "timeline", "figure")
        links = {name.removeprefix("campaign-"): self.link(name, slug=self.campaign.slug) for name in names}
        links |= {name: self.link(f"timeline-{name}", slug=self.campaign.slug) for name in FILES}
        return build.campaign(reads.campaign_detail(self.campaign), self.link, links)


class List(PublicView):
    """A noun over all campaigns."""

    noun: str

    @classmethod
    def answers(cls) -> dict[str, Any]:
        return page_of(NOUNS[cls.noun].shape)

    def stamp(self) -> str:
        if self.noun != "sources":
            return super().stamp()
        asked = reads.last_attempt(self.campaign)
        return f"{super().stamp()}.{asked.timestamp() if asked else 0:.0f}"

    def answer(self, **parts: str) -> dict[str, Any]:
        noun = NOUNS[self.noun]
        rows = noun.rows(self.campaign or self._chosen())
        return self.page(self._filtered(rows), noun.build, descending=noun.descending)

    def _filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that the timeline would show under the same filter."""
        chosen = self.filter()
        if self.campaign is None or chosen.is_empty:
            return rows
        known = known_in(self.campaign)
        slugs = {body.slug for body in known.directory.bodies.values()}
        uids = {"workstream": {w.uid for w in known.workstreams}, "topic": {t.uid for t in known.topics}}
        parameters.refuse_unknown(chosen, {"department": slugs, "kind": MILESTONE_KINDS, **uids})
        return rows.filter(*FILTERED[self.noun](chosen, known).values())

    def _chosen(self) -> models.Campaign | None:
        slug = self.asked.get("campaign")
        if not slug:
            return None
        found = reads.find_campaign(slug) or reads.find_campaign(reads.slug_now(slug) or "")
        if found is None:
            raise InvalidParameter("campaign", _("There is no public campaign of this name."))
        return found


class MilestoneDetail(CampaignView):
    operation, tag, summary = "getMilestone", "milestones", "A milestone with all that is said of it"

    @classmethod
    def answers(cls) -> dict[str, Any]:
        return schema_of(fields.Milestone)

    def answer(self, **parts: str) -> fields.Milestone:
        found = reads.milestones(self.campaign).filter(uid=parts["uid"]).first()
        if found is None:
            raise NotFound(_("The campaign has no public milestone of this name."))
        return build.milestone(found, self.link)


class DepartmentDetail(PublicView):
    operation, tag, summary = "getDepartment", "departments", "A department"

    @classmethod
    def answers(cls) -> dict[str, Any]:
        return schema_of(fields.Department)

    def answer(self, **parts: str) -> fields.Department:
        found = reads.departments(None).filter(slug=parts["slug"]).first()
        if found is None:
            raise NotFound(_("There is no department of this name. /api/v1/departments/ lists them."))
        return build.department(found, self.link)


class Timeline(CampaignView):
    """The same value from which the page is drawn."""

    operation, tag, summary = "getTimeline", "timeline", "A campaign's timeline under a filter"
    description = "What the page shows, by the same filters: lanes, bands, items, counts, and what each filter offers."
    parameters = (*FILTERS, LANG)

    @classmethod
    def answers(cls) -> dict[str, Any]:
        return schema_of(TimelineView)

    def view(self) -> TimelineView:
        chosen = self.filter()
        try:
            view = campaign_timeline(self.campaign.slug, filter=chosen, language=self.language, today=self.today)
        except models.Campaign.DoesNotExist as error:
            raise Http404 from error
        parameters.refuse_unknown(
            chosen, {name: {choice.value for choice in choices} for name, choices in view.choices.items()}
        )
        return view

    def answer(self, **parts: str) -> Any:
        return view_as_dict(self.view())


class Figure(Timeline):
    operation, summary = "getFigure", "A chart of the timeline"
    description = "A figure for Plotly.js, drawn from the same value as the timeline, by the same filters."
    parameters = (parameters.CHART, parameters.THEME, *Timeline.parameters)

    @classmethod
    def answers(cls) -> dict[str, Any]:
        return schema_of(fields.PlotlyFigure)

    def answer(self, **parts: str) -> Any:
        return figure(self.asked.get("chart", next(iter(CHARTS))), self.view(), self.asked.get("theme", "light"))


class _AnyForm(BaseContentNegotiation):
    """The address itself names the form; errors are JSON."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class TimelineFile(Timeline):
    """The timeline in a format of `EXPORTS`."""

    content_negotiation_class = _AnyForm
    form: str

    @classmethod
    def answers(cls) -> dict[str, Any]:
        return {"type": "string"}

    def answer(self, **parts: str) -> HttpResponseBase:
        export = EXPORTS[self.form]
        name = f'attachment; filename="{self.campaign.slug}.{self.form}"'
        body = export.render(self.view())
        return HttpResponse(body, content_type=export.media_type, headers={"Content-Disposition": name})


class Schema(PublicView):
    """The description of all this, as OpenAPI."""

    schema = None  # type: ignore[assignment]

    def stamp(self) -> str:
        return "schema"

    def answer(self, **parts: str) -> Any:
        return _openapi()


class NothingHere(PublicView):
    """Every other address below /api/: a redirect where only the last slash is missing, else a problem."""

    schema = None  # type: ignore[assignment]

    def get(self, request: Request, **parts: str) -> HttpResponseBase:
        path, query = request.path_info, request.META.get("QUERY_STRING", "")
        try:
            known = not path.endswith("/") and resolve(f"{path}/").func.cls is not NothingHere  # type: ignore[attr-defined]
        except (Resolver404, AttributeError):
            known = False
        if not known:
            raise nothing_here()
        where = request.build_absolute_uri(f"{path}/") + (f"?{query}" if query else "")
        return Response(status=308, headers={"Location": where})

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise nothing_here()


def list_of(name: str, *, scoped: bool) -> type[PublicView]:
    """The view that lists a noun: of the campaign in the address, or of all."""
    noun = NOUNS[name]
    narrowing = (FILTERS[:-1] if name in FILTERED else ()) if scoped else (CAMPAIGN,)  # a list has no lanes to group
    where = "Of one campaign." if scoped else "Of all campaigns, or of the one named."
    declared = {
        "noun": name,
        "scoped": scoped,
        "operation": f"list{'Campaign' if scoped else ''}{name.capitalize()}",
        "tag": name,
        "summary": noun.description,
        "description": f"{(noun.shape.__doc__ or '').strip()} {where}",
        "parameters": (*narrowing, CURSOR, PAGE, LANG),
    }
    return type(f"{declared['operation']}", (List,), declared)


def file_of(form: str) -> type[PublicView]:
    """The view that gives the timeline in the format `form`."""
    declared = {
        "form": form,
        "operation": f"getTimeline{form.capitalize()}",
        "summary": f"The table of the timeline as {form.upper()}",
        "media_type": EXPORTS[form].media_type.partition(";")[0],
    }
    return type(f"Timeline{form.capitalize()}", (TimelineFile,), declared)


@cache
def _openapi() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)
