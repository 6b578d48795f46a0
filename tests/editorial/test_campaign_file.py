"""The campaign file as text: one form, every error with its place and reason, and no file that breaks the checker."""

import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.editorial.campaign_files import SMALL_FILE, Data, put, small
from timeline.editorial.campaign_file import WrongFile, canonical, problems_of, read, write
from timeline.editorial.campaign_file.shape import SCHEMA
from timeline.values import terms

U = "00000000-0000-4000-8000-0000000000{:02d}".format
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "campaign-file.md"
PLAIN = {"uid": U(99), "property": "when", "value": "2023", "basis": "event", "reason": "x"}

# What is changed in the small sample (pointer, value), where the error is, and words of its reason.
WRONG: list[tuple[str, Any, str, str]] = [
    ("/format", "campaign-timeline/9", "/format", "should be campaign-timeline/1"),
    ("/campaign/title", {}, "/campaign/title", "must not be empty"),
    ("/campaign/title", ..., "/campaign", "“title” must be given"),
    ("/campaign/title", {"fr": "Un"}, "/campaign/title", "no “fr” here; known are en, zh-Hans, zh-Hant"),
    ("/campaign/title", {"en": " "}, "/campaign/title/en", "is empty"),
    ("/campaign/timezone", "Mars/Base", "/campaign/timezone", "not a time zone"),
    ("/campaign/colour", "red", "/campaign", "There is no “colour” here"),
    ("/campaign/slug", "a slug", "/campaign/slug", "not allowed"),
    ("/campaign/state", "open", "/campaign/state", "not one of draft, published, archived"),
    ("/milestones", {}, "/milestones", "should be a list"),
    ("/milestones/0/kind", "party", "/milestones/0/kind", "not one of launch, meeting"),
    ("/milestones/0/title/en", "x\x00y", "/milestones/0/title/en", "cannot be stored"),
    ("/documents/0/url", "javascript:alert(1)", "/documents/0/url", "not allowed"),
    ("/documents/0/published_on", "5 September", "/documents/0/published_on", "is not a date in EDTF"),
    ("/documents/0/publisher", "x" * 201, "/documents/0/publisher", "201 characters long; at most 200"),
    ("/figures/0/value", "many", "/figures/0/value", "not a number"),
    ("/figures/0/value", 400, "/figures/0/value", "should be a text, in quotes"),
    ("/figures/0/window", {"start": "2023-02", "end": "2022"}, "/figures/0/window/end", "before it starts"),
    ("/departments/0/names", [], "/departments/0/names", "must not be empty"),
    ("/departments/1/names/0/from", "2023-02-30", "/departments/1/names/0/from", "not a day"),
    ("/campaign/statements/1/offset", "18 months", "/campaign/statements/1/offset", "is not a duration"),
    ("/participations/0/department", "nobody", "/participations/0/department", "There is no department “nobody”"),
    ("/milestones/1/departments/0/department", "x", "/milestones/1/departments/0/department", "no department “x”"),
    ("/milestones/1/citations/0/document", "x", "/milestones/1/citations/0/document", "There is no document “x”"),
    ("/milestones/1/topics/0", "x", "/milestones/1/topics/0", "There is no topic “x”"),
    ("/disagreements/0/milestones/0", "x", "/disagreements/0/milestones/0", "There is no milestone “x”"),
    ("/disagreements/0/statements/0", U(98), "/disagreements/0/statements/0", "There is no statement"),
    ("/figures/0/definition_version", 3, "/figures/0/metric", "There is no metric “gangs, version 3”"),
    ("/figures/0/milestone", "x", "/figures/0/milestone", "There is no milestone “x”"),
    ("/milestones/1/statements/0/uid", U(1), "/milestones/1/statements/0/uid", "a second time"),
    ("/milestones/0/uid", "meeting", "/milestones/1/uid", "The milestone “meeting” stands here a second time"),
    ("/departments/0/parent", "gone", "/departments/0/parent", "“gone” is above itself"),
    ("/phases/0/parent", "first-wave", "/phases/0/parent", "above itself: push → first-wave → push"),
    ("/figures/0/parent", "f3", "/figures/0/parent", "above itself"),
    ("/figures/1/qualifier", "exact", "/figures/1/confirms", "the qualifier differs"),
    ("/figures/2/reason", ..., "/figures/2", "needs a citation"),
    ("/milestones/0/uncited_reason", ..., "/milestones/0", "needs citations"),
    ("/milestones/0/statements/-", {**PLAIN, "reason": ""}, "/milestones/0/statements/2", "needs a citation"),
    ("/milestones/0/statements/-", {**PLAIN, "property": "end"}, "/milestones/0/statements/2/property", "no “end”"),
    ("/milestones/0/statements/-", {**PLAIN, "value": "soon"}, "/milestones/0/statements/2/value", "not a date"),
    ("/milestones/0/statements/-", {**PLAIN, "offset": "P1D"}, "/milestones/0/statements/2/offset", "needs an anchor"),
    (
        "/milestones/0/statements/-",
        {**PLAIN, "supersedes": U(1)},
        "/milestones/0/statements/2/supersedes",
        "the same property",
    ),
    (
        "/milestones/0/statements/-",
        {**PLAIN, "anchor": {"property": "when", "milestone": "meeting"}},
        "/milestones/0/statements/2/value",
        "holds no value",
    ),
    ("/campaign/statements/1/anchor/property", "end", "/campaign/statements/1/anchor", "hangs on itself"),
    ("/campaign/statements/2/derived_from/0", U(5), "/campaign/statements/2/derived_from", "hangs on itself"),
    ("/phases/0/statements/0/value", "2022-09", "/phases/0/statements", "The phase ends on 2022-09-30, before"),
    ("/documents/-", {"uid": "idle", "publisher": "P"}, "/documents/3", "Nothing in this file cites"),
    (
        "/departments/-",
        {"slug": "idle", "names": [{"language": "en", "text": "I"}]},
        "/departments/5",
        "Nothing in this file names",
    ),
    ("/metrics/-", {"uid": "idle", "title": {"en": "I"}}, "/metrics/3", "No figure in this file counts"),
]


@pytest.mark.parametrize(("place", "value", "where", "why"), WRONG)
def test_a_wrong_file_names_the_place_and_the_reason(place: str, value: Any, where: str, why: str) -> None:
    problems = problems_of(put(small(), place, value))

    assert where in {problem.place for problem in problems}
    assert any(why in problem.reason for problem in problems if problem.place == where), problems


def test_every_error_is_found_at_once() -> None:
    data = put(put(put(small(), "/campaign/state", "x"), "/figures/0/value", "x"), "/format", "x")

    assert [problem.place for problem in problems_of(data)] == ["/campaign/state", "/figures/0/value", "/format"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "This is not JSON: Expecting value in line 1, column 1"),
        ('{\n "a": }', "line 2, column 7"),
        ("[]", "A campaign file is a JSON object"),
        ('{"a": 1, "a": 2}', "The key “a” stands twice"),
        ('{"a": NaN}', "NaN is not a number"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5000, ""),
    ],
)
def test_a_text_that_is_no_campaign_file_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(WrongFile) as refused:
        read(text)

    assert why in str(refused.value)


def test_the_small_sample_is_right_and_in_canonical_form() -> None:
    text = SMALL_FILE.read_text(encoding="utf-8")

    assert write(canonical(read(text))) == text


def test_the_example_in_the_documentation_is_right_and_in_canonical_form() -> None:
    example = DOCUMENTATION.read_text(encoding="utf-8").partition("```json\n")[2].partition("```")[0]

    data = read(example)

    assert canonical(data) == data


def test_the_order_in_which_a_person_writes_makes_no_difference() -> None:
    data = small()
    for name in ("departments", "documents", "milestones", "metrics", "figures"):
        random.Random(7).shuffle(data[name])
    shuffled = {key: data[key] for key in reversed(data)}

    assert write(canonical(shuffled)) == SMALL_FILE.read_text(encoding="utf-8")


def test_a_default_that_is_written_out_and_an_empty_text_are_left_out_of_the_canonical_form() -> None:
    data = put(put(small(), "/figures/0/rank", "normal"), "/figures/0/reason", "")

    assert canonical(data) == small()


def test_dates_and_numbers_take_their_canonical_form() -> None:
    data = put(put(small(), "/figures/0/value", "0400.50"), "/figures/0/as_of", "2023-02-16?~")

    figure = canonical(data)["figures"][0]
    assert (figure["value"], figure["as_of"]) == ("400.5", "2023-02-16%")


def test_the_schema_is_a_schema_and_its_terms_are_those_of_the_models() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    listed = {tuple(part["enum"]) for part in _parts(SCHEMA) if "enum" in part}

    assert listed - {("start", "end", "when")} <= {
        value for name, value in vars(terms).items() if name.isupper() and isinstance(value, tuple)
    }


def _parts(part: Any) -> list[Data]:
    if isinstance(part, list):
        return [found for one in part for found in _parts(one)]
    if not isinstance(part, dict):
        return []
    return [part, *(found for one in part.values() for found in _parts(one))]


def _places(part: Any, place: str = "") -> list[str]:
    pairs = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [found for key, one in pairs for found in (f"{place}/{key}", *_places(one, f"{place}/{key}"))]


PLACES = _places(small())
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8), st.just([]), st.just({})
)


def test_a_wrong_word_hides_no_wrong_reference() -> None:
    data = small()
    put(data, "/milestones/0/kind", "party")
    put(data, "/milestones/1/departments/0/department", "nobody")

    assert [problem.place for problem in problems_of(data)] == [
        "/milestones/0/kind",
        "/milestones/1/departments/0/department",
    ]


def test_a_part_that_is_no_list_makes_nothing_else_wrong() -> None:
    data = small()
    put(data, "/milestones", {})

    assert [problem.place for problem in problems_of(data)] == ["/milestones"]


@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), ODD | st.just(...)), min_size=1, max_size=3))
def test_whatever_stands_in_a_file_the_checker_answers_with_problems(changes: list[tuple[str, Any]]) -> None:
    data = small()
    for place, value in changes:
        try:
            put(data, place, value)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError):
            continue  # an earlier change took the place away

    for problem in problems_of(data):
        assert problem.reason
        assert problem.place == "" or problem.place.startswith("/")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(WrongFile):
        read(text)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read("\ufeff" + json.dumps(small())) == small()
