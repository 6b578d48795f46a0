"""What a source can be. A kind is one file with one `parse`, and one line here; forms offer what stands here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timeline.ingest.kinds import feed
from timeline.ingest.kinds.common import Context, ParseError
from timeline.values.candidate import Candidate

__all__ = ["KINDS", "Context", "Kind", "ParseError"]


@dataclass(frozen=True, slots=True)
class Kind:
    """How forms call it, and how its bytes become candidates (raises ParseError)."""

    label: str | Promise
    parse: Callable[[bytes, Context], list[Candidate]]


KINDS: dict[str, Kind] = {
    "feed": Kind(_("Feed (RSS, Atom or JSON Feed)"), feed.parse),
}
