"""The one way in: what a machine found becomes public when somebody accepts it.

propose ─▶ pending ──accept──▶ Update + Story (+ link to a milestone)
                   └─reject──▶ kept, with who and why
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from timeline.editorial.inputs import InvalidInput, clean, reason_for
from timeline.editorial.permissions import SYSTEM, Actor, require
from timeline.editorial.record import Record, as_row, writing
from timeline.editorial.states import PROPOSAL, PUBLICATION, NotAllowed
from timeline.models import (
    Department,
    Membership,
    Milestone,
    Proposal,
    Retrieval,
    Source,
    Story,
    Topic,
    Update,
    Workstream,
)
from timeline.values.candidate import Candidate, from_dict, to_dict


class AlreadyDecided(NotAllowed):
    """Somebody accepted or rejected the proposal before; nothing was written."""

    def __init__(self, proposal: Proposal) -> None:
        words = {"accepted": _("accepted"), "rejected": _("rejected"), "superseded": _("replaced by a newer one")}
        super().__init__(
            _("“%(title)s” was already %(state)s by %(by)s; nothing was changed.")
            % {
                "title": proposal.payload.get("title", ""),
                "state": words[proposal.state],
                "by": proposal.decided_by,
            }
        )
        self.proposal = proposal


@dataclass(frozen=True, slots=True)
class Draft:
    """A candidate with the reasons for proposing it, each a JSON object with a `kind`."""

    candidate: Candidate
    reasons: tuple[dict[str, str], ...] = ()


def propose(record: Record, *, source: Source, retrieval: Retrieval, drafts: Sequence[Draft]) -> int:
    """Adds what is new inside an open write; how many were. An identity that the source brought before is left alone,
    whoever brought it a moment ago."""
    require(record.by, "proposal.make")
    rows = [
        Proposal(
            campaign_id=source.campaign_id,
            source=source,
            retrieval=retrieval,
            identity=draft.candidate.identity,
            payload=to_dict(draft.candidate),
            reasons=list(draft.reasons),
            proposed_at=record.now,
        )
        for draft in drafts
    ]
    Proposal.everything.bulk_create(rows, ignore_conflicts=True)
    added = list(Proposal.everything.filter(retrieval=retrieval).order_by("pk"))
    for proposal in added:
        record.note("propose", proposal)
    return len(added)


def accept(
    *,
    proposal: Proposal,
    by: Actor,
    now: datetime,
    milestone: Milestone | None = None,
    departments: Iterable[Department] | None = None,
    workstreams: Iterable[Workstream] | None = None,
    topics: Iterable[Topic] | None = None,
    why: str = "",
) -> Update:
    """Makes the proposal an update, in a story of its own, and links that to `milestone` where one is given.

    Departments, workstreams and topics are those that the proposal's reasons name, unless given.
    Raises Forbidden, AlreadyDecided, InvalidInput for a milestone of another campaign; then nothing was written.
    """
    require(by, "proposal.decide")
    with writing(by=by, now=now) as record:
        found = _pending(proposal)
        if milestone is not None and milestone.campaign_id != found.campaign_id:
            raise InvalidInput(
                "milestone", _("This milestone belongs to another campaign; choose one of this campaign.")
            )
        before = as_row(found)
        update = _make_update(found)
        update.departments.set(_departments(found) if departments is None else departments)
        update.workstreams.set(_named(found, Workstream, "workstream") if workstreams is None else workstreams)
        update.topics.set(_named(found, Topic, "topic") if topics is None else topics)
        _tell_story(update, milestone, by)
        _decide(found, "accepted", by, now, why)
        found.update, found.milestone = update, milestone
        found.save()
        record.note("accept", found, before=before, why=why)
        record.note("create", update, after=picture(update, milestone), campaign=found.campaign, why=why)
    return update


def reject(*, proposal: Proposal, by: Actor, now: datetime, why: str = "") -> Proposal:
    """Puts the proposal aside; it is kept, and its source's item is not proposed again.

    Raises Forbidden, AlreadyDecided, InvalidInput; then nothing was written.
    """
    require(by, "proposal.decide")
    with writing(by=by, now=now) as record:
        found = _pending(proposal)
        before = as_row(found)
        _decide(found, "rejected", by, now, why)
        found.save()
        record.note("reject", found, before=before, why=why)
    return found


def retract_update(*, update: Update, by: Actor, now: datetime, why: str) -> Update:
    """Takes an accepted update off the timeline; it is kept with its history.

    Raises Forbidden, InvalidInput (no reason), NotAllowed (already taken back); then nothing was written.
    """
    require(by, "update.retract")
    with writing(by=by, now=now) as record:
        found = Update.everything.select_for_update().get(pk=update.pk)
        PUBLICATION.check(found.state, "retracted")
        before, reason = picture(found), reason_for("why", why)
        found.state = "retracted"
        found.save(update_fields=["state"])
        record.note("retract", found, before=before, after=picture(found), campaign=found.campaign, why=reason)
    return found


def picture(update: Update, milestone: Milestone | None = None) -> dict[str, Any]:
    """The update with what hangs on it, for the record."""
    linked = {"milestone": milestone.uid} if milestone else {}
    return as_row(update) | linked | {
        "departments": sorted(update.departments.values_list("slug", flat=True)),
        "workstreams": sorted(update.workstreams.values_list("uid", flat=True)),
        "topics": sorted(update.topics.values_list("uid", flat=True)),
    }  # fmt: skip


def quarantine(*, source: Source, now: datetime, error_class: str, why: str) -> None:
    """Sets a source aside until an editor looks at it. Does nothing to one that is not active any more."""
    with writing(by=SYSTEM, now=now) as record:
        found = Source.everything.select_for_update().get(pk=source.pk)
        if found.state != "active":
            return
        before = {"state": found.state}
        found.state, found.lease, found.lease_until = "quarantined", None, None
        found.error_class, found.error = error_class, why
        found.save(update_fields=["state", "lease", "lease_until", "error_class", "error"])
        record.note("quarantine", found, before=before, after={"state": found.state}, why=why)


def _pending(proposal: Proposal) -> Proposal:
    """The proposal as stored, held until the write ends, so that two reviewers cannot both decide."""
    found = Proposal.everything.select_for_update().get(pk=proposal.pk)
    if found.state != "pending":
        raise AlreadyDecided(found)
    return found


def _decide(proposal: Proposal, state: str, by: Actor, now: datetime, why: str) -> None:
    PROPOSAL.check(proposal.state, state)
    proposal.state, proposal.decided_at, proposal.decided_by = state, now, by.name
    proposal.decision_reason = clean("why", why, most=300)


def _make_update(proposal: Proposal) -> Update:
    candidate, source = from_dict(proposal.payload), proposal.source
    when = candidate.when
    retrieval = proposal.retrieval
    return Update.everything.create(
        campaign=proposal.campaign,
        source=source,
        uid=uuid.uuid4(),
        identity=proposal.identity,
        title=candidate.title,
        summary=candidate.summary,
        url=candidate.url,
        publisher=(source.publisher or source.name) if source else "",
        language=candidate.language,
        published_on=candidate.published_on,
        earliest=when.earliest,
        latest=when.latest,
        published_at=candidate.published_at,
        snapshot=retrieval.snapshot if retrieval else None,
    )


def _tell_story(update: Update, milestone: Milestone | None, by: Actor) -> None:
    story = Story.everything.create(campaign=update.campaign, uid=uuid.uuid4())
    Membership.everything.create(
        update=update, story=story, role="original", reason="the first update of its story", decided_by=by.name
    )
    if milestone is not None:
        milestone.stories.add(story)


def _departments(proposal: Proposal) -> list[Department]:
    slugs = [reason["uid"] for reason in proposal.reasons if reason.get("kind") == "department"]
    found = list(Department.everything.filter(slug__in=slugs))
    own = proposal.source.department if proposal.source else None
    return [*found, *([own] if own and own not in found else [])]


def _named(proposal: Proposal, noun: type[Any], kind: str) -> list[Any]:
    uids = [reason["uid"] for reason in proposal.reasons if reason.get("kind") == kind]
    return list(noun.everything.filter(campaign=proposal.campaign, uid__in=uids))
