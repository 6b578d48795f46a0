"""What the API says of each noun: ONE declared list of fields a noun.

The type of what `api.build` makes, checked by mypy, and the component of the schema, made by `api.schema`: a field that
is added here is missing in one of them until both have it. Texts in several languages are objects by language tag;
what was not recorded is null.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, TypedDict
from uuid import UUID

from timeline.values import terms


@dataclass(frozen=True, slots=True)
class OneOf:
    """Holds a text to a vocabulary in the schema."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Names the format of a text in the schema."""

    name: str


Localized = Annotated[dict[str, str], "A text by language tag; a language that is absent was not recorded."]
Aliases = Annotated[dict[str, list[str]], "Other words for it, by language tag."]
Uid = Annotated[str, "Lasting name, unique within its campaign (or overall, where it belongs to none)."]
Link = Annotated[str, Form("uri")]
Duration = Annotated[str, "ISO 8601 duration."]
Slug = Annotated[str, "Name in addresses."]


class Date(TypedDict):
    """A date as far as it is known: EDTF (ISO 8601-2), and the first and last day that it may be."""

    edtf: str
    earliest: date | None
    latest: date | None


class Document(TypedDict):
    """Something published that serves as evidence. Where `do_not_link` is set, `url` is null on purpose."""

    uid: Uid
    publisher: str
    title: str | None
    language: str | None
    published_on: Date | None
    quality: Annotated[str, OneOf(terms.DOCUMENT_QUALITIES)]
    url: Link | None
    do_not_link: bool


class Citation(TypedDict):
    """A document, with the passage where it was recorded."""

    document: Document
    quote: str | None
    quote_language: str | None


class Anchor(TypedDict):
    """What a computed date hangs on."""

    noun: Annotated[str, OneOf(("campaign", "phase", "milestone"))]
    campaign: Slug
    uid: Uid
    property: Annotated[str, OneOf(terms.PROPERTIES)]


class Statement(TypedDict):
    """One value for one property of one thing, with its evidence: a citation, or the reason why there is none."""

    uid: UUID
    property: Annotated[str, OneOf(terms.PROPERTIES)]
    aspect: Annotated[str, OneOf(terms.ASPECTS)]
    value: Annotated[str | None, "EDTF, ISO 8601 duration or a term; null: unknown."]
    earliest: date | None
    latest: date | None
    as_said: Annotated[str | None, "In the source's own words."]
    note: str | None
    rank: Annotated[str, OneOf(terms.RANKS)]
    basis: Annotated[str, OneOf(terms.STATEMENT_BASES)]
    known_on: Annotated[Date | None, "When the public could know; null: see recorded_at."]
    offset: Annotated[str | None, "ISO 8601 duration after the anchor or after `derived_from`."]
    anchor: Anchor | None
    derived_from: list[UUID]
    supersedes: Annotated[UUID | None, "The statement that this one replaces, as a move, not as a disagreement."]
    citation: Citation | None
    also_cited: list[Citation]
    reason: Annotated[str | None, "Why no source is cited."]
    recorded_at: datetime


class Responsibility(TypedDict):
    """A department answering for a workstream or a milestone."""

    department: Slug
    role: Annotated[str, OneOf(terms.RESPONSIBILITY_ROLES)]
    basis: Annotated[str, OneOf(terms.RESPONSIBILITY_BASES)]


class TopicCounts(TypedDict):
    """Topics by group."""

    offence: int
    chain: int
    disorder: int


class CampaignCounts(TypedDict):
    """How much of each there is in public."""

    issuers: Annotated[int, "Departments that issued it: lead and joint."]
    participations: int
    phases: int
    workstreams: int
    topics: TopicCounts
    milestones: int
    milestones_in_window: Annotated[int, "Without those that are context from before or after."]
    disagreements: int
    figures: Annotated[int, "Values as reported, confirmations included."]
    figures_distinct: Annotated[int, "Without those that confirm another."]
    documents: int
    updates: int
    sources: int


class CampaignSummary(TypedDict):
    """A campaign. Start, end and duration are the chosen statements."""

    slug: Slug
    url: Link
    title: Localized
    summary: Localized
    timezone: str
    state: Annotated[str, OneOf(("published", "archived"))]
    start: Date | None
    end: Date | None
    duration: Duration | None
    status: str | None
    revision: Annotated[int, "Rises with every change that its readers can see."]


class Campaign(CampaignSummary):
    """A campaign with its counts, what is said of it, and where its parts are."""

    counts: CampaignCounts
    statements: list[Statement]
    links: Annotated[dict[str, str], "Addresses of its parts, by name."]


class Phase(TypedDict):
    """A stretch of a campaign: announced (official), seen in the record (observed), or concluded (derived)."""

    uid: Uid
    campaign: Slug
    parent: Uid | None
    position: int
    title: Localized
    summary: Localized
    basis: Annotated[str, OneOf(terms.PHASE_BASES)]
    start: Date | None
    end: Date | None
    duration: Duration | None
    statements: list[Statement]


class Workstream(TypedDict):
    """A measure that the notice orders."""

    uid: Uid
    campaign: Slug
    position: int
    title: Localized
    summary: Localized
    aliases: Aliases
    quote: str | None
    responsibilities: list[Responsibility]
    citation: Citation | None


class Topic(TypedDict):
    """What the campaign is aimed at."""

    uid: Uid
    campaign: Slug
    group: Annotated[str, OneOf(terms.TOPIC_GROUPS)]
    position: int
    title: Localized
    summary: Localized
    aliases: Aliases
    citation: Citation | None


class Participation(TypedDict):
    """A department's part in a campaign."""

    campaign: Slug
    department: Slug
    role: Annotated[str, OneOf(terms.PARTICIPATION_ROLES)]
    position: int
    citation: Citation | None
    statements: list[Statement]


class Milestone(TypedDict):
    """An event, with everything that is said of it."""

    uid: Uid
    campaign: Slug
    url: Link
    kind: Annotated[str, OneOf(terms.MILESTONE_KINDS)]
    scope: Annotated[str, OneOf(terms.SCOPES)]
    title: Localized
    summary: Localized
    when: Annotated[Date | None, "As chosen among the statements, or the span of all that are equally good."]
    status: Annotated[str, OneOf(terms.MILESTONE_STATUSES)]
    confidence: Annotated[str, OneOf(terms.CONFIDENCES)]
    responsibilities: list[Responsibility]
    workstreams: list[Uid]
    topics: list[Uid]
    statements: list[Statement]
    citations: list[Citation]
    uncited_reason: str | None
    figures: list[Uid]
    disagreements: list[Uid]
    updates: list[UUID]
    recorded_at: datetime


class Metric(TypedDict):
    """What is counted, by which version of its definition."""

    uid: Uid
    definition_version: int
    title: Localized


class Figure(TypedDict):
    """A value as reported. One that `confirms` another is further evidence for it, not a further figure."""

    uid: Uid
    campaign: Slug
    metric: Metric
    milestone: Uid | None
    value: Annotated[str, "Decimal number as a text, so that no digit is lost."]
    qualifier: Annotated[str, OneOf(terms.QUALIFIERS)]
    unit: str
    scope: str | None
    window_start: Annotated[Date | None, "First day counted; null: not stated."]
    window_end: Annotated[Date | None, "Last day counted; null: not stated."]
    window_words: str | None
    as_of: Date | None
    as_said: str | None
    parent: Annotated[Uid | None, "The figure of which this one is a part."]
    confirms: Uid | None
    rank: Annotated[str, OneOf(terms.RANKS)]
    known_on: Date | None
    citation: Citation | None
    reason: Annotated[str | None, "Why no source is cited."]
    disagreements: list[Uid]
    recorded_at: datetime


class Update(TypedDict):
    """An item that a source published, and that was accepted. Where its address must not be linked, `url` is null."""

    uid: UUID
    campaign: Slug
    source: Uid | None
    title: str
    summary: str | None
    url: Link | None
    do_not_link: bool
    publisher: str | None
    language: str | None
    published_on: Date | None
    published_at: datetime | None
    departments: list[Slug]
    workstreams: list[Uid]
    topics: list[Uid]
    recorded_at: datetime


class Disagreement(TypedDict):
    """Where the sources part company, in words, with what it concerns."""

    uid: Uid
    campaign: Slug
    position: int
    title: Localized
    says: Localized
    milestones: list[Uid]
    statements: list[UUID]
    figures: list[Uid]
    documents: list[Uid]


class Source(TypedDict):
    """An address that is watched, and how that goes."""

    uid: Uid
    campaign: Slug
    kind: str
    name: str
    url: Link | None
    do_not_link: bool
    publisher: str | None
    department: Slug | None
    language: str | None
    timezone: str
    quality: Annotated[str, OneOf(terms.DOCUMENT_QUALITIES)]
    state: Annotated[str, OneOf(terms.SOURCE_STATES)]
    interval_seconds: int
    last_attempt_at: datetime | None
    last_success_at: datetime | None
    last_new_item_at: datetime | None
    failures: Annotated[int, "Attempts in a row that failed; 0 while all is well."]
    error: Annotated[str | None, "What kind of error the last attempt met."]


class DepartmentName(TypedDict):
    """A name and the days on which it was in force; null: open."""

    text: str
    language: str
    kind: Annotated[str, OneOf(terms.NAME_KINDS)]
    valid_from: date | None
    valid_to: date | None


class Succession(TypedDict):
    """One body giving way to another; no successor means that it was abolished."""

    predecessor: Slug
    successor: Slug | None
    on: Date | None
    kind: Annotated[str, OneOf(terms.SUCCESSION_KINDS)]
    note: str | None
    citation: Citation | None


class DepartmentPart(TypedDict):
    """A campaign that a department takes part in."""

    campaign: Slug
    role: Annotated[str, OneOf(terms.PARTICIPATION_ROLES)]


class Department(TypedDict):
    """A public body: its names when and in which language, its parent, what it came from and became."""

    slug: Slug
    url: Link
    abbreviation: str | None
    branch: str | None
    website: str | None
    note: str | None
    inferred: Annotated[bool, "Its identity was concluded, not stated."]
    parent: Slug | None
    children: list[Slug]
    names: list[DepartmentName]
    successions: list[Succession]
    participations: list[DepartmentPart]
    statements: list[Statement]


class Root(TypedDict):
    """Where everything is."""

    links: Annotated[dict[str, str], "Addresses by name."]


class PlotlyFigure(TypedDict):
    """A figure for Plotly.js: `Plotly.newPlot(element, data, layout, config)`."""

    data: list[dict[str, Any]]
    layout: dict[str, Any]
