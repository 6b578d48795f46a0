"""Which lane an item stands in, and which lanes are silent."""

from datetime import date

import pytest

from tests.builders import (
    join,
    make_campaign,
    make_department,
    make_milestone,
    make_name,
    make_phase,
    make_succession,
    make_update,
)
from tests.queries.seeing import see
from timeline.models import Campaign

pytestmark = pytest.mark.django_db


class TestLanes:
    def test_departments_stand_in_the_order_of_the_notice_then_framing_then_others(self) -> None:
        campaign = make_campaign()
        bodies = {slug: make_department(slug) for slug in ("court", "alpha", "leaders", "guest", "unseen")}
        join(campaign, bodies["court"], "lead")
        join(campaign, bodies["leaders"], "framing")
        join(campaign, bodies["alpha"], "joint")
        join(campaign, bodies["unseen"], "mentioned")
        make_milestone(campaign, "m", "2023", bodies["guest"])

        assert [(lane.key, lane.role) for lane in see().lanes] == [
            ("court", "lead"),
            ("alpha", "joint"),
            ("leaders", "framing"),
            ("guest", ""),
        ]

    def test_a_local_body_stands_in_the_national_lane_under_its_own_name(self) -> None:
        campaign = make_campaign()
        police = make_department("police")
        town = make_department("police-town", "Town Police", parent=police)
        make_milestone(campaign, "m", "2023", town)

        view = see()

        assert [lane.key for lane in view.lanes] == ["police"]
        assert view.items[0].lanes == ("police",)
        assert [(p.slug, p.name.text, p.lane) for p in view.items[0].parties] == [
            ("police-town", "Town Police", "police")
        ]

    def test_a_renamed_body_keeps_one_lane_that_says_when_it_handed_over(self) -> None:
        campaign = make_campaign(start="2022-09-05")
        old, new = make_department("cbirc", "Old Regulator"), make_department("nfra", "New Regulator")
        make_succession(old, new, "2023-05-18")
        join(campaign, old)
        make_milestone(campaign, "before", "2023-05-17", old)
        make_milestone(campaign, "after", "2023-05-18", new)

        (lane,) = see().lanes

        assert (lane.key, lane.title.text, lane.count) == ("cbirc", "Old Regulator", 2)
        assert [(h.when.value.text, h.to.text, h.kind) for h in lane.handovers] == [
            ("2023-05-18", "New Regulator", "rename")
        ]

    def test_a_body_appears_under_the_name_it_carried_then(self) -> None:
        campaign = make_campaign()
        body = make_department("admin")
        body.names.all().delete()
        make_name(body, "First Name", valid_to=date(2023, 5, 31))
        make_name(body, "Second Name", valid_from=date(2023, 6, 1))
        make_milestone(campaign, "a", "2023-05-31", body)
        make_milestone(campaign, "b", "2023-06-01", body)
        make_milestone(campaign, "c", "", body)

        view = see()

        names = [item.parties[0].name.text for item in (*view.items, *view.undated)]
        assert names == ["First Name", "Second Name", "Second Name"]

    def test_a_joint_milestone_stands_in_each_responsible_lane(self) -> None:
        campaign = make_campaign()
        a, b = make_department("a"), make_department("b")
        make_milestone(campaign, "m", "2023", a, b)

        view = see()

        assert view.items[0].lanes == ("a", "b")
        assert [lane.count for lane in view.lanes] == [1, 1]

    @pytest.mark.parametrize("group", ["departments", "workstreams", "phases", "kinds"])
    def test_every_lane_of_an_entry_is_drawn(self, group: str) -> None:
        campaign = make_campaign()
        a, b = make_department("a"), make_department("b")
        make_phase(campaign, "first", "2023-01", "2023-06")
        make_milestone(campaign, "m", "2023", a, b)
        make_milestone(campaign, "n", "2024")
        make_milestone(campaign, "o", "", b)
        make_update(campaign, "Update", "2023-01-01")

        view = see(group=group, department=("a",))
        whole = see(group=group)

        for one in (view, whole):
            keys = [lane.key for lane in one.lanes]
            assert len(keys) == len(set(keys))
            assert {key for entry in (*one.items, *one.undated, *one.updates) for key in entry.lanes} <= set(keys)
        assert all(entry.lanes for entry in (*whole.items, *whole.updates))

    def test_phases_hold_what_overlaps_them_and_the_rest_is_outside(self) -> None:
        campaign = make_campaign()
        make_phase(campaign, "first", "2023-01-01", "2023-01-31")
        make_phase(campaign, "open", "2023-02-01", "")
        make_milestone(campaign, "before", "2022-12")
        make_milestone(campaign, "both", "2023-01-31/2023-02-01")
        make_milestone(campaign, "late", "2030")

        view = see(group="phases")

        assert [(item.uid, item.lanes) for item in view.items] == [
            ("before", ("~none",)),
            ("both", ("first", "open")),
            ("late", ("open",)),
        ]
        assert view.lanes[-1].title.text == "Outside any phase"

    def test_same_day_items_of_a_lane_are_counted(self) -> None:
        campaign = make_campaign()
        a, b = make_department("a"), make_department("b")
        make_milestone(campaign, "m", "2023-01-01", a)
        make_milestone(campaign, "n", "2023-01-01", a, b)
        make_milestone(campaign, "o", "2023-01-01", b)
        make_milestone(campaign, "p", "2023-01", a)
        make_milestone(campaign, "q", "2023-01-02", a)

        assert {item.uid: item.same_day for item in see().items} == {"m": 2, "n": 2, "o": 2, "p": 1, "q": 1}


class TestSilence:
    @pytest.fixture(autouse=True)
    def campaign(self) -> None:
        campaign = make_campaign()
        police, bank, court, web = (make_department(slug) for slug in ("police", "bank", "court", "web"))
        for body in (police, bank, court, web):
            join(campaign, body, "lead" if body is police else "joint")
        make_milestone(campaign, "notice", "2022-09-05", police, bank, court, web, kind="launch")
        make_milestone(campaign, "report", "2023-02-16", police)
        make_milestone(campaign, "sister", "2023-03", web, scope="adjacent")
        make_milestone(campaign, "sentence", "2023-04", make_department("court-north", parent=court))

    def test_issuers_without_a_report_are_silent_and_the_lane_says_so(self) -> None:
        view = see()

        assert [(lane.key, lane.silent, lane.note) for lane in view.lanes] == [
            ("police", False, ""),
            ("bank", True, "Nothing published about this campaign since the joint notice of 5 September 2022"),
            (
                "court",
                True,
                "Only local bodies published about this campaign since the joint notice of 5 September 2022",
            ),
            ("web", True, "Only related work published since the joint notice of 5 September 2022"),
        ]
        assert (view.counts.silent_issuers, view.counts.issuers) == (3, 4)

    def test_a_filter_changes_nothing_about_silence(self) -> None:
        assert see(kind=("legal",)).counts.silent_issuers == 3

    def test_nobody_is_called_silent_while_nothing_is_recorded(self) -> None:
        campaign = make_campaign("new")
        body = make_department("office")
        join(campaign, body)
        make_milestone(campaign, "notice", "2022-09-05", body, kind="launch")

        assert [(lane.silent, lane.note) for lane in see("new").lanes] == [(False, "")]

    def test_another_body_with_related_work_only_is_not_silent(self) -> None:
        make_milestone(Campaign.everything.get(), "law", "2023", make_department("congress"), scope="adjacent")

        assert [(lane.silent, lane.note) for lane in see().lanes if lane.key == "congress"] == [
            (False, "Only related work published")
        ]
