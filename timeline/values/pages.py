"""What the pages beside the timeline show: lists of campaigns, departments and updates, search, freshness.

Like `values.view`: plain data in one language, already chosen and already counted.
"""

from dataclasses import dataclass
from datetime import date, datetime

from timeline.values.view import Assertion, Head, Source, Text, UpdateItem, When


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in a list."""

    head: Head
    milestones: int
    updates: int
    figures: int  # reported values, as on the campaign's own page
    issuers: int
    silent_issuers: int
    changed_at: datetime | None  # None: nothing was recorded yet


@dataclass(frozen=True, slots=True)
class Address:
    """Where a campaign is found now; `moved` where it was asked for under a former slug."""

    slug: str
    moved: bool


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A department as a link."""

    slug: str
    name: Text
    short: str


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department in a list, local bodies under their parent's slug."""

    slug: str
    name: Text
    other_name: Text | None
    short: str
    branch: str
    parent: str
    children: int
    items: int  # public milestones that it carries itself
    campaigns: int
    last: When | None  # its last dated item
    lane: str


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name with the days on which it was in force; None is open."""

    text: Text
    kind: str
    kind_label: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class SuccessionLine:
    """What became of a body, or what it came from (`backwards`)."""

    kind: str
    kind_label: str
    when: When
    other: BodyLink | None  # None: abolished without a successor
    backwards: bool
    note: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A milestone that a department, or a local body under it, carries."""

    campaign: str
    uid: str
    kind: str
    kind_label: str
    scope: str
    scope_label: str
    title: Text
    when: When
    role: str
    role_label: str
    by: BodyLink


@dataclass(frozen=True, slots=True)
class Part:
    """A department's part in one public campaign, with the items that it carries there."""

    campaign: str
    title: Text
    role: str  # empty: it takes no stated part and only carries items
    role_label: str
    source: Source | None
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """All that is known of a department."""

    slug: str
    name: Text
    other_name: Text | None
    short: str
    branch: str
    website: str
    note: str
    inferred: bool
    names: tuple[NameLine, ...]
    parent: BodyLink | None
    children: tuple[BodyLink, ...]
    successions: tuple[SuccessionLine, ...]
    parts: tuple[Part, ...]
    assertions: tuple[Assertion, ...]
    last_word: Mention | None  # the last dated item that it carries itself


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found. `snippet` is the passage around the words."""

    kind: str  # campaign | milestone | update | department | topic
    kind_label: str
    title: Text
    snippet: Text | None
    campaign: str  # slug; empty for a department
    campaign_title: Text | None
    uid: str  # of the milestone, topic or update; the slug of a campaign or department
    when: When | None
    url: str = ""  # of an update, where it may be linked


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What was found for `q`. `capped` names the kinds of which there was more."""

    q: str
    hits: tuple[Hit, ...]
    capped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UpdateLine:
    """An accepted update in the list of all."""

    update: UpdateItem
    campaign: str
    campaign_title: Text
    source: str  # the name of the source that it came from; empty: entered by hand
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class UpdatePage:
    """A page of updates, newest first; `after` asks for the next page, empty on the last."""

    updates: tuple[UpdateLine, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new the data are; fetched apart, because it moves while nothing else does."""

    sources: int  # that are watched
    failing: int
    last_success_at: datetime | None
    last_change_at: datetime | None
    pending: int  # proposals that wait for review
