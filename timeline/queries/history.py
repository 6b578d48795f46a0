"""What was changed about one thing: when, by whom, what it was before and what it is now, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timeline.models import Campaign, Change, Milestone, Statement
from timeline.queries.labels import LABELS

# What follows from the rest, or tells a reader nothing.
QUIET = {"id", "uid", "recorded_at", "version", "revision", "earliest", "latest", "position", "citations", "property"}
QUIET |= {"start_earliest", "start_latest", "end_earliest", "end_latest", "anchor_property", "offset"}
QUIET |= {"lease", "lease_until", "next_fetch_at", "attempts", "failures", "etag", "last_modified", "last_sha256"}
QUIET |= {"last_attempt_at", "last_success_at", "last_new_item_at", "error_class", "identity", "published_at"}
USUAL = {"rank": "normal", "state": "published", "scope": "core", "confidence": "medium"}  # said of a new thing only

ACTIONS: dict[str, Promise] = {
    "create": _("entered"),
    "edit": _("edited"),
    "state": _("stated"),
    "choose": _("chosen anew"),
    "derive": _("moved with what it hangs on"),
    "rank": _("ranked"),
    "retract": _("taken back"),
    "restore": _("put back"),
    "delete": _("deleted"),
    "load": _("loaded from a file"),
    "published": _("published"),
    "archived": _("archived"),
    "draft": _("withdrawn to draft"),
    "pause": _("paused"),
    "resume": _("resumed"),
    "fetch": _("fetched by hand"),
    "quarantine": _("set aside"),
    "propose": _("proposed"),
    "accept": _("accepted"),
    "reject": _("rejected"),
    "link": _("linked"),
}
NOUNS: dict[str, Promise] = {
    "campaign": _("campaign"),
    "phase": _("phase"),
    "milestone": _("milestone"),
    "workstream": _("workstream"),
    "participation": _("participation"),
    "statement": _("date or status"),
    "source": _("source"),
    "update": _("update"),
    "department": _("department"),
    "figure": _("figure"),
    "topic": _("topic"),
    "disagreement": _("disagreement"),
    "proposal": _("proposal"),
    "succession": _("succession"),
}
PARTS: dict[str, Promise] = {
    "title": _("title"),
    "summary": _("summary"),
    "kind": _("kind"),
    "status": _("status"),
    "state": _("state"),
    "when": _("when"),
    "start": _("start"),
    "end": _("end"),
    "duration": _("duration"),
    "value": _("value"),
    "as_said": _("as said"),
    "aspect": _("planned or happened"),
    "basis": _("basis"),
    "rank": _("rank"),
    "known_on": _("known since"),
    "reason": _("why uncited"),
    "uncited_reason": _("why uncited"),
    "departments": _("departments"),
    "workstreams": _("workstreams"),
    "topics": _("topics"),
    "scope": _("scope"),
    "confidence": _("confidence"),
    "slug": _("address"),
    "timezone": _("time zone"),
    "quote": _("quote"),
    "role": _("part"),
    "note": _("note"),
    "name": _("name"),
    "names": _("names"),
    "aliases": _("aliases"),
    "url": _("address"),
    "publisher": _("publisher"),
    "published_on": _("published"),
    "language": _("language"),
    "quality": _("quality"),
    "interval_seconds": _("seconds between fetches"),
    "error": _("error"),
    "abbreviation": _("abbreviation"),
    "branch": _("branch"),
    "website": _("website"),
    "inferred": _("inferred"),
    "on": _("when"),
}
# Which words say a stored term; the first vocabulary that has it.
TERMS = {
    "kind": ("milestone_kind", "succession_kind", "name_kind"),
    "status": ("milestone_status", "campaign_status"),
    "state": ("publication_state", "campaign_state", "source_state", "proposal_state"),
    "aspect": ("aspect",),
    "basis": ("statement_basis", "phase_basis", "responsibility_basis"),
    "rank": ("rank",),
    "scope": ("scope",),
    "confidence": ("confidence",),
    "role": ("participation_role",),
    "language": ("language",),
    "quality": ("document_quality",),
}


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
    uid: str
    why: str
    differences: tuple[Difference, ...]


def history_of(thing: Milestone, *, most: int = 100) -> list[Step]:
    """The changes of a milestone and of what was stated about it, newest first."""
    slugs = [thing.campaign.slug, *thing.campaign.former_slugs.values_list("slug", flat=True)]
    statements = [str(uid) for uid in Statement.everything.filter(milestone=thing).values_list("uid", flat=True)]
    about = Q(noun="milestone", uid=thing.uid, campaign_slug__in=slugs) | Q(noun="statement", uid__in=statements)
    return _steps(Change.everything.filter(about).order_by("-number")[:most])


def history_of_statement(statement: Statement, *, most: int = 100) -> list[Step]:
    """The changes of one statement, newest first."""
    changes = Change.everything.filter(noun="statement", uid=str(statement.uid))
    return _steps(changes.order_by("-number")[:most])


def history_of_campaign(campaign: Campaign, *, most: int = 30) -> list[Step]:
    """The newest changes of everything in a campaign, without the choices that followed from them."""
    slugs = [campaign.slug, *campaign.former_slugs.values_list("slug", flat=True)]
    changes = Change.everything.filter(campaign_slug__in=slugs).exclude(action="choose")
    return _steps(changes.order_by("-number")[:most])


def _steps(changes: Iterable[Change]) -> list[Step]:
    return [
        Step(
            number=change.number,
            at=change.at,
            by=change.by,
            action=str(ACTIONS.get(change.action, change.action)),
            noun=str(NOUNS.get(change.noun, change.noun)),
            uid=change.uid,
            why=change.why,
            differences=tuple(_differences(change)),
        )
        for change in changes
    ]


def _differences(change: Change) -> list[Difference]:
    before, after = change.before or {}, change.after or {}
    names = [name for name in after | before if name not in QUIET and not name.endswith("_id")]
    changed = [name for name in names if before.get(name) != after.get(name)]
    told = [name for name in changed if change.before is not None or after.get(name) != USUAL.get(name, "")]
    pairs = ((_part(name), _words(name, before.get(name)), _words(name, after.get(name))) for name in told)
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _part(name: str) -> str:
    return str(PARTS.get(name, name.replace("_", " ")))


def _words(name: str, value: object) -> str:
    """A stored value as a person reads it; nothing for nothing."""
    for vocabulary in TERMS.get(name, ()):
        if isinstance(value, str) and value in LABELS[vocabulary]:
            return str(LABELS[vocabulary][value])
    if isinstance(value, dict):
        return " / ".join(str(text) for text in value.values())
    if isinstance(value, list):
        return ", ".join(str(part[0]) if isinstance(part, list) else str(part) for part in value)
    return "" if value is None else str(value)
