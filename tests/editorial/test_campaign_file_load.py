"""A campaign file into the database and out again: all or nothing, nothing twice, nothing lost."""

import copy
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import make_document
from tests.editorial.campaign_files import NOW, SMALL_FILE, Data, loading, put, small
from tests.spellings import SPELLINGS
from timeline.editorial.campaign_file import WrongFile, canonical, dump, load, problems_of, write
from timeline.editorial.citations import Evidence
from timeline.editorial.dating import Dating
from timeline.editorial.milestones import Details, create_milestone
from timeline.editorial.permissions import SYSTEM, Actor, Forbidden
from timeline.editorial.record import writing
from timeline.editorial.statements import choose, make_statement
from timeline.models import (
    Campaign,
    Change,
    Department,
    Document,
    Figure,
    FormerSlug,
    Milestone,
    Phase,
    Responsibility,
    Statement,
    Topic,
)

pytestmark = pytest.mark.django_db
U = "00000000-0000-4000-8000-0000000000{:02d}".format


def campaign() -> Campaign:
    return Campaign.everything.get(slug="small")


def last_changes(since: int) -> list[tuple[str, str]]:
    return list(Change.everything.filter(number__gt=since).values_list("action", "uid"))


def reload(data: Data) -> list[tuple[str, str]]:
    """Loads once more and gives the changes that this made."""
    since = campaign().revision
    loading(data)
    return last_changes(since)


def test_what_is_loaded_is_dumped_byte_for_byte() -> None:
    loading(small())

    assert write(dump(campaign())) == SMALL_FILE.read_text(encoding="utf-8")


def test_a_second_load_writes_nothing_at_all() -> None:
    first = loading(small())
    changes = Change.everything.count()

    second = loading(small())

    assert (first.nothing_to_change, second.nothing_to_change) == (False, True)
    assert second.revision == first.revision == campaign().revision
    assert Change.everything.count() == changes


def test_the_dump_of_a_load_loads_into_the_same_database_without_a_change() -> None:
    loading(small())

    assert reload(dump(campaign())) == []


def test_every_row_that_is_made_is_on_the_record_with_the_actor_and_the_time() -> None:
    loading(small())

    change = Change.everything.get(noun="milestone", uid="meeting", action="create")
    assert (change.by, change.at, change.campaign_slug) == ("system", NOW, "small")
    assert (change.after or {})["topics"] == ["loans"]


def test_chosen_columns_and_computed_statements_follow_from_what_is_stated() -> None:
    loading(small())

    loaded = campaign()
    assert (loaded.start, loaded.duration, loaded.status) == ("2022-09-05", "P18M", "closing-not-found")
    assert {one.value for one in Statement.everything.filter(campaign=loaded, property="end")} == {
        "2024-03-05",
        "2024-02",
    }
    assert loaded.end == "2024-02-01/2024-03-05"
    assert Phase.everything.get(uid="first-wave").start == "2022-11"
    assert Milestone.everything.get(uid="after").when == "2023-03-02"


def test_a_changed_file_mends_what_differs_and_notes_it() -> None:
    loading(small())

    changes = reload(put(small(), "/milestones/1/title/en", "The meeting"))

    assert changes == [("edit", "meeting")]
    assert Milestone.everything.get(uid="meeting").title == {"en": "The meeting", "zh-Hans": "推进会"}


def test_a_date_that_moves_in_the_file_moves_all_that_hangs_on_it() -> None:
    loading(small())

    changes = reload(put(small(), "/campaign/statements/3/value", "2022-09-10"))

    assert campaign().start == "2022-09-10"
    assert campaign().end == "2024-02-01/2024-03-10"
    assert Counter(action for action, _ in changes) == {"edit": 1, "choose": 2, "derive": 1}


def test_an_offset_that_changes_in_the_file_is_computed_again() -> None:
    loading(small())

    reload(put(small(), "/campaign/statements/2/offset", "P2M"))

    assert Statement.everything.get(uid=U(5)).value == "2022-10"


def test_a_new_computed_statement_is_computed() -> None:
    loading(small())
    more = {"uid": U(50), "property": "end", "aspect": "planned", "basis": "computed", "reason": "Counted."}

    reload(
        put(small(), "/campaign/statements/-", more | {"anchor": {"phase": "push", "property": "end"}, "offset": "P1M"})
    )

    assert Statement.everything.get(uid=U(50)).value == "2023-04/2023-05"


def test_a_statement_may_replace_a_computed_one() -> None:
    data = small()
    new = {
        "uid": U(51),
        "property": "start",
        "value": "2022-12",
        "basis": "event",
        "reason": "Seen.",
        "supersedes": U(11),
    }

    loading(put(data, "/phases/1/statements/-", new))

    assert Phase.everything.get(uid="first-wave").start == "2022-12"
    assert dump(campaign()) == canonical(data)


def _title(_: Any) -> None:
    row = Milestone.everything.get(uid="meeting")
    row.title = row.title | {"zh-Hant": "推進會"}
    row.save()


def _website(_: Any) -> None:
    Department.everything.filter(slug="new").update(website="new.example")


def _alias(_: Any) -> None:
    row = Topic.everything.get(uid="loans")
    row.aliases = {"en": ["routine loans", "sham loans"], "zh-Hans": ["套路"]}
    row.save()


def _responsibility(_: Any) -> None:
    Responsibility.everything.create(
        milestone=Milestone.everything.get(uid="meeting"),
        department=Department.everything.get(slug="new"),
        role="joint",
        position=9,
    )


def _link(_: Any) -> None:
    Milestone.everything.get(uid="after").topics.add(Topic.everything.get(uid="loans"))


def _milestone(loaded: Campaign) -> None:
    Milestone.everything.create(campaign=loaded, uid="mine", kind="meeting", title={"en": "Mine"})


def _topic(loaded: Campaign) -> None:
    Topic.everything.create(campaign=loaded, uid="mine", group="chain", title={"en": "Mine"}, position=1)


def _statement(loaded: Campaign) -> None:
    with writing(by=SYSTEM, now=NOW) as record:
        make_statement(record, subject=loaded, property="start", value="2022-09-01", basis="event", reason="Known.")
        choose(loaded, record)


def _retraction(_: Any) -> None:
    Milestone.everything.filter(uid="meeting").update(state="retracted")


@pytest.mark.parametrize(
    "edit", [_title, _website, _alias, _responsibility, _link, _milestone, _topic, _statement, _retraction]
)
def test_what_an_editor_added_stays(edit: Callable[[Campaign], None]) -> None:
    loading(small())
    edit(campaign())
    edited = dump(campaign())

    changes = reload(small())

    assert changes == []
    assert dump(campaign()) == edited


def test_what_an_editor_entered_is_in_the_dump_and_the_dump_is_a_right_file() -> None:
    loading(small())
    press = Evidence(url="https://press.example/a", publisher="Press", published_on="13 September 2023", quote="“Met.”")
    milestone = create_milestone(
        campaign=campaign(),
        details=Details(title={"zh-Hans": "会议"}, kind="meeting", departments=[Department.everything.get(slug="new")]),
        dating=Dating(property="when", words="around September 2023", evidence=press),
        by=Actor(name="alice", role="editor"),
        now=NOW,
    )

    dumped = dump(campaign())

    assert problems_of(dumped) == []
    entered = next(one for one in dumped["milestones"] if one["uid"] == milestone.uid)
    assert [(one["value"], one["as_said"]) for one in entered["statements"]] == [("2023-09~", "around September 2023")]
    assert reload(dumped) == []


def test_what_the_file_states_goes_before_what_an_editor_wrote_there() -> None:
    loading(small())
    Milestone.everything.filter(uid="meeting").update(confidence="low")

    assert reload(small()) == [("edit", "meeting")]
    assert Milestone.everything.get(uid="meeting").confidence == "high"


def test_a_retraction_is_undone_where_the_file_says_so() -> None:
    loading(small())
    Milestone.everything.filter(uid="meeting").update(state="retracted")

    reload(put(small(), "/milestones/1/state", "published"))

    assert Milestone.everything.get(uid="meeting").state == "published"


def test_departments_and_documents_are_shared_by_campaigns() -> None:
    loading(small())
    before = campaign().revision
    other = put(put(small(), "/campaign/slug", "other"), "/documents/2/publisher", "Another paper")
    other["campaign"]["statements"] = other["phases"] = other["milestones"] = other["disagreements"] = []
    other["participations"][0].pop("statements")
    other["departments"][-2].pop("statements", None)
    for department in other["departments"]:
        department.pop("statements", None)
    for figure in other["figures"]:
        figure.pop("milestone", None)
    other["departments"] = [one for one in other["departments"] if one["slug"] != "lead-city"]

    loading(other)

    assert Department.everything.filter(slug="lead").count() == 1
    assert Document.everything.get(uid="report").publisher == "Another paper"
    assert campaign().revision > before


def test_another_spelling_of_an_address_that_the_file_bars_is_barred_too() -> None:
    loading(small())
    for number, url in enumerate(SPELLINGS):
        make_document(f"cited-{number}", url=url)
    make_document("sound", url="http://spam.example/other")
    barred = put(put(small(), "/documents/0/url", SPELLINGS[0]), "/documents/0/do_not_link", True)

    made = reload(barred)

    linked = Document.everything.filter(do_not_link=False, url__icontains="spam.example")
    assert [document.uid for document in linked] == ["sound"]
    assert len(made) == 1 + len(SPELLINGS)
    assert reload(barred) == []


def test_numbers_are_kept_to_the_last_digit() -> None:
    loading(put(small(), "/figures/3/value", "12345678901234567890.1234"))

    assert Figure.everything.get(uid="f4").value == Decimal("12345678901234567890.1234")


def _nothing_written() -> bool:
    return not Change.everything.exists() and not Campaign.everything.exists() and not Document.everything.exists()


def test_an_actor_without_the_permission_loads_nothing() -> None:
    with pytest.raises(Forbidden):
        load(data=small(), by=Actor(name="bob", role="editor"), now=NOW)

    assert _nothing_written()


def test_an_end_that_is_computed_to_lie_before_the_start_is_refused_whole() -> None:
    data = put(small(), "/campaign/statements/1/offset", "-P1Y")
    put(data, "/campaign/statements/2/offset", "-P1Y")

    with pytest.raises(WrongFile) as refused:
        loading(data)

    assert refused.value.problems[0].place == "/campaign/statements"
    assert "before it starts" in refused.value.problems[0].reason
    assert _nothing_written()


def test_a_statement_that_belongs_to_another_thing_in_the_database_is_refused() -> None:
    loading(small())
    data = small()
    data["phases"][0]["statements"][0]["property"] = "start"

    with pytest.raises(WrongFile) as refused:
        loading(put(data, "/phases/0/statements/1", ...))

    place = "/phases/0/statements/0/uid"
    assert [problem.place for problem in refused.value.problems] == [place]
    assert "already about something else" in refused.value.problems[0].reason


def test_a_statement_that_an_editor_replaced_already_cannot_be_replaced_again() -> None:
    loading(small())
    meeting = Milestone.everything.get(uid="meeting")
    with writing(by=SYSTEM, now=NOW) as record:
        moved = Statement.everything.get(uid=U(13))
        make_statement(record, subject=meeting, property="when", basis="event", reason="x", supersedes=moved)
    again = {"uid": U(60), "property": "when", "value": "2023", "basis": "event", "reason": "x", "supersedes": U(13)}

    with pytest.raises(WrongFile) as refused:
        loading(put(small(), "/milestones/1/statements/-", again))

    assert refused.value.problems[0].place == "/milestones/1/statements/3/supersedes"


def test_a_renamed_campaign_is_not_made_a_second_time() -> None:
    loading(small())
    Campaign.everything.filter(slug="small").update(slug="renamed")
    FormerSlug.everything.create(slug="small", campaign=Campaign.everything.get(slug="renamed"))

    with pytest.raises(WrongFile) as refused:
        loading(small())

    assert "now called “renamed”" in refused.value.problems[0].reason


DROPPABLE = ("disagreements", "figures", "metrics", "workstreams", "topics", "phases", "milestones")
DROPPABLE += ("participations", "successions", "departments")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.sets(st.sampled_from(DROPPABLE)), seed=st.integers(0, 999))
def test_any_right_part_of_a_file_loads_and_dumps_without_loss_and_loads_again_without_a_change(
    kept: set[str], seed: int
) -> None:
    data = _only(kept)
    with transaction.atomic():
        loading(data)
        dumped = dump(campaign())
        assert reload(copy.deepcopy(dumped)) == []
        transaction.set_rollback(True)

    assert dumped == canonical(data)


def _only(kept: set[str]) -> Data:
    """The small sample with `kept` lists; what then refers to nothing, or is referred to by nothing, goes too."""
    data = small()
    for name in DROPPABLE:
        if name not in kept:
            data[name] = []
    while problems := problems_of(data):
        place = problems[-1].place.split("/")
        put(data, "/".join(place[: 5 if place[1] == "campaign" else 3]) if len(place) > 3 else "/".join(place), ...)
    return data
