"""The rows of the chart, under each of the four groupings, and what a lane in which nothing stands says."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from timeline.models import Phase
from timeline.queries.items import in_tree_order
from timeline.queries.labels import label
from timeline.queries.loading import Loaded
from timeline.queries.rows import MilestoneRow, UpdateRow
from timeline.queries.silence import ISSUERS, Silence
from timeline.queries.text import title_text
from timeline.values.terms import MILESTONE_KINDS
from timeline.values.view import Item, Lane, Text, UpdateItem

Entry = MilestoneRow | UpdateRow

NO_LANE = "~none"  # no slug can be written like this
UPDATES_LANE = "~updates"
_ORDER = {"lead": 0, "joint": 0, "framing": 1, "supporting": 2, "mentioned": 3}


class Lanes:
    """Which lanes there are, and in which of them an entry stands, under the chosen grouping."""

    def __init__(self, loaded: Loaded, silence: Silence) -> None:
        self.loaded = loaded
        self.silence = silence
        self.group = loaded.filter.group
        self.entries: tuple[Entry, ...] = (*loaded.milestones, *loaded.updates)
        self._workstreams = {row.pk: row.uid for row in loaded.workstreams}
        self._phases = [row for row in loaded.phases if row.parent_id is None]
        self._wanted = self._chosen_lanes()

    def of(self, row: Entry) -> tuple[str, ...]:
        """The keys of the lanes in which the entry stands, of those that the filter leaves; none where no day tells."""
        found = {
            "departments": self.departments_of,
            "workstreams": self._workstreams_of,
            "phases": self._phases_of,
            "kinds": self._kind_of,
        }[self.group](row)
        if self.group == "phases" and row.earliest is None and row.latest is None:
            return ()
        kept = tuple(dict.fromkeys(key for key in found if self._wanted is None or key in self._wanted))
        return kept or (NO_LANE,)

    def departments_of(self, row: Entry) -> list[str]:
        return [self.loaded.directory.lane(pk) for pk in self.department_pks(row)]

    def department_pks(self, row: Entry) -> list[int]:
        if isinstance(row, MilestoneRow):
            return [found.department_id for found in self.loaded.responsibilities.get(row.pk, ())]
        return list(row.department_pks)

    def lanes(self, items: Iterable[Item], updates: Iterable[UpdateItem]) -> tuple[Lane, ...]:
        """The lanes in order, with how many entries stand in each."""
        entries: tuple[Item | UpdateItem, ...] = (*items, *updates)
        shown = Counter(key for entry in entries for key in entry.lanes)
        made = {
            "departments": self._department_lanes,
            "workstreams": self._workstream_lanes,
            "phases": self._phase_lanes,
            "kinds": self._kind_lanes,
        }[self.group](shown)
        made = [lane for lane in made if self._wanted is None or lane.key in self._wanted]
        for key, title in ((UPDATES_LANE, _("Updates")), (NO_LANE, self._rest_title())):
            if shown[key]:
                made.append(Lane(key=key, title=Text(title, self.loaded.language), short=title))
        return tuple(replace(lane, count=shown[lane.key]) for lane in made)

    def issuer_lanes(self) -> tuple[str, ...]:
        """The lanes of the bodies that issued the campaign together, in the order of the notice."""
        keys = (self.loaded.directory.lane(p.department_id) for p in self.loaded.participations if p.role in ISSUERS)
        return tuple(dict.fromkeys(keys))

    def department_keys(self) -> dict[str, str]:
        """Every lane of departments with the participation role behind it ("" for none), in the chart's order."""
        keys: dict[str, str] = {}
        for row in sorted(self.loaded.participations, key=lambda row: (_ORDER[row.role], row.position, row.pk)):
            if row.role != "mentioned":
                keys.setdefault(self.loaded.directory.lane(row.department_id), row.role)
        counted = Counter(key for row in self.entries for key in dict.fromkeys(self.departments_of(row)))
        mentioned = {self.loaded.directory.lane(p.department_id) for p in self.loaded.participations}
        for key, _count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
            keys.setdefault(key, "mentioned" if key in mentioned else "")
        return keys

    def _chosen_lanes(self) -> set[str] | None:
        """The lanes that a filter on the grouped dimension leaves; None where it leaves all."""
        chosen, directory = self.loaded.filter, self.loaded.directory
        if self.group == "departments" and chosen.department:
            bodies = (directory.by_slug(slug) for slug in chosen.department)
            return {directory.lane(body.pk) for body in bodies if body}
        if self.group == "workstreams" and chosen.workstream:
            return set(chosen.workstream)
        if self.group == "kinds" and chosen.kind:
            return set(chosen.kind)
        return None

    def _workstreams_of(self, row: Entry) -> list[str]:
        return [self._workstreams[pk] for pk in row.workstream_pks if pk in self._workstreams]

    def _phases_of(self, row: Entry) -> list[str]:
        return [phase.uid for phase in self._phases if _meets(phase, row.earliest, row.latest)]

    def _kind_of(self, row: Entry) -> list[str]:
        return [row.kind if isinstance(row, MilestoneRow) else UPDATES_LANE]

    def _rest_title(self) -> str:
        return {
            "departments": _("No department named"),
            "workstreams": _("No workstream"),
            "phases": _("Outside any phase"),
            "kinds": _("Other"),
        }[self.group]

    def _department_lanes(self, shown: Counter[str]) -> list[Lane]:
        directory, language = self.loaded.directory, self.loaded.language
        made = []
        for key, role in self.department_keys().items():
            body = directory.by_slug(key)
            if body is None or (role in ("", "mentioned") and not shown[key]):
                continue
            on = self.silence.since if role else None
            made.append(
                Lane(
                    key=key,
                    title=directory.name(body.pk, language, on),
                    short=directory.short(body.pk, language, on),
                    role=role,
                    silent=key in self.silence.lanes,
                    note=self.silence.notes.get(key, ""),
                    handovers=directory.handovers(body.pk, language),
                )
            )
        return made

    def _workstream_lanes(self, shown: Counter[str]) -> list[Lane]:
        scopes = self._scopes(self._workstreams_of)
        return [
            self._plain(row.uid, title_text(row.title, self.loaded.language, fallback=row.uid), scopes[row.uid])
            for row in self.loaded.workstreams
        ]

    def _phase_lanes(self, shown: Counter[str]) -> list[Lane]:
        scopes = self._scopes(lambda row: self._phases_of(row) if row.earliest or row.latest else [])
        return [
            self._plain(row.uid, title_text(row.title, self.loaded.language, fallback=row.uid), scopes[row.uid])
            for row in in_tree_order(self._phases)
        ]

    def _kind_lanes(self, shown: Counter[str]) -> list[Lane]:
        language = self.loaded.language
        scopes = self._scopes(self._kind_of)
        return [
            self._plain(kind, Text(label("milestone_kind", kind, language), language), scopes[kind])
            for kind in MILESTONE_KINDS
        ]

    def _scopes(self, keys: Callable[[Entry], list[str]]) -> dict[str, set[str]]:
        """By lane, the scopes of all that stands in it without any filter; an update counts as core."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.entries:
            for key in keys(row):
                found[key].add(row.scope if isinstance(row, MilestoneRow) else "core")
        return found

    def _plain(self, key: str, title: Text, scopes: set[str]) -> Lane:
        """A lane in which nothing ever stood is a finding once the campaign has milestones at all."""
        if not self.loaded.milestones or "core" in scopes:
            return Lane(key=key, title=title, short=title.text)
        note = _("Only related work published") if scopes else _("Nothing published")
        return Lane(key=key, title=title, short=title.text, silent=not scopes, note=note)


def _meets(phase: Phase, earliest: date | None, latest: date | None) -> bool:
    """Whether a span of days shares a day with a phase; an end that is not known is open."""
    if phase.start_earliest is None and phase.end_latest is None:
        return False
    first, last = earliest or date.min, latest or date.max
    return (phase.start_earliest or date.min) <= last and first <= (phase.end_latest or date.max)
