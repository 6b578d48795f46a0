"""The view as JSON-ready data: all of it, and nothing that JSON cannot hold."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from tests.builders import make_campaign, make_department, make_milestone, make_phase
from timeline.exports.json import render, view_as_dict
from timeline.queries.timeline import campaign_timeline
from timeline.values.filters import TimelineFilter
from timeline.values.view import TimelineView


@pytest.fixture
def view(db: None) -> TimelineView:
    campaign = make_campaign("sweep", start="2022-09-05")
    make_phase(campaign, "strike", "2022-09-05", "2023")
    make_milestone(campaign, "arrests", "2023-02", make_department("police"))
    chosen = TimelineFilter(kind=("result",), since=date(2022, 1, 1))
    return campaign_timeline("sweep", filter=chosen, language="en", today=date(2024, 1, 1))


def test_every_field_of_the_view_is_there_under_its_own_name(view: TimelineView) -> None:
    assert list(view_as_dict(view)) == [field.name for field in fields(TimelineView)]


def test_dates_keep_what_was_said_and_what_it_may_mean(view: TimelineView) -> None:
    when = view_as_dict(view)["items"][0]["when"]

    assert when["value"] == {
        "text": "2023-02",
        "earliest": "2023-02-01",
        "latest": "2023-02-28",
        "precision": "month",
        "uncertain": False,
        "approximate": False,
    }


def test_the_data_survives_json(view: TimelineView) -> None:
    assert json.loads(render(view)) == view_as_dict(view)
    assert view_as_dict(view)["filter"]["since"] == "2022-01-01"


def test_a_value_that_json_has_no_form_for_is_refused(view: TimelineView) -> None:
    broken: Any = view
    object.__setattr__(broken, "language", {1, 2})

    with pytest.raises(TypeError, match="set"):
        view_as_dict(broken)
