"""Whatever the bytes, a feed is read or refused by name; and no pattern of ours can be made to take long."""

import random
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.test_feed_samples import CASES, CONTEXT
from timeline.ingest import addresses, redact
from timeline.ingest.dates import read_published
from timeline.ingest.kinds import KINDS, ParseError
from timeline.values import text

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def survives(body: bytes) -> None:
    try:
        for candidate in KINDS["feed"].parse(body, CONTEXT):
            assert candidate.title
            assert candidate.title == text.line(candidate.title)
            assert candidate.url == addresses.link(candidate.url)
    except ParseError:
        return


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    survives(body)


@QUICK
@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60))
def test_any_text_inside_a_feed_is_read_or_refused(title: str, date: str, link: str) -> None:
    item = f"<item><title>{title}</title><pubDate>{date}</pubDate><link>{link}</link></item>"
    survives(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(errors="ignore"))


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_feed_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    body = bytearray(chance.choice(CASES).read_bytes())
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(body))
        match chance.randrange(3):
            case 0:
                body[at] = chance.randrange(256)
            case 1:
                del body[at : at + chance.randrange(20)]
            case _:
                body[at:at] = body[: chance.randrange(40)]
        if not body:
            break

    survives(bytes(body))


LONG = 100_000
SLOW = ["a" * LONG, "<" * LONG, "<a " * LONG, "<link " * LONG, "1" * LONG, "2023-" * LONG, " " * LONG, "年" * LONG,
        "&#1" * LONG, "<!--" * LONG, "<p" * LONG, "http://" * LONG, "%" * LONG, "</rss " * LONG]  # fmt: skip
READERS: dict[str, Callable[[str], object]] = {
    "feed": lambda words: survives(words.encode()),
    "date": lambda words: read_published(words, zone=ZoneInfo("UTC")),
    "date, cut": lambda words: read_published(words[:200], zone=ZoneInfo("UTC")),
    "markup": text.plain,
    "line": text.line,
    "address": addresses.canonical,
    "mask": redact.mask,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("words", SLOW, ids=lambda words: words[:8])
def test_long_input_is_dealt_with_quickly(reader: str, words: str) -> None:
    started = time.process_time()

    READERS[reader](words)

    assert time.process_time() - started < 1.5
