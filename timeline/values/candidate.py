"""What a source seems to have published, before anybody has decided anything about it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from timeline.values import edtf
from timeline.values.edtf import EdtfDate


@dataclass(frozen=True, slots=True)
class Candidate:
    """One item as a source gives it, in clean text.

    `published` keeps the source's own words for the date; `published_on` is what they say as EDTF ("" where they say
    nothing that is clear), `published_at` the instant where they give one.
    """

    identity: str  # 64 hexadecimal digits: a hash of what the source calls the item; "" until `match` has named it
    title: str
    url: str = ""
    summary: str = ""
    published: str = ""
    published_on: str = ""
    published_at: datetime | None = None
    language: str = ""
    guid: str = ""

    @property
    def when(self) -> EdtfDate:
        """The publication date with its bounds."""
        return edtf.parse(self.published_on)


def to_dict(candidate: Candidate) -> dict[str, Any]:
    """The candidate as JSON can hold it."""
    at = candidate.published_at
    return asdict(candidate) | {"published_at": at.isoformat() if at else None}


def from_dict(payload: dict[str, Any]) -> Candidate:
    """The candidate that `to_dict` wrote; fields that are not known here are ignored."""
    known = {name: payload[name] for name in Candidate.__slots__ if name in payload}
    if known.get("published_at"):
        known["published_at"] = datetime.fromisoformat(known["published_at"])
    return Candidate(**known)
