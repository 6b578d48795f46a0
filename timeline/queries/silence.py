"""Who issued the campaign and never reported on it: computed from what is recorded, and said in the lane."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from timeline.queries.loading import Loaded
from timeline.queries.rows import MilestoneRow
from timeline.values import edtf

ISSUERS = ("lead", "joint")


@dataclass(frozen=True, slots=True)
class Silence:
    """`since` is the day of the notice. `lanes` are issuers that never reported; `notes` what their lanes say."""

    issuers: tuple[str, ...]
    notice: MilestoneRow | None = None
    since: date | None = None
    lanes: frozenset[str] = frozenset()
    notes: dict[str, str] = field(default_factory=dict)


def find_silence(loaded: Loaded) -> Silence:
    """Which issuers carry no item about the campaign after its notice.

    Where nobody reported anything yet, nobody is called silent: then it is the record that is empty.
    """
    directory = loaded.directory
    keys = (directory.lane(row.department_id) for row in loaded.participations if row.role in ISSUERS)
    issuers = tuple(dict.fromkeys(keys))
    notice = notice_of(loaded.milestones)
    since = (notice.earliest or notice.latest) if notice else loaded.campaign.start_earliest
    seen = _seen_in(loaded, notice)
    if not any("own" in found or "local" in found for found in seen.values()):
        return Silence(issuers=issuers, notice=notice, since=since)
    silent = frozenset(key for key in issuers if "own" not in seen[key])
    written = _Notes(notice, since, loaded.language)
    notes = {key: written.of_issuer(seen[key]) for key in silent}
    notes |= {key: written.of_other() for key, found in seen.items() if key not in issuers and found == {"related"}}
    return Silence(issuers=issuers, notice=notice, since=since, lanes=silent, notes=notes)


def notice_of(milestones: list[MilestoneRow]) -> MilestoneRow | None:
    """The milestone that opened the campaign: its first launch."""
    launches = [row for row in milestones if row.kind == "launch" and row.scope == "core"]
    return min(launches, key=lambda row: (row.earliest or row.latest or date.max, row.uid), default=None)


def _seen_in(loaded: Loaded, notice: MilestoneRow | None) -> dict[str, set[str]]:
    """By lane: "own" (a report of the body itself), "local" (of a body under it), "related" (other work)."""
    directory = loaded.directory
    opened = (notice.earliest or notice.latest) if notice else None
    found: dict[str, set[str]] = defaultdict(set)
    for row in loaded.milestones:
        if notice is not None and (row.pk == notice.pk or (row.latest and opened and row.latest < opened)):
            continue
        for part in loaded.responsibilities.get(row.pk, ()):
            own = directory.national(part.department_id) == part.department_id
            sort = "related" if row.scope != "core" else "own" if own else "local"
            found[directory.lane(part.department_id)].add(sort)
    return found


@dataclass(frozen=True, slots=True)
class _Notes:
    notice: MilestoneRow | None
    since: date | None
    language: str

    def of_issuer(self, seen: set[str]) -> str:
        if self.notice is None or self.since is None:
            return self._undated(seen)
        when = {"date": edtf.describe(edtf.from_day(self.since), self.language)}
        if "local" in seen:
            return _("Only local bodies published about this campaign since the joint notice of %(date)s") % when
        if "related" in seen:
            return _("Only related work published since the joint notice of %(date)s") % when
        return _("Nothing published about this campaign since the joint notice of %(date)s") % when

    def of_other(self) -> str:
        return _("Only related work published")

    def _undated(self, seen: set[str]) -> str:
        if "local" in seen:
            return _("Only local bodies published about this campaign")
        return self.of_other() if "related" in seen else _("Nothing published about this campaign")
