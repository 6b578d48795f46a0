"""A visitor who has the page is told so from one number; nobody keeps an editor's page."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tests.builders import make_campaign, make_milestone, make_source
from tests.web.conftest import Cast
from timeline.editorial.milestones import retract_milestone
from timeline.editorial.permissions import SYSTEM
from timeline.models import Campaign, Milestone

pytestmark = pytest.mark.django_db
PAGES = ("", "figures/", "disagreements/", "milestones/first/")


@pytest.fixture
def sweep() -> Campaign:
    campaign = make_campaign("sweep")
    make_milestone(campaign, "first", "2023-02-16")
    return campaign


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_is_still_right_is_not_drawn_again(
    sweep: Campaign, page: str, django_assert_num_queries: Any
) -> None:
    first = Client().get(f"/campaigns/sweep/{page}")

    with django_assert_num_queries(1):
        again = Client().get(f"/campaigns/sweep/{page}", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]


def test_a_write_gives_the_page_another_etag(sweep: Campaign) -> None:
    first = Client().get("/campaigns/sweep/")
    milestone = Milestone.everything.get(uid="first")

    retract_milestone(milestone=milestone, version=1, by=SYSTEM, now=datetime(2024, 1, 1, tzinfo=UTC), why="test")
    again = Client().get("/campaigns/sweep/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_an_answer_of_a_source_gives_the_page_another_etag(sweep: Campaign) -> None:
    first = Client().get("/campaigns/sweep/")
    make_source(sweep, last_success_at=datetime(2024, 1, 1, tzinfo=UTC))

    assert Client().get("/campaigns/sweep/")["ETag"] != first["ETag"]


def test_each_language_has_its_etag(sweep: Campaign) -> None:
    assert Client().get("/campaigns/sweep/")["ETag"] != Client().get("/zh-hans/campaigns/sweep/")["ETag"]


def test_a_page_for_somebody_signed_in_is_kept_by_nobody(sweep: Campaign, cast: Cast) -> None:
    answer = cast["editor"].get("/campaigns/sweep/")

    assert answer["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer["Vary"]


def test_a_draft_confirms_nothing_to_a_visitor() -> None:
    make_campaign("secret", state="draft")

    assert Client().get("/campaigns/secret/", headers={"If-None-Match": "*"}).status_code == 404
