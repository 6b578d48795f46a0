"""The read model of a campaign: what is in it, under which filter, in which lane, and that nothing vanishes."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import (
    join,
    make_campaign,
    make_citation,
    make_department,
    make_disagreement,
    make_document,
    make_figure,
    make_milestone,
    make_phase,
    make_statement,
    make_succession,
    make_topic,
    make_update,
    make_workstream,
)
from tests.queries.seeing import see, uids
from timeline.models import Campaign

pytestmark = pytest.mark.django_db


def test_items_are_in_order_of_date_then_uid() -> None:
    campaign = make_campaign()
    for uid, when in (("b", "2023-02"), ("c", "2023-02-01"), ("a", "2023-02-01"), ("d", "../2023-01-05"), ("e", "")):
        make_milestone(campaign, uid, when)

    view = see()

    assert uids(view) == ["d", "a", "c", "b"]
    assert [item.uid for item in view.undated] == ["e"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_rows(rows: int) -> None:
    campaign = make_campaign()
    for n in range(rows):
        body = make_department(f"body-{n}")
        join(campaign, body)
        make_phase(campaign, f"phase-{n}", "2022", "2023")
        workstream, topic = make_workstream(campaign, f"work-{n}"), make_topic(campaign, f"topic-{n}")
        milestone = make_milestone(campaign, f"m-{n}", "2023-01", body, workstreams=(workstream,), topics=(topic,))
        make_statement("when", "2023-01", milestone=milestone, citation=make_citation())
        make_statement("when", "2023-02", milestone=milestone, citation=make_citation(), rank="deprecated")
        make_statement(
            "end", f"202{n}", campaign=campaign, offset="P1Y", anchor_property="start", anchor_campaign=campaign
        )
        make_disagreement(campaign, f"x-{n}", milestone)
        make_figure(campaign, f"f-{n}", 5, milestone=milestone)
        make_update(campaign, f"Update {n}", "2023-01-02", body, workstreams=(workstream,), topics=(topic,))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        see(q="update", department=("body-0",), topic=("topic-0",), since=date(2022, 1, 1))

    assert len(queries) == 15


def test_shown_undated_and_filtered_out_are_all_entries() -> None:
    campaign = make_campaign()
    body = make_department("police")
    make_milestone(campaign, "a", "2023-01", body)
    make_milestone(campaign, "b", "", body)
    make_milestone(campaign, "c", "2023-02")
    make_update(campaign, "Dated", "2023-01-02", body)
    make_update(campaign, "Undated", "", body)
    make_update(campaign, "Other", "2023-01-02")

    counts = see(department=("police",)).counts

    assert (counts.shown, counts.undated, counts.filtered_out) == (2, 2, 2)
    assert counts.shown + counts.undated + counts.filtered_out == counts.milestones + counts.updates


def test_a_visitor_sees_no_draft_campaign() -> None:
    make_campaign(state="draft")

    with pytest.raises(Campaign.DoesNotExist):
        see()
    assert see(audience="editor").head.slug == "sweep"


def test_retracted_entries_are_in_no_view() -> None:
    campaign = make_campaign()
    kept = make_milestone(campaign, "kept", "2023-01", state="retracted")
    make_figure(campaign, "f", 1, milestone=kept)
    make_figure(campaign, "g", 1, state="retracted")
    make_update(campaign, "Taken back", "2023-01", state="retracted")
    shown = make_milestone(campaign, "shown", "2023-01")
    make_statement("when", "2023-05", milestone=shown, state="retracted")
    make_statement("when", "2023-01", milestone=shown)

    view = see(audience="editor")

    assert uids(view) == ["shown"]
    assert view.updates == ()
    assert view.items[0].competitors == ()
    assert (view.counts.milestones, view.counts.updates, view.counts.figure_reports) == (1, 0, 1)


def test_other_campaigns_stay_out() -> None:
    make_campaign()
    other = make_campaign("other")
    make_milestone(other, "m", "2023")
    make_update(other, "Update", "2023")
    make_figure(other, "f", 1)
    make_statement("end", "2024", campaign=other)
    make_disagreement(other, "x")

    view = see()

    assert (view.items, view.updates, view.ends, view.disputes) == ((), (), (), ())
    assert view.counts.figure_reports == 0


class TestFilters:
    @pytest.fixture(autouse=True)
    def campaign(self) -> None:
        campaign = make_campaign()
        police = make_department("police", "Ministry of Police", zh="警察部", abbreviation="MP")
        town = make_department("police-town", "Town Police", parent=police)
        old = make_department("old-bank", "Old Bank")
        new = make_department("new-bank", "New Bank")
        make_succession(old, new, "2023-05-18")
        loans = make_topic(campaign, "loans", aliases={"zh-Hans": ["套路贷"], "en": ["sham loan"]})
        leads = make_workstream(campaign, "leads")
        make_milestone(campaign, "national", "2023-01-10", police, kind="launch", workstreams=(leads,))
        make_milestone(campaign, "local", "2023-02", town, kind="regional", topics=(loans,))
        make_milestone(campaign, "bank-a", "2023-03-01", old, title={"en": "First rules", "zh-Hans": "第一批规则"})
        make_milestone(campaign, "bank-b", "2023-06-01", new, summary={"en": 'It quotes "100%" of _them_'})

    @pytest.mark.parametrize(
        ("chosen", "expected"),
        [
            ({"department": ("police",)}, ["national", "local"]),
            ({"department": ("police-town",)}, ["local"]),
            ({"department": ("old-bank",)}, ["bank-a", "bank-b"]),
            ({"department": ("new-bank", "police-town")}, ["local", "bank-a", "bank-b"]),
            ({"department": ("nobody",)}, []),
            ({"workstream": ("leads",)}, ["national"]),
            ({"workstream": ("nothing",)}, []),
            ({"topic": ("loans",)}, ["local"]),
            ({"kind": ("launch", "regional")}, ["national", "local"]),
            ({"kind": ("launch",), "department": ("police",)}, ["national"]),
            ({"since": date(2023, 2, 15)}, ["local", "bank-a", "bank-b"]),
            ({"until": date(2023, 2, 1)}, ["national", "local"]),
            ({"since": date(2023, 3, 1), "until": date(2023, 3, 1)}, ["bank-a"]),
            ({"q": "first RULES"}, ["bank-a"]),
            ({"q": "第一批"}, ["bank-a"]),
            ({"q": "套路贷"}, ["local"]),
            ({"q": "sham town"}, ["local"]),
            ({"q": "警察部"}, ["national"]),
            ({"q": "Police"}, ["national", "local"]),
            ({"q": "leads"}, ["national"]),
            ({"q": "100% _them_"}, ["bank-b"]),
            ({"q": '"100%"'}, ["bank-b"]),
            ({"q": "zh-Hans"}, []),
            ({"q": "' OR 1=1"}, []),
        ],
    )
    def test_a_filter_leaves_what_meets_it(self, chosen: dict[str, Any], expected: list[str]) -> None:
        view = see(**chosen)

        assert uids(view) == expected
        assert view.counts.filtered_out == 4 - len(expected)

    def test_a_period_keeps_what_has_no_date(self) -> None:
        make_milestone(Campaign.everything.get(), "someday")

        view = see(since=date(2030, 1, 1))

        assert uids(view) == []
        assert [item.uid for item in view.undated] == ["someday"]

    def test_updates_meet_the_same_filters_and_have_no_kind(self) -> None:
        campaign = Campaign.everything.get()
        make_update(campaign, "Police report", "2023-01-11")
        make_update(campaign, "Bank report", "2023-01-11")

        assert [update.title.text for update in see(q="police").updates] == ["Police report"]
        assert see(kind=("launch",)).updates == ()

    def test_choices_count_what_each_option_would_leave(self) -> None:
        choices = see(kind=("launch", "regional")).choices

        assert {c.value: c.count for c in choices["kind"] if c.count} == {"launch": 1, "result": 2, "regional": 1}
        assert [c.value for c in choices["kind"] if c.chosen] == ["launch", "regional"]
        assert {c.value: c.count for c in choices["department"]} == {"police": 2, "old-bank": 0}
        assert {c.value: c.count for c in choices["topic"]} == {"loans": 1}

    def test_a_chosen_local_body_is_among_the_choices(self) -> None:
        chosen = [(c.value, c.count) for c in see(department=("police-town",)).choices["department"] if c.chosen]

        assert chosen == [("police-town", 1)]


class TestFindings:
    def test_a_campaign_with_contested_end_says_so(self) -> None:
        campaign = make_campaign(start="2022-09-05", duration="P18M", status="closing_not_found")
        police = make_department("police", "Ministry of Public Security")
        bank = make_department("bank")
        join(campaign, police, "lead")
        join(campaign, bank)
        make_milestone(campaign, "notice", "2022-09-05", police, bank, kind="launch")
        make_milestone(campaign, "report", "2023-02-16", police)
        start = make_statement("start", "2022-09-05", campaign=campaign)
        end = make_statement("end", "2024-03-05", campaign=campaign, basis="computed", offset="P18M")
        end.derived_from.set([start])
        local = make_statement("end", "2023-12-31", campaign=campaign, basis="local", citation=make_citation())
        local.also_cited.set([make_citation(), make_citation()])

        view = see()

        assert view.head.finding == (
            "Announced 5 September 2022 by two bodies led by the Ministry of Public Security, for 18 months.",
            "No closing was announced.",
            "Sources disagree on the end: 5 March 2024 (computed) or 31 December 2023 (stated by local notices).",
            "One of two issuers never reported on it.",
            "The announced 18 months have passed: the last day was 4 March 2024.",
        )
        assert [mark.label for mark in view.ends] == [
            "computed: 18 months after 5 September 2022",
            "stated by three local notices",
        ]

    def test_an_empty_campaign_teaches_the_next_step(self) -> None:
        make_campaign(state="draft")

        assert see(audience="editor").head.finding == (
            "Nothing is recorded about this campaign yet.",
            "Name the departments that take part.",
            "State when it was announced, and for how long, with the source.",
            "Then enter the first milestone: a title, when, and who.",
            "It is a draft: only editors see it until it is published.",
        )

    def test_a_running_campaign_says_until_when(self) -> None:
        make_campaign(start="2026-11-01", duration="P2M")

        assert see().head.finding[:2] == (
            "Announced 1 November 2026, for 2 months.",
            "The announced 2 months run until 31 December 2026.",
        )


def test_competing_dates_stand_on_the_item_with_those_set_aside_marked() -> None:
    campaign = make_campaign()
    milestone = make_milestone(campaign, "m", "2023-10-09")
    make_statement("when", "2024-11-27", milestone=milestone, rank="deprecated", citation=make_citation())
    make_statement("when", "2023-10-09", milestone=milestone, rank="preferred", as_said="Monday")

    (item,) = see().items

    assert (item.when.standing, item.when.as_said) == ("preferred", "Monday")
    assert [(c.when.value.text, c.rank, c.publisher) for c in item.competitors] == [
        ("2023-10-09", "preferred", ""),
        ("2024-11-27", "deprecated", "The Gazette"),
    ]


def test_equally_good_dates_make_a_contested_span() -> None:
    campaign = make_campaign()
    milestone = make_milestone(campaign, "m", "2023-10-09/2023-10-11")
    make_statement("when", "2023-10-09", milestone=milestone)
    make_statement("when", "2023-10-11", milestone=milestone)

    (item,) = see().items

    assert (item.when.standing, item.when.words) == ("contested", "9–11 Oct 2023")


def test_documents_are_counted_once_and_an_uncited_item_gives_its_reason() -> None:
    campaign = make_campaign()
    document = make_document()
    cited = make_milestone(campaign, "cited", "2023", citations=(make_citation(document),))
    make_statement("when", "2023", milestone=cited, citation=make_citation(document, quote="again"))
    make_milestone(campaign, "bare", "2024", uncited_reason="seen in person")
    make_document("unused")

    view = see()

    assert [(item.uid, item.documents, item.uncited) for item in view.items] == [
        ("cited", 1, ""),
        ("bare", 0, "seen in person"),
    ]
    assert view.counts.documents == 1


def test_a_planned_item_past_its_day_is_overdue() -> None:
    campaign = make_campaign()
    make_milestone(campaign, "past", "2026-11-22", status="planned")
    make_milestone(campaign, "today", "2026-11-23", status="planned")

    assert [(item.overdue, item.status, item.status_label) for item in see().items] == [
        (True, "planned", "due, nothing published"),
        (False, "planned", "planned"),
    ]


def test_the_axis_reaches_every_item_and_opens_on_the_campaign() -> None:
    campaign = make_campaign(start="2022-09-05", end="2024-03-05")
    make_milestone(campaign, "early", "2019-11", scope="context")
    make_milestone(campaign, "core", "2023-01-01")

    view = see()

    assert view.focus == (date(2022, 8, 5), date(2024, 4, 5))
    assert view.first <= date(2019, 11, 1)
    assert view.last == date(2024, 4, 5)


def test_a_disagreement_names_its_items_and_how_it_is_kept() -> None:
    campaign = make_campaign()
    a, b = make_milestone(campaign, "a", "2023"), make_milestone(campaign, "b", "2024")
    dates = make_disagreement(campaign, "dates", a, position=1)
    dates.statements.add(make_statement("when", "2023", milestone=a))
    make_disagreement(campaign, "words", a, b, position=2)

    view = see()

    assert [(d.uid, d.treatment, d.items) for d in view.disputes] == [
        ("dates", "statements", ("a",)),
        ("words", "note", ("a", "b")),
    ]
    assert [item.disagreements for item in view.items] == [("dates", "words"), ("words",)]


def test_a_reader_of_chinese_gets_chinese_first() -> None:
    campaign = make_campaign()
    police = make_department("police", "Ministry of Police", zh="警察部", abbreviation="MP")
    make_milestone(campaign, "m", "2023-02", police, title={"en": "Meeting", "zh-Hans": "会议"})
    make_milestone(campaign, "n", "2023-03", title={"en": "Only English"})

    view = see(language="zh-hans")

    assert view.language == "zh-Hans"
    assert (view.head.title.text, view.head.other_title and view.head.other_title.text) == ("清扫行动", "The sweep")
    assert [(i.title.text, i.title.language) for i in view.items] == [("会议", "zh-Hans"), ("Only English", "en")]
    assert view.items[0].parties[0].name.text == "警察部"
    assert view.items[0].when.words == "2023年2月"


def test_an_update_whose_address_must_not_be_linked_shows_none() -> None:
    campaign = make_campaign()
    make_document(url="http://spam.example/x", do_not_link=True)
    make_update(campaign, "Spam", "2023", url="http://spam.example/x")
    make_update(campaign, "Sound", "2024", url="http://sound.example/x")

    assert [update.url for update in see().updates] == ["", "http://sound.example/x"]
