"""Departments as a reader meets them: the name a body carried on a day, and the lane it is drawn in.

local body ──parent──▶ national body ──rename or merger, backwards──▶ the first of its line = the lane
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from timeline.models import Department, DepartmentName, Succession
from timeline.queries.text import UNDETERMINED, order_of, when_of
from timeline.values import edtf
from timeline.values.terms import FOLLOWED
from timeline.values.view import Handover, Text


@dataclass(frozen=True, slots=True)
class Body:
    """One department, light enough to hold them all."""

    pk: int
    slug: str
    abbreviation: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Name:
    language: str
    kind: str
    text: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(slots=True)
class Directory:
    """All departments with their lines of succession, and the names of those that were asked for."""

    bodies: dict[int, Body]
    successions: Sequence[Succession]
    names: dict[int, list[Name]] = field(default_factory=dict)
    _parents: dict[int, int] = field(default_factory=dict)
    _predecessor: dict[int, int] = field(default_factory=dict)
    _roots: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._parents = {body.pk: body.parent for body in self.bodies.values() if body.parent}
        for succession in self.successions:
            if succession.kind in FOLLOWED and succession.successor_id:
                self._predecessor.setdefault(succession.successor_id, succession.predecessor_id)

    def by_slug(self, slug: str) -> Body | None:
        return next((body for body in self.bodies.values() if body.slug == slug), None)

    def national(self, pk: int) -> int:
        """The body at the top of the line of parents; itself where it has none."""
        return self.ancestors(pk)[-1]

    def ancestors(self, pk: int) -> list[int]:
        """The body and its parents, nearest first."""
        return _walk(pk, self._parents)

    def root(self, pk: int) -> int:
        """The first body of the line of renames and mergers that `pk` belongs to."""
        return _walk(pk, self._predecessor)[-1]

    def lane_root(self, pk: int) -> int:
        if pk not in self._roots:
            self._roots[pk] = self.root(self.national(pk))
        return self._roots[pk]

    def lane(self, pk: int) -> str:
        """The key of the lane in which the body's items stand."""
        return self.bodies[self.lane_root(pk)].slug

    def line(self, pk: int) -> set[int]:
        """The body with its predecessors and successors, without local bodies."""
        root = self.root(pk)
        return {other for other in self.bodies if self.root(other) == root}

    def family(self, slugs: Iterable[str]) -> set[int]:
        """Bodies with these slugs, their predecessors and successors, and all local bodies under them."""
        heads: set[int] = set()
        for slug in slugs:
            body = self.by_slug(slug)
            heads |= self.line(body.pk) if body else set()
        return {pk for pk in self.bodies if heads & set(self.ancestors(pk))} if heads else set()

    def with_relatives(self, pks: Iterable[int]) -> set[int]:
        """The bodies whose names are needed to show `pks`: parents, and everyone in their lines."""
        above = {ancestor for pk in set(pks) & set(self.bodies) for ancestor in self.ancestors(pk)}
        roots = {self.root(pk) for pk in above}
        return above | {pk for pk in self.bodies if self.root(pk) in roots}

    def name(self, pk: int, language: str, on: date | None = None) -> Text:
        """The official name on a day (the latest one without a day), in the reader's language if there is one."""
        body = self.bodies[pk]
        found = self._pick(pk, language, on, ("official",)) or self._pick(pk, language, on, ("short", "alias"))
        return found or Text(body.abbreviation or body.slug, UNDETERMINED)

    def short(self, pk: int, language: str, on: date | None = None) -> str:
        """The short name for a narrow place: 公安部 in Chinese, MPS in English."""
        kept = [
            name for name in self.names.get(pk, ()) if name.kind == "short" and name.language == order_of(language)[0]
        ]
        best = _on_day(kept, on)
        return best.text if best else self.bodies[pk].abbreviation or self.name(pk, language, on).text

    def handovers(self, lane_root: int, language: str) -> tuple[Handover, ...]:
        """The days from which a lane carries another name, in order."""
        found: list[Handover] = []
        here, seen = lane_root, {lane_root}
        while step := next((s for s in self.successions if s.predecessor_id == here and s.kind in FOLLOWED), None):
            if step.successor_id is None or step.successor_id in seen:
                break
            here = step.successor_id
            seen.add(here)
            when = when_of(step.on, language)
            day = when.value.earliest or when.value.latest
            found.append(
                Handover(
                    when=when, to=self.name(here, language, day), short=self.short(here, language, day), kind=step.kind
                )
            )
        return tuple(found)

    def slugs_named(self, word: str, pks: Iterable[int]) -> set[int]:
        """Which of `pks` go by a name that contains `word` (already casefolded), in any language."""
        return {
            pk
            for pk in pks
            if word in self.bodies[pk].abbreviation.casefold()
            or any(word in name.text.casefold() for name in self.names.get(pk, ()))
        }

    def _pick(self, pk: int, language: str, on: date | None, kinds: tuple[str, ...]) -> Text | None:
        names = [name for name in self.names.get(pk, ()) if name.kind in kinds]
        for tag in order_of(language):
            best = _on_day([name for name in names if name.language == tag], on)
            if best:
                return Text(best.text, best.language)
        return None


def load_directory(involved: Iterable[int] | None = None) -> Directory:
    """Three queries: every department, every succession, and the names of the involved ones (None: of all)."""
    bodies = {
        pk: Body(pk, slug, abbreviation, parent)
        for pk, slug, abbreviation, parent in Department.published.order_by("slug").values_list(
            "pk", "slug", "abbreviation", "parent_id"
        )
    }
    directory = Directory(bodies=bodies, successions=list(Succession.published.order_by("on", "pk")))
    names = DepartmentName.published.order_by("pk")
    if involved is not None:
        names = names.filter(department_id__in=directory.with_relatives(involved))
    for pk, *rest in names.values_list("department_id", *Name.__slots__):
        directory.names.setdefault(pk, []).append(Name(*rest))
    return directory


def day_of(value: str) -> date | None:
    """The first day an EDTF text may stand for, or the last one where it has no first."""
    found = edtf.parse(value)
    return found.earliest or found.latest


def _on_day(names: Sequence[Name], day: date | None) -> Name | None:
    """The name in force on the day; else the one that ended last before it; else the first one given."""
    if not names:
        return None
    if day is None:
        current = [name for name in names if name.valid_to is None]
        return max(current or names, key=lambda name: name.valid_from or date.min)
    holding = [name for name in names if name.holds_on(day)]
    if holding:
        return max(holding, key=lambda name: name.valid_from or date.min)
    ended = [name for name in names if name.valid_to and name.valid_to < day]
    return max(ended, key=lambda name: name.valid_to or date.min) if ended else names[0]


def _walk(start: int, step: dict[int, int]) -> list[int]:
    """`start` and what follows it step by step; a ring ends where it would close."""
    path = [start]
    while (following := step.get(path[-1])) is not None and following not in path:
        path.append(following)
    return path
