"""The closed vocabularies, as plain strings; what each term means stands in docs/data-model.md.

Labels for people are in `timeline.queries.labels`, because they are translated.
"""

LANGUAGES = ("en", "zh-Hans", "zh-Hant")

CAMPAIGN_STATES = ("draft", "published", "archived")
PUBLICATION_STATES = ("published", "retracted")

PARTICIPATION_ROLES = ("lead", "joint", "supporting", "framing", "mentioned")
RESPONSIBILITY_ROLES = ("lead", "joint", "supporting", "reporting")
RESPONSIBILITY_BASES = ("stated", "inferred")
PHASE_BASES = ("official", "observed", "derived")
SUCCESSION_KINDS = ("rename", "merger", "transfer", "abolition")
FOLLOWED = frozenset({"rename", "merger"})  # the successions that a lane follows
NAME_KINDS = ("official", "short", "alias")

MILESTONE_KINDS = ("launch", "meeting", "result", "legal", "publicity", "regional", "closing")
MILESTONE_STATUSES = ("announced", "planned", "done", "withdrawn")
SCOPES = ("core", "adjacent", "context")
CONFIDENCES = ("high", "medium", "low", "derived")
TOPIC_GROUPS = ("offence", "chain", "disorder")

SUBJECTS = ("campaign", "phase", "milestone", "department", "participation")
PROPERTIES = ("exists", "start", "end", "duration", "when", "status")
ASPECTS = ("planned", "actual")
RANKS = ("preferred", "normal", "deprecated")
STATEMENT_BASES = (
    "event",
    "publication",
    "signed",
    "adopted",
    "effective",
    "computed",
    "inferred",
    "local",
    "reported",
    "searched",
)

QUALIFIERS = ("exact", "at_least", "about")
DOCUMENT_QUALITIES = (
    "official",
    "state_media",
    "press",
    "repost",
    "late_repost",
    "legal_database",
    "analysis",
    "machine_translated",
    "corrupt_mirror",
    "hijacked_mirror",
    "unknown",
)

SOURCE_STATES = ("active", "paused", "quarantined")
PROPOSAL_STATES = ("pending", "accepted", "rejected", "superseded")
MEMBERSHIP_ROLES = ("original", "copy", "independent")
RETRIEVAL_OUTCOMES = ("new", "unchanged", "not_modified", "failed")
