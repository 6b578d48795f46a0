"""One milestone with all that is known of it; what must not be seen is seeded first."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import (
    make_campaign,
    make_change,
    make_citation,
    make_department,
    make_disagreement,
    make_document,
    make_figure,
    make_milestone,
    make_phase,
    make_statement,
    make_story,
    make_update,
)
from timeline.models import Campaign, Milestone
from timeline.queries.milestones import milestone_detail, statements_of
from timeline.values.view import Detail

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


def see(uid: str = "meeting", **options: Any) -> Detail:
    return milestone_detail("sweep", uid, **{"language": "en", "today": TODAY} | options)


def test_statements_carry_source_quote_and_words() -> None:
    milestone = make_milestone(make_campaign(), "meeting", "2023-02-16")
    document = make_document(published_on="2023-02-17", quality="state_media", title="Police meet")
    citation = make_citation(document, quote="16日", quote_language="zh-Hans")
    make_statement("when", "2023-02-16", basis="event", milestone=milestone, citation=citation, as_said="16日")

    (found,) = see().assertions

    assert (found.property_label, found.basis_label, found.words) == ("when", "date of the event", "16 February 2023")
    assert found.source is not None
    assert found.source.published is not None
    assert (found.source.publisher, found.source.published.words) == ("The Gazette", "17 February 2023")
    assert found.source.quote is not None
    assert (found.source.quote.text, found.source.quote.language) == ("16日", "zh-Hans")


def test_what_was_not_recorded_is_none() -> None:
    milestone = make_milestone(make_campaign(), "meeting", "2023")
    make_statement("when", "2023", milestone=milestone, citation=make_citation())
    make_statement("status", "done", milestone=milestone, reason="seen in person")

    status, when = see().assertions

    assert (when.known_on, when.source and when.source.quote, when.source and when.source.published) == (None,) * 3
    assert (status.source, status.reason, status.when) == (None, "seen in person", None)


def test_a_document_that_must_not_be_linked_gives_its_address_nowhere() -> None:
    campaign = make_campaign()
    milestone = make_milestone(campaign, "meeting", "2023-02-16")
    barred = make_document(url="http://spam.example/page", do_not_link=True, publisher="A mirror")
    milestone.citations.add(make_citation(barred))
    statement = make_statement("when", "2023", milestone=milestone, citation=make_citation(barred, quote="x"))
    statement.also_cited.add(make_citation(barred, quote="y"))
    make_figure(campaign, "f", 5, milestone=milestone, citation=make_citation(barred, quote="z"))
    update = make_update(campaign, "Same page", "2023", url="http://spam.example/page")
    make_story(campaign, update, milestone)

    detail = see(with_history=True)

    assert "spam.example" not in str(asdict(detail))
    assert {source.publisher for source in detail.sources} == {"A mirror"}
    assert not any(source.linkable for source in detail.sources)
    assert [found.title.text for found in detail.updates] == ["Same page"]


def test_each_document_is_listed_once_a_quote() -> None:
    milestone = make_milestone(make_campaign(), "meeting", "2023")
    document, other = make_document("a"), make_document("b")
    milestone.citations.set([make_citation(document), make_citation(other)])
    make_statement("when", "2023", milestone=milestone, citation=make_citation(document, quote="one"))
    make_statement("when", "2023", milestone=milestone, citation=make_citation(document, quote="two"))

    found = [(source.uid, source.quote.text if source.quote else None) for source in see().sources]

    assert sorted(found, key=str) == [("a", "one"), ("a", "two"), ("b", None)]


def test_a_computed_date_says_its_rule_and_what_it_derives_from() -> None:
    campaign = make_campaign()
    anchor = make_milestone(campaign, "notice", "2022-09-05", kind="launch")
    milestone = make_milestone(campaign, "meeting", "2024-03-05")
    make_statement(
        "when",
        "2024-03-05",
        milestone=milestone,
        basis="computed",
        offset="P18M",
        anchor_milestone=anchor,
        anchor_property="when",
    )
    base = make_statement("start", "2022-09-05", campaign=campaign)
    make_statement("when", "2022-08-29", milestone=milestone, offset="-P1W").derived_from.set([base])

    first, second = see().assertions

    assert first.rule == "18 months after 5 September 2022"
    assert (second.rule, second.derived_from) == ("1 week before 5 September 2022", (str(base.uid),))


def test_a_moved_date_is_shown_as_moved_and_not_as_disagreement() -> None:
    milestone = make_milestone(make_campaign(), "meeting", "2023-03")
    old = make_statement("when", "2023-02", milestone=milestone, aspect="planned")
    make_statement("when", "2023-03", milestone=milestone, aspect="planned", supersedes=old)

    detail = see()

    assert [found.supersedes for found in detail.assertions] == [str(old.uid), ""]
    assert detail.item.competitors == ()
    assert detail.item.when.standing == "agreed"


def test_disagreements_reach_the_item_through_its_figures_too() -> None:
    campaign = make_campaign()
    milestone = make_milestone(campaign, "meeting", "2023")
    other = make_milestone(campaign, "other", "2024")
    figure = make_figure(campaign, "f", 5, milestone=milestone)
    make_disagreement(campaign, "numbers", other).figures.add(figure)
    make_disagreement(campaign, "elsewhere", other)

    detail = see()

    assert [(found.uid, found.items, found.treatment) for found in detail.disputes] == [
        ("numbers", ("other",), "figures")
    ]
    assert detail.numbers[0].disagreements == ("numbers",)


def test_neighbours_follow_the_timeline() -> None:
    campaign = make_campaign()
    for uid, when in (("before", "2023-01"), ("meeting", "2023-02"), ("after", "2023-03"), ("someday", "")):
        make_milestone(campaign, uid, when)

    before, after = see().neighbours

    assert (before and before[0], after and after[0]) == ("before", "after")
    assert see("before").neighbours[0] is None
    assert see("someday").neighbours == (None, None)


def test_retracted_statements_and_figures_are_hidden() -> None:
    campaign = make_campaign()
    milestone = make_milestone(campaign, "meeting", "2023")
    make_statement("when", "2021", milestone=milestone, state="retracted")
    make_figure(campaign, "f", 5, milestone=milestone, state="retracted")
    make_story(campaign, make_update(campaign, "Gone", "2023", state="retracted"), milestone)

    detail = see()

    assert (detail.assertions, detail.numbers, detail.updates) == ((), (), ())


def test_a_retracted_milestone_is_for_editors_only() -> None:
    make_milestone(make_campaign(), "meeting", "2023", make_department("police"), state="retracted")

    with pytest.raises(Milestone.DoesNotExist):
        see()
    detail = see(audience="editor")
    assert (detail.state, [party.slug for party in detail.item.parties]) == ("retracted", ["police"])


def test_a_milestone_of_a_draft_campaign_is_for_editors_only() -> None:
    make_milestone(make_campaign(state="draft"), "meeting", "2023")

    with pytest.raises(Campaign.DoesNotExist):
        see()
    assert see(audience="editor").item.uid == "meeting"


class TestHistory:
    @pytest.fixture(autouse=True)
    def milestone(self) -> None:
        milestone = make_milestone(make_campaign(), "meeting", "2023")
        shown = make_statement("when", "2023", milestone=milestone)
        hidden = make_statement("when", "2021", milestone=milestone, state="retracted")
        make_change("milestone", "meeting", campaign="sweep", action="create", by="alice")
        make_change("statement", str(shown.uid), campaign="sweep", action="state", by="system")
        make_change("statement", str(hidden.uid), campaign="sweep", action="retract", by="alice")
        make_change("milestone", "meeting", campaign="another", by="alice")

    def test_a_visitor_sees_no_editor_and_nothing_retracted(self) -> None:
        assert [(e.action, e.by) for e in see(with_history=True).history] == [
            ("create", "an editor"),
            ("state", "system"),
        ]

    def test_an_editor_sees_all_of_it(self) -> None:
        assert [(e.action, e.by) for e in see(with_history=True, audience="editor").history] == [
            ("create", "alice"),
            ("state", "system"),
            ("retract", "alice"),
        ]

    def test_it_is_left_out_unless_asked_for(self) -> None:
        assert see().history == ()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_rows(rows: int) -> None:
    campaign = make_campaign()
    milestone = make_milestone(campaign, "meeting", "2023")
    for n in range(rows):
        make_milestone(campaign, f"other-{n}", "2023", make_department(f"body-{n}"))
        citation = make_citation(quote="q")
        milestone.citations.add(citation)
        make_statement("when", "2023", milestone=milestone, citation=citation).also_cited.add(make_citation())
        make_figure(campaign, f"f-{n}", 5, milestone=milestone, citation=citation)
        make_disagreement(campaign, f"x-{n}", milestone)
        make_story(campaign, make_update(campaign, f"Update {n}", "2023"), milestone)
        make_change("milestone", "meeting", campaign="sweep")

    with CaptureQueriesContext(connection) as queries:
        see(with_history=True)

    assert len(queries) == 19


def test_statements_about_a_campaign_a_phase_and_a_department() -> None:
    campaign = make_campaign()
    phase = make_phase(campaign, "push", "2023")
    make_statement("end", "2024", campaign=campaign)
    make_statement("start", "2023", phase=phase)
    make_statement("start", "2021", phase=phase, state="retracted")
    make_statement("exists", "", department=make_department("police"))

    about = [
        statements_of(subject="campaign", slug="sweep", language="en"),
        statements_of(subject="phase", slug="sweep", uid="push", language="en"),
        statements_of(subject="department", slug="police", language="en"),
    ]

    assert [[(found.property, found.value) for found in one] for one in about] == [
        [("end", "2024")],
        [("start", "2023")],
        [("exists", "")],
    ]


def test_statements_of_a_draft_campaign_are_not_for_visitors() -> None:
    make_statement("end", "2024", campaign=make_campaign(state="draft"))

    with pytest.raises(Campaign.DoesNotExist):
        statements_of(subject="campaign", slug="sweep", language="en")
