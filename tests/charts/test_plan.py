"""What stands where: soft ends, rivals, joint items, same days, states, words in the lanes."""

import itertools
from datetime import date, timedelta

import pytest

from tests.charts import builders as b
from timeline.charts.measure import MARK_HALF
from timeline.charts.plan import PLOT_WIDTH, plan
from timeline.values.view import Handover, Text


def test_every_dated_item_stands_in_each_of_its_lanes() -> None:
    drawn = plan(b.view(b.item("joint", "2022-09-05", "mps", "cac", "spp"), b.item("one", "2023-01-02", "cac")))

    assert {(mark.item.uid, mark.lane) for mark in drawn.marks} == {
        ("joint", "mps"), ("joint", "cac"), ("joint", "spp"), ("one", "cac"),
    }  # fmt: skip


def test_a_joint_item_is_linked_from_its_first_to_its_last_lane() -> None:
    drawn = plan(b.view(b.item("joint", "2022-09-05", "mps", "cac", "spp")))

    (day, top, bottom), ys = drawn.joint[0], sorted(mark.y for mark in drawn.marks)
    assert (day, top, bottom) == (date(2022, 9, 5), ys[0], ys[-1])


def test_an_item_of_one_lane_has_no_link() -> None:
    assert plan(b.view(b.item("one"))).joint == ()


def test_a_month_is_drawn_in_its_middle_with_soft_ends() -> None:
    (mark,) = plan(b.view(b.item("vague", "2023-09"))).marks

    assert mark.day == date(2023, 9, 15)
    assert mark.soft == (date(2023, 9, 1), date(2023, 9, 30))


def test_an_exact_day_has_no_soft_ends() -> None:
    assert plan(b.view(b.item("sharp", "2023-09-12"))).marks[0].soft is None


def test_an_open_end_fades_out_from_the_known_day() -> None:
    (mark,) = plan(b.view(b.item("since", "2023-09-12/.."))).marks

    assert mark.day == date(2023, 9, 12)
    assert mark.soft is not None
    assert mark.soft[0] == date(2023, 9, 12) < mark.soft[1]


def test_a_rival_date_becomes_a_ghost_in_one_lane_only() -> None:
    rivals = (b.rival("2022-09-05"), b.rival("2022-08-15"), b.rival("2022-08-15", "Courier"))
    drawn = plan(b.view(b.item("launch", "2022-09-05", "mps", "cac", competitors=rivals)))

    assert [(ghost.day, ghost.publisher, ghost.mark.lane) for ghost in drawn.ghosts] == [
        (date(2022, 8, 15), "Gazette", "mps")
    ]


def test_items_of_one_day_are_stacked_and_counted_once() -> None:
    drawn = plan(b.view(*(b.item(uid, "2023-02-16") for uid in "abc")))

    assert [mark.same_day for mark in drawn.marks] == [3, 0, 0]
    assert len({mark.y for mark in drawn.marks}) == 3


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "done"),
        ({"status": "planned"}, "planned"),
        ({"status": "announced"}, "planned"),
        ({"status": "planned", "overdue": True}, "due"),
        ({"status": "withdrawn"}, "withdrawn"),
    ],
)
def test_fill_says_the_state(fields: dict[str, object], state: str) -> None:
    assert plan(b.view(b.item("one", **fields))).marks[0].state == state


def test_marks_and_names_in_a_crowded_lane_never_overlap() -> None:
    items = [b.item(f"i{n}", (date(2022, 9, 1) + timedelta(days=11 * n)).isoformat()) for n in range(50)]
    drawn = plan(b.view(*items))

    scale = PLOT_WIDTH / (drawn.focus[1] - drawn.focus[0]).days
    rows: dict[float, list[float]] = {}
    for mark in drawn.marks:
        rows.setdefault(mark.y, []).append((mark.day - drawn.focus[0]).days * scale)
    for places in rows.values():
        places.sort()
        assert all(right - left >= 2 * MARK_HALF - 0.01 for left, right in itertools.pairwise(places))


def test_lanes_stand_under_one_another_without_gaps() -> None:
    drawn = plan(
        b.view(b.item("a", "2023-01-01", "mps"), b.item("b", "2023-01-02", "cac"), bands=(b.band("one", "2022-09-05"),))
    )

    assert drawn.lanes[0].top == drawn.head
    assert drawn.lanes[1].top == drawn.lanes[0].top + drawn.lanes[0].height
    assert drawn.height == drawn.lanes[-1].top + drawn.lanes[-1].height


def test_a_silent_lane_says_so_inside_the_plot() -> None:
    drawn = plan(b.view(lanes=(b.lane("moj", silent=True, note="Nothing published since 5 September 2022"),)))

    spot = drawn.lanes[0].quiet_at
    assert spot is not None
    assert drawn.focus[0] < spot < drawn.focus[1]


def test_a_handover_has_its_own_words_in_the_lane() -> None:
    handover = Handover(
        b.when("2023-05-18"), Text("National Financial Regulatory Administration", "en"), "NFRA", "rename"
    )
    drawn = plan(b.view(lanes=(b.lane("cbirc", handovers=(handover,)),)))

    ((found, day, _y),) = drawn.lanes[0].handovers
    assert (found.short, day) == ("NFRA", date(2023, 5, 18))


def test_ends_that_would_collide_stand_in_rows() -> None:
    drawn = plan(b.view(b.item("a"), ends=(b.end("2024-03-05", "computed"), b.end("2024-02", "computed from August"))))

    assert [box.row for box in drawn.ends] == [0, 1]


def test_overlapping_phases_stand_in_rows() -> None:
    bands = (
        b.band("one", "2022-09-05", "2023-03-01"),
        b.band("two", "2023-01-01", "2023-06-01"),
        b.band("three", "2023-04-01"),
    )

    assert [box.row for box in plan(b.view(b.item("a"), bands=bands)).bands] == [0, 1, 0]


def test_what_the_window_leaves_out_is_counted() -> None:
    drawn = plan(b.view(b.item("early", "2022-02-01"), b.item("in", "2023-01-01"), b.item("late", "2024-07-01")))

    assert drawn.outside() == (1, 1)


def test_nothing_at_all_can_be_drawn() -> None:
    drawn = plan(b.view())

    assert (drawn.height, drawn.marks) == (0, ())
