"""Words for people for every term of `values.terms`, translated."""

from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timeline.queries.text import speaking
from timeline.values import filters, terms

# Which closed vocabulary each group of labels covers; a test holds this against `values.terms`.
VOCABULARIES: dict[str, tuple[str, ...]] = {
    "language": terms.LANGUAGES,
    "campaign_state": terms.CAMPAIGN_STATES,
    "publication_state": terms.PUBLICATION_STATES,
    "participation_role": terms.PARTICIPATION_ROLES,
    "responsibility_role": terms.RESPONSIBILITY_ROLES,
    "responsibility_basis": terms.RESPONSIBILITY_BASES,
    "phase_basis": terms.PHASE_BASES,
    "succession_kind": terms.SUCCESSION_KINDS,
    "name_kind": terms.NAME_KINDS,
    "milestone_kind": terms.MILESTONE_KINDS,
    "milestone_status": terms.MILESTONE_STATUSES,
    "scope": terms.SCOPES,
    "confidence": terms.CONFIDENCES,
    "topic_group": terms.TOPIC_GROUPS,
    "subject": terms.SUBJECTS,
    "property": terms.PROPERTIES,
    "aspect": terms.ASPECTS,
    "rank": terms.RANKS,
    "statement_basis": terms.STATEMENT_BASES,
    "qualifier": terms.QUALIFIERS,
    "document_quality": terms.DOCUMENT_QUALITIES,
    "source_state": terms.SOURCE_STATES,
    "proposal_state": terms.PROPOSAL_STATES,
    "membership_role": terms.MEMBERSHIP_ROLES,
    "retrieval_outcome": terms.RETRIEVAL_OUTCOMES,
    "group": filters.GROUPS,
    "standing": ("nothing", "agreed", "preferred", "contested"),
    "treatment": ("statements", "figures", "note"),
}

LABELS: dict[str, dict[str, Promise]] = {
    "language": {"en": _("English"), "zh-Hans": _("Simplified Chinese"), "zh-Hant": _("Traditional Chinese")},
    "campaign_state": {"draft": _("draft"), "published": _("published"), "archived": _("archived")},
    "publication_state": {"published": _("published"), "retracted": _("retracted")},
    "participation_role": {
        "lead": _("lead"),
        "joint": _("joint issuer"),
        "supporting": _("supporting"),
        "framing": _("framing body"),
        "mentioned": _("mentioned"),
    },
    "responsibility_role": {
        "lead": _("lead"),
        "joint": _("jointly responsible"),
        "supporting": _("supporting"),
        "reporting": _("reporting"),
    },
    "responsibility_basis": {"stated": _("stated"), "inferred": _("inferred")},
    "phase_basis": {
        "official": _("official phase"),
        "observed": _("observed, not announced"),
        "derived": _("derived from other dates"),
    },
    "succession_kind": {
        "rename": _("renamed"),
        "merger": _("merged"),
        "transfer": _("functions transferred"),
        "abolition": _("abolished"),
    },
    "name_kind": {"official": _("official name"), "short": _("short name"), "alias": _("also called")},
    "milestone_kind": {
        "launch": _("launch"),
        "meeting": _("meeting"),
        "result": _("result"),
        "legal": _("legal act"),
        "publicity": _("publicity"),
        "regional": _("regional"),
        "closing": _("closing"),
    },
    "milestone_status": {
        "announced": _("announced"),
        "planned": _("planned"),
        "done": _("done"),
        "withdrawn": _("withdrawn"),
        "due": _("due, nothing published"),  # computed from today, never stored
    },
    "scope": {
        "core": _("about the campaign"),
        "adjacent": _("related work"),
        "context": _("context outside the window"),
    },
    "confidence": {
        "high": _("high confidence"),
        "medium": _("medium confidence"),
        "low": _("low confidence"),
        "derived": _("computed by us"),
    },
    "topic_group": {"offence": _("target offence"), "chain": _("supply chain"), "disorder": _("online disorder")},
    "subject": {
        "campaign": _("campaign"),
        "phase": _("phase"),
        "milestone": _("milestone"),
        "department": _("department"),
        "participation": _("participation"),
    },
    "property": {
        "exists": _("took place"),
        "start": _("start"),
        "end": _("end"),
        "duration": _("duration"),
        "when": _("when"),
        "status": _("status"),
    },
    "aspect": {"planned": _("planned"), "actual": _("actual")},
    "rank": {
        "preferred": _("preferred"),
        "normal": _("as good as others"),
        "deprecated": _("set aside"),
    },
    "statement_basis": {
        "event": _("date of the event"),
        "publication": _("date of publication"),
        "signed": _("date of signature"),
        "adopted": _("date of adoption"),
        "effective": _("date it took effect"),
        "computed": _("computed"),
        "inferred": _("inferred"),
        "local": _("stated by local notices"),
        "reported": _("as later reported"),
        "searched": _("searched for"),
    },
    "qualifier": {"exact": _("exactly"), "at_least": _("more than"), "about": _("about")},
    "document_quality": {
        "official": _("official publication"),
        "state_media": _("state media"),
        "press": _("press"),
        "repost": _("repost"),
        "late_repost": _("late repost"),
        "legal_database": _("legal database"),
        "analysis": _("analysis"),
        "machine_translated": _("machine translation"),
        "corrupt_mirror": _("damaged copy"),
        "hijacked_mirror": _("hijacked mirror"),
        "unknown": _("quality not assessed"),
    },
    "source_state": {"active": _("watched"), "paused": _("paused"), "quarantined": _("quarantined")},
    "proposal_state": {
        "pending": _("awaiting review"),
        "accepted": _("accepted"),
        "rejected": _("rejected"),
        "superseded": _("overtaken"),
    },
    "membership_role": {"original": _("original"), "copy": _("copy"), "independent": _("independent report")},
    "retrieval_outcome": {
        "new": _("new content"),
        "unchanged": _("unchanged content"),
        "not_modified": _("not modified"),
        "failed": _("failed"),
    },
    "group": {
        "departments": _("Departments"),
        "workstreams": _("Workstreams"),
        "phases": _("Phases"),
        "kinds": _("Kinds"),
    },
    "standing": {
        "nothing": _("not recorded"),
        "agreed": _("sources agree"),
        "preferred": _("preferred among several"),
        "contested": _("sources disagree"),
    },
    "treatment": {
        "statements": _("kept as competing statements"),
        "figures": _("kept as competing figures"),
        "note": _("noted on the items"),
    },
    "noun": {
        "campaign": _("Campaign"),
        "milestone": _("Milestone"),
        "update": _("Update"),
        "department": _("Department"),
        "topic": _("Topic"),
    },
    # The status of a campaign is an open vocabulary; these are the terms that are known.
    "campaign_status": {
        "announced": _("announced"),
        "running": _("running"),
        "closed": _("closed"),
        "closing_not_found": _("no closing announcement found"),
    },
}


@lru_cache(maxsize=4096)
def label(group: str, term: str, language: str) -> str:
    """The word for `term` in `language`; a term that is in no vocabulary stands for itself, made readable."""
    known = LABELS[group].get(term.replace("-", "_")) or LABELS[group].get(term)
    with speaking(language):
        return str(known) if known is not None else term.replace("_", " ")
