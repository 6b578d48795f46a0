"""Names on a day, lanes along lines of succession, and families for filters."""

from datetime import date

import pytest

from tests.builders import make_department, make_name, make_succession
from timeline.queries.directory import load_directory

pytestmark = pytest.mark.django_db


def test_a_lane_follows_renames_and_mergers_to_the_first_of_the_line() -> None:
    a, b, c, d = (make_department(slug) for slug in "abcd")
    make_succession(a, b, "2010")
    make_succession(b, c, "2018", "merger")
    make_succession(c, d, "2023", "transfer")

    directory = load_directory()

    assert [directory.lane(body.pk) for body in (a, b, c, d)] == ["a", "a", "a", "d"]
    assert [found.to.text for found in directory.handovers(a.pk, "en")] == ["B", "C"]


def test_two_bodies_merged_into_one_keep_their_lanes_and_the_first_goes_on() -> None:
    a, b, c = (make_department(slug) for slug in "abc")
    make_succession(b, c, "2018-03-17", "merger")
    make_succession(a, c, "2018-04-01", "merger")

    directory = load_directory()

    assert [directory.lane(body.pk) for body in (a, b, c)] == ["a", "b", "b"]
    assert [found.to.text for found in directory.handovers(a.pk, "en")] == ["C"]


def test_a_ring_of_successions_ends() -> None:
    a, b = make_department("a"), make_department("b")
    make_succession(a, b, "2010")
    make_succession(b, a, "2020")

    directory = load_directory()

    assert {directory.lane(a.pk), directory.lane(b.pk)} <= {"a", "b"}
    assert len(directory.handovers(a.pk, "en")) == 1


def test_a_local_body_of_a_renamed_one_stands_in_the_lane_of_the_line() -> None:
    old, new = make_department("old"), make_department("new")
    office = make_department("office", parent=make_department("province", parent=new))
    make_succession(old, new, "2023")

    directory = load_directory()

    assert directory.lane(office.pk) == "old"
    assert directory.family(["old"]) == set(directory.bodies)
    assert directory.family(["office"]) == {office.pk}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1999, 1, 1), "First"),
        (date(2009, 12, 31), "First"),
        (date(2010, 1, 1), "Second"),
        (date(2015, 6, 1), "Second"),
        (None, "Third"),
        (date(2030, 1, 1), "Third"),
    ],
)
def test_the_name_is_the_one_in_force_on_the_day(day: date | None, expected: str) -> None:
    body = make_department("body", "First")
    body.names.update(valid_to=date(2009, 12, 31))
    make_name(body, "Second", valid_from=date(2010, 1, 1), valid_to=date(2014, 12, 31))
    make_name(body, "Third", valid_from=date(2020, 1, 1))

    assert load_directory().name(body.pk, "en", day).text == expected


def test_a_name_in_another_language_is_marked_as_such() -> None:
    body = make_department("body")
    body.names.update(language="zh-Hans", text="部")

    name = load_directory().name(body.pk, "en")

    assert (name.text, name.language) == ("部", "zh-Hans")


def test_a_body_without_names_goes_by_its_abbreviation() -> None:
    body = make_department("body", abbreviation="BD")
    body.names.all().delete()

    name = load_directory().name(body.pk, "en")

    assert (name.text, name.language) == ("BD", "und")


def test_the_short_name_is_the_readers_or_the_abbreviation() -> None:
    body = make_department("body", abbreviation="BD")
    make_name(body, "部", language="zh-Hans", kind="short")

    directory = load_directory()

    assert (directory.short(body.pk, "zh-Hans"), directory.short(body.pk, "en")) == ("部", "BD")


def test_only_names_that_are_needed_are_read() -> None:
    old, new, other = make_department("old"), make_department("new"), make_department("other")
    local = make_department("local", parent=new)
    make_succession(old, new, "2023")

    directory = load_directory({local.pk})

    assert set(directory.names) == {old.pk, new.pk, local.pk}
    assert directory.name(other.pk, "en").text == "other"
