"""Departments: the list of all, and one with its names, its relatives, and what it carries in every public campaign."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from timeline.models import Campaign, Department, Milestone, Participation, Responsibility, Statement, Succession
from timeline.queries.directory import Directory, load_directory
from timeline.queries.items import order_key
from timeline.queries.labels import label
from timeline.queries.milestones import assertions
from timeline.queries.statements import source_of
from timeline.queries.text import UNDETERMINED, reading_language, speaking, title_text, when_of
from timeline.values.pages import (
    BodyLink,
    DepartmentLine,
    DepartmentPage,
    Mention,
    NameLine,
    Part,
    SuccessionLine,
)
from timeline.values.view import Text


def department_list(*, language: str) -> tuple[DepartmentLine, ...]:
    """Every department, national ones by name, each followed by its local bodies; four queries."""
    language = reading_language(language)
    with speaking(language):
        directory = load_directory()
        carried: dict[int, list[Responsibility]] = defaultdict(list)
        for row in _carried(directory.bodies):
            carried[row.department_id].append(row)
        branches = dict(Department.published.values_list("pk", "branch"))
        children = Counter(body.parent for body in directory.bodies.values())
        return tuple(
            _line(directory, pk, language, carried[pk], branches.get(pk, ""), children[pk])
            for pk in _in_tree_order(directory, language)
        )


def department_page(slug: str, *, language: str) -> DepartmentPage:
    """A department with its line of succession and its items. Raises Department.DoesNotExist.

    Items of draft campaigns and retracted ones are not among them; those of local bodies and of the bodies that it
    was or became are, each under the body that carried it.
    """
    language = reading_language(language)
    row = Department.published.get(slug=slug)
    with speaking(language):
        directory = load_directory()
        mentions = _mentions(directory, directory.family((slug,)), language)
        own = [mention for mention in mentions if mention.by.slug == slug and not mention.when.value.is_unknown]
        return DepartmentPage(
            slug=row.slug,
            name=directory.name(row.pk, language),
            other_name=_other_name(directory, row.pk, language),
            short=directory.short(row.pk, language),
            branch=row.branch,
            website=row.website,
            note=row.note,
            inferred=row.inferred,
            names=_names(directory, row.pk, language),
            parent=_link(directory, row.parent_id, language) if row.parent_id else None,
            children=_children(directory, row.pk, language),
            successions=_successions(directory, row.pk, language),
            parts=_parts(directory, row.pk, mentions, language),
            assertions=assertions(Statement.published.filter(department=row), language),
            last_word=own[-1] if own else None,
        )


def _carried(pks: Iterable[int]) -> Iterable[Responsibility]:
    rows = Responsibility.everything.filter(milestone__in=Milestone.published.all(), department_id__in=list(pks))
    return rows.select_related("milestone__campaign").order_by("pk")


def _in_tree_order(directory: Directory, language: str) -> list[int]:
    def by_name(pk: int) -> tuple[str, ...]:
        path = reversed(directory.ancestors(pk))
        return tuple(f"{directory.name(step, language).text} {directory.bodies[step].slug}" for step in path)

    return sorted(directory.bodies, key=by_name)


def _line(
    directory: Directory, pk: int, language: str, carried: list[Responsibility], branch: str, children: int
) -> DepartmentLine:
    body = directory.bodies[pk]
    milestones = [row.milestone for row in carried if row.milestone]
    dated = [when_of(found.when, language) for found in milestones if found.when]
    return DepartmentLine(
        slug=body.slug,
        name=directory.name(pk, language),
        other_name=_other_name(directory, pk, language),
        short=directory.short(pk, language),
        branch=branch,
        parent=directory.bodies[body.parent].slug if body.parent else "",
        children=children,
        items=len(milestones),
        campaigns=len({found.campaign_id for found in milestones}),
        last=max(dated, key=lambda when: order_key(when, ""), default=None),
        lane=directory.lane(pk),
    )


def _other_name(directory: Directory, pk: int, language: str) -> Text | None:
    other = directory.name(pk, "en" if language == "zh-Hans" else "zh-Hans")
    return other if other not in (directory.name(pk, language), Text(other.text, UNDETERMINED)) else None


def _link(directory: Directory, pk: int, language: str) -> BodyLink:
    return BodyLink(directory.bodies[pk].slug, directory.name(pk, language), directory.short(pk, language))


def _children(directory: Directory, pk: int, language: str) -> tuple[BodyLink, ...]:
    found = [_link(directory, body.pk, language) for body in directory.bodies.values() if body.parent == pk]
    return tuple(sorted(found, key=lambda link: (link.name.text, link.slug)))


def _names(directory: Directory, pk: int, language: str) -> tuple[NameLine, ...]:
    return tuple(
        NameLine(
            text=Text(name.text, name.language),
            kind=name.kind,
            kind_label=label("name_kind", name.kind, language),
            valid_from=name.valid_from,
            valid_to=name.valid_to,
        )
        for name in directory.names.get(pk, ())
    )


def _successions(directory: Directory, pk: int, language: str) -> tuple[SuccessionLine, ...]:
    rows = Succession.published.filter(predecessor=pk) | Succession.published.filter(successor=pk)
    made = []
    for row in rows.select_related("citation__document").order_by("on", "pk"):
        backwards = row.successor_id == pk
        other = row.predecessor_id if backwards else row.successor_id
        made.append(
            SuccessionLine(
                kind=row.kind,
                kind_label=label("succession_kind", row.kind, language),
                when=when_of(row.on, language),
                other=_link(directory, other, language) if other else None,
                backwards=backwards,
                note=row.note,
                source=source_of(row.citation, language),
            )
        )
    return tuple(made)


def _mentions(directory: Directory, pks: set[int], language: str) -> list[Mention]:
    """The items of these bodies in the order of the timeline; a joint one stands under each body that carries it."""
    made = []
    for row in _carried(pks):
        found = row.milestone
        assert found is not None
        day = found.earliest or found.latest
        name = directory.name(row.department_id, language, day)
        made.append(
            Mention(
                campaign=found.campaign.slug,
                uid=found.uid,
                kind=found.kind,
                kind_label=label("milestone_kind", found.kind, language),
                scope=found.scope,
                scope_label=label("scope", found.scope, language),
                title=title_text(found.title, language, fallback=found.uid),
                when=when_of(found.when, language),
                role=row.role,
                role_label=label("responsibility_role", row.role, language),
                by=BodyLink(
                    directory.bodies[row.department_id].slug, name, directory.short(row.department_id, language, day)
                ),
            )
        )
    return sorted(made, key=lambda mention: order_key(mention.when, mention.uid))


def _parts(directory: Directory, pk: int, mentions: list[Mention], language: str) -> tuple[Part, ...]:
    """One part a public campaign: those it takes part in first, then those in which it only carries items."""
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[mention.campaign].append(mention)
    line = directory.line(pk)
    rows = Participation.published.filter(department_id__in=line).order_by("campaign__start_earliest", "pk")
    stated = {row.campaign.slug: row for row in rows.select_related("campaign", "citation__document")}
    others = Campaign.published.filter(slug__in=grouped.keys() - stated.keys())
    titles = dict(others.values_list("slug", "title"))
    titles |= {slug: row.campaign.title for slug, row in stated.items()}
    return tuple(
        Part(
            campaign=slug,
            title=title_text(title, language, fallback=slug),
            role=stated[slug].role if slug in stated else "",
            role_label=label("participation_role", stated[slug].role, language) if slug in stated else "",
            source=source_of(stated[slug].citation, language) if slug in stated else None,
            mentions=tuple(grouped[slug]),
        )
        for slug, title in sorted(titles.items(), key=lambda pair: (pair[0] not in stated, pair[0]))
    )
