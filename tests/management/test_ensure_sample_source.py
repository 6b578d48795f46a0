"""The sample source is made once, follows the port, and stays as an editor left it."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_campaign
from timeline.models import Change, Source

pytestmark = pytest.mark.django_db
URL = "http://127.0.0.1:8000/sample-feed.xml"


def ensure(url: str = URL, **options: Any) -> None:
    call_command("ensure_sample_source", url=url, verbosity=0, **options)


def test_the_source_is_made_due_at_once_and_asked_each_minute() -> None:
    campaign = make_campaign()

    ensure()

    source = Source.everything.get()
    assert (source.uid, source.campaign, source.url, source.interval_seconds) == ("sample-feed", campaign, URL, 60)
    assert source.next_fetch_at is not None


def test_a_second_call_changes_nothing() -> None:
    make_campaign()
    ensure()
    before = Change.everything.count()

    ensure()

    assert (Source.everything.count(), Change.everything.count()) == (1, before)


def test_another_port_moves_the_source() -> None:
    make_campaign()
    ensure()

    ensure("http://127.0.0.1:9000/sample-feed.xml")

    assert [source.url for source in Source.everything.all()] == ["http://127.0.0.1:9000/sample-feed.xml"]


def test_a_paused_source_stays_paused() -> None:
    make_campaign()
    ensure()
    Source.everything.update(state="paused")

    ensure("http://127.0.0.1:9000/sample-feed.xml")

    assert Source.everything.get().state == "paused"


def test_without_a_campaign_nothing_is_made() -> None:
    make_campaign(state="draft")

    ensure()

    assert Source.everything.count() == 0


def test_an_unknown_campaign_is_named() -> None:
    with pytest.raises(CommandError, match="no campaign 'nowhere'"):
        ensure(campaign="nowhere")
