"""Sources in the browser: tried before they are saved, with a plain word for everything that may go wrong."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext
from pytest_httpserver import HTTPServer

from tests.builders import make_source
from timeline.models import Campaign, Source
from timeline.queries.retold import SENTENCES
from timeline.web.views.edit_source import without_promise

FEED = """<rss version="2.0"><channel><title>Gazette</title>
<item><title>Rivers inspected</title><link>https://example.org/1</link>
<pubDate>Thu, 16 Feb 2023 10:00:00 +0800</pubDate></item>
</channel></rss>"""


def typed(url: str, **more: str) -> dict[str, str]:
    return {
        "url": url,
        "name": "Gazette",
        "campaign": "sweep",
        "kind": "feed",
        "interval": "3600",
        "timezone": "Asia/Shanghai",
        "quality": "official",
    } | more


@pytest.fixture
def gazette(httpserver: HTTPServer, settings: Any) -> str:
    httpserver.expect_request("/feed.xml").respond_with_data(FEED, content_type="application/rss+xml")
    httpserver.expect_request("/page.html").respond_with_data("<html><p>Hello</p></html>", content_type="text/html")
    settings.FETCH_ALLOW = [f"{httpserver.host}:{httpserver.port}"]
    settings.FETCH_TIMEOUT = 2
    return httpserver.url_for("")


def test_a_trial_shows_what_the_feed_would_bring_and_stores_nothing(
    editor: Client, sweep: Campaign, gazette: str
) -> None:
    page = editor.post("/sources/new/", typed(f"{gazette}/feed.xml", **{"try": "1"})).content.decode()

    assert "Rivers inspected" in page
    assert "16 February 2023" in page
    assert not Source.everything.exists()


def test_a_feed_that_is_no_feed_is_told_at_the_address(editor: Client, sweep: Campaign, gazette: str) -> None:
    answer = editor.post("/sources/new/", typed(f"{gazette}/page.html", **{"try": "1"}))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"url"}
    assert "feed" in str(answer.context["form"].errors["url"]).lower()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/feed.xml", "http://169.254.169.254/latest/", "http://[::1]/feed"])
def test_an_address_inside_the_house_is_refused(editor: Client, sweep: Campaign, gazette: str, url: str) -> None:
    answer = editor.post("/sources/new/", typed(url, **{"try": "1"}))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"url"}


def test_a_source_that_does_not_answer_in_time_is_told(
    editor: Client, sweep: Campaign, gazette: str, httpserver: HTTPServer, settings: Any
) -> None:
    settings.FETCH_TIMEOUT = 1

    def sleep(request: Any) -> Any:
        import time

        from werkzeug import Response

        time.sleep(2)
        return Response("late")

    httpserver.expect_request("/slow").respond_with_handler(sleep)

    answer = editor.post("/sources/new/", typed(f"{gazette}/slow", **{"try": "1"}))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"url"}


def test_a_saved_source_is_due_and_listed(editor: Client, sweep: Campaign, gazette: str) -> None:
    page = editor.post("/sources/new/", typed(f"{gazette}/feed.xml", save="1"), follow=True).content.decode()

    source = Source.everything.get()
    assert source.next_fetch_at is not None
    assert source.next_fetch_at <= timezone.now()
    assert "Gazette" in page
    assert f'action="/sources/{source.uid}/fetch/"' in page


def test_a_visitor_sees_no_buttons_at_the_sources(sweep: Campaign) -> None:
    make_source(sweep, uid="gazette")

    assert "/sources/gazette/fetch/" not in Client().get("/sources/").content.decode()


def test_a_source_is_edited_paused_resumed_and_fetched(editor: Client, sweep: Campaign) -> None:
    source = make_source(sweep, uid="gazette", next_fetch_at=timezone.now() + timedelta(hours=1))

    editor.post("/sources/gazette/edit/", typed("https://example.org/other.xml", version="1", name="Bulletin"))
    source.refresh_from_db()
    assert (source.name, source.url) == ("Bulletin", "https://example.org/other.xml")

    editor.post("/sources/gazette/state/", {"to": "paused"})
    refused = editor.post("/sources/gazette/fetch/", follow=True).content.decode()
    assert "resume it" in refused

    editor.post("/sources/gazette/state/", {"to": "active"})
    editor.post("/sources/gazette/fetch/")

    source.refresh_from_db()
    assert source.state == "active"
    assert source.next_fetch_at is not None
    assert source.next_fetch_at <= timezone.now()


def test_fetch_now_needs_no_broker(editor: Client, sweep: Campaign, settings: Any) -> None:
    settings.REDIS_URL = settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    make_source(sweep, uid="gazette")

    assert editor.post("/sources/gazette/fetch/").status_code == 302


@pytest.fixture
def background(settings: Any) -> Iterator[None]:
    """Worker and beat were seen just now; under keys of our own, as real ones may be running beside this test."""
    settings.HEALTH_WORKER_KEY, settings.HEALTH_BEAT_KEY = "test:seen:worker", "test:seen:beat"
    keys = (settings.HEALTH_WORKER_KEY, settings.HEALTH_BEAT_KEY)
    cache.set_many(dict.fromkeys(keys, time.time()))
    yield
    cache.delete_many(keys)


def test_a_fetch_is_promised_within_seconds_while_the_worker_is_there(
    editor: Client, sweep: Campaign, background: None
) -> None:
    make_source(sweep, uid="gazette")

    page = editor.post("/sources/gazette/fetch/", follow=True).content.decode()

    assert "will be fetched within seconds" in page
    assert "background worker" not in page


@pytest.mark.parametrize("missing", ["HEALTH_WORKER_KEY", "HEALTH_BEAT_KEY"])
def test_a_fetch_waits_while_the_worker_or_beat_is_away(
    editor: Client, sweep: Campaign, background: None, settings: Any, missing: str
) -> None:
    make_source(sweep, uid="gazette")
    cache.set(getattr(settings, missing), time.time() - 3600)

    page = editor.post("/sources/gazette/fetch/", follow=True).content.decode()

    assert "is due. It waits until the background worker is back; nothing is lost." in page
    assert "within seconds" not in page


def test_a_source_saved_while_the_worker_is_away_promises_no_fetch(
    editor: Client, sweep: Campaign, gazette: str, background: None, settings: Any
) -> None:
    cache.delete(settings.HEALTH_WORKER_KEY)

    page = editor.post("/sources/new/", typed(f"{gazette}/feed.xml", save="1"), follow=True).content.decode()

    assert "is watched from now on. It waits until the background worker is back; nothing is lost." in page
    assert "The background worker is away" in page


def test_only_editors_are_told_that_the_worker_is_away(
    sweep: Campaign, editor: Client, background: None, settings: Any
) -> None:
    cache.delete(settings.HEALTH_WORKER_KEY)

    told = [b"The background worker is away" in client.get("/sources/").content for client in (Client(), editor)]

    assert told == [False, True]


def test_a_trial_that_fails_promises_no_further_try(
    editor: Client, sweep: Campaign, gazette: str, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/broken").respond_with_data("", status=503)

    answer = editor.post("/sources/new/", typed(f"{gazette}/broken", **{"try": "1"}))

    assert list(answer.context["form"].errors["url"]) == ["The source asks us to come back later (HTTP 503)."]


def test_no_message_of_a_source_promises_a_further_try_of_a_trial() -> None:
    promises = [text for text in SENTENCES if "tried again" in text]

    for language, again in (("en", "tried again"), ("zh-hans", "重试")):
        with translation.override(language):
            assert [text for text in promises if again in without_promise(gettext(text))] == []
    assert promises
