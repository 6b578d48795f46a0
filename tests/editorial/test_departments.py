"""Departments by hand: names with the days they were in force, parents, successions."""

from datetime import UTC, date, datetime

import pytest

from timeline.editorial.departments import Body, Name, create_department, edit_department, record_succession
from timeline.editorial.inputs import InvalidInput, StaleVersion
from timeline.editorial.permissions import Actor, Forbidden
from timeline.models import Campaign, Change, Department

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 1, 1, tzinfo=UTC)
ALICE = Actor(name="alice", role="editor")
OLD = Name(text="Banking Commission", language="en", valid_to=date(2023, 5, 17))
NEW = Name(text="Financial Administration", language="en", valid_from=date(2023, 5, 18))


@pytest.fixture
def bank() -> Department:
    return create_department(body=Body(names=[OLD], abbreviation="CBIRC"), by=ALICE, now=NOW)


def test_a_department_is_addressed_by_its_abbreviation(bank: Department) -> None:
    assert (bank.slug, bank.names.get().text) == ("cbirc", "Banking Commission")


def test_a_name_that_follows_another_stands_beside_it(bank: Department) -> None:
    edit_department(department=bank, version=1, body=Body(names=[OLD, NEW], abbreviation="NFRA"), by=ALICE, now=NOW)

    assert list(bank.names.values_list("text", "valid_from", "valid_to")) == [
        ("Banking Commission", None, date(2023, 5, 17)),
        ("Financial Administration", date(2023, 5, 18), None),
    ]


def test_a_change_of_a_department_raises_every_campaign_that_shows_it(bank: Department) -> None:
    shown, other = (Campaign.everything.create(slug=slug, title={"en": slug}) for slug in ("a", "b"))
    shown.participations.create(department=bank, role="lead")

    edit_department(department=bank, version=1, body=Body(names=[OLD, NEW]), by=ALICE, now=NOW)

    shown.refresh_from_db()
    other.refresh_from_db()
    last = Change.everything.last()
    assert last is not None
    assert (shown.revision, other.revision) == (last.number, 0)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ([], "at least one official name"),
        ([Name(text="x", language="en", valid_from=date(2023, 2, 1), valid_to=date(2023, 1, 1))], "before it starts"),
        ([OLD, OLD], "stands there twice"),
        ([Name(text="x", language="tlh")], "Choose one"),
    ],
)
def test_names_that_cannot_be_are_refused(names: list[Name], message: str) -> None:
    with pytest.raises(InvalidInput, match=message) as refused:
        create_department(body=Body(names=names), by=ALICE, now=NOW)

    assert refused.value.field == "names"
    assert not Department.everything.exists()


def test_a_body_cannot_stand_under_one_that_stands_under_it(bank: Department) -> None:
    local = create_department(
        body=Body(names=[Name(text="Local office", language="en")], parent=bank), by=ALICE, now=NOW
    )

    with pytest.raises(InvalidInput, match="under itself"):
        edit_department(department=bank, version=1, body=Body(names=[OLD], parent=local), by=ALICE, now=NOW)


def test_the_second_of_two_editors_of_a_department_is_told(bank: Department) -> None:
    edit_department(department=bank, version=1, body=Body(names=[OLD, NEW]), by=ALICE, now=NOW)

    with pytest.raises(StaleVersion):
        edit_department(department=bank, version=1, body=Body(names=[OLD]), by=ALICE, now=NOW)


def test_a_succession_is_recorded_with_its_day_in_words(bank: Department) -> None:
    heir = create_department(body=Body(names=[NEW], abbreviation="NFRA"), by=ALICE, now=NOW)

    made = record_succession(predecessor=bank, successor=heir, kind="rename", on_words="18 May 2023", by=ALICE, now=NOW)

    assert (made.on, made.successor) == ("2023-05-18", heir)


def test_a_rename_needs_a_successor(bank: Department) -> None:
    with pytest.raises(InvalidInput) as refused:
        record_succession(predecessor=bank, successor=None, kind="rename", on_words="2023", by=ALICE, now=NOW)

    assert refused.value.field == "successor"


def test_a_visitor_may_not_add_a_department() -> None:
    with pytest.raises(Forbidden):
        create_department(body=Body(names=[OLD]), by=Actor(name="", role="visitor"), now=NOW)
