"""Choosing departments, anchors, workstreams and topics: lists of what there is, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from timeline.editorial.statements import Anchor
from timeline.models import Campaign, Department, Milestone
from timeline.queries.directory import load_directory
from timeline.queries.text import title_text
from timeline.web.forms.common import Choices, reader


@dataclass(frozen=True, slots=True)
class Tick:
    """One department to tick."""

    value: str
    text: str
    language: str
    short: str


def department_ticks(campaign: Campaign | None) -> tuple[list[Tick], list[Tick]]:
    """Those that take part in the campaign, in its order, and all others by name."""
    directory = load_directory()
    order = list(campaign.participations.values_list("department_id", flat=True)) if campaign else []
    ticks = {}
    for pk, body in directory.bodies.items():
        name = directory.name(pk, reader())
        short = body.abbreviation if body.abbreviation != name.text else ""
        ticks[pk] = Tick(str(pk), name.text, name.language, short)
    others = sorted((tick for pk, tick in ticks.items() if pk not in order), key=lambda tick: tick.text.casefold())
    return [ticks[pk] for pk in order], others


def as_choices(ticks: list[Tick]) -> Choices:
    return [(tick.value, f"{tick.text} ({tick.short})" if tick.short else tick.text) for tick in ticks]


def titled(rows: list) -> Choices:
    """Rows with a `title` in several languages, by primary key."""
    return [(str(row.pk), title_text(row.title, reader(), fallback=row.uid).text) for row in rows]


def departments_of(values: list[str]) -> list[Department]:
    """The departments ticked, in the order of the ticks."""
    found = {str(row.pk): row for row in Department.everything.filter(pk__in=values)}
    return [found[value] for value in values if value in found]


def anchor_choices(campaign: Campaign, *, without: object = None) -> Choices:
    """Dates that another one may hang on: those of the campaign, its phases and its milestones."""
    name = title_text(campaign.title, reader(), fallback=campaign.slug).text
    found: Choices = [
        (f"campaign:{campaign.pk}:start", _("the start of %(name)s") % {"name": name}),
        (f"campaign:{campaign.pk}:end", _("the end of %(name)s") % {"name": name}),
    ]
    for pk, label in titled([phase for phase in campaign.phases.all() if phase != without]):
        found.append((f"phase:{pk}:start", _("the start of the phase %(name)s") % {"name": label}))
        found.append((f"phase:{pk}:end", _("the end of the phase %(name)s") % {"name": label}))
    rows = [row for row in Milestone.everything.filter(campaign=campaign, state="published") if row != without]
    return found + [(f"milestone:{pk}:when", label) for pk, label in titled(rows)]


def anchor_of(value: str, campaign: Campaign) -> tuple[Anchor | None, str]:
    """The thing and the property that a choice of `anchor_choices` names."""
    noun, _first, rest = value.partition(":")
    key, _second, prop = rest.partition(":")
    if noun == "campaign":
        return campaign, prop
    if noun == "phase":
        return campaign.phases.get(pk=key), prop
    return (campaign.milestones.get(pk=key), prop) if noun == "milestone" else (None, "")
