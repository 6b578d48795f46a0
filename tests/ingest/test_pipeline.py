"""Ingestion on a real database and over real HTTP: what is stored, when, and that nothing happens twice."""

import hashlib
import threading
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from werkzeug import Request, Response

from tests.builders import make_campaign, make_department, make_source, make_topic, make_update, make_workstream
from tests.ingest.feeds import atom
from timeline.ingest import pipeline, schedule
from timeline.ingest.fetch import Fetched, TimedOut, Validators
from timeline.models import Change, Proposal, Retrieval, Snapshot, Source

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def serve(*bodies: bytes | Exception, seen: list[Validators] | None = None) -> pipeline.Http:
    """A door behind which each call finds the next of `bodies`, the last one again and again."""
    left = list(bodies)

    def http(url: str, validators: Validators, now: datetime) -> Fetched:
        if seen is not None:
            seen.append(validators)
        body = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(body, Exception):
            raise body
        return Fetched(200, url, {"etag": '"1"', "last-modified": "about noon"}, body, 0.01)

    return http


@pytest.fixture
def source() -> Source:
    return make_source(make_campaign(), interval_seconds=3600)


def ingest(source: Source, http: pipeline.Http, *, now: datetime = NOW) -> pipeline.Outcome | None:
    outcome = pipeline.ingest(source_id=source.pk, now=now, http=http)
    source.refresh_from_db()
    return outcome


def test_new_items_become_proposals_with_snapshot_retrieval_and_record(source: Source) -> None:
    body = atom("One", "Two")

    outcome = ingest(source, serve(body))

    assert outcome == pipeline.Outcome("new", found=2, proposed=2)
    assert sorted(Proposal.everything.values_list("payload__title", "state")) == [
        ("One", "pending"),
        ("Two", "pending"),
    ]
    kept = Snapshot.everything.get()
    assert (bytes(kept.content), kept.sha256, kept.size) == (body, hashlib.sha256(body).hexdigest(), len(body))
    retrieval = Retrieval.everything.get()
    assert (retrieval.number, retrieval.outcome, retrieval.found, retrieval.proposed) == (1, "new", 2, 2)
    assert set(Proposal.everything.values_list("retrieval", flat=True)) == {retrieval.pk}
    assert list(Change.everything.values_list("action", "noun", "by")) == [("propose", "proposal", "system")] * 2


def test_the_lease_is_given_back_and_the_next_time_set(source: Source) -> None:
    ingest(source, serve(atom("One")))

    assert (source.lease, source.lease_until, source.attempts, source.failures) == (None, None, 0, 0)
    assert source.next_fetch_at is not None
    assert HOUR <= source.next_fetch_at - NOW <= HOUR * 1.2
    assert (source.last_attempt_at, source.etag, source.last_modified) == (NOW, '"1"', "about noon")


def test_a_source_that_is_not_due_is_not_fetched(source: Source) -> None:
    Source.everything.update(next_fetch_at=NOW + HOUR)

    assert ingest(source, serve(AssertionError("fetched"))) is None


@pytest.mark.parametrize("state", ["paused", "quarantined"])
def test_a_source_that_is_not_active_is_not_fetched(source: Source, state: str) -> None:
    Source.everything.update(state=state)

    assert ingest(source, serve(AssertionError("fetched"))) is None


def test_the_same_bytes_stop_before_anything_is_parsed(source: Source) -> None:
    ingest(source, serve(atom("One")))

    outcome = ingest(source, serve(atom("One")), now=NOW + 2 * HOUR)

    assert outcome == pipeline.Outcome("unchanged")
    assert (Snapshot.everything.count(), Proposal.everything.count(), Retrieval.everything.count()) == (1, 1, 2)


def test_validators_of_the_last_answer_are_sent(source: Source) -> None:
    seen: list[Validators] = []
    ingest(source, serve(atom("One"), seen=seen))
    ingest(source, serve(atom("One"), seen=seen), now=NOW + 2 * HOUR)

    assert seen == [Validators(), Validators('"1"', "about noon")]


def test_an_item_known_is_not_proposed_again_and_a_new_one_is(source: Source) -> None:
    ingest(source, serve(atom("One")))

    outcome = ingest(source, serve(atom("One", "Two")), now=NOW + 2 * HOUR)

    assert outcome == pipeline.Outcome("new", found=2, proposed=1)
    assert Proposal.everything.count() == 2


def test_an_emptied_feed_takes_nothing_away(source: Source) -> None:
    ingest(source, serve(atom("One")))

    outcome = ingest(source, serve(atom()), now=NOW + 2 * HOUR)

    assert (outcome, Proposal.everything.count()) == (pipeline.Outcome("new"), 1)


def test_a_failure_is_recorded_with_its_sentence_and_waits_longer(source: Source) -> None:
    outcome = ingest(source, serve(TimedOut("It did not answer.")))

    assert outcome == pipeline.Outcome("failed", error_class="timeout", error="It did not answer.")
    assert (source.failures, source.error_class, source.error) == (1, "timeout", "It did not answer.")
    assert source.next_fetch_at is not None
    assert source.next_fetch_at - NOW >= 2 * HOUR
    assert Retrieval.everything.get().error_class == "timeout"


def test_a_web_page_in_place_of_the_feed_keeps_what_was_there(source: Source) -> None:
    ingest(source, serve(atom("One")))

    outcome = ingest(source, serve(b"<!doctype html><html><body>Sign in</body></html>"), now=NOW + 2 * HOUR)

    assert outcome is not None
    assert (outcome.outcome, outcome.error_class) == ("failed", "not_a_feed")
    assert (Proposal.everything.count(), Snapshot.everything.count()) == (1, 1)


def test_a_success_after_failures_forgets_them(source: Source) -> None:
    ingest(source, serve(TimedOut("It did not answer.")))
    ingest(source, serve(atom("One")), now=NOW + 3 * HOUR)

    assert (source.failures, source.error_class, source.error) == (0, "", "")


def test_after_a_failure_to_parse_the_same_bytes_are_read_again(source: Source) -> None:
    ingest(source, serve(b"not a feed"))
    outcome = ingest(source, serve(b"not a feed"), now=NOW + 3 * HOUR)

    assert outcome is not None
    assert outcome.outcome == "failed"


def test_a_source_gone_for_good_is_set_aside_and_on_the_record(source: Source, httpserver: Any, settings: Any) -> None:
    httpserver.expect_request("/feed").respond_with_data("", status=410)
    Source.everything.update(url=f"http://127.0.0.1:{httpserver.port}/feed")
    settings.FETCH_ALLOW = [f"127.0.0.1:{httpserver.port}"]

    ingest(source, pipeline.door)

    assert (source.state, source.error_class) == ("quarantined", "gone")
    assert list(Change.everything.values_list("action", "noun")) == [("quarantine", "source")]


def test_over_real_http_a_304_brings_nothing_and_costs_no_body(source: Source, httpserver: Any, settings: Any) -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"v1"':
            return Response(status=304)
        return Response(atom("One"), headers={"ETag": '"v1"'}, content_type="application/atom+xml")

    httpserver.expect_request("/feed").respond_with_handler(answer)
    Source.everything.update(url=f"http://127.0.0.1:{httpserver.port}/feed")
    settings.FETCH_ALLOW = [f"127.0.0.1:{httpserver.port}"]

    outcomes = [ingest(source, pipeline.door, now=NOW + n * 2 * HOUR) for n in range(2)]

    assert [outcome and outcome.outcome for outcome in outcomes] == ["new", "not_modified"]
    assert source.etag == '"v1"'


def test_a_source_may_say_when_to_come_back(source: Source, httpserver: Any, settings: Any) -> None:
    httpserver.expect_request("/feed").respond_with_data("", status=429, headers={"Retry-After": "86400"})
    Source.everything.update(url=f"http://127.0.0.1:{httpserver.port}/feed")
    settings.FETCH_ALLOW = [f"127.0.0.1:{httpserver.port}"]

    ingest(source, pipeline.door)

    assert source.next_fetch_at is not None
    assert source.next_fetch_at - NOW >= timedelta(days=1)


def test_reasons_name_departments_workstreams_and_topics_of_the_campaign(source: Source) -> None:
    make_department("mps", "Ministry of Public Security", abbreviation="MPS")
    make_workstream(source.campaign, "publicity", title={"en": "Publicity week"})
    make_topic(source.campaign, "gambling", title={"en": "Online gambling"}, aliases={"zh-Hans": ["网络赌博"]})
    make_topic(make_campaign("other"), "fraud", title={"en": "Notice"})

    ingest(source, serve(atom("Notice of the MPS on publicity week and 网络赌博")))

    assert Proposal.everything.get().reasons == [
        {"kind": "department", "uid": "mps", "words": "MPS"},
        {"kind": "workstream", "uid": "publicity", "words": "Publicity week"},
        {"kind": "topic", "uid": "gambling", "words": "网络赌博"},
    ]


def test_an_address_another_source_brought_is_said_so(source: Source) -> None:
    make_update(source.campaign, "Elsewhere", url="http://gazette.example/0/")

    ingest(source, serve(atom("One")))

    assert Proposal.everything.get().reasons == [{"kind": "caution", "uid": "elsewhere"}]


def test_a_worker_that_died_leaves_a_source_that_is_due_when_its_lease_ends(source: Source) -> None:
    lease = schedule.lease_length(fetch_seconds=30)
    Source.everything.update(lease=uuid.uuid4(), lease_until=NOW + lease, attempts=1)

    assert pipeline.due_sources(now=NOW + lease) == []
    assert pipeline.due_sources(now=NOW + lease + timedelta(seconds=1)) == [source.pk]


def test_a_worker_that_lost_its_lease_stores_nothing(source: Source) -> None:
    def slow(url: str, validators: Validators, now: datetime) -> Fetched:
        Source.everything.update(lease=uuid.uuid4())  # another worker took the source meanwhile
        return Fetched(200, url, {}, atom("One"), 0.01)

    assert ingest(source, slow) == pipeline.Outcome("lost")
    assert (Proposal.everything.count(), Retrieval.everything.count(), Snapshot.everything.count()) == (0, 0, 0)


def test_an_answer_for_an_address_given_up_meanwhile_is_not_used(source: Source) -> None:
    def slow(url: str, validators: Validators, now: datetime) -> Fetched:
        Source.everything.update(url="https://moved.example/feed", next_fetch_at=NOW)
        return Fetched(200, url, {}, atom("One"), 0.01)

    assert ingest(source, slow) == pipeline.Outcome("lost")
    assert pipeline.due_sources(now=NOW) == [source.pk]


def test_trouble_of_our_own_leaves_the_lease_and_counts_the_attempt(source: Source) -> None:
    with pytest.raises(ZeroDivisionError):
        ingest(source, serve(ZeroDivisionError()))

    source.refresh_from_db()
    assert (source.attempts, source.lease is None, Retrieval.everything.count()) == (1, False, 0)


def test_a_source_that_ends_its_workers_three_times_is_set_aside(source: Source) -> None:
    now = NOW
    for _ in range(3):
        assert pipeline.due_sources(now=now) == [source.pk]
        with pytest.raises(ZeroDivisionError):
            ingest(source, serve(ZeroDivisionError()), now=now)
        now += HOUR

    assert pipeline.due_sources(now=now) == []
    source.refresh_from_db()
    assert (source.state, source.error_class, source.lease) == ("quarantined", "poison", None)
    assert "three times" in source.error


@pytest.mark.parametrize(
    ("state", "next_in", "lease_in", "due"),
    [
        ("active", None, None, True),
        ("active", 0, None, True),
        ("active", -60, None, True),
        ("active", 60, None, False),
        ("active", -60, 60, False),
        ("active", -60, 0, False),
        ("active", -60, -1, True),
        ("paused", -60, None, False),
        ("quarantined", -60, None, False),
    ],
)
def test_a_source_is_due_when_its_time_came_and_nobody_holds_it(
    source: Source, state: str, next_in: int | None, lease_in: int | None, due: bool
) -> None:
    at = None if next_in is None else NOW + timedelta(seconds=next_in)
    until = None if lease_in is None else NOW + timedelta(seconds=lease_in)
    lease = None if until is None else uuid.uuid4()
    Source.everything.update(state=state, next_fetch_at=at, lease_until=until, lease=lease)

    assert pipeline.due_sources(now=NOW) == ([source.pk] if due else [])


def test_the_longest_due_comes_first(source: Source) -> None:
    late = make_source(source.campaign, "late", next_fetch_at=NOW - HOUR)
    soon = make_source(source.campaign, "soon", next_fetch_at=NOW)

    assert pipeline.due_sources(now=NOW) == [source.pk, late.pk, soon.pk]


def test_fetches_that_brought_nothing_are_not_kept_for_ever(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "KEPT_RETRIEVALS", 2)
    for n in range(5):
        ingest(source, serve(atom("One")), now=NOW + n * 2 * HOUR)

    assert list(Retrieval.everything.values_list("number", "outcome")) == [
        (5, "unchanged"), (4, "unchanged"), (1, "new")
    ]  # fmt: skip


def test_a_feed_of_many_entries_takes_a_fixed_number_of_queries(
    source: Source, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(32):
        ingest(source, serve(atom(*(f"Title {n}" for n in range(200)))))

    assert Proposal.everything.count() == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_fetches(source: Source) -> None:
    fetched: list[str] = []
    start = threading.Barrier(6)

    def http(url: str, validators: Validators, now: datetime) -> Fetched:
        fetched.append(url)
        return Fetched(200, url, {}, atom("One"), 0.01)

    def work() -> None:
        try:
            start.wait()
            pipeline.ingest(source_id=source.pk, now=NOW, http=http)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(fetched), Proposal.everything.count(), Retrieval.everything.count()) == (1, 1, 1)


def test_a_preview_reads_without_storing() -> None:
    found = pipeline.preview(
        url="https://gazette.example/feed", now=NOW, timezone="Asia/Shanghai", http=serve(atom("One"))
    )

    assert [(item.title, item.published_on) for item in found.candidates] == [("One", "2023-05-18")]
    assert (Proposal.everything.count(), Retrieval.everything.count()) == (0, 0)


def test_a_preview_of_what_is_no_feed_raises_the_sentence() -> None:
    with pytest.raises(pipeline.PROBLEMS, match="web page"):
        pipeline.preview(url="https://gazette.example/", now=NOW, http=serve(b"<html></html>"))


def test_a_preview_of_an_inner_address_is_refused() -> None:
    with pytest.raises(pipeline.PROBLEMS, match="not a public web server"):
        pipeline.preview(url="http://169.254.169.254/", now=NOW)
