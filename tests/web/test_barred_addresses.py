"""An address that must not be linked is on no page and in no file, however those who bring it spell it."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import make_citation, make_document, make_milestone, make_source, make_story, make_update
from tests.spellings import SPELLINGS
from timeline.models import Campaign, Citation, Document, Milestone, Proposal

HOST = "spam.example"
PATHS = (
    "/campaigns/sweep/",
    "/campaigns/sweep/milestones/raid/",
    "/campaigns/sweep/updates/",
    "/updates/",
    "/sources/",
    "/search/?q=copied",
    "/api/v1/campaigns/sweep/timeline/",
    "/api/v1/campaigns/sweep/timeline.csv",
    "/api/v1/campaigns/sweep/milestones/raid/",
    "/api/v1/documents/",
    "/api/v1/updates/",
    "/api/v1/sources/",
)


@pytest.fixture
def barred(sweep: Campaign) -> Document:
    return make_document("mirror", publisher="The Mirror", url=SPELLINGS[0], do_not_link=True)


@pytest.fixture
def raid(sweep: Campaign, barred: Document) -> Milestone:
    return make_milestone(sweep, "raid", "2023-02", citations=(make_citation(barred),))


def propose(campaign: Campaign, url: str, number: int) -> Proposal:
    return Proposal.everything.create(
        campaign=campaign,
        source=make_source(campaign, f"feed-{number}"),
        identity=str(number),
        payload={"identity": str(number), "title": "Copied", "url": url, "published_on": "2023-02-16"},
        proposed_at=timezone.now(),
    )


def test_updates_and_sources_with_the_address_are_named_without_it(sweep: Campaign, raid: Milestone) -> None:
    for number, url in enumerate(SPELLINGS):
        make_story(sweep, make_update(sweep, "Copied", "2023-02", url=url), raid)
        make_source(sweep, f"feed-{number}", url=url)

    pages = {path: Client().get(path) for path in PATHS}

    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    assert [path for path, page in pages.items() if HOST in page.content.decode().lower()] == []
    assert pages["/updates/"].content.decode().count("Copied") == len(SPELLINGS)


@pytest.mark.parametrize("url", SPELLINGS)
def test_a_milestone_that_cites_it_names_the_document_that_is_there(
    editor: Client, sweep: Campaign, barred: Document, url: str
) -> None:
    police = sweep.participations.get(role="lead").department_id
    given = {"title_en": "Raid", "when": "2023-02", "aspect": "actual", "kind": "meeting", "departments": [str(police)]}
    editor.post("/campaigns/sweep/milestones/new/", given | {"cited": "source", "url": url, "quote": "They met."})
    uid = Milestone.everything.get().uid
    pages = "".join(Client().get(path).content.decode() for path in (*PATHS[:1], f"/campaigns/sweep/milestones/{uid}/"))

    assert set(Citation.everything.values_list("document__uid", flat=True)) == {"mirror"}
    assert "The Mirror" in pages
    assert HOST not in pages.lower()


def test_the_review_page_warns_of_it_and_does_not_link_it(editor: Client, sweep: Campaign, barred: Document) -> None:
    for number, url in enumerate(SPELLINGS):
        propose(sweep, url, number)
    propose(sweep, "https://sound.example/page?id=1", 99)

    page = editor.get("/review/").content.decode()

    assert HOST not in page.lower()
    assert 'href="https://sound.example/page?id=1"' in page
    assert page.count("Its address must not be linked.") == len(SPELLINGS)


def test_what_is_accepted_with_it_is_not_linked(editor: Client, sweep: Campaign, barred: Document) -> None:
    keys = [propose(sweep, url, number).pk for number, url in enumerate(SPELLINGS)]

    editor.post("/review/", {"do": "accept", "proposals": keys})

    found = json.loads(Client().get("/api/v1/updates/").content)["results"]
    assert [(row["url"], row["do_not_link"]) for row in found] == [(None, True)] * len(SPELLINGS)
    assert HOST not in Client().get("/campaigns/sweep/updates/").content.decode().lower()
