"""A request costs the same number of statements for one row and for three."""

import uuid
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
    make_source,
    make_statement,
    make_succession,
    make_topic,
    make_update,
    make_workstream,
)
from timeline.models import Campaign, Membership, Responsibility, Story

# The campaign (or the last change), the count, the rows; then what hangs on them, one statement each.
EXPECTED = {
    "": 4,  # campaign, its counts, its statements, their further citations
    "departments/": 9,
    "phases/": 5,
    "workstreams/": 4,
    "topics/": 3,
    "participations/": 5,
    "milestones/": 7,
    "figures/": 3,
    "updates/": 3,
    "disagreements/": 3,
    "documents/": 3,
    "sources/": 4,
}


def add(campaign: Campaign, n: int) -> None:
    """One of everything, each with everything that can hang on it."""
    citation = make_citation(make_document(f"doc-{campaign.slug}-{n}"), quote=f"quote {n}")
    department = make_department(f"d{n}-{campaign.slug}", parent=make_department(f"p{n}-{campaign.slug}"))
    make_succession(department, make_department(f"s{n}-{campaign.slug}"), "2023-01-01")
    part = join(campaign, department, "lead")
    workstream = make_workstream(campaign, f"w{n}", citation=citation)
    Responsibility.everything.create(workstream=workstream, department=department, role="lead")
    topic = make_topic(campaign, f"t{n}", citation=citation)
    phase = make_phase(campaign, f"p{n}")
    milestone = make_milestone(
        campaign, f"m{n}", "2023-01-01", department, workstreams=(workstream,), topics=(topic,), citations=(citation,)
    )
    subjects: tuple[dict[str, Any], ...] = (
        {"campaign": campaign},
        {"phase": phase},
        {"milestone": milestone},
        {"participation": part},
        {"department": department},
    )
    for subject in subjects:
        said = make_statement(
            "start", "2023-01-01", citation=citation, anchor_phase=phase, anchor_property="start", **subject
        )
        said.also_cited.add(citation)
        said.derived_from.add(make_statement("end", "2023-01-01", citation=citation, supersedes=said, **subject))
    figure = make_figure(campaign, f"f{n}", n, milestone=milestone, citation=citation)
    make_disagreement(campaign, f"x{n}", milestone).figures.add(figure)
    source = make_source(campaign, f"s{n}-{campaign.slug}", department=department)
    update = make_update(campaign, f"u{n}", "2023-01-01", department, source=source, topics=(topic,))
    story = Story.everything.create(campaign=campaign, uid=uuid.uuid4())
    Membership.everything.create(update=update, story=story, reason="one item", decided_by="alice")
    milestone.stories.add(story)


@pytest.mark.parametrize("path", EXPECTED)
def test_a_list_asks_as_often_for_three_as_for_one(path: str, api: Any) -> None:
    add(make_campaign("one"), 1)
    three = make_campaign("three")
    for n in (1, 2, 3):
        add(three, n)
    asked = []

    for slug in ("one", "three"):
        with CaptureQueriesContext(connection) as statements:
            response = api(f"campaigns/{slug}/{path}")
        assert response.status_code == 200
        asked.append(len(statements))

    assert asked == [EXPECTED[path]] * 2


def test_a_milestone_asks_a_fixed_number_of_statements(api: Any) -> None:
    add(make_campaign("one"), 1)

    with CaptureQueriesContext(connection) as statements:
        response = api("campaigns/one/milestones/m1/")

    assert len(response.json()["statements"]) == 2
    assert len(response.json()["updates"]) == 1
    assert len(statements) == 6
