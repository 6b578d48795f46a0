"""Sources by hand: what is watched, how often, and when it is due."""

from datetime import UTC, datetime, timedelta

import pytest

from timeline.editorial.inputs import InvalidInput, StaleVersion
from timeline.editorial.permissions import Actor
from timeline.editorial.sources import Watch, create_source, edit_source, fetch_now, pause_source, resume_source
from timeline.editorial.states import NotAllowed
from timeline.models import Campaign, Change, Source

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
ALICE = Actor(name="alice", role="editor")


@pytest.fixture
def campaign() -> Campaign:
    return Campaign.everything.create(slug="c", title={"en": "A campaign"}, state="published")


@pytest.fixture
def source(campaign: Campaign) -> Source:
    return create_source(campaign=campaign, watch=watch(), by=ALICE, now=NOW)


def watch(**more: object) -> Watch:
    return Watch(**({"url": "https://example.org/feed.xml", "name": "Example feed"} | more))  # type: ignore[arg-type]


def test_a_new_source_is_due_at_once(source: Source) -> None:
    assert (source.uid, source.state, source.next_fetch_at) == ("example-feed", "active", NOW)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "ftp://example.org/feed"}, "url"),
        ({"url": "example.org/feed"}, "url"),
        ({"url": "https://user:secret@example.org/feed"}, "url"),
        ({"url": "https://exa mple.org/"}, "url"),
        ({"url": "https://[::1/"}, "url"),
        ({"url": "https://example.org:99999/"}, "url"),
        ({"name": " "}, "name"),
        ({"interval_seconds": 5}, "interval"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"quality": "splendid"}, "quality"),
    ],
)
def test_a_source_that_cannot_be_watched_is_refused(campaign: Campaign, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_source(campaign=campaign, watch=watch(**wrong), by=ALICE, now=NOW)

    assert refused.value.field == field
    assert not Source.everything.exists()


def test_the_same_address_is_not_watched_twice_for_a_campaign(source: Source) -> None:
    with pytest.raises(InvalidInput, match="already watched"):
        create_source(campaign=source.campaign, watch=watch(name="Again"), by=ALICE, now=NOW)


def test_another_address_is_fetched_afresh(source: Source) -> None:
    Source.everything.update(etag='"1"', last_sha256="ab", next_fetch_at=LATER)

    edited = edit_source(source=source, version=1, watch=watch(url="https://example.org/new.xml"), by=ALICE, now=LATER)

    assert (edited.etag, edited.last_sha256, edited.next_fetch_at) == ("", "", LATER)


def test_an_edit_keeps_a_pace_that_was_set_elsewhere(source: Source) -> None:
    Source.everything.update(interval_seconds=20)

    edited = edit_source(source=source, version=1, watch=watch(name="New", interval_seconds=20), by=ALICE, now=NOW)

    assert (edited.name, edited.interval_seconds) == ("New", 20)


def test_the_second_of_two_editors_of_a_source_is_told(source: Source) -> None:
    edit_source(source=source, version=1, watch=watch(name="A"), by=ALICE, now=NOW)

    with pytest.raises(StaleVersion):
        edit_source(source=source, version=1, watch=watch(name="B"), by=ALICE, now=NOW)


def test_a_paused_source_is_resumed_due_and_without_its_failures(source: Source) -> None:
    pause_source(source=source, by=ALICE, now=NOW)
    Source.everything.update(failures=3, attempts=2, error_class="timeout", error="No answer.")

    resumed = resume_source(source=source, by=ALICE, now=LATER)

    assert (resumed.state, resumed.failures, resumed.attempts) == ("active", 0, 0)
    assert (resumed.error, resumed.next_fetch_at) == ("", LATER)


def test_a_paused_source_cannot_be_paused_again(source: Source) -> None:
    pause_source(source=source, by=ALICE, now=NOW)

    with pytest.raises(NotAllowed):
        pause_source(source=source, by=ALICE, now=NOW)


def test_fetch_now_makes_the_source_due_and_says_who_asked(source: Source) -> None:
    fetched = fetch_now(source=source, by=ALICE, now=LATER)

    assert fetched.next_fetch_at == LATER
    assert Change.everything.get(action="fetch").by == "alice"


def test_a_paused_source_is_not_fetched_by_hand(source: Source) -> None:
    pause_source(source=source, by=ALICE, now=NOW)

    with pytest.raises(NotAllowed, match="resume it"):
        fetch_now(source=source, by=ALICE, now=LATER)
