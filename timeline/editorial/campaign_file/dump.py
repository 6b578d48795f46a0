"""A campaign out of the database as the data of a campaign file: what `load` brings back, and nothing else.

Left out are what the database keeps for itself (times of recording, versions, revisions, changes), what is computed
(chosen dates, the values of computed statements), and what arrives by itself (sources, updates, proposals).
"""

from collections import defaultdict
from typing import Any

from django.db import models

from timeline.editorial.campaign_file.shape import Data, canonical, decimal_text
from timeline.editorial.campaign_file.walk import used_departments
from timeline.models import (
    Campaign,
    Citation,
    Department,
    Disagreement,
    Document,
    Figure,
    Metric,
    Milestone,
    Phase,
    Responsibility,
    Statement,
    Succession,
)


def dump(campaign: Campaign) -> Data:
    """All facts of `campaign` in the canonical form of a campaign file."""
    return canonical(_Dump(campaign).whole())


class _Dump:
    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.documents: set[str] = set()
        self.departments = self._departments()
        self.slugs = {row.pk: row.slug for row in self.departments}
        self.said = self._said()

    def whole(self) -> Data:
        campaign = self.campaign
        data: Data = {
            "format": "campaign-timeline/1",
            "campaign": _texts(campaign, "slug title summary timezone state") | self._statements("campaign", campaign),
            "departments": [self._department(row) for row in self.departments],
            "successions": [self._succession(row) for row in self._successions()],
            "participations": [
                {"department": self.slugs[row.department_id], "role": row.role}
                | self._citation(row)
                | self._statements("participation", row)
                for row in campaign.participations.select_related("citation__document")
            ],
            "workstreams": self._workstreams(),
            "topics": [
                _texts(row, "uid group title summary aliases") | self._citation(row)
                for row in campaign.topics.select_related("citation__document")
            ],
            "phases": self._phases(),
            "milestones": self._milestones(),
            "figures": self._figures(),
            "disagreements": self._disagreements(),
        }
        data["metrics"] = [
            _texts(row, "uid definition_version title unit")
            for row in Metric.everything.filter(figures__campaign=campaign).distinct()
        ]
        fields = "uid publisher title url language published_on quality do_not_link"
        data["documents"] = [_texts(row, fields) for row in Document.everything.filter(uid__in=self.documents)]
        return data

    # -- shared nouns ------------------------------------------------------------------------------------------

    def _departments(self) -> list[Department]:
        """Those that the campaign names, those above them, what came before and after them."""
        named = Department.everything.filter(
            models.Q(participations__campaign=self.campaign)
            | models.Q(responsibilities__workstream__campaign=self.campaign)
            | models.Q(responsibilities__milestone__campaign=self.campaign)
        )
        every = {row.slug: row for row in Department.everything.select_related("parent").prefetch_related("names")}
        pairs = Succession.everything.values_list("predecessor__slug", "successor__slug")
        parents = {slug: row.parent.slug if row.parent else None for slug, row in every.items()}
        used = used_departments(set(named.values_list("slug", flat=True)), parents, list(pairs))
        return [every[slug] for slug in sorted(used)]

    def _department(self, row: Department) -> Data:
        data = _texts(row, "slug abbreviation branch website note inferred")
        data["names"] = [
            _texts(name, "language kind text")
            | {key: day.isoformat() for key, day in (("from", name.valid_from), ("to", name.valid_to)) if day}
            for name in row.names.all()
        ]
        if row.parent:
            data["parent"] = row.parent.slug
        return data | self._statements("department", row)

    def _successions(self) -> models.QuerySet[Succession]:
        rows = Succession.everything.filter(predecessor__in=self.slugs)
        return rows.select_related("citation__document")

    def _succession(self, row: Succession) -> Data:
        data = {"predecessor": self.slugs[row.predecessor_id], **_texts(row, "on kind note"), **self._citation(row)}
        return data | ({"successor": self.slugs[row.successor_id]} if row.successor_id else {})

    # -- parts -------------------------------------------------------------------------------------------------

    def _workstreams(self) -> list[Data]:
        rows = self.campaign.workstreams.select_related("citation__document")
        held = self._responsibilities("workstream")
        return [
            _texts(row, "uid title summary aliases quote") | self._citation(row) | {"responsibilities": held[row.pk]}
            for row in rows
        ]

    def _responsibilities(self, owner: str) -> dict[int, list[Data]]:
        held: dict[int, list[Data]] = defaultdict(list)
        for row in Responsibility.everything.filter(**{f"{owner}__campaign": self.campaign}):
            said = {"department": self.slugs[row.department_id], **_texts(row, "role basis")}
            held[getattr(row, f"{owner}_id")].append(said)
        return held

    def _phases(self) -> list[Data]:
        rows: list[Phase] = list(self.campaign.phases.select_related("parent"))
        return [
            _texts(row, "uid title summary basis")
            | ({"parent": row.parent.uid} if row.parent else {})
            | self._statements("phase", row)
            for row in rows
        ]

    def _milestones(self) -> list[Data]:
        held = self._responsibilities("milestone")
        rows = Milestone.everything.filter(campaign=self.campaign).prefetch_related(
            "workstreams", "topics", "citations__document"
        )
        fields = "uid kind scope title summary status confidence state uncited_reason"
        return [
            _texts(row, fields)
            | {
                "departments": held[row.pk],
                "workstreams": [one.uid for one in row.workstreams.all()],
                "topics": [one.uid for one in row.topics.all()],
                "citations": [self._cite(one) for one in row.citations.all()],
            }
            | self._statements("milestone", row)
            for row in rows
        ]

    def _figures(self) -> list[Data]:
        rows = Figure.everything.filter(campaign=self.campaign)
        return [
            self._figure(row)
            for row in rows.select_related("metric", "milestone", "parent", "confirms", "citation__document")
        ]

    def _figure(self, row: Figure) -> Data:
        data = _texts(row, "uid qualifier unit scope as_of as_said rank known_on reason state")
        data |= {"metric": row.metric.uid, "definition_version": row.metric.definition_version}
        data["value"] = decimal_text(row.value)
        data["window"] = {"start": row.window_start, "end": row.window_end, "words": row.window_words}
        for name in ("milestone", "parent", "confirms"):
            if other := getattr(row, name):
                data[name] = other.uid
        return data | self._citation(row)

    def _disagreements(self) -> list[Data]:
        fields = ("milestones", "statements", "figures", "documents")
        rows = Disagreement.everything.filter(campaign=self.campaign).prefetch_related(*fields)
        found = [
            _texts(row, "uid title says")
            | {name: [str(one.uid) for one in getattr(row, name).all()] for name in fields}
            for row in rows
        ]
        self.documents.update(uid for data in found for uid in data["documents"])
        return found

    # -- evidence ----------------------------------------------------------------------------------------------

    def _said(self) -> dict[tuple[str, int], list[Data]]:
        """The statements of each subject, by kind and key of the subject."""
        of = models.Q(department__in=self.slugs)
        for name in ("campaign", "phase__campaign", "milestone__campaign", "participation__campaign"):
            of |= models.Q(**{name: self.campaign})
        rows = Statement.everything.filter(of).select_related(
            "citation__document", "supersedes", "anchor_phase", "anchor_milestone"
        )
        held: dict[tuple[str, int], list[Data]] = defaultdict(list)
        for row in rows.prefetch_related("derived_from", "also_cited__document"):
            for name in ("campaign", "phase", "milestone", "department", "participation"):
                if key := getattr(row, f"{name}_id"):
                    held[name, key].append(self._statement(row))
        return held

    def _statements(self, kind: str, row: Any) -> Data:
        return {"statements": self.said[kind, row.pk]}

    def _statement(self, row: Statement) -> Data:
        data = _texts(row, "property aspect as_said basis rank known_on offset note reason state")
        data["uid"] = str(row.uid)
        data["derived_from"] = [str(one.uid) for one in row.derived_from.all()]
        data["also_cited"] = [self._cite(one) for one in row.also_cited.all()]
        if row.supersedes:
            data["supersedes"] = str(row.supersedes.uid)
        if row.anchor_property:
            data["anchor"] = {"property": row.anchor_property} | {
                name: found.uid
                for name in ("phase", "milestone")
                if (found := getattr(row, f"anchor_{name}")) is not None
            }
        elif not data["derived_from"]:
            data["value"] = row.value
        return data | self._citation(row)

    def _citation(self, row: Any) -> Data:
        return {"citation": self._cite(row.citation)} if row.citation else {}

    def _cite(self, citation: Citation) -> Data:
        self.documents.add(citation.document.uid)
        return {"document": citation.document.uid, **_texts(citation, "quote quote_language")}


def _texts(row: models.Model, fields: str) -> Data:
    return {name: getattr(row, name) for name in fields.split()}
