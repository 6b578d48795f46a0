"""Departments by hand: names with the days they were in force, parents, successions."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from timeline.editorial.citations import NOTHING, Evidence
from timeline.editorial.departments import Body, Name, create_department, edit_department, record_succession
from timeline.editorial.inputs import InvalidInput, StaleVersion
from timeline.editorial.permissions import Actor, Forbidden
from timeline.models import Campaign, Change, Department, Succession

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 1, 1, tzinfo=UTC)
ALICE = Actor(name="alice", role="editor")
OLD = Name(text="Banking Commission", language="en", valid_to=date(2023, 5, 17))
NEW = Name(text="Financial Administration", language="en", valid_from=date(2023, 5, 18))


@pytest.fixture
def bank() -> Department:
    return create_department(body=Body(names=[OLD], abbreviation="CBIRC"), by=ALICE, now=NOW)


def succeed(old: Department, new: Department | None, **more: Any) -> Succession:
    given = {"kind": "rename", "on_words": "2023", "evidence": Evidence(url="https://gazette.example/reform")} | more
    return record_succession(predecessor=old, successor=new, by=ALICE, now=NOW, **given)


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

    made = succeed(bank, heir, on_words="18 May 2023")

    assert (made.on, made.successor) == ("2023-05-18", heir)
    assert made.citation is not None
    assert made.citation.document.publisher == "gazette.example"


def test_a_rename_needs_a_successor(bank: Department) -> None:
    with pytest.raises(InvalidInput) as refused:
        succeed(bank, None)

    assert refused.value.field == "successor"


def test_an_abolition_needs_none(bank: Department) -> None:
    assert succeed(bank, None, kind="abolition").successor is None


def test_a_succession_without_a_source_keeps_the_reason(bank: Department) -> None:
    heir = create_department(body=Body(names=[NEW]), by=ALICE, now=NOW)

    made = succeed(bank, heir, note="On the same day.", evidence=Evidence(uncited_reason="Announced orally."))

    assert (made.citation, made.note) == (None, "On the same day.\nAnnounced orally.")
    assert Change.everything.get(noun="succession").why == "Announced orally."


def test_a_succession_without_source_and_reason_is_not_recorded(bank: Department) -> None:
    with pytest.raises(InvalidInput) as refused:
        succeed(bank, None, kind="abolition", evidence=NOTHING)

    assert refused.value.field == "uncited_reason"


def test_a_lane_cannot_lead_back_to_where_it_began(bank: Department) -> None:
    heir, last = (create_department(body=Body(names=[NEW]), by=ALICE, now=NOW) for _ in range(2))
    succeed(bank, heir)
    succeed(heir, last, kind="merger")

    with pytest.raises(InvalidInput, match="became this one before"):
        succeed(last, bank)

    assert Succession.everything.count() == 2


def test_functions_may_go_back(bank: Department) -> None:
    heir = create_department(body=Body(names=[NEW]), by=ALICE, now=NOW)
    succeed(bank, heir, kind="transfer")

    assert succeed(heir, bank, kind="transfer").successor == bank


def test_a_visitor_may_not_add_a_department() -> None:
    with pytest.raises(Forbidden):
        create_department(body=Body(names=[OLD]), by=Actor(name="", role="visitor"), now=NOW)
