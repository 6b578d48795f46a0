"""What the shipped campaign must show; the counts are facts about it, so a change of them is a change of the story."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from timeline.models import Document, Milestone
from timeline.queries.departments import department_list, department_page
from timeline.queries.figures import campaign_figures
from timeline.queries.milestones import milestone_detail, statements_of
from timeline.queries.search import search
from timeline.queries.timeline import campaign_timeline
from timeline.values.filters import TimelineFilter
from timeline.values.view import TimelineView

SLUG = "2022-internet-organised-crime"
TODAY = date(2026, 11, 23)
ISSUERS = ("mps", "cpd", "cac", "spc", "spp", "miit", "moj", "pboc", "cbirc")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("campaign_to_read")]


def see(*, language: str = "en", **chosen: Any) -> TimelineView:
    return campaign_timeline(SLUG, filter=TimelineFilter(**chosen), language=language, today=TODAY)


def test_the_counts_are_those_of_the_facts() -> None:
    counts = asdict(see().counts)

    assert counts.pop("documents") == Document.published.count()
    assert counts == {
        "milestones": 57,
        "core": 18,
        "updates": 0,
        "figures": 109,
        "figure_reports": 116,
        "disagreements": 16,
        "shown": 57,
        "undated": 0,
        "filtered_out": 0,
        "silent_issuers": 7,
        "issuers": 9,
    }


def test_the_findings_say_what_it_is_where_it_stands_and_what_is_odd() -> None:
    finding = see().head.finding

    assert finding[:2] == (
        "Announced 5 September 2022 by nine bodies led by the Ministry of Public Security, for 18 months.",
        "No closing was announced.",
    )
    assert finding[2].startswith("Sources disagree on the end: 5 March 2024 (computed)")
    assert finding[2].endswith(" or 31 December 2023 (stated by local notices).")
    assert finding[3:] == (
        "Its start is also given as August 2022 (as later reported) or July 2022 (computed).",
        "Seven of nine issuers never reported on it.",
        "The announced 18 months have passed: the last day was 4 March 2024.",
    )


def test_start_and_end_are_contested() -> None:
    head = see().head

    assert (head.start.value.text, head.start.standing) == ("2022-09-05", "contested")
    assert (head.end.value.text, head.end.standing) == ("2023-12-31/2024-03-05", "contested")


def test_the_lanes_are_the_issuers_in_order_then_the_framing_body_then_others() -> None:
    lanes = see().lanes

    assert tuple(lane.key for lane in lanes[:10]) == (*ISSUERS, "leading-group")
    assert [lane.role for lane in lanes[:10]] == ["lead", *["joint"] * 8, "framing"]
    assert {lane.role for lane in lanes[10:]} == {""}


def test_seven_issuers_are_drawn_as_silent() -> None:
    silent = {lane.key: lane.note for lane in see().lanes if lane.silent}

    assert tuple(silent) == ("cpd", "cac", "spc", "miit", "moj", "pboc", "cbirc")
    assert silent["cpd"] == "Nothing published about this campaign since the joint notice of 5 September 2022"
    assert silent["cac"] == "Only related work published since the joint notice of 5 September 2022"
    assert silent["spc"] == "Only local bodies published about this campaign since the joint notice of 5 September 2022"


def test_the_banking_regulator_hands_over_within_its_lane() -> None:
    view = see()
    (lane,) = [lane for lane in view.lanes if lane.key == "cbirc"]

    assert lane.short == "CBIRC"
    assert [(found.when.value.text, found.short) for found in lane.handovers] == [("2023-05-18", "NFRA")]
    names = [party.name.text for item in view.items for party in item.parties if party.lane == "cbirc"]
    assert names == [
        "China Banking and Insurance Regulatory Commission",
        "National Financial Regulatory Administration",
        "National Financial Regulatory Administration",
    ]


def test_the_ends_are_marked_with_how_they_came_about() -> None:
    labels = {mark.when.value.text: mark.label for mark in see().ends}

    assert labels["2024-03-05"] == "computed: 18 months after 5 September 2022"
    assert labels["2023-12-31"] == "stated by five local notices"
    assert len(labels) == 3


def test_the_phases_are_labelled_observed() -> None:
    bands = see().bands

    assert [band.basis_label for band in bands] == ["observed, not announced"] * 4
    assert bands[-1].end.words == "no end known"


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_text_is_filled_in(language: str) -> None:
    view = see(language=language)

    assert all(item.title.text for item in view.items)
    assert all(lane.title.text and lane.short for lane in view.lanes)
    assert all(dispute.says.text and dispute.items for dispute in view.disputes)
    assert all(item.documents or item.uncited for item in view.items)


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"department": ("spc",)},
        {"department": ("nfra",)},
        {"kind": ("regional",), "group": "kinds"},
        {"q": "naked chat"},
        {"q": "网络水军", "group": "workstreams"},
        {"since": date(2023, 1, 1), "until": date(2023, 6, 30), "group": "phases"},
    ],
)
def test_nothing_vanishes_under_a_filter(chosen: dict[str, Any]) -> None:
    view = see(**chosen)
    keys = {lane.key for lane in view.lanes}

    assert view.counts.shown + view.counts.undated + view.counts.filtered_out == 57
    assert (len(view.items), len(view.undated)) == (view.counts.shown, view.counts.undated)
    assert all(set(item.lanes) <= keys for item in view.items)
    assert view.items


def test_it_takes_few_queries() -> None:
    with CaptureQueriesContext(connection) as queries:
        see(department=("mps",), q="police", topic=("sextortion",))

    assert len(queries) == 15


def test_no_address_that_must_not_be_linked_leaves_in_any_page() -> None:
    barred = list(Document.published.filter(do_not_link=True).values_list("url", flat=True))
    cites_barred = Q(citations__document__do_not_link=True) | Q(statements__citation__document__do_not_link=True)
    with_barred = set(Milestone.published.filter(cites_barred).values_list("uid", flat=True))
    view = see()

    pages: list[Any] = [
        view,
        campaign_figures(SLUG, language="en"),
        statements_of(subject="campaign", slug=SLUG, language="en"),
    ]
    pages += [
        milestone_detail(SLUG, item.uid, language="en", today=TODAY, with_history=True, audience="editor")
        for item in view.items
        if item.uid in with_barred
    ]
    pages += [department_page(line.slug, language="en") for line in department_list(language="en")[:5]]

    pages += [statements_of(subject="campaign", slug=SLUG, language="en"), search("police", language="en")]

    assert (len(barred) >= 8, len(with_barred) >= 6) == (True, True)
    assert [url for url in barred if url and url in str(pages)] == []


def test_all_reported_values_are_there_with_their_relatives() -> None:
    figures = campaign_figures(SLUG, language="en")
    uids = {figure.uid for figure in figures}

    assert len(figures) == 116
    assert {figure.parent for figure in figures} | {figure.confirms for figure in figures} <= uids | {""}
    assert "more than 8,800" in {figure.words for figure in figures}


def test_the_teleconference_keeps_its_competing_dates_and_sources() -> None:
    detail = milestone_detail(SLUG, "m06-police-teleconference", language="en", today=TODAY)

    assert detail.item.when.standing == "preferred"
    assert {found.when.value.text for found in detail.item.competitors} >= {"2023-02-16", "2023-02-17"}
    assert len(detail.sources) == detail.item.documents == 5
    assert {dispute.uid for dispute in detail.disputes} >= {"x3-teleconference-date", "x4-lost-qualifiers"}
