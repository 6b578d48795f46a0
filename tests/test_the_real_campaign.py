"""The shipped campaign, counted: what the facts hold is in the database, with its sources, doubts and gaps."""

from collections import Counter
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.fixtures_campaign import CAMPAIGN_FILE, LOADED_AT, shipped
from timeline.editorial.campaign_file import dump, load, write
from timeline.editorial.permissions import SYSTEM
from timeline.models import (
    Campaign,
    Change,
    Citation,
    Department,
    Disagreement,
    Document,
    Figure,
    Metric,
    Milestone,
    Statement,
    Succession,
)

pytestmark = pytest.mark.usefixtures("campaign_to_read")

ISSUERS = ["mps", "cpd", "cac", "spc", "spp", "miit", "moj", "pboc", "cbirc"]


def milestone(start: str) -> Milestone:
    """The milestone that came of one entry of the facts."""
    return Milestone.everything.get(uid__startswith=f"{start}-")


def said(thing: Any, prop: str) -> dict[str, tuple[str, str]]:
    return {one.value: (one.basis, one.rank) for one in thing.statements.filter(property=prop)}


# -- who ---------------------------------------------------------------------------------------------------------


def test_nine_departments_issue_it_the_ministry_leads_and_the_leading_group_frames(campaign_to_read: Campaign) -> None:
    parts = [(part.department.slug, part.role) for part in campaign_to_read.participations.select_related("department")]

    assert parts == [("mps", "lead"), *((slug, "joint") for slug in ISSUERS[1:]), ("leading-group", "framing")]


def test_the_banking_regulator_hands_over_to_its_successor() -> None:
    succession = Succession.everything.get()

    assert (succession.predecessor.slug, succession.successor.slug) == ("cbirc", "nfra")  # type: ignore[union-attr]
    assert (succession.on, succession.kind) == ("2023-05-18", "rename")
    assert "20 July 2023" in succession.note


def test_names_of_the_regulator_are_dated_so_that_older_records_keep_the_older_name() -> None:
    old = Department.everything.get(slug="cbirc").names.get(language="en", kind="official")
    new = Department.everything.get(slug="nfra").names.get(language="en", kind="official")

    assert (str(old.valid_to), str(new.valid_from)) == ("2023-05-17", "2023-05-18")
    assert Department.everything.get(slug="nfra").names.filter(text="NAFR", kind="alias").exists()


def test_the_garbled_name_of_the_machine_translation_is_an_alias() -> None:
    cac = Department.everything.get(names__text="the Central The Cyberspace Administration of China")

    assert cac.slug == "cac"


def test_the_other_bodies_are_departments_and_local_ones_stand_under_their_national_body() -> None:
    assert Department.everything.count() == 32
    assert set(Department.everything.national().values_list("slug", flat=True)) - set(ISSUERS) == {
        "leading-group",
        "mct",
        "nfra",
        "npcsc",
        "nrta",
        "state-council",
    }
    below = Department.everything.exclude(parent=None).values_list("parent__slug", flat=True)
    assert Counter(below) == {"mps": 13, "leading-group": 2, "spc": 1, "cac": 1}
    assert [one.slug for one in Department.everything.filter(inferred=True)] == ["mps-jiangxi"]


def test_every_national_body_has_an_official_name_in_english_and_in_chinese() -> None:
    for department in Department.everything.national():
        assert set(department.names.filter(kind="official").values_list("language", flat=True)) == {"en", "zh-Hans"}


def test_departments_without_a_report_of_their_own_are_there_all_the_same() -> None:
    silent = Department.everything.filter(slug__in=ISSUERS).exclude(
        responsibilities__milestone__in=Milestone.everything.filter(scope="core").exclude(uid__startswith="m02-")
    )

    assert set(silent.values_list("slug", flat=True)) == set(ISSUERS) - {"mps", "spp"}


# -- what it orders ----------------------------------------------------------------------------------------------


def test_nine_workstreams_with_likely_departments_marked_inferred(campaign_to_read: Campaign) -> None:
    streams = list(campaign_to_read.workstreams.all())

    assert [one.uid for one in streams] == [f"w{number}" for number in range(1, 10)]
    assert {basis for one in streams for basis in one.responsibilities.values_list("basis", flat=True)} == {"inferred"}
    assert [one.responsibilities.count() for one in streams] == [1, 3, 4, 4, 5, 3, 9, 9, 4]
    assert streams[0].quote == "要集中梳理挖掘重点案件线索"
    assert [bool(one.quote) for one in streams] == [True] * 4 + [False] * 5


def test_six_offences_three_chains_and_four_disorders_in_both_languages(campaign_to_read: Campaign) -> None:
    topics = campaign_to_read.topics.all()

    assert Counter(topic.group for topic in topics) == {"offence": 6, "chain": 3, "disorder": 4}
    assert all(set(topic.title) == {"en", "zh-Hans"} for topic in topics)


def test_four_observed_phases_the_last_without_an_end(campaign_to_read: Campaign) -> None:
    phases = list(campaign_to_read.phases.all())

    assert [(one.start, one.end) for one in phases] == [
        ("2022-09-05", "2023-02-15"),
        ("2023-02-16", "2023-12-31"),
        ("2024-01-01", "2024-03-05"),
        ("2024-03-06", ""),
    ]
    assert {one.basis for one in phases} == {"observed"}


# -- when --------------------------------------------------------------------------------------------------------


def test_the_duration_is_stated_in_the_words_of_the_notice(campaign_to_read: Campaign) -> None:
    stated = campaign_to_read.statements.get(property="duration")

    assert (stated.value, stated.as_said, campaign_to_read.duration) == ("P18M", "为期一年半", "P18M")


def test_the_start_is_contested_and_the_publication_is_preferred(campaign_to_read: Campaign) -> None:
    assert campaign_to_read.start == "2022-09-05"
    assert said(campaign_to_read, "start") == {
        "2022-09-05": ("publication", "preferred"),
        "2022-08": ("reported", "normal"),
        "2022-07": ("computed", "normal"),
    }


def test_the_end_is_computed_and_contested_and_none_is_preferred(campaign_to_read: Campaign) -> None:
    assert campaign_to_read.end == "2023-12-31/2024-03-05"
    assert said(campaign_to_read, "end") == {
        "2023-12-31": ("local", "normal"),
        "2024-03-05": ("computed", "normal"),
        "2024-02": ("computed", "normal"),
    }
    computed = campaign_to_read.statements.get(property="end", value="2024-03-05")
    assert (computed.anchor, computed.anchor_property, computed.offset) == (campaign_to_read, "start", "P18M")


def test_at_least_five_local_notices_support_the_end_of_2023(campaign_to_read: Campaign) -> None:
    local = campaign_to_read.statements.get(basis="local")

    assert 1 + local.also_cited.count() == 5


def test_no_closing_was_found_and_the_search_is_told(campaign_to_read: Campaign) -> None:
    status = campaign_to_read.statements.get(property="status")

    assert (campaign_to_read.status, status.basis, status.known_on) == ("closing-not-found", "searched", "2026-11")
    assert "November 2026" in status.reason


# -- what happened -----------------------------------------------------------------------------------------------


def test_sixty_six_entries_are_fifty_seven_events_fifty_of_them_in_the_window() -> None:
    assert Counter(Milestone.everything.values_list("scope", flat=True)) == {"core": 18, "adjacent": 32, "context": 7}
    assert Milestone.everything.exclude(scope="context").count() == 50
    assert Milestone.published.count() == 57


@pytest.mark.parametrize(
    ("merged", "documents"),
    [
        ("m02", {"tianshui", "cpsnmn", "knowcat", "seedsrc"}),
        ("m06", {"cyd0216", "xh0217", "crntt", "pd0218", "cd0220"}),
        ("m20", {"ecns1012", "gm2024", "cns1011"}),
        ("m25", {"nm-fz", "nm-cp"}),
    ],
)
def test_republications_are_further_sources_of_one_event(merged: str, documents: set[str]) -> None:
    assert {one.document.uid for one in milestone(merged).citations.all()} == documents


@pytest.mark.parametrize("gone", ["m01", "m03", "m07", "m08", "m09", "m21", "m22", "m24", "m27"])
def test_republications_and_date_claims_are_no_events(gone: str) -> None:
    assert not Milestone.everything.filter(uid__startswith=f"{gone}-").exists()


def test_every_event_has_a_source_a_department_and_a_date_with_its_evidence() -> None:
    for one in Milestone.everything.all():
        assert one.citations.exists(), one
        assert one.responsibilities.exists(), one
        assert one.when, one
        assert one.statements.filter(property="when").exclude(citation=None).exists(), one


def test_dates_keep_the_precision_that_they_were_given() -> None:
    precision = Counter(
        len(one) for one in Milestone.everything.exclude(scope="context").values_list("when", flat=True)
    )

    assert precision == {len("2023-02-16"): 45, len("2023-04"): 2, len("2023"): 3}


def test_the_date_of_the_meeting_is_apart_from_the_dates_of_its_reports() -> None:
    assert milestone("m06").when == "2023-02-16"
    assert said(milestone("m06"), "when") == {
        "2023-02-16": ("event", "preferred"),
        "2023-02-17": ("publication", "normal"),
        "2023-02-18": ("publication", "deprecated"),
        "2023-02-20": ("publication", "deprecated"),
    }


def test_a_legal_text_keeps_its_four_kinds_of_date() -> None:
    rules = milestone("a32")

    assert rules.when == "2024-06-12"
    assert Counter(basis for basis, _ in said(rules, "when").values()) == {
        "adopted": 1,
        "signed": 1,
        "publication": 4,
        "effective": 1,
    }


def test_a_late_stamp_does_not_move_an_event() -> None:
    assert (milestone("m05").when, milestone("m20").when) == ("2022-12-30", "2023-10-09")
    assert said(milestone("m05"), "when")["2023-10-19"] == ("publication", "deprecated")
    assert said(milestone("m20"), "when")["2024-11-27"] == ("publication", "deprecated")


# -- figures -----------------------------------------------------------------------------------------------------


def test_a_hundred_and_sixteen_reported_values_of_which_seven_confirm_another() -> None:
    assert Figure.everything.count() == 116
    assert Figure.everything.first_reports().count() == 109
    assert Metric.everything.count() == 63
    assert all(set(metric.title) == {"en", "zh-Hans"} for metric in Metric.everything.all())


def test_qualifiers_are_kept() -> None:
    assert Counter(Figure.everything.values_list("qualifier", flat=True)) == {"exact": 79, "at_least": 35, "about": 2}


def test_a_confirmation_has_the_metric_the_value_and_the_qualifier_of_what_it_confirms() -> None:
    for figure in Figure.everything.exclude(confirms=None).select_related("confirms"):
        first = figure.confirms
        assert first is not None
        assert (figure.metric_id, figure.value, figure.qualifier) == (first.metric_id, first.value, first.qualifier)


def test_a_lost_qualifier_is_a_disagreement_and_no_confirmation() -> None:
    lost = Figure.everything.filter(uid__startswith="m09-")

    assert [(figure.qualifier, figure.confirms) for figure in lost] == [("exact", None)] * 2
    assert {one.uid for figure in lost for one in figure.disagreements.all()} == {"x4-lost-qualifiers"}


def test_parts_name_the_figure_that_they_are_part_of() -> None:
    parts = Figure.everything.exclude(parent=None).select_related("parent")

    assert {(part.uid, part.parent.uid) for part in parts if part.parent} == {
        ("m04-of-which-mafia-like", "m04-online-loan-gangs-busted"),
        ("m06-of-which-mafia-like", "m06-online-gangs-busted"),
        ("m08-of-which-mafia-like", "m08-online-gangs-busted"),
        ("m19-second-raid-suspects", "m19-suspects-returned"),
        ("m26-of-which-target-suspects", "m26-suspects-returned"),
        ("m26-of-which-online-fugitives", "m26-suspects-returned"),
    }


def test_windows_are_kept_with_unknown_ends_unknown() -> None:
    annual = Figure.everything.get(uid="m23-online-gangs-busted")
    since = Figure.everything.get(uid="m06-online-gangs-busted")
    years = Figure.everything.get(uid="a31-gangs-busted-all")

    assert (annual.window_start, annual.window_end) == ("2023-01-01", "2023-12-31")
    assert (since.window_start, since.window_end, since.window_words) == (
        "",
        "2023-02-16",
        "since the launch of the campaign",
    )
    assert (years.window_start, years.window_end, years.window_words) == ("", "", "five years")


def test_large_and_broken_numbers_are_exact() -> None:
    assert Figure.everything.get(uid="c02-assets-seized-cny").value == Decimal("29950000000")
    assert Figure.everything.get(uid="a26-yoy-change-pct").value == Decimal("35.5")


# -- disagreements and sources -----------------------------------------------------------------------------------


def test_sixteen_disagreements_about_dates_figures_or_in_words() -> None:
    found = {row.uid.partition("-")[0].upper(): row for row in Disagreement.everything.all()}
    with_statements = {key for key, row in found.items() if row.statements.exists()}
    with_figures = {key for key, row in found.items() if row.figures.exists()}

    assert len(found) == 16
    assert with_statements == {"X1", "X2", "X3", "X5", "X6", "X7", "X12", "X13"}
    assert with_figures == {"X4", "X6", "X8", "X9", "X10", "X11", "X15"}
    assert all(row.says and row.documents.exists() and row.milestones.exists() for row in found.values())


def test_the_competing_statements_of_a_disagreement_differ() -> None:
    for row in Disagreement.everything.all():
        values = set(row.statements.values_list("value", flat=True))
        assert len(values) != 1, row


def test_what_must_not_be_linked_is_named_without_an_address() -> None:
    hidden = Document.everything.filter(do_not_link=True)

    assert hidden.count() == 12
    assert all(document.publisher and document.url and not document.link for document in hidden)


def test_passages_and_publication_dates_are_there_where_they_are_known_and_empty_where_not() -> None:
    assert Citation.everything.exclude(quote="").count() == 1
    assert Document.everything.count() == 84
    assert Document.everything.filter(published_on="").count() == 14


def test_no_note_speaks_of_entries_by_their_number() -> None:
    texts = [
        *(text for row in Milestone.everything.all() for text in (*row.title.values(), *row.summary.values())),
        *(row.note for row in Statement.everything.all()),
        *(text for row in Disagreement.everything.all() for text in (*row.title.values(), *row.says.values())),
        *(row.note for row in Department.everything.all()),
    ]

    words = {word.strip("().,;:") for text in texts for word in text.split()}
    assert not {word for word in words if word[:1] in "MACXI" and word[1:].isdigit()}


# -- the file ----------------------------------------------------------------------------------------------------


def test_the_shipped_file_is_what_a_dump_writes(campaign_to_read: Campaign) -> None:
    assert write(dump(campaign_to_read)) == CAMPAIGN_FILE.read_text(encoding="utf-8")


def test_a_second_load_changes_nothing(campaign_to_read: Campaign) -> None:
    changes = Change.everything.count()

    again = load(data=shipped(), by=SYSTEM, now=LOADED_AT)

    assert again.nothing_to_change
    assert (again.revision, Change.everything.count()) == (campaign_to_read.revision, changes)


def test_the_command_says_that_there_is_nothing_to_change(campaign_to_read: Campaign) -> None:
    said_by_command = StringIO()

    call_command("load_campaign", str(CAMPAIGN_FILE), stdout=said_by_command)

    assert said_by_command.getvalue() == (
        f"{campaign_to_read.slug}: nothing to change; revision {campaign_to_read.revision}.\n"
    )
