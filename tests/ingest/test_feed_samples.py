"""Every sample of a feed gives what is written beside it: the candidates, or the error and a part of its sentence.

A new case is a file and its `.expected.json`. The source of all samples is in Asia/Shanghai.
"""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from timeline.ingest.kinds import KINDS, Context, ParseError
from timeline.values.candidate import from_dict, to_dict

SAMPLES = Path(__file__).parent.parent / "samples" / "feed"
CASES = sorted(path for path in SAMPLES.iterdir() if not path.name.endswith(".expected.json"))
CONTEXT = Context(url="https://www.example.org/feed", zone=ZoneInfo("Asia/Shanghai"))


def read(path: Path) -> dict[str, Any]:
    try:
        found = KINDS["feed"].parse(path.read_bytes(), CONTEXT)
    except ParseError as error:
        return {"error": error.name, "says": str(error)}
    shown = [to_dict(candidate) for candidate in found]
    return {"candidates": [{key: value for key, value in item.items() if value} for item in shown]}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_sample_reads_as_expected(path: Path) -> None:
    expected = json.loads(path.with_name(path.name + ".expected.json").read_text())

    assert read(path) == expected


def test_every_expectation_has_its_sample() -> None:
    assert {f"{path.name}.expected.json" for path in CASES} == {path.name for path in SAMPLES.glob("*.expected.json")}


def test_a_candidate_survives_json() -> None:
    candidate = KINDS["feed"].parse((SAMPLES / "rss20.xml").read_bytes(), CONTEXT)[0]

    assert from_dict(json.loads(json.dumps(to_dict(candidate)))) == candidate


def test_more_entries_than_are_read_at_once_are_refused_whole() -> None:
    body = b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 5_001 + b"</channel></rss>"

    with pytest.raises(ParseError, match="5001 entries"):
        KINDS["feed"].parse(body, CONTEXT)


@pytest.mark.parametrize("body", [b"", b"  \n", b"%PDF-1.7", b"\x89PNG\r\n", b"PK\x03\x04", b"hello", b"\x00" * 40])
def test_what_is_no_feed_is_named(body: bytes) -> None:
    with pytest.raises(ParseError) as raised:
        KINDS["feed"].parse(body, CONTEXT)

    assert raised.value.name == "not_a_feed"


def test_deeply_nested_json_is_refused() -> None:
    with pytest.raises(ParseError):
        KINDS["feed"].parse(b"[" * 200_000, CONTEXT)
