"""What to do with the items of one fetch: pure, so that every rule can be tested by a table.

    candidate ─▶ known by what the source calls it? ─▶ known by its address and title or date? ─▶ drop
                                                   └─▶ propose, with the words that tie it to the campaign

Nothing is lost for want of a match: an item that names no department and no topic is proposed all the same.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from timeline.ingest.addresses import canonical
from timeline.values.candidate import Candidate

Caution = Literal["reused_id", "same_address", "same_title", "elsewhere", "future", "undated"]


@dataclass(frozen=True, slots=True)
class Known:
    """An item that this source brought before."""

    identity: str
    url: str
    title: str
    published: str


@dataclass(frozen=True, slots=True)
class Term:
    """A name by which a department, workstream or topic is called, with the days on which it was."""

    kind: Literal["department", "workstream", "topic"]
    uid: str
    words: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Words of the item that name something of the campaign."""

    kind: str
    uid: str
    words: str


@dataclass(frozen=True, slots=True)
class Intent:
    """What should become of one candidate, and why."""

    action: Literal["propose", "drop"]
    candidate: Candidate
    matches: tuple[Match, ...] = ()
    cautions: tuple[Caution, ...] = ()
    why: str = ""


def decide(
    candidates: Sequence[Candidate],
    *,
    known: Iterable[Known],
    terms: Sequence[Term] = (),
    elsewhere: frozenset[str] = frozenset(),
    today: date,
) -> list[Intent]:
    """One intent for each candidate, in their order. `elsewhere` holds canonical addresses that others brought."""
    memory = _Memory(known)
    named = [memory.name(candidate) for candidate in candidates]
    links = Counter(canonical(candidate.url) for candidate in candidates if candidate.url)
    prepared = [(term, fold(term.words)) for term in terms if _telling(term.words)]
    intents = []
    for candidate, reused in named:
        if why := memory.known_as(candidate):
            intents.append(Intent("drop", candidate, why=why))
            continue
        memory.take(candidate)
        cautions = _cautions(candidate, reused, links, memory, elsewhere, today)
        intents.append(Intent("propose", candidate, _matches(candidate, prepared), cautions))
    return intents


def fold(text: str) -> str:
    """The form in which words are compared: compatibility forms and cases made equal, blanks single."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def mentions(text: str, words: str) -> bool:
    """Whether folded `text` holds folded `words`; words of the Latin script only where no letter or digit adjoins."""
    at = text.find(words)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(words) : at + len(words) + 1]
        if not (_latin(words[0]) and _latin(before)) and not (_latin(words[-1]) and _latin(after)):
            return True
        at = text.find(words, at + 1)
    return False


class _Memory:
    """What is known of a source, while one document is gone through."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_identity = {item.identity: item for item in known}
        self._seen: dict[str, Known] = {}  # the first of each name in this document
        self._claimed: set[str] = set()
        self._by_address: dict[str, list[Known]] = {}
        self._by_words: dict[tuple[str, str], list[Known]] = {}
        for item in self._by_identity.values():
            self._by_address.setdefault(canonical(item.url), []).append(item)
            self._by_words.setdefault((fold(item.title), item.published), []).append(item)

    def name(self, candidate: Candidate) -> tuple[Candidate, bool]:
        """The candidate with its identity, and whether the source gave that name to another item before."""
        identity = _identity(candidate)
        holder = self._by_identity.get(identity) or self._seen.get(identity)
        reused = bool(candidate.guid and holder and _another(holder, candidate))
        if reused:
            identity = _hash("guid", candidate.guid, canonical(candidate.url), fold(candidate.title))
        self._seen.setdefault(identity, _as_known(identity, candidate))
        if identity in self._by_identity:
            self._claimed.add(identity)
        return replace(candidate, identity=identity), reused

    def known_as(self, candidate: Candidate) -> str:
        """Why the candidate is nothing new, or ""."""
        if candidate.identity in self._by_identity:
            return "known by its identity"
        same_address = self._free(self._by_address.get(canonical(candidate.url), [])) if candidate.url else []
        for item in same_address:
            if fold(item.title) == fold(candidate.title) or (item.published and item.published == candidate.published):
                return self._claim(item, "known by its address")
        if candidate.published:
            for item in self._free(self._by_words.get((fold(candidate.title), candidate.published), [])):
                return self._claim(item, "known by its title and date")
        return ""

    def take(self, candidate: Candidate) -> None:
        self._by_identity[candidate.identity] = _as_known(candidate.identity, candidate)
        self._claimed.add(candidate.identity)

    def has_address(self, candidate: Candidate) -> bool:
        return bool(candidate.url) and canonical(candidate.url) in self._by_address

    def has_title(self, candidate: Candidate) -> bool:
        return any(title == fold(candidate.title) for title, _ in self._by_words)

    def _free(self, items: list[Known]) -> list[Known]:
        return [item for item in items if item.identity not in self._claimed]

    def _claim(self, item: Known, why: str) -> str:
        self._claimed.add(item.identity)
        return why


def _identity(candidate: Candidate) -> str:
    if candidate.guid:
        return _hash("guid", candidate.guid)
    if candidate.url:
        return _hash("url", canonical(candidate.url))
    return _hash("words", fold(candidate.title), candidate.published)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _as_known(identity: str, candidate: Candidate) -> Known:
    return Known(identity, candidate.url, candidate.title, candidate.published)


def _another(item: Known, candidate: Candidate) -> bool:
    """Whether a name is used again for something else: an edit changes the title or the address, rarely both."""
    return fold(item.title) != fold(candidate.title) and canonical(item.url) != canonical(candidate.url)


def _cautions(
    candidate: Candidate,
    reused: bool,
    links: Counter[str],
    memory: _Memory,
    elsewhere: frozenset[str],
    today: date,
) -> tuple[Caution, ...]:
    address = canonical(candidate.url) if candidate.url else ""
    when = candidate.when
    found: dict[Caution, bool] = {
        "reused_id": reused,
        "same_address": memory.has_address(candidate) or links[address] > 1,
        "same_title": memory.has_title(candidate),
        "elsewhere": address in elsewhere,
        "future": bool(when.earliest and when.earliest > today),
        "undated": when.is_unknown,
    }
    return tuple(caution for caution, holds in found.items() if holds)


def _matches(candidate: Candidate, terms: Sequence[tuple[Term, str]]) -> tuple[Match, ...]:
    text = fold(f"{candidate.title} {candidate.summary}")
    when = candidate.when
    found: dict[tuple[str, str], Match] = {}
    for term, words in terms:
        out_of_use = (term.valid_from and when.latest and when.latest < term.valid_from) or (
            term.valid_to and when.earliest and when.earliest > term.valid_to
        )
        if not out_of_use and mentions(text, words):
            kept = found.get((term.kind, term.uid))
            if kept is None or len(kept.words) < len(term.words):
                found[term.kind, term.uid] = Match(term.kind, term.uid, term.words)
    return tuple(found.values())


def _telling(words: str) -> bool:
    """Two Latin letters, or one Chinese sign, occur everywhere by chance."""
    folded = fold(words)
    return len(folded) >= (3 if folded.isascii() else 2)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
