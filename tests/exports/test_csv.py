"""The table as CSV: every row, and no cell that a spreadsheet would run."""

import csv
import io
from datetime import date

import pytest

from tests.builders import make_campaign, make_department, make_milestone, make_update
from timeline.exports import EXPORTS, render
from timeline.exports.csv import COLUMNS, guarded
from timeline.queries.timeline import campaign_timeline
from timeline.values.filters import TimelineFilter
from timeline.values.view import TimelineView


@pytest.fixture
def view(db: None) -> TimelineView:
    campaign = make_campaign("sweep")
    police = make_department("police", "The police")
    make_milestone(campaign, "arrests", "2023-02-16", police, title={"en": '=HYPERLINK("https://evil.example")'})
    make_milestone(campaign, "some-day", "")
    make_update(campaign, "Report, with a comma", "2023-02", police, publisher="@gazette")
    return campaign_timeline("sweep", filter=TimelineFilter(), language="en", today=date(2024, 1, 1))


def rows(view: TimelineView) -> list[dict[str, str]]:
    text = render("csv", view).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_holds_dated_undated_and_updates(view: TimelineView) -> None:
    found = rows(view)

    assert [(row["type"], row["uid"] or row["title"], row["date"]) for row in found[:2]] == [
        ("milestone", "arrests", "2023-02-16"),
        ("milestone", "some-day", ""),
    ]
    assert (found[2]["type"], found[2]["title"], found[2]["earliest"]) == (
        "update",
        "Report, with a comma",
        "2023-02-01",
    )
    assert len(found) == view.counts.shown + view.counts.undated


def test_a_title_that_looks_like_a_formula_is_only_text(view: TimelineView) -> None:
    found = rows(view)

    assert found[0]["title"] == '\'=HYPERLINK("https://evil.example")'
    assert found[2]["publisher"] == "'@gazette"


def test_spreadsheets_are_told_that_it_is_utf_8(view: TimelineView) -> None:
    assert render("csv", view).startswith(b"\xef\xbb\xbftype,uid,")


@pytest.mark.parametrize(
    "start", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a", " =1", "\u3000=1"]
)
def test_no_cell_starts_like_a_formula(start: str) -> None:
    assert guarded(start) == f"'{start}"


@pytest.mark.parametrize("plain", ["", "1 = 2", "a-b", "2023-02-16", "公安部"])
def test_other_cells_are_left_alone(plain: str) -> None:
    assert guarded(plain) == plain


def test_every_row_has_every_column(view: TimelineView) -> None:
    assert [tuple(row) for row in rows(view)] == [COLUMNS] * 3


def test_every_format_renders_the_view(view: TimelineView) -> None:
    assert all(render(form, view) for form in EXPORTS)
