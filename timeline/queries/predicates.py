"""The filter as SQL: one condition a parameter, so that an entry knows which of them it meets.

Every word of `q` must be found somewhere: in a title or a summary (either language), or in a name of a department,
workstream or topic that the entry carries, aliases included.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from timeline.models import Milestone, Responsibility, Topic, Update, Workstream
from timeline.queries.directory import Directory
from timeline.values.filters import TimelineFilter
from timeline.values.terms import LANGUAGES

DIMENSIONS = ("department", "workstream", "topic", "kind", "q", "period")
MAX_WORDS = 10

NEVER = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of a filter may name in this campaign."""

    directory: Directory
    workstreams: list[Workstream]
    topics: list[Topic]


def milestone_conditions(chosen: TimelineFilter, known: Known) -> dict[str, Q]:
    """The conditions on milestones, by dimension; a dimension that filters nothing is absent."""
    found = _shared_conditions(chosen, known, _Carried(_by_responsibility, Milestone))
    if chosen.kind:
        found["kind"] = Q(kind__in=chosen.kind)
    return found


def update_conditions(chosen: TimelineFilter, known: Known) -> dict[str, Q]:
    """The conditions on updates. An update is of no kind, so that a choice of kinds leaves none."""
    found = _shared_conditions(chosen, known, _Carried(_by_update_department, Update))
    if chosen.kind:
        found["kind"] = NEVER
    return found


def with_matches(rows: QuerySet[Any], conditions: dict[str, Q]) -> QuerySet[Any]:
    """Adds `in_<dimension>` to each row: whether it meets that condition."""
    return rows.annotate(
        **{
            f"in_{name}": ExpressionWrapper(condition, output_field=BooleanField())
            for name, condition in conditions.items()
        }
    )


def matches_of(row: Any) -> dict[str, bool]:
    """What `with_matches` found for a row; a dimension that filters nothing is met by all."""
    return {name: bool(getattr(row, f"in_{name}", True)) for name in DIMENSIONS}


@dataclass(frozen=True, slots=True)
class _Carried:
    """How a noun carries departments, workstreams and topics."""

    by_department: Any
    model: type[Milestone] | type[Update]

    def departments(self, pks: Iterable[int]) -> Q:
        return Q(self.by_department(list(pks))) if pks else NEVER

    def workstreams(self, pks: Iterable[int]) -> Q:
        return self._through("workstreams", "workstream_id", list(pks))

    def topics(self, pks: Iterable[int]) -> Q:
        return self._through("topics", "topic_id", list(pks))

    def _through(self, field: str, column: str, pks: list[int]) -> Q:
        link = getattr(self.model, field).through
        own = f"{self.model._meta.model_name}_id"
        return Q(Exists(link.objects.filter(**{own: OuterRef("pk"), f"{column}__in": pks}))) if pks else NEVER

    def words(self, word: str) -> Q:
        if self.model is Update:
            return Q(title__icontains=word) | Q(summary__icontains=word) | Q(publisher__icontains=word)
        found = Q()
        for field in ("title", "summary"):
            for language in LANGUAGES:
                found |= Q(**{f"{field}__{language}__icontains": word})
        return found


def _by_responsibility(pks: list[int]) -> Exists:
    return Exists(Responsibility.published.filter(milestone_id=OuterRef("pk"), department_id__in=pks))


def _by_update_department(pks: list[int]) -> Exists:
    return Exists(Update.departments.through.objects.filter(update_id=OuterRef("pk"), department_id__in=pks))


def _shared_conditions(chosen: TimelineFilter, known: Known, carried: _Carried) -> dict[str, Q]:
    found: dict[str, Q] = {}
    if chosen.department:
        found["department"] = carried.departments(known.directory.family(chosen.department))
    if chosen.workstream:
        found["workstream"] = carried.workstreams(w.pk for w in known.workstreams if w.uid in chosen.workstream)
    if chosen.topic:
        found["topic"] = carried.topics(t.pk for t in known.topics if t.uid in chosen.topic)
    if chosen.q:
        found["q"] = _text(chosen.q, known, carried)
    if chosen.since or chosen.until:
        found["period"] = _period(chosen)
    return found


def _text(text: str, known: Known, carried: _Carried) -> Q:
    found = Q()
    for word in words_of(text):
        folded = word.casefold()
        one = carried.words(word)
        one |= carried.departments(known.directory.slugs_named(folded, known.directory.bodies))
        one |= carried.workstreams([w.pk for w in known.workstreams if mentions(w, folded)])
        one |= carried.topics([t.pk for t in known.topics if mentions(t, folded)])
        found &= one
    return found


def words_of(text: str) -> list[str]:
    """The words to look for; a very long text is looked for as ten words and the rest as one phrase."""
    return text.split(maxsplit=MAX_WORDS)


def mentions(named: Workstream | Topic, word: str) -> bool:
    """Whether a title, summary or alias holds `word` (already casefolded)."""
    aliases = (alias for group in named.aliases.values() for alias in group)
    return any(word in text.casefold() for text in (*named.title.values(), *named.summary.values(), *aliases))


def _period(chosen: TimelineFilter) -> Q:
    """Overlap of spans; an unknown end may lie anywhere, so that an undated entry is never filtered out."""
    found = Q()
    if chosen.since:
        found &= Q(latest__isnull=True) | Q(latest__gte=chosen.since)
    if chosen.until:
        found &= Q(earliest__isnull=True) | Q(earliest__lte=chosen.until)
    return found
