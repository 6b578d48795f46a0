"""What was changed about one thing: when, by whom, what it was before and what it is now, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from timeline.models import Campaign, Change, Milestone, Statement

QUIET = {"id", "recorded_at", "version", "revision", "campaign_id", "earliest", "latest"}  # follow from the rest


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that changed."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One change."""

    number: int
    at: datetime
    by: str
    action: str
    noun: str
    why: str
    differences: tuple[Difference, ...]


def history_of(thing: Milestone, *, most: int = 100) -> list[Step]:
    """The changes of a milestone and of what was stated about it, newest first."""
    slugs = [thing.campaign.slug, *thing.campaign.former_slugs.values_list("slug", flat=True)]
    statements = [str(uid) for uid in Statement.everything.filter(milestone=thing).values_list("uid", flat=True)]
    about = Q(noun="milestone", uid=thing.uid, campaign_slug__in=slugs) | Q(noun="statement", uid__in=statements)
    return _steps(Change.everything.filter(about).order_by("-number")[:most])


def history_of_campaign(campaign: Campaign, *, most: int = 30) -> list[Step]:
    """The newest changes of everything in a campaign."""
    slugs = [campaign.slug, *campaign.former_slugs.values_list("slug", flat=True)]
    return _steps(Change.everything.filter(campaign_slug__in=slugs).order_by("-number")[:most])


def _steps(changes: Iterable[Change]) -> list[Step]:
    return [
        Step(change.number, change.at, change.by, change.action, change.noun, change.why, tuple(_differences(change)))
        for change in changes
    ]


def _differences(change: Change) -> list[Difference]:
    before, after = change.before or {}, change.after or {}
    names = [name for name in after | before if name not in QUIET and not name.endswith("_id")]
    changed = [name for name in names if before.get(name) != after.get(name)]
    pairs = ((name, _words(before.get(name)), _words(after.get(name))) for name in changed)
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _words(value: object) -> str:
    """A stored value as a person reads it; nothing for nothing."""
    match value:
        case None | "" | [] | {}:
            return ""
        case dict():
            return " / ".join(str(text) for text in value.values())
        case list():
            return ", ".join(str(part[0]) if isinstance(part, list) else str(part) for part in value)
    return str(value)
