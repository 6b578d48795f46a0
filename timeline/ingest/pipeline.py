"""How a feed becomes proposals. I/O and no decisions: those are in `match` and `schedule`.

    due_sources(now)          what the database says is due ─▶ one ring each
    ingest(source_id, now)    claim the lease (compare and set)
                              fetch, through the one door           no transaction is open meanwhile
                              304 or the hash of last time ─▶ done
                              parse ─▶ match against what is known
                              one transaction: retrieval, snapshot, proposals, next time, lease given back
    preview(url, now)         the same without the database, for the form that adds a source

A worker that dies leaves a lease that ends; the source is due again and nothing is stored twice, because the one
transaction either happened or did not. Three leases without a result set the source aside.
"""

import hashlib
import logging
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from timeline.editorial.permissions import SYSTEM
from timeline.editorial.proposals import Draft, propose, quarantine
from timeline.editorial.record import Record, writing
from timeline.ingest import schedule
from timeline.ingest.addresses import canonical
from timeline.ingest.fetch import Fetched, FetchError, Gone, Limits, Validators, fetch
from timeline.ingest.kinds import KINDS, Context, ParseError
from timeline.ingest.match import Intent, Known, Term, decide
from timeline.models import (
    Department,
    DepartmentName,
    Document,
    Proposal,
    Retrieval,
    Snapshot,
    Source,
    Topic,
    Update,
    Workstream,
)
from timeline.values.candidate import Candidate
from timeline.values.text import line

logger = logging.getLogger(__name__)

PROBLEMS = (FetchError, ParseError)  # what a source can do to us; each has `name` and a sentence
FETCHED = (  # the columns that fetching writes; the others are an editor's
    *("next_fetch_at", "lease", "lease_until", "attempts", "failures", "etag", "last_modified", "last_sha256"),
    *("last_success_at", "last_new_item_at", "error_class", "error"),
)
KEPT_RETRIEVALS = 1_000  # of fetches that brought nothing new

Http = Callable[[str, Validators, datetime], Fetched]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one fetch came to: new | unchanged | not_modified | failed, or `lost` where another worker took over."""

    outcome: str
    found: int = 0
    proposed: int = 0
    error_class: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an address brings now, before it is watched."""

    final_url: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Result:
    """A fetch that has ended, before anything of it is stored."""

    outcome: str
    finished_at: datetime
    fetched: Fetched | None = None
    candidates: tuple[Candidate, ...] = ()
    intents: tuple[Intent, ...] = ()
    problem: FetchError | ParseError | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.fetched.body).hexdigest() if self.fetched and self.fetched.body else ""


def door(url: str, validators: Validators, now: datetime) -> Fetched:
    """`fetch` with the limits of this installation."""
    limits = Limits(
        seconds=settings.FETCH_TIMEOUT,
        bytes=settings.FETCH_MAX_BYTES,
        redirects=settings.FETCH_MAX_REDIRECTS,
        user_agent=settings.FETCH_USER_AGENT,
    )
    return fetch(url, validators=validators, limits=limits, allow=frozenset(settings.FETCH_ALLOW), now=now)


def preview(
    *, url: str, now: datetime, kind: str = "feed", timezone: str = "UTC", language: str = "", http: Http = door
) -> Preview:
    """Fetches and reads an address without storing anything. Raises FetchError or ParseError (`PROBLEMS`)."""
    fetched = http(url, Validators(), now)
    context = Context(fetched.final_url, fetched.content_type, ZoneInfo(timezone), language)
    return Preview(fetched.final_url, tuple(KINDS[kind].parse(fetched.body, context)))


def due_sources(*, now: datetime, most: int = 200) -> list[int]:
    """The sources to fetch now, the longest due first; those that keep ending their workers are set aside first."""
    poisoned = _due(now).filter(attempts__gte=schedule.MOST_ATTEMPTS)
    for source in poisoned:
        why = _("Reading this source ended its worker three times, so it was set aside; nothing it brought is lost. "
                "Look at what it sends, then resume it.")  # fmt: skip
        quarantine(source=source, now=now, error_class="poison", why=why)
    found = _due(now).order_by(F("next_fetch_at").asc(nulls_first=True), "pk")
    return list(found.values_list("pk", flat=True)[:most])


def ingest(*, source_id: int, now: datetime, http: Http = door) -> Outcome | None:
    """Fetches a source if it is due and nobody else has it, and stores what came of it; None where there was nothing
    to do. Trouble with the source is an outcome; what is raised is trouble of our own, and the lease then ends by
    itself."""
    source = _claim(source_id, now)
    if source is None:
        return None
    result = _fetch(source, now, http)
    with _write(result) as record:
        held = Source.everything.select_for_update().filter(pk=source.pk, lease=source.lease).first()
        if held is None:
            return Outcome("lost")
        if held.url != source.url:  # an editor gave it another address meanwhile; that one is due
            held.attempts, held.lease, held.lease_until = 0, None, None
            held.save(update_fields=FETCHED)
            return Outcome("lost")
        outcome = _store(held, result, record)
    if isinstance(result.problem, Gone):
        quarantine(source=held, now=result.finished_at, error_class=Gone.name, why=str(result.problem))
    logger.info("source %s: %s, %s found, %s proposed", held.uid, outcome.outcome, outcome.found, outcome.proposed)
    return outcome


def _due(now: datetime) -> QuerySet[Source]:
    """Sources that a worker may take now: watched, held by nobody, and their time came or was never given."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    ripe = Q(next_fetch_at__isnull=True) | Q(next_fetch_at__lte=now)
    return Source.everything.filter(free & ripe, state="active")


def _claim(source_id: int, now: datetime) -> Source | None:
    """Compare and set: of two workers one changes the row, and the other finds nothing that is due."""
    lease = uuid.uuid4()
    until = now + schedule.lease_length(fetch_seconds=settings.FETCH_TIMEOUT)
    taken = _due(now).filter(pk=source_id, attempts__lt=schedule.MOST_ATTEMPTS)
    if not taken.update(lease=lease, lease_until=until, attempts=F("attempts") + 1, last_attempt_at=now):
        return None
    return Source.everything.select_related("campaign").get(pk=source_id)


def _fetch(source: Source, now: datetime, http: Http) -> _Result:
    began, fetched = time.monotonic(), None
    try:
        fetched = http(source.url, Validators(source.etag, source.last_modified), now)
        finished_at = now + timedelta(seconds=time.monotonic() - began)
        if fetched.not_modified:
            return _Result("not_modified", finished_at, fetched)
        result = _Result("unchanged", finished_at, fetched)
        if result.sha256 == source.last_sha256:
            return result
        context = Context(fetched.final_url, fetched.content_type, ZoneInfo(source.timezone), source.language)
        candidates = tuple(KINDS[source.kind].parse(fetched.body, context))
    except PROBLEMS as problem:
        return _Result("failed", now + timedelta(seconds=time.monotonic() - began), fetched, problem=problem)
    intents = decide(
        candidates, known=_known(source), terms=_terms(source), elsewhere=_elsewhere(source), today=now.date()
    )
    return _Result("new", finished_at, fetched, candidates, tuple(intents))


@contextmanager
def _write(result: _Result) -> Iterator[Record | None]:
    """A numbered write where there may be proposals; a plain transaction where only the source's own row changes."""
    if any(intent.action == "propose" for intent in result.intents):
        with writing(by=SYSTEM, now=result.finished_at) as record:
            yield record
    else:
        with transaction.atomic():
            yield None


def _store(source: Source, result: _Result, record: Record | None) -> Outcome:
    retrieval = _retrieval(source, result)
    if record is not None:
        drafts = [_draft(intent) for intent in result.intents if intent.action == "propose"]
        retrieval.proposed = propose(record, source=source, retrieval=retrieval, drafts=drafts)
        retrieval.save(update_fields=["proposed"])
    if result.problem is None:
        _remember_success(source, result, proposed=retrieval.proposed)
    else:
        source.failures += 1
        source.error_class, source.error = result.problem.name, str(result.problem)
    source.next_fetch_at = schedule.next_fetch_at(
        interval=timedelta(seconds=source.interval_seconds),
        failures=source.failures,
        now=result.finished_at,
        jitter=random.random(),  # noqa: S311 - no secret
        retry_after=getattr(result.problem, "retry_after", None),
    )
    source.attempts, source.lease, source.lease_until = 0, None, None
    source.save(update_fields=FETCHED)
    return Outcome(result.outcome, retrieval.found, retrieval.proposed, source.error_class, source.error)


def _retrieval(source: Source, result: _Result) -> Retrieval:
    number = (source.retrievals.aggregate(last=Max("number"))["last"] or 0) + 1
    # A source that is asked each minute would fill the table with fetches that brought nothing.
    idle = source.retrievals.filter(outcome__in=("unchanged", "not_modified"), number__lte=number - KEPT_RETRIEVALS)
    idle.delete()
    problem, fetched = result.problem, result.fetched
    return Retrieval.everything.create(
        source=source,
        number=number,
        started_at=source.last_attempt_at or result.finished_at,
        finished_at=result.finished_at,
        outcome=result.outcome,
        http_status=fetched.status if fetched else getattr(problem, "status", None),
        final_url=fetched.final_url if fetched else "",
        error_class=problem.name if problem else "",
        error=str(problem) if problem else "",
        found=len(result.candidates),
        snapshot=_snapshot(result),
    )


def _snapshot(result: _Result) -> Snapshot | None:
    """The bytes, once for each hash; none for what could not be read (it may be somebody's sign-in page)."""
    if result.fetched is None or result.outcome not in ("new", "unchanged"):
        return None
    body = result.fetched.body
    masked = "\n\n".join(f"{item.title}\n{item.summary}".strip() for item in result.candidates)
    kept, _made = Snapshot.everything.get_or_create(
        sha256=result.sha256,
        defaults={
            "content": body,
            "media_type": line(result.fetched.content_type, limit=120),
            "size": len(body),
            "masked_text": masked,
        },
    )
    return kept


def _remember_success(source: Source, result: _Result, *, proposed: int) -> None:
    source.failures, source.error_class, source.error = 0, "", ""
    source.last_success_at = result.finished_at
    if proposed:
        source.last_new_item_at = result.finished_at
    if result.fetched and not result.fetched.not_modified:
        validators = result.fetched.validators
        source.etag, source.last_modified = validators.etag, validators.last_modified
        source.last_sha256 = result.sha256


def _draft(intent: Intent) -> Draft:
    matches = tuple({"kind": match.kind, "uid": match.uid, "words": match.words} for match in intent.matches)
    return Draft(intent.candidate, (*matches, *({"kind": "caution", "uid": caution} for caution in intent.cautions)))


def _known(source: Source) -> list[Known]:
    rows = Proposal.everything.filter(source=source).values_list(
        "identity", "payload__url", "payload__title", "payload__published"
    )
    return [Known(identity, url or "", title or "", published or "") for identity, url, title, published in rows]


def _elsewhere(source: Source) -> frozenset[str]:
    """The addresses that this campaign's other sources brought, or that a statement cites."""
    updates = Update.everything.filter(campaign=source.campaign).exclude(source=source)
    urls = {*updates.values_list("url", flat=True), *Document.everything.values_list("url", flat=True)}
    return frozenset(canonical(url) for url in urls if url)


def _terms(source: Source) -> list[Term]:
    names = DepartmentName.everything.values_list("department__slug", "text", "valid_from", "valid_to")
    terms = [Term("department", slug, text, start, end) for slug, text, start, end in names]
    short = Department.everything.exclude(abbreviation="").values_list("slug", "abbreviation")
    terms += [Term("department", slug, abbreviation) for slug, abbreviation in short]
    for workstream in Workstream.everything.filter(campaign=source.campaign):
        terms += [Term("workstream", workstream.uid, words) for words in _words(workstream)]
    for topic in Topic.everything.filter(campaign=source.campaign):
        terms += [Term("topic", topic.uid, words) for words in _words(topic)]
    return terms


def _words(row: Workstream | Topic) -> list[str]:
    return sorted({*row.title.values(), *(word for of_language in row.aliases.values() for word in of_language)})
