"""docs/ingest.md names every error and every caution, and the review page has words for each."""

import re
from pathlib import Path
from typing import get_args

from timeline.ingest.fetch import FetchError
from timeline.ingest.kinds import ParseError
from timeline.ingest.match import Caution
from timeline.queries.review import CAUTIONS

FOUND_IN_REVIEW = {"barred"}  # an address may be barred after the item was proposed
PAGE = (Path(__file__).parents[2] / "docs" / "ingest.md").read_text()


def names(error: type[FetchError] | type[ParseError]) -> set[str]:
    return {error.name for error in error.__subclasses__()}


def test_every_error_and_every_caution_is_explained_and_no_other() -> None:
    explained = {
        name for row in re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }

    assert explained == names(FetchError) | names(ParseError) | {"poison"} | set(get_args(Caution)) | FOUND_IN_REVIEW


def test_every_caution_has_a_sentence() -> None:
    assert set(CAUTIONS) == set(get_args(Caution)) | FOUND_IN_REVIEW
