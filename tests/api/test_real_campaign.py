"""The shipped campaign as a stranger reads it: the counts that were promised, and a few facts down to their sources."""

from typing import Any

import pytest

from tests.fixtures_campaign import shipped


@pytest.fixture
def at(api: Any, real_campaign: Any) -> Any:
    """GET below the campaign."""
    return lambda path="", **query: api(f"campaigns/{real_campaign.slug}/{path}", query)


def everything(api: Any, path: str) -> list[dict[str, Any]]:
    """All rows of a list, page by page."""
    body = api(path).json()
    rows = list(body["results"])
    while body["next"]:
        body = api(body["next"].partition("/api/v1/")[2]).json()
        rows += body["results"]
    assert len(rows) == body["count"]
    return rows


def test_the_counts_are_those_of_the_record(at: Any) -> None:
    counts = at().json()["counts"]

    assert counts["issuers"] == 9
    assert counts["workstreams"] == 9
    assert counts["topics"] == {"offence": 6, "chain": 3, "disorder": 4}
    assert counts["phases"] == 4
    assert (counts["milestones"], counts["milestones_in_window"]) == (57, 50)
    assert counts["disagreements"] == 16
    assert counts["figures"] == 116
    assert counts["documents"] == len(shipped()["documents"])


def test_the_lists_hold_what_the_counts_say(api: Any, at: Any, real_campaign: Any) -> None:
    counts = at().json()["counts"]
    names = ("participations", "phases", "workstreams", "milestones", "disagreements", "figures", "documents")

    lengths = {name: len(everything(api, f"campaigns/{real_campaign.slug}/{name}/")) for name in names}

    assert lengths == {name: counts[name] for name in names}


def test_the_timeline_says_the_same(at: Any) -> None:
    counts, view = at().json()["counts"], at("timeline/").json()

    shown = view["counts"]
    assert shown["issuers"] == counts["issuers"]
    assert shown["milestones"] == counts["milestones"] == len(view["items"]) + len(view["undated"])
    assert shown["documents"] == counts["documents"]
    assert (shown["figure_reports"], shown["figures"]) == (counts["figures"], counts["figures_distinct"])
    assert shown["disagreements"] == counts["disagreements"]


def test_every_statement_is_cited_or_says_why_not(api: Any, real_campaign: Any) -> None:
    rows = everything(api, f"campaigns/{real_campaign.slug}/milestones/")

    said = [statement for row in rows for statement in row["statements"]]
    assert len(said) >= len(rows)
    assert [statement for statement in said if not statement["citation"] and not statement["reason"]] == []


def test_documents_that_must_not_be_linked_have_no_address(api: Any, at: Any) -> None:
    barred = [row for row in everything(api, "documents/") if row["do_not_link"]]

    assert barred
    assert all(row["url"] is None and row["publisher"] for row in barred)


def test_the_banking_regulator_hands_over_to_its_successor(api: Any, real_campaign: Any) -> None:
    bodies = {row["slug"]: row for row in everything(api, f"campaigns/{real_campaign.slug}/departments/")}

    steps = {(step["predecessor"], step["successor"], step["on"]["edtf"]) for step in bodies["cbirc"]["successions"]}
    assert steps == {("cbirc", "nfra", "2023-05-18")}
    assert "nfra" in bodies


def test_a_filter_leaves_in_the_figure_what_it_leaves_in_the_timeline(at: Any) -> None:
    everyone, some = at("timeline/").json(), at("timeline/", kind="legal").json()

    assert {item["kind"] for item in some["items"]} == {"legal"}
    assert (
        some["counts"]["filtered_out"]
        == everyone["counts"]["shown"]
        + everyone["counts"]["undated"]
        - some["counts"]["shown"]
        - some["counts"]["undated"]
    )
    assert len(at("figure/", kind="legal").content) < len(at("figure/").content)


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "result"},
        {"department": "cac"},
        {"topic": "paid-posters"},
        {"q": "网络水军"},
        {"since": "2023-02", "until": "2023-03"},
    ],
    ids=str,
)
def test_the_list_of_milestones_takes_the_filters_of_the_timeline(at: Any, query: dict[str, str]) -> None:
    view = at("timeline/", **query).json()

    rows = at("milestones/", **query).json()["results"]

    assert {row["uid"] for row in rows} == {item["uid"] for item in (*view["items"], *view["undated"])}
    assert 0 < len(rows) < 57


def test_a_list_refuses_a_department_that_nobody_knows(at: Any) -> None:
    answer = at("milestones/", department="nobody")

    assert answer.status_code == 400
    assert "nobody" in str(answer.json()["errors"])
