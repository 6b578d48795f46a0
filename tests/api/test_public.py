"""Drafts, retracted things, proposals and addresses that must not be linked appear nowhere."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import get_resolver

from tests.builders import (
    join,
    make_campaign,
    make_change,
    make_citation,
    make_department,
    make_disagreement,
    make_document,
    make_figure,
    make_milestone,
    make_phase,
    make_source,
    make_statement,
    make_topic,
    make_update,
    make_workstream,
)
from tests.spellings import SPELLINGS
from timeline.models import Campaign, Department, FormerSlug, Membership, Proposal, Source, Story
from timeline.queries.labels import label  # noqa: F401  (labels are warm before queries are counted)

SECRET = "xyzzy"
NOW = datetime(2023, 1, 1, tzinfo=UTC)


def hidden(word: str = SECRET) -> dict[str, Any]:
    """A citation that only something hidden makes: its document must stay hidden too."""
    return {"citation": make_citation(make_document(f"{word}-{uuid.uuid4().hex[:8]}", publisher=word), quote=word)}


def fill_with_secrets(campaign: Campaign, department: Department) -> None:
    """Every noun that a campaign can hold, each with the secret in all its texts."""
    text = {"en": SECRET, "zh-Hans": SECRET}
    phase = make_phase(campaign, f"{SECRET}-phase", title=text, summary=text)
    workstream = make_workstream(campaign, f"{SECRET}-work", title=text, quote=SECRET, **hidden())
    topic = make_topic(campaign, f"{SECRET}-topic", title=text, **hidden())
    milestone = make_milestone(
        campaign, f"{SECRET}-event", "2023-01-01", department, title=text, workstreams=(workstream,), topics=(topic,)
    )
    for subject in ({"campaign": campaign}, {"phase": phase}, {"milestone": milestone}):
        make_statement("start", "2023-01-01", as_said=SECRET, **subject, **hidden())
    figure = make_figure(campaign, f"{SECRET}-figure", 3, as_said=SECRET, milestone=milestone, **hidden())
    make_figure(campaign, f"{SECRET}-part", 1, parent=figure, **hidden())
    disagreement = make_disagreement(campaign, f"{SECRET}-clash", milestone, title=text)
    disagreement.documents.add(make_document(f"{SECRET}-clashing"))
    source = make_source(campaign, f"{SECRET}-source")
    make_update(campaign, SECRET, "2023-01-01", department, source=source, workstreams=(workstream,), topics=(topic,))
    propose(campaign, source)


def propose(campaign: Campaign, source: Source) -> None:
    payload = {"title": SECRET}
    Proposal.everything.create(
        campaign=campaign, source=source, identity=uuid.uuid4().hex, payload=payload, proposed_at=NOW
    )


def retract_everything_secret(campaign: Campaign, department: Department) -> None:
    """In a public campaign: what was taken back, and public things that point to it."""
    out = {"state": "retracted"}
    gone = make_milestone(campaign, f"{SECRET}-gone", "2023-01-02", department, title={"en": SECRET}, **out)
    gone.citations.add(hidden()["citation"])
    make_statement("when", "2023-01-02", milestone=gone, as_said=SECRET, **hidden())  # itself not retracted
    kept = make_milestone(campaign, "kept", "2023-01-03", department)
    taken_back = make_statement("when", "2023-01-04", milestone=kept, as_said=SECRET, **out, **hidden())
    anchored = make_statement("when", "2023-01-03", milestone=kept, anchor_milestone=gone, anchor_property="when")
    anchored.derived_from.add(taken_back)
    lost = make_figure(campaign, f"{SECRET}-lost", 5, as_said=SECRET, **out, **hidden())
    make_figure(campaign, "part", 2, parent=lost, milestone=gone)
    make_figure(campaign, "again", 5, confirms=lost)
    clash = make_disagreement(campaign, "clash", gone, kept)
    clash.statements.add(taken_back)
    clash.figures.add(lost)
    update = make_update(campaign, SECRET, "2023-01-05", **out)
    story = Story.everything.create(campaign=campaign, uid=uuid.uuid4())
    Membership.everything.create(update=update, story=story, reason=SECRET, decided_by=SECRET)
    kept.stories.add(story)
    propose(campaign, make_source(campaign, "feed", error=SECRET, lease=uuid.uuid4(), lease_until=NOW, etag=SECRET))
    make_change("milestone", "kept", campaign=campaign.slug, by=SECRET, why=SECRET)


def every_path() -> list[str]:
    """Every address of the API, for both campaigns and for the things in them."""
    found = []
    for name, routes in get_resolver("timeline.api.urls").reverse_dict.lists():
        if not isinstance(name, str) or name in ("nothing", "docs"):
            continue
        form = routes[0][0][0][0]
        for slug in ("open", "closed"):
            for uid in ("kept", f"{SECRET}-gone", f"{SECRET}-event"):
                found.append(form % {"slug": slug, "uid": uid} if "%(" in form else form)
    return sorted({path.removeprefix("v1/") for path in found})


def test_nothing_hidden_is_in_any_answer(api: Any) -> None:
    department = make_department("police", "The police")
    draft = make_campaign("closed", state="draft", title={"en": SECRET}, summary={"en": SECRET})
    fill_with_secrets(draft, department)
    join(draft, department)
    public = make_campaign("open")
    join(public, department, "lead")
    retract_everything_secret(public, department)
    FormerSlug.everything.create(slug=f"was-{SECRET}", campaign=draft)

    paths = every_path()
    answers = {path: api(path) for path in [*paths, f"campaigns/was-{SECRET}/", "milestones/?campaign=closed"]}

    assert len(paths) > 30
    assert [path for path, answer in answers.items() if SECRET in answer.content.decode().replace(path, "")] == []
    assert [path for path, answer in answers.items() if "closed" in path and answer.status_code == 200] == []
    assert answers["campaigns/open/milestones/"].json()["count"] == 1
    assert answers["campaigns/open/figures/"].json()["count"] == 2
    assert answers["documents/"].json()["results"] == []
    assert answers["campaigns/open/"].json()["counts"]["milestones"] == 1


def test_what_points_to_something_hidden_says_nothing_of_it(api: Any) -> None:
    public = make_campaign("open")
    retract_everything_secret(public, make_department("police"))

    milestone = api("campaigns/open/milestones/kept/").json()
    figures = {row["uid"]: row for row in api("campaigns/open/figures/").json()["results"]}
    clash = api("campaigns/open/disagreements/").json()["results"][0]

    assert [(said["anchor"], said["derived_from"]) for said in milestone["statements"]] == [(None, [])]
    assert milestone["updates"] == []
    assert (figures["part"]["parent"], figures["part"]["milestone"], figures["again"]["confirms"]) == (None, None, None)
    assert (clash["milestones"], clash["statements"], clash["figures"]) == (["kept"], [], [])


def test_a_document_that_must_not_be_linked_is_named_without_its_address(api: Any) -> None:
    campaign = make_campaign("open")
    barred = make_document("barred", publisher="The Mirror", url=SPELLINGS[0], do_not_link=True)
    citation = make_citation(barred, quote="As it was said.")
    milestone = make_milestone(campaign, "event", "2023-01-01", citations=(citation,))
    make_statement("when", "2023-01-01", milestone=milestone, citation=citation).also_cited.add(citation)
    make_figure(campaign, "figure", 5, citation=citation)
    for number, url in enumerate(SPELLINGS):
        make_update(campaign, "Copied", "2023-01-01", url=url)
        make_source(campaign, f"feed-{number}", url=url)

    answers = {path: api(path).content.decode() for path in every_path()}
    found = api("documents/").json()["results"][0]

    assert [path for path, body in answers.items() if "spam.example" in body.lower()] == []
    assert (found["publisher"], found["url"], found["do_not_link"]) == ("The Mirror", None, True)
    for noun in ("updates/", "sources/"):
        assert [row["url"] for row in api(noun).json()["results"]] == [None] * len(SPELLINGS)


@pytest.mark.parametrize("rest", ["", "milestones/", "timeline/", "figure/", "timeline.csv", "milestones/event/"])
def test_a_former_name_of_a_campaign_leads_to_its_present_one(rest: str, api: Any) -> None:
    campaign = make_campaign("now")
    FormerSlug.everything.create(slug="once", campaign=campaign)

    response = api(f"campaigns/once/{rest}?lang=en")

    assert response.status_code == 308
    assert response["Location"] == f"http://testserver/api/v1/campaigns/now/{rest}?lang=en"


def test_a_missing_last_slash_is_put_right(api: Any) -> None:
    make_campaign("now")

    response = api("campaigns/now?lang=en")

    assert response.status_code == 308
    assert response["Location"] == "http://testserver/api/v1/campaigns/now/?lang=en"
