"""A campaign from nothing in the browser: its dates, who takes part, phases, workstreams; visible on the chart."""

from typing import Any

import pytest
from django.test import Client

from timeline.models import Campaign, Change, Department, Phase, Workstream

NOTICE = {"cited": "source", "publisher": "Example Daily", "published_on": "5 September 2022"}
NO_SOURCE = {"cited": "none", "uncited_reason": "Announced orally."}


def test_a_campaign_made_from_nothing_is_on_a_chart(editor: Client, police: Department) -> None:
    editor.post(
        "/campaigns/new/",
        {
            "title_en": "Clean rivers",
            "title_zh": "清河行动",
            "start": "5 September 2022",
            "duration": "一年半",
            **NOTICE,
        },
    )
    editor.post(
        "/campaigns/clean-rivers/edit/departments/", {"version": "1", "added": str(police.pk), "added_role": "lead"}
    )
    editor.post(
        "/campaigns/clean-rivers/phases/new/",
        {
            "title_en": "First wave",
            "basis": "official",
            "start": "2022-10",
            "end": "2023-03",
            "aspect": "actual",
            **NOTICE,
        },
    )
    editor.post(
        "/campaigns/clean-rivers/milestones/new/",
        {
            "title_en": "Rivers inspected",
            "when": "2023-01-15",
            "aspect": "actual",
            "departments": [str(police.pk)],
            "kind": "result",
            **NOTICE,
        },
    )

    page = Client().get("/campaigns/clean-rivers/").content.decode()
    campaign = Campaign.published.get()
    assert (campaign.start, campaign.duration) == ("2022-09-05", "P1Y6M")
    assert all(words in page for words in ("Clean rivers", "First wave", "Rivers inspected", "清河行动"))
    assert "<svg" in page


def test_a_campaign_needs_a_title_only(editor: Client) -> None:
    answer = editor.post("/campaigns/new/", {"title_en": "Clean rivers", "cited": "source"}, follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain == [("/campaigns/clean-rivers/edit/", 302)]


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"title_en": ""}, "title_en", "one is enough"),
        ({"slug": "Not Good"}, "slug", "small letters"),
        ({"timezone": "Mars"}, "timezone", "Asia/Shanghai"),
        ({"start": "soon"}, "start", "not understood as a date"),
        ({"duration": "long"}, "duration", "not understood as a duration"),
        ({"start": "2023-05", "end": "2023-03"}, "end", "before it starts"),
        ({"start": "2023", "cited": "source", "publisher": "", "published_on": ""}, "url", "Name the source"),
    ],
)
def test_what_is_wrong_with_a_campaign_is_said_at_the_field(
    editor: Client, wrong: dict[str, str], field: str, message: str
) -> None:
    answer = editor.post("/campaigns/new/", {"title_en": "Clean rivers", **NOTICE} | wrong)

    assert answer.status_code == 422
    assert message.lower() in str(answer.context["form"].errors[field]).lower()
    assert not Campaign.everything.exists()
    assert not Change.everything.exists()


def test_a_renamed_campaign_redirects_from_its_former_address(editor: Client, sweep: Campaign) -> None:
    editor.post("/campaigns/sweep/edit/", {"version": "1", "title_en": "The sweep", "slug": "broom", "timezone": "UTC"})

    answer = Client().get("/campaigns/sweep/")
    assert (answer.status_code, answer["Location"]) == (301, "/campaigns/broom/")


def test_languages_that_the_form_does_not_show_are_kept(editor: Client, sweep: Campaign) -> None:
    Campaign.everything.update(title={"en": "The sweep", "zh-Hant": "掃除行動"})

    editor.post("/campaigns/sweep/edit/", {"version": "1", "title_en": "A sweep", "slug": "sweep", "timezone": "UTC"})

    assert Campaign.everything.get().title == {"en": "A sweep", "zh-Hant": "掃除行動"}


def test_a_campaign_is_withdrawn_and_published_again(editor: Client, sweep: Campaign) -> None:
    editor.post("/campaigns/sweep/edit/state/", {"version": "1", "to": "draft"})
    assert Client().get("/campaigns/sweep/").status_code == 404

    editor.post("/campaigns/sweep/edit/state/", {"version": "2", "to": "published"})

    assert Client().get("/campaigns/sweep/").status_code == 200


def test_a_step_that_is_not_possible_is_explained(editor: Client, sweep: Campaign) -> None:
    page = editor.post("/campaigns/sweep/edit/state/", {"version": "1", "to": "splendid"}, follow=True)

    assert "This campaign is published; it can become" in page.content.decode()


def test_a_part_in_the_campaign_is_changed_and_ended(
    editor: Client, sweep: Campaign, police: Department, court: Department
) -> None:
    editor.post(
        "/campaigns/sweep/edit/departments/",
        {"version": "1", f"role_{police.pk}": "framing", f"role_{court.pk}": "", "added_role": "joint"},
    )

    assert list(sweep.participations.values_list("department__slug", "role")) == [("mps", "framing")]


def test_an_end_in_words_that_hangs_on_an_unknown_start_appears_when_the_start_does(
    editor: Client, sweep: Campaign
) -> None:
    hanging = {"property": "end", "way": "anchor", "offset": "18 months", "anchor": f"campaign:{sweep.pk}:start"}
    usual = {"version": "1", "aspect": "planned", "relation": "another", "side": "after"}
    editor.post("/campaigns/sweep/edit/date/", {**usual, **hanging, **NO_SOURCE})

    start = {"property": "start", "way": "words", "words": "2022年9月5日"}
    editor.post("/campaigns/sweep/edit/date/", {**usual, **start, **NOTICE})

    sweep.refresh_from_db()
    assert (sweep.start, sweep.end) == ("2022-09-05", "2024-03-05")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": "soon"}, "words"),
        ({"words": ""}, "words"),
        ({"property": "duration", "words": "soon"}, "words"),
        ({"way": "anchor"}, "anchor"),
        ({"relation": "moved"}, "replaces"),
        ({"cited": "none"}, "uncited_reason"),
    ],
)
def test_what_is_wrong_with_a_date_is_said_at_the_field(
    editor: Client, sweep: Campaign, wrong: dict[str, str], field: str
) -> None:
    good = {"version": "1", "property": "start", "way": "words", "words": "2023", "aspect": "actual"}
    answer = editor.post("/campaigns/sweep/edit/date/", good | {"relation": "another", **NOTICE} | wrong)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


def phase_of(campaign: Campaign, editor: Client) -> Phase:
    typed = {"title_en": "First", "basis": "official", "aspect": "actual", "cited": "source"}
    editor.post(f"/campaigns/{campaign.slug}/phases/new/", typed)
    return Phase.everything.get()


def test_a_phase_is_edited_dated_and_deleted_with_a_reason(editor: Client, sweep: Campaign) -> None:
    phase = phase_of(sweep, editor)
    base = f"/campaigns/sweep/phases/{phase.uid}/"

    editor.post(base + "edit/", {"version": "1", "title_en": "Wave one", "basis": "observed"})
    dated = {"property": "start", "way": "words", "words": "2023-05", "aspect": "actual", "relation": "another"}
    editor.post(base + "date/", {"version": "2", **dated, **NOTICE})
    phase.refresh_from_db()
    assert (phase.title, phase.basis, phase.start) == ({"en": "Wave one"}, "observed", "2023-05")

    refused = editor.post(base + "delete/", {"version": "2", "why": ""})
    editor.post(base + "delete/", {"version": "2", "why": "Nobody announced it."})

    assert set(refused.context["form"].errors) == {"why"}
    assert not Phase.everything.exists()


def test_a_workstream_is_made_edited_and_deleted(editor: Client, sweep: Campaign, police: Department) -> None:
    typed: dict[str, Any] = {"title_en": "Case work", "departments": [str(police.pk)], "basis": "inferred"}
    editor.post("/campaigns/sweep/workstreams/new/", typed)
    workstream = Workstream.everything.get()
    base = f"/campaigns/sweep/workstreams/{workstream.uid}/"

    editor.post(base + "edit/", typed | {"version": "1", "title_en": "Cases", "position": "0"})
    workstream.refresh_from_db()
    assert (workstream.title, workstream.responsibilities.get().basis) == ({"en": "Cases"}, "inferred")

    editor.post(base + "delete/", {"version": "2", "why": "Entered twice."})

    assert not Workstream.everything.exists()


def names(**rows: str) -> dict[str, str]:
    return {"names-TOTAL_FORMS": "2", "names-INITIAL_FORMS": "0", "names-0-language": "en", "names-0-kind": "official",
            "names-1-language": "zh-Hans", "names-1-kind": "official", **rows}  # fmt: skip


def test_a_department_is_made_with_its_names_and_their_days(editor: Client) -> None:
    rows = {"names-0-text": "Water Office", "names-0-valid_from": "2020-01-01", "names-1-text": "水务局"}
    editor.post("/departments/new/", {"abbreviation": "WO", **names(**rows)})

    department = Department.everything.get()
    assert department.slug == "wo"
    assert [name.text for name in department.names.all()] == ["Water Office", "水务局"]


def test_a_department_without_a_name_is_refused_with_what_was_typed(editor: Client) -> None:
    answer = editor.post("/departments/new/", {"abbreviation": "WO", **names()})

    assert answer.status_code == 422
    assert "at least one official name" in answer.content.decode()
    assert 'value="WO"' in answer.content.decode()


def test_a_department_is_renamed_from_a_day_on(editor: Client, police: Department) -> None:
    rows = {
        "names-INITIAL_FORMS": "2",
        "names-TOTAL_FORMS": "3",
        "names-0-text": "Ministry of Public Security",
        "names-0-valid_to": "2025-12-31",
        "names-1-text": "公安部",
        "names-2-text": "Ministry of Safety",
        "names-2-language": "en",
        "names-2-kind": "official",
        "names-2-valid_from": "2026-01-01",
    }
    editor.post("/departments/mps/edit/", {"version": "1", **names(**rows)})

    assert list(police.names.filter(language="en").values_list("text", flat=True)) == [
        "Ministry of Public Security",
        "Ministry of Safety",
    ]
