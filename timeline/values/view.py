"""The read model: one value from which chart, table, JSON and exports are drawn, so that they cannot disagree.

Everything is plain data in one language, already chosen and already counted. Renderers add form, never facts.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from timeline.values.choice import Standing
from timeline.values.edtf import EdtfDate
from timeline.values.filters import TimelineFilter


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the language that it is really in (BCP 47), which may not be the reader's."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class When:
    """A date as chosen: the value, in words, as the days it covers, and in the source's own words if kept."""

    value: EdtfDate
    words: str  # "around September 2023", in the reader's language; "date unknown" where there is none
    span: str = ""  # "1–30 Sep 2023"; empty for an exact day
    as_said: str = ""
    standing: Standing = "agreed"


@dataclass(frozen=True, slots=True)
class Competitor:
    """One of several dates given for the same thing."""

    when: When
    publisher: str
    basis: str
    basis_label: str
    rank: str
    aspect: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the chart. `silent` is a finding: nothing was published in the lane, and `note` says so."""

    key: str
    title: Text
    short: str
    role: str = ""  # participation role, for lanes of departments
    silent: bool = False
    note: str = ""
    handovers: tuple["Handover", ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Handover:
    """The day from which a lane carries another name (rename or merger)."""

    when: When
    to: Text
    short: str
    kind: str


@dataclass(frozen=True, slots=True)
class Band:
    """A phase. An end of None is open."""

    uid: str
    title: Text
    summary: Text | None
    basis: str  # official | observed | derived
    basis_label: str
    start: When
    end: When
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A department's part in an item, under the name that it carried then."""

    slug: str
    name: Text
    short: str
    role: str
    role_label: str
    lane: str  # key of the department lane it is drawn in


@dataclass(frozen=True, slots=True)
class Item:
    """A milestone as drawn, listed and exported."""

    uid: str
    kind: str
    kind_label: str
    scope: str
    scope_label: str
    title: Text
    other_title: Text | None  # the title in the other language, where there is one
    summary: Text | None
    when: When
    status: str
    status_label: str
    confidence: str
    lanes: tuple[str, ...]  # keys of the lanes it stands in, under the current grouping
    parties: tuple[Party, ...]
    workstreams: tuple[str, ...]
    topics: tuple[str, ...]
    competitors: tuple[Competitor, ...] = ()
    disagreements: tuple[str, ...] = ()  # uids
    documents: int = 0
    figures: int = 0
    uncited: str = ""  # the reason given, where no source is cited
    same_day: int = 1  # items in the same lane on the same day, this one included
    overdue: bool = False  # planned, its last day is past, and nothing was published; `status` stays what was stated


@dataclass(frozen=True, slots=True)
class UpdateItem:
    """An accepted update as drawn and listed."""

    uid: str
    title: Text
    url: str
    publisher: str
    when: When
    lanes: tuple[str, ...]
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndMark:
    """A stated or computed end of the campaign, as a line in the chart."""

    when: When
    label: str  # "computed: 18 months from 5 September 2022", "stated by five local notices"
    basis: str
    rank: str
    publisher: str
    basis_label: str = ""  # "computed", "stated by local notices"


@dataclass(frozen=True, slots=True)
class Dispute:
    """Where the sources part company, with the items it concerns."""

    uid: str
    title: Text
    says: Text
    items: tuple[str, ...]  # milestone uids
    treatment: Literal["statements", "figures", "note"]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a filter, with how many items it would leave."""

    value: str
    label: str
    count: int
    chosen: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Nothing vanishes: shown + undated + filtered_out == milestones + updates of the campaign."""

    milestones: int
    core: int
    updates: int
    figures: int
    figure_reports: int
    documents: int
    disagreements: int
    shown: int
    undated: int
    filtered_out: int
    silent_issuers: int
    issuers: int


@dataclass(frozen=True, slots=True)
class Head:
    """The campaign itself. `finding` are the sentences on top of the page, most important first."""

    slug: str
    title: Text
    other_title: Text | None
    summary: Text | None
    timezone: str
    state: str
    start: When
    end: When
    duration: str
    duration_words: str
    status: str
    finding: tuple[str, ...]
    lead: Text | None
    revision: int


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A campaign under one filter, in one language, as of one day."""

    head: Head
    language: str
    today: date
    filter: TimelineFilter
    first: date  # the days that the axis spans
    last: date
    lanes: tuple[Lane, ...]
    bands: tuple[Band, ...]
    items: tuple[Item, ...]  # dated, by date then uid
    undated: tuple[Item, ...]
    updates: tuple[UpdateItem, ...]
    ends: tuple[EndMark, ...]
    disputes: tuple[Dispute, ...]
    counts: Counts
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)  # by filter parameter
    data_as_of: datetime | None = None  # last recorded change
    focus: tuple[date, date] | None = None  # the campaign's own days, to open the chart on; within first and last


@dataclass(frozen=True, slots=True)
class Source:
    """A document as shown: `url` is empty where it must not be linked."""

    uid: str
    publisher: str
    title: str
    language: str
    published: When | None  # None: not recorded
    quality: str
    quality_label: str
    url: str
    linkable: bool
    quote: Text | None  # None: not recorded


@dataclass(frozen=True, slots=True)
class Assertion:
    """A statement as shown."""

    uid: str
    property: str
    property_label: str
    aspect: str
    aspect_label: str
    basis: str
    basis_label: str
    rank: str
    value: str
    words: str
    when: When | None  # for dates
    as_said: str
    note: str
    known_on: When | None  # None: falls back to recorded_at
    recorded_at: datetime
    source: Source | None
    also: tuple[Source, ...]
    reason: str  # why no source is cited
    derived_from: tuple[str, ...]  # uids
    rule: str  # "18 months after the start", where computed
    supersedes: str  # uid


@dataclass(frozen=True, slots=True)
class Number:
    """A reported figure as shown."""

    uid: str
    metric: str
    metric_label: str
    value: str  # decimal text
    qualifier: str
    words: str  # "more than 8,800"
    unit: str
    window_words: str
    window_start: str  # EDTF, empty: unknown
    window_end: str
    as_of: str
    as_said: str
    parent: str  # uid, "of which"
    confirms: str  # uid
    milestone: str  # uid
    known_on: When | None
    source: Source | None
    reason: str
    disagreements: tuple[str, ...]
    rank: str = "normal"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the record of change."""

    number: int
    at: datetime
    by: str
    action: str
    why: str
    before: dict[str, object] | None
    after: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Detail:
    """A milestone with all that is known of it."""

    head: Head
    item: Item
    assertions: tuple[Assertion, ...]
    sources: tuple[Source, ...]
    numbers: tuple[Number, ...]
    disputes: tuple[Dispute, ...]
    updates: tuple[UpdateItem, ...]
    history: tuple[Event, ...]
    version: int
    neighbours: tuple[tuple[str, Text] | None, tuple[str, Text] | None] = (None, None)
    state: str = "published"  # an editor may look at a retracted one
