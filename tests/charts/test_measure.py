"""Widths, cuts and rows."""

import pytest

from timeline.charts.measure import Rows, cut, lines, width


def test_a_chinese_character_is_twice_as_wide() -> None:
    assert width("公安部") > 1.5 * width("mps")


@pytest.mark.parametrize("text", ["Nine-department notice opens a campaign", "打击惩治涉网黑恶犯罪专项行动"])
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str) -> None:
    short = cut(text, 90)

    assert width(short) <= 90
    assert short.endswith("…")


def test_a_text_that_fits_is_left_alone() -> None:
    assert cut("launch", 200) == "launch"


def test_lines_keep_every_word() -> None:
    text = "English coverage adds a baseline 打击惩治涉网 for gangs"

    found = lines(text, 80, at_most=20)

    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= 80 for line in found)


def test_rows_never_give_one_stretch_twice() -> None:
    rows = Rows()

    assert [rows.place(0, 10), rows.place(5, 15), rows.place(10, 20), rows.place(5, 15)] == [0, 1, 0, 2]


def test_a_lane_stops_growing_and_still_takes_everything() -> None:
    rows = Rows(most=2)

    assert [rows.place(0, 10) for _ in range(5)] == [0, 1, 0, 1, 0]
    assert len(rows) == 2
