"""The sample feed: served, read by our own reader, and plainly marked as invented."""

from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client

from timeline.ingest.kinds import KINDS, Context
from timeline.ingest.sample import ENTRIES


def test_the_sample_feed_is_read_by_our_own_reader(client: Client) -> None:
    answer = client.get("/sample-feed.xml")

    context = Context("http://testserver/sample-feed.xml", answer["Content-Type"], ZoneInfo("Asia/Shanghai"))
    found = KINDS["feed"].parse(answer.content, context)

    assert [item.title for item in found] == [entry.title for entry in ENTRIES]
    assert [item.published_on for item in found] == [entry.published[:10] for entry in ENTRIES]
    assert {item.language for item in found} == {"en", "zh-Hans"}


def test_every_sample_says_that_it_is_invented() -> None:
    marks = [(entry.title.startswith(("[sample]", "[示例]")), "nvented" in entry.summary or "虚构" in entry.summary)
             for entry in ENTRIES]  # fmt: skip

    assert marks == [(True, True)] * len(ENTRIES)


def test_a_conditional_request_is_answered_with_304(client: Client) -> None:
    tag = client.get("/sample-feed.xml")["ETag"]

    assert client.get("/sample-feed.xml", headers={"If-None-Match": tag}).status_code == 304


def test_the_sample_feed_is_read_only(client: Client, settings: Any) -> None:
    assert client.post("/sample-feed.xml").status_code == 405
