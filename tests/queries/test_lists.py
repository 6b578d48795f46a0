"""Lists and pages beside the timeline: campaigns, departments, figures, updates, search, freshness."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import (
    join,
    make_campaign,
    make_change,
    make_citation,
    make_department,
    make_document,
    make_figure,
    make_milestone,
    make_name,
    make_source,
    make_statement,
    make_succession,
    make_topic,
    make_update,
)
from timeline.models import Campaign, Department, FormerSlug
from timeline.queries.campaigns import campaign_list, find_address
from timeline.queries.departments import department_list, department_page
from timeline.queries.figures import campaign_figures
from timeline.queries.search import MOST, search
from timeline.queries.updates import CursorError, freshness, update_page

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


class TestCampaigns:
    def test_the_list_says_each_finding_and_counts(self) -> None:
        campaign = make_campaign(start="2022-09-05", duration="P18M")
        a, b = make_department("a"), make_department("b")
        join(campaign, a, "lead")
        join(campaign, b)
        make_milestone(campaign, "notice", "2022-09-05", a, b, kind="launch")
        make_milestone(campaign, "report", "2023", a)
        make_milestone(campaign, "gone", "2023", a, state="retracted")
        make_update(campaign, "Update", "2023")
        make_figure(campaign, "f", 1)
        make_campaign("older", start="2019")

        first, second = campaign_list(language="en", today=TODAY)

        assert (first.head.slug, second.head.slug) == ("sweep", "older")
        assert (first.milestones, first.updates, first.figures) == (2, 1, 1)
        assert (first.issuers, first.silent_issuers) == (2, 1)
        assert "One of two issuers never reported on it." in first.head.finding

    def test_drafts_are_for_editors_only(self) -> None:
        make_campaign(state="draft")

        assert campaign_list(language="en", today=TODAY) == ()
        assert len(campaign_list(language="en", today=TODAY, audience="editor")) == 1

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow_with_rows(self, rows: int) -> None:
        for n in range(rows):
            campaign = make_campaign(f"sweep-{n}")
            body = make_department(f"body-{n}")
            join(campaign, body)
            milestone = make_milestone(campaign, "notice", "2022", body, kind="launch")
            make_statement("when", "2022", milestone=milestone, citation=make_citation())
            make_statement("end", "2024", campaign=campaign)

        with CaptureQueriesContext(connection) as queries:
            campaign_list(language="en", today=TODAY)

        assert len(queries) == 8

    def test_a_former_slug_leads_to_the_present_one(self) -> None:
        FormerSlug.everything.create(slug="swep", campaign=make_campaign())

        assert find_address("sweep").moved is False
        assert (find_address("swep").slug, find_address("swep").moved) == ("sweep", True)

    def test_a_former_slug_of_a_draft_leads_nowhere(self) -> None:
        FormerSlug.everything.create(slug="swep", campaign=make_campaign(state="draft"))

        for slug in ("swep", "sweep", "nothing"):
            with pytest.raises(Campaign.DoesNotExist):
                find_address(slug)


class TestFigures:
    def test_figures_keep_qualifier_window_and_relatives(self) -> None:
        campaign = make_campaign()
        milestone = make_milestone(campaign, "m", "2023")
        whole = make_figure(
            campaign,
            "whole",
            8800,
            qualifier="at_least",
            milestone=milestone,
            window_end="2023-02-16",
            window_start="2022-09-05",
        )
        make_figure(campaign, "part", 20, parent=whole, citation=make_citation(make_document(do_not_link=True)))
        make_figure(campaign, "again", "8800.5", confirms=whole, window_words="since launch")

        found = {number.uid: number for number in campaign_figures("sweep", language="en")}

        assert (found["whole"].words, found["whole"].milestone) == ("more than 8,800", "m")
        assert found["whole"].window_words == "5 Sep 2022 – 16 Feb 2023"
        assert (found["part"].parent, found["part"].source and found["part"].source.url) == ("whole", "")
        assert (found["again"].confirms, found["again"].value, found["again"].window_words) == (
            "whole",
            "8800.5",
            "since launch",
        )

    def test_what_is_retracted_or_of_a_retracted_milestone_is_hidden(self) -> None:
        campaign = make_campaign()
        gone = make_figure(campaign, "gone", 1, state="retracted")
        make_figure(campaign, "hidden", 1, milestone=make_milestone(campaign, "m", "2023", state="retracted"))
        make_figure(campaign, "part", 1, parent=gone)

        assert [(n.uid, n.parent) for n in campaign_figures("sweep", language="en")] == [("part", "")]

    def test_figures_of_a_draft_are_not_for_visitors(self) -> None:
        make_campaign(state="draft")

        with pytest.raises(Campaign.DoesNotExist):
            campaign_figures("sweep", language="en")


class TestDepartments:
    def test_the_list_puts_local_bodies_behind_their_parent(self) -> None:
        campaign = make_campaign()
        police = make_department("police", "Police", zh="警察")
        town = make_department("a-town", "A Town Police", parent=police)
        make_department("zoo", "Zoo")
        make_department("bank", "Bank")
        make_milestone(campaign, "m", "2023-01", town)
        make_milestone(campaign, "n", "2023-02", town)
        make_milestone(campaign, "gone", "2024", town, state="retracted")
        make_milestone(make_campaign("draft", state="draft"), "secret", "2025", town)

        lines = department_list(language="en")

        assert [line.slug for line in lines] == ["bank", "police", "a-town", "zoo"]
        assert (lines[1].children, lines[1].other_name and lines[1].other_name.text) == (1, "警察")
        assert (lines[2].parent, lines[2].items, lines[2].campaigns, lines[2].lane) == ("police", 2, 1, "police")
        assert lines[2].last is not None
        assert lines[2].last.value.text == "2023-02"

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow_with_rows(self, rows: int) -> None:
        campaign = make_campaign()
        for n in range(rows):
            make_milestone(campaign, f"m-{n}", "2023", make_department(f"body-{n}"))

        with CaptureQueriesContext(connection) as queries:
            department_list(language="en")
        with CaptureQueriesContext(connection) as page_queries:
            department_page("body-0", language="en")

        assert (len(queries), len(page_queries)) == (5, 9)

    def test_a_page_shows_names_line_and_items_under_the_body_that_carried_them(self) -> None:
        campaign = make_campaign()
        old, new = make_department("cbirc", "Old Regulator"), make_department("nfra", "New Regulator")
        branch = make_department("nfra-north", "Northern Office", parent=new)
        make_name(new, "Interim Regulator", kind="alias", valid_to=date(2023, 6, 30))
        make_succession(old, new, "2023-05-18")
        join(campaign, old)
        make_milestone(campaign, "a", "2022", old)
        make_milestone(campaign, "b", "2024", new)
        make_milestone(campaign, "c", "2025", branch)
        make_milestone(campaign, "gone", "2026", new, state="retracted")
        make_milestone(make_campaign("draft", state="draft"), "secret", "2026", new)

        page = department_page("nfra", language="en")

        assert [(n.text.text, n.kind) for n in page.names] == [
            ("New Regulator", "official"),
            ("Interim Regulator", "alias"),
        ]
        assert [(s.kind, s.backwards, s.other and s.other.slug) for s in page.successions] == [
            ("rename", True, "cbirc")
        ]
        assert [(c.slug, c.name.text) for c in page.children] == [("nfra-north", "Northern Office")]
        assert [(p.campaign, p.role, [(m.uid, m.by.slug) for m in p.mentions]) for p in page.parts] == [
            ("sweep", "joint", [("a", "cbirc"), ("b", "nfra"), ("c", "nfra-north")])
        ]
        assert page.last_word is not None
        assert page.last_word.uid == "b"

    def test_a_part_in_a_draft_is_not_shown(self) -> None:
        join(make_campaign(state="draft"), make_department("police"))

        page = department_page("police", language="en")

        assert (page.parts, page.last_word) == ((), None)

    def test_there_is_no_page_of_an_unknown_body(self) -> None:
        with pytest.raises(Department.DoesNotExist):
            department_page("nobody", language="en")


class TestUpdates:
    def test_pages_follow_each_other_without_gap_or_repeat(self) -> None:
        campaign = make_campaign()
        for n, when in enumerate(("2023-01-01", "2023-01-02", "2023-01-02", "2023-01-03", "", "")):
            make_update(campaign, str(n), when)

        titles, after, pages = [], "", 0
        while pages == 0 or after:
            page = update_page(language="en", after=after, size=2)
            titles += [line.update.title.text for line in page.updates]
            after, pages = page.after, pages + 1

        assert titles == ["3", "2", "1", "0", "5", "4"]
        assert pages == 3

    def test_drafts_and_retracted_ones_are_left_out(self) -> None:
        campaign = make_campaign()
        make_update(campaign, "Gone", "2023", state="retracted")
        make_update(make_campaign("draft", state="draft"), "Secret", "2023")
        make_update(make_campaign("other"), "Other", "2023")
        make_update(campaign, "Shown", "2023")

        assert [line.update.title.text for line in update_page(language="en", campaign_slug="sweep").updates] == [
            "Shown"
        ]
        assert len(update_page(language="en").updates) == 2

    @pytest.mark.parametrize("after", ["x", "2023-01-01", "2023-99-01_1", "undated_", "2023-01-01_1; --"])
    def test_an_invented_cursor_is_refused(self, after: str) -> None:
        with pytest.raises(CursorError):
            update_page(language="en", after=after)

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow_with_rows(self, rows: int) -> None:
        campaign = make_campaign()
        for n in range(rows):
            make_update(campaign, str(n), "2023", make_department(f"body-{n}"), source=make_source(campaign, f"s-{n}"))

        with CaptureQueriesContext(connection) as queries:
            update_page(language="en")

        assert len(queries) == 4


class TestSearch:
    @pytest.fixture(autouse=True)
    def campaign(self) -> Campaign:
        campaign = make_campaign(summary={"en": "A sweep against sham loans and water armies, in the whole country."})
        make_department("police", "Ministry of Police", zh="警察部", abbreviation="MP")
        make_topic(campaign, "loans", title={"en": "Predatory loans"}, aliases={"zh-Hans": ["套路贷"]})
        make_milestone(campaign, "m", "2023", title={"en": "Loans hearing", "zh-Hans": "听证会"})
        make_update(campaign, "Loans report", "2023", url="https://paper.example/1")
        return campaign

    def test_every_kind_is_found(self) -> None:
        found = search("loans", language="en")

        assert [(hit.kind, hit.uid) for hit in found.hits][:3] == [
            ("campaign", "sweep"),
            ("topic", "loans"),
            ("milestone", "m"),
        ]
        assert [(hit.kind, hit.title.text, hit.url) for hit in found.hits][3:] == [
            ("update", "Loans report", "https://paper.example/1")
        ]

    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            ("警察", [("department", "police")]),
            ("mp", [("department", "police")]),
            ("套路贷", [("topic", "loans")]),
            ("听证会", [("milestone", "m")]),
            ("hearing loans", [("milestone", "m")]),
            ("sham whole", [("campaign", "sweep")]),
            ("zh-Hans", []),
            ("   ", []),
            ("%", []),
            ("x\x00y", []),
        ],
    )
    def test_words_are_found_in_both_languages(self, q: str, expected: list[tuple[str, str]]) -> None:
        assert [(hit.kind, hit.uid) for hit in search(q, language="en").hits] == expected

    def test_the_snippet_is_the_passage_around_the_words(self) -> None:
        (hit,) = search("armies", language="zh-hans").hits

        assert hit.snippet is not None
        assert hit.snippet.language == "en"
        assert "water armies, in the whole" in hit.snippet.text
        assert hit.kind_label == "专项行动"

    def test_drafts_and_retracted_things_are_not_found(self, campaign: Campaign) -> None:
        draft = make_campaign("draft", state="draft", title={"en": "Secret sweep"})
        make_milestone(draft, "a", title={"en": "Secret"})
        make_topic(draft, "secret")
        make_update(draft, "Secret")
        make_milestone(campaign, "b", title={"en": "Secret"}, state="retracted")
        make_update(campaign, "Secret", state="retracted")

        assert search("secret", language="en").hits == ()

    def test_each_kind_is_capped_and_says_so(self, campaign: Campaign) -> None:
        for n in range(MOST + 1):
            make_milestone(campaign, f"raid-{n}")

        found = search("raid", language="en")

        assert (len(found.hits), found.capped) == (MOST, ("milestone",))

    def test_an_address_that_must_not_be_linked_is_not_given(self, campaign: Campaign) -> None:
        make_document(url="https://spam.example", do_not_link=True)
        make_update(campaign, "Spam page", "2023", url="https://spam.example")

        assert [hit.url for hit in search("spam", language="en").hits] == [""]


class TestFreshness:
    def test_it_tells_the_last_success_and_the_last_change(self) -> None:
        campaign = make_campaign()
        at = datetime(2026, 11, 1, tzinfo=UTC)
        make_source(campaign, "a", last_success_at=at, failures=0)
        make_source(campaign, "b", failures=2)
        make_source(campaign, "c", state="paused", last_success_at=datetime(2026, 11, 2, tzinfo=UTC))
        make_source(make_campaign("other"), "d", last_success_at=datetime(2026, 11, 3, tzinfo=UTC))
        make_change("milestone", "m", campaign="sweep", at=at)

        fresh = freshness("sweep")

        assert (fresh.sources, fresh.failing, fresh.last_success_at, fresh.last_change_at) == (2, 1, at, at)
        assert freshness().sources == 3

    def test_it_says_nothing_where_nothing_was_fetched(self) -> None:
        make_campaign()

        fresh = freshness("sweep")

        assert (fresh.sources, fresh.last_success_at, fresh.last_change_at, fresh.pending) == (0, None, None, 0)
