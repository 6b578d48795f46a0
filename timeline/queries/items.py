"""Milestones, updates and phases as drawn and listed, from loaded rows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from timeline.models import Phase, Responsibility
from timeline.queries.directory import Directory
from timeline.queries.labels import label
from timeline.queries.loading import Loaded
from timeline.queries.rows import MilestoneRow, StatementRow, UpdateRow
from timeline.queries.statements import chosen_when, competitors
from timeline.queries.text import UNDETERMINED, choose_text, other_text, title_text, when_of
from timeline.values.view import Band, Item, Party, Text, UpdateItem, When

Lanes = Callable[[MilestoneRow | UpdateRow], tuple[str, ...]]


class ItemMaker:
    """Makes the items of one campaign; what all of them need is looked up once."""

    def __init__(self, loaded: Loaded, lanes: Lanes) -> None:
        self.loaded = loaded
        self.lanes = lanes
        self.workstreams = {row.pk: row.uid for row in loaded.workstreams}
        self.topics = {row.pk: row.uid for row in loaded.topics}
        self.statements: dict[int, list[StatementRow]] = defaultdict(list)
        for row in loaded.statements:
            if row.milestone_id:
                self.statements[row.milestone_id].append(row)
        self.disagreements: dict[int, list[str]] = defaultdict(list)
        for found in loaded.disagreements:
            for pk in found.milestone_pks:
                self.disagreements[pk].append(found.uid)

    def item(self, row: MilestoneRow) -> Item:
        language = self.loaded.language
        statements = self.statements[row.pk]
        documents = documents_cited(row, statements)
        overdue = is_overdue(row, self.loaded.today)
        return Item(
            uid=row.uid,
            kind=row.kind,
            kind_label=label("milestone_kind", row.kind, language),
            scope=row.scope,
            scope_label=label("scope", row.scope, language),
            title=title_text(row.title, language, fallback=row.uid),
            other_title=other_text(row.title, language),
            summary=choose_text(row.summary, language),
            when=chosen_when(row.when, statements, "when", language),
            status=row.status,
            status_label=label("milestone_status", "due" if overdue else row.status, language),
            confidence=row.confidence,
            lanes=self.lanes(row),
            parties=parties_of(
                self.loaded.responsibilities.get(row.pk, ()),
                self.loaded.directory,
                language,
                row.earliest or row.latest,
            ),
            workstreams=tuple(self.workstreams[pk] for pk in row.workstream_pks),
            topics=tuple(self.topics[pk] for pk in row.topic_pks),
            competitors=competitors(statements, "when", language),
            disagreements=tuple(self.disagreements[row.pk]),
            documents=len(documents),
            figures=row.figure_count,
            uncited="" if documents else _why_uncited(row, statements),
            overdue=overdue,
        )

    def _parties(self, row: MilestoneRow) -> tuple[Party, ...]:
        rows = self.loaded.responsibilities.get(row.pk, ())
        return parties_of(rows, self.loaded.directory, self.loaded.language, row.earliest or row.latest)

    def update(self, row: UpdateRow) -> UpdateItem:
        directory = self.loaded.directory
        return update_item(row, self.loaded.language, lanes=self.lanes(row), directory=directory)


def update_item(row: UpdateRow, language: str, *, lanes: tuple[str, ...], directory: Directory) -> UpdateItem:
    """An accepted update as shown; without its address where that must not be linked."""
    return UpdateItem(
        uid=str(row.uid),
        title=Text(row.title, row.language or UNDETERMINED),
        url="" if row.unlinkable else row.url,
        publisher=row.publisher or (row.source.publisher or row.source.name if row.source else ""),
        when=when_of(row.published_on, language),
        lanes=lanes,
        departments=tuple(directory.bodies[pk].slug for pk in row.department_pks),
    )


def parties_of(
    rows: Iterable[Responsibility], directory: Directory, language: str, on: date | None
) -> tuple[Party, ...]:
    """Who took part, under the names carried on that day."""
    return tuple(
        Party(
            slug=directory.bodies[row.department_id].slug,
            name=directory.name(row.department_id, language, on),
            short=directory.short(row.department_id, language, on),
            role=row.role,
            role_label=label("responsibility_role", row.role, language),
            lane=directory.lane(row.department_id),
        )
        for row in rows
    )


def documents_cited(row: MilestoneRow, statements: Iterable[StatementRow]) -> set[int]:
    """The documents behind a milestone: its own and those of its statements, each once."""
    found = set(row.document_pks)
    for statement in statements:
        found |= set(statement.also_documents)
        found |= {statement.citation.document_id} if statement.citation else set()
    return found


def is_overdue(row: MilestoneRow, today: date) -> bool:
    """Planned, and its last possible day is past: due, and nothing was published."""
    return row.status in ("announced", "planned") and row.latest is not None and row.latest < today


def bands(loaded: Loaded) -> tuple[Band, ...]:
    """The phases in their order, waves after the phase that they belong to."""
    return tuple(_band(row, loaded.about("phase", row.pk), loaded.language) for row in in_tree_order(loaded.phases))


def in_tree_order(phases: Iterable[Phase]) -> list[Phase]:
    """Each phase followed by its waves."""
    children: dict[int | None, list[Phase]] = defaultdict(list)
    for row in phases:
        children[row.parent_id].append(row)
    ordered: list[Phase] = []
    waiting = list(reversed(children[None]))
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting.extend(reversed(children[row.pk]))
    return ordered


def _band(row: Phase, statements: list[StatementRow], language: str) -> Band:
    end = chosen_when(row.end, statements, "end", language)
    return Band(
        uid=row.uid,
        title=title_text(row.title, language, fallback=row.uid),
        summary=choose_text(row.summary, language),
        basis=row.basis,
        basis_label=label("phase_basis", row.basis, language),
        start=chosen_when(row.start, statements, "start", language),
        end=end if row.end else replace(end, words=_("no end known")),
        parent=row.parent.uid if row.parent else "",
    )


def with_same_day_marks(items: list[Item]) -> tuple[Item, ...]:
    """The items, each with how many stand on its day in its fullest lane; a vague date shares no day."""
    on = Counter((lane, item.when.value.earliest) for item in items if item.when.value.is_day for lane in item.lanes)
    return tuple(
        replace(item, same_day=max((on[lane, item.when.value.earliest] for lane in item.lanes), default=1))
        if item.when.value.is_day
        else item
        for item in items
    )


def order_key(when: When, uid: str) -> tuple[date, date, str]:
    """By first day, then last day, then uid; a date with one open end stands at the end that is known."""
    earliest, latest = when.value.earliest, when.value.latest
    return earliest or latest or date.max, latest or date.max, uid


def _why_uncited(row: MilestoneRow, statements: list[StatementRow]) -> str:
    return row.uncited_reason or next((found.reason for found in statements if found.reason), "")
