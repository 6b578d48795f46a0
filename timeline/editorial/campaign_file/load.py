"""A campaign file into the database: all of it or nothing, and nothing again when it says nothing new.

campaign ▶ documents ▶ citations ▶ departments ▶ its parts ▶ milestones ▶ figures ▶ statements ▶ disagreements
                                                                                   └▶ choose what is shown
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from timeline.editorial.campaign_file import columns
from timeline.editorial.campaign_file.merge import Merge, Values
from timeline.editorial.campaign_file.said import load_statements
from timeline.editorial.campaign_file.shape import Data, normalised
from timeline.editorial.campaign_file.validate import Problem, WrongFile
from timeline.editorial.campaign_file.walk import citations, items, levels, whole_key
from timeline.editorial.permissions import Actor, require
from timeline.editorial.record import writing
from timeline.models import (
    Campaign,
    Citation,
    Department,
    DepartmentName,
    Disagreement,
    Document,
    Figure,
    FormerSlug,
    Metric,
    Milestone,
    Participation,
    Phase,
    Responsibility,
    Statement,
    Succession,
    Topic,
    Workstream,
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: rows made and mended by noun, and the campaign's revision after it."""

    slug: str
    revision: int
    made: dict[str, int] = field(default_factory=dict)
    mended: dict[str, int] = field(default_factory=dict)

    @property
    def nothing_to_change(self) -> bool:
        return not self.made and not self.mended


def load(*, data: Data, by: Actor, now: datetime) -> Loaded:
    """Loads valid `data` (see `read`) in one write.

    What the file names is made or mended; what it does not name stays. Raises Forbidden, or WrongFile where the file
    does not fit what the database holds; then nothing was written.
    """
    require(by, "campaign.load")
    data = normalised(data)
    slug = data["campaign"]["slug"]
    renamed = FormerSlug.everything.filter(slug=slug).select_related("campaign").first()
    if renamed:
        reason = f"This campaign is now called “{renamed.campaign.slug}”; write that slug in the file."
        raise WrongFile([Problem("/campaign/slug", reason)])
    try:
        with writing(by=by, now=now) as record:
            merge = Merge(record)
            _Load(merge, data).run()
    except IntegrityError as error:  # the last guard: a promise of the database that no check above foresaw
        raise WrongFile([Problem("", f"The database cannot hold this: {str(error).splitlines()[0]}.")]) from error
    revision = Campaign.everything.values_list("revision", flat=True).get(slug=slug)
    return Loaded(slug, revision, dict(merge.made), dict(merge.mended))


class _Load:
    """The steps of one load, in order; each keeps the rows that later steps refer to."""

    def __init__(self, merge: Merge, data: Data) -> None:
        self.merge, self.data = merge, data

    def run(self) -> None:
        self._campaign()
        self._documents()
        self._departments()
        self._parts()
        self._milestones()
        self._figures()
        subjects = {
            **{("department", slug): row for slug, row in self.departments.items()},
            **{("participation", slug): row for slug, row in self.participations.items()},
            **{("phase", uid): row for uid, row in self.phases.items()},
            **{("milestone", uid): row for uid, row in self.milestones.items()},
            ("campaign", self.campaign.slug): self.campaign,
        }
        self.statements = load_statements(self.merge, self.data, subjects, self.cited)
        self._disagreements()

    def cited(self, citation: Data | None) -> Citation | None:
        return self.citations[citation["document"], citation.get("quote", "")] if citation else None

    def _campaign(self) -> None:
        item = self.data["campaign"]
        held = {row.slug: row for row in Campaign.everything.filter(slug=item["slug"])}
        wanted = {item["slug"]: columns.campaign(item)}
        self.campaign = self.merge.rows(Campaign, wanted, held)[item["slug"]]
        self.merge.campaign = self.campaign

    def _documents(self) -> None:
        listed = {item["uid"]: columns.document(item) for _, item in items(self.data, "documents")}
        held = {row.uid: row for row in Document.everything.filter(uid__in=listed)}
        self.documents = self.merge.rows(Document, listed, held, shared=True)
        self._bar_other_spellings()
        of = Citation.everything.filter(document__uid__in=listed).select_related("document")
        passages = {(row.document.uid, row.quote): row for row in of}
        wanted: dict[tuple[str, str], Values] = {}
        for _, item in citations(self.data):
            key = (item["document"], item.get("quote", ""))
            wanted[key] = columns.citation(item, self.documents[item["document"]])
        self.citations = self.merge.rows(Citation, wanted, passages, shared=True)

    def _bar_other_spellings(self) -> None:
        """A document that somebody cited by another spelling of a barred address is barred too."""
        barred = {row.address_key for row in self.documents.values() if row.do_not_link and row.url}
        others = Document.everything.filter(address_key__in=barred, do_not_link=False).exclude(uid__in=self.documents)
        held = {row.uid: row for row in others}
        self.merge.rows(Document, {uid: {"do_not_link": True} for uid in held}, held, shared=True)

    def _departments(self) -> None:
        listed = {item["slug"]: item for _, item in items(self.data, "departments")}
        self.departments = {row.slug: row for row in Department.everything.filter(slug__in=listed)}
        for layer in levels({slug: _above(item, "parent") for slug, item in listed.items()}):
            wanted = {slug: columns.department(listed[slug], self.departments) for slug in layer}
            held = {slug: self.departments[slug] for slug in layer if slug in self.departments}
            self.departments |= self.merge.rows(Department, wanted, held, shared=True)
        names = {
            (row.department.slug, row.language, row.text, row.kind): row
            for row in DepartmentName.everything.filter(department__slug__in=listed).select_related("department")
        }
        said = {
            (slug, name["language"], name["text"], name.get("kind", "official")): columns.name(
                name, self.departments[slug]
            )
            for slug, item in listed.items()
            for name in item["names"]
        }
        self.merge.rows(DepartmentName, said, names, shared=True)
        self._successions()

    def _successions(self) -> None:
        rows = Succession.everything.filter(predecessor__in=self.departments.values())
        held = {(row.predecessor_id, row.successor_id, row.kind): row for row in rows}
        wanted = {}
        for _, item in items(self.data, "successions"):
            values = columns.succession(item, self.departments, self.cited(item.get("citation")))
            successor = values["successor"]
            wanted[values["predecessor"].pk, successor.pk if successor else None, item["kind"]] = values
        self.merge.rows(Succession, wanted, held, shared=True)

    def _parts(self) -> None:
        part = self._positioned
        self.participations = part("participations", Participation, "department", columns.participation)
        self.workstreams = part("workstreams", Workstream, "uid", columns.workstream)
        self.topics = part("topics", Topic, "uid", columns.topic)
        listed = {item["uid"]: item for _, item in items(self.data, "phases")}
        self.phases: dict[str, Phase] = {}
        for layer in levels({uid: _above(item, "parent") for uid, item in listed.items()}):
            self.phases |= part("phases", Phase, "uid", columns.phase, layer)
        self._responsibilities("workstreams", "responsibilities", "workstream", self.workstreams)

    def _positioned(
        self, name: str, model: Any, key: str, of: Any, only: Iterable[str] | None = None
    ) -> dict[str, Any]:
        """Rows whose order in the file is their position."""
        listed = {item[key]: item for _, item in items(self.data, name)}
        rows = model.everything.filter(campaign=self.campaign)
        held = {(row.department.slug if key == "department" else row.uid): row for row in rows}
        places = columns.positions(list(listed), {slug: row.position for slug, row in held.items()})
        wanted = {
            slug: {"campaign": self.campaign, "position": places[slug], **of(listed[slug], self)}
            for slug in (listed if only is None else only)
        }
        return self.merge.rows(model, wanted, {slug: row for slug, row in held.items() if slug in wanted})

    def _responsibilities(self, name: str, field: str, owner: str, owners: dict[str, Any]) -> None:
        rows = Responsibility.everything.filter(**{f"{owner}__in": owners.values()})
        held = {(getattr(row, f"{owner}_id"), row.department_id): row for row in rows}
        wanted = {}
        for _, item in items(self.data, name):
            here = owners[item["uid"]]
            slugs = [part["department"] for part in item.get(field, ())]
            keys = {slug: (here.pk, self.departments[slug].pk) for slug in slugs}
            places = columns.positions(slugs, {slug: held[key].position for slug, key in keys.items() if key in held})
            for part in item.get(field, ()):
                department = self.departments[part["department"]]
                values = columns.responsibility(part, department)
                wanted[keys[department.slug]] = {owner: here, "position": places[department.slug], **values}
        self.merge.rows(Responsibility, wanted, held)

    def _milestones(self) -> None:
        held = {row.uid: row for row in Milestone.everything.filter(campaign=self.campaign)}
        decided = set(
            Statement.everything.filter(milestone__campaign=self.campaign, property="status").values_list(
                "milestone__uid", flat=True
            )
        )
        listed = {item["uid"]: item for _, item in items(self.data, "milestones")}
        wanted = {
            uid: {"campaign": self.campaign, **columns.milestone(item, decided=uid in decided)}
            for uid, item in listed.items()
        }
        self.milestones = self.merge.rows(Milestone, wanted, held)
        self._responsibilities("milestones", "departments", "milestone", self.milestones)
        for name, of in (("workstreams", self.workstreams), ("topics", self.topics)):
            self._link(self.milestones, listed, name, of)
        cites = {
            self.milestones[uid]: [self.cited(one) for one in item.get("citations", ())] for uid, item in listed.items()
        }
        self.merge.links(cites, "citations")  # type: ignore[arg-type]

    def _link(self, owners: dict[str, Any], listed: dict[str, Data], name: str, of: Any) -> None:
        self.merge.links({owners[uid]: [of[key] for key in item.get(name, ())] for uid, item in listed.items()}, name)

    def _figures(self) -> None:
        metrics = {whole_key(item): columns.metric(item) for _, item in items(self.data, "metrics")}
        known = {
            (row.uid, row.definition_version): row for row in Metric.everything.filter(uid__in={m for m, _ in metrics})
        }
        self.metrics = self.merge.rows(Metric, metrics, known, shared=True)
        listed = {item["uid"]: item for _, item in items(self.data, "figures")}
        held = {row.uid: row for row in Figure.everything.filter(campaign=self.campaign)}
        self.figures: dict[str, Figure] = {}
        links = {uid: [*_above(item, "parent"), *_above(item, "confirms")] for uid, item in listed.items()}
        for layer in levels(links):
            wanted = {uid: {"campaign": self.campaign, **columns.figure(listed[uid], self)} for uid in layer}
            self.figures |= self.merge.rows(Figure, wanted, {uid: held[uid] for uid in layer if uid in held})

    def _disagreements(self) -> None:
        listed = {item["uid"]: item for _, item in items(self.data, "disagreements")}
        rows = self._positioned("disagreements", Disagreement, "uid", columns.disagreement)
        for name in ("milestones", "statements", "figures", "documents"):
            self._link(rows, listed, name, getattr(self, name))


def _above(item: Data, name: str) -> list[str]:
    return [item[name]] if name in item else []
