"""Addresses that stay valid: a renamed campaign is found under its old name, a draft by editors only."""

import pytest
from django.test import Client

from tests.builders import make_campaign, make_milestone
from tests.web.conftest import Cast
from timeline.models import FormerSlug

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rest", ["", "figures/", "milestones/first/"])
def test_a_former_address_leads_to_the_new_one_with_its_query(rest: str) -> None:
    campaign = make_campaign("sweep")
    make_milestone(campaign, "first", "2023-02-16")
    FormerSlug.everything.create(campaign=campaign, slug="broom")

    answer = Client().get(f"/campaigns/broom/{rest}?kind=result")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"/campaigns/sweep/{rest}?kind=result")


def test_a_draft_is_seen_by_those_who_edit_it(cast: Cast) -> None:
    make_campaign("draft-sweep", state="draft")

    seen = {name: client.get("/campaigns/draft-sweep/").status_code for name, client in cast.items()}

    assert seen == {"anonymous": 404, "outsider": 404, "editor": 200, "owner": 200}


def test_only_editors_are_offered_to_edit(cast: Cast) -> None:
    make_milestone(make_campaign("sweep"), "first", "2023-02-16")

    offered = {name: b"/milestones/new/" in client.get("/campaigns/sweep/").content for name, client in cast.items()}

    assert offered == {"anonymous": False, "outsider": False, "editor": True, "owner": True}


def test_an_empty_campaign_teaches_the_next_step(cast: Cast) -> None:
    make_campaign("sweep")

    html = cast["editor"].get("/campaigns/sweep/").content.decode()

    assert "Enter the first milestone" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_campaigns_asks_as_much_for_three_as_for_one(
    rows: int, django_assert_max_num_queries: object
) -> None:
    for n in range(rows):
        make_milestone(make_campaign(f"sweep-{n}"), f"m{n}", "2023-02-16")

    with django_assert_max_num_queries(10):  # type: ignore[operator]
        answer = Client().get("/")

    assert answer.content.count(b"campaign-line") == rows


@pytest.mark.parametrize("rest", ["edit/", "milestones/new/", "milestones/first/edit/", "phases/new/"])
def test_an_editing_page_of_a_former_address_leads_to_the_new_one(cast: Cast, rest: str) -> None:
    campaign = make_campaign("sweep")
    make_milestone(campaign, "first", "2023-02-16")
    FormerSlug.everything.create(campaign=campaign, slug="broom")

    answer = cast["editor"].get(f"/zh-hans/campaigns/broom/{rest}?x=1")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"/zh-hans/campaigns/sweep/{rest}?x=1")


def test_what_is_typed_while_the_campaign_is_renamed_is_sent_on(cast: Cast) -> None:
    campaign = make_campaign("sweep")
    milestone = make_milestone(campaign, "first", "2023-02-16")
    FormerSlug.everything.create(campaign=campaign, slug="broom")

    answer = cast["editor"].post(
        "/campaigns/broom/milestones/first/take-back/", {"version": "1", "why": "Wrong."}, follow=True
    )

    milestone.refresh_from_db()
    assert answer.redirect_chain[0] == (
        "/campaigns/sweep/milestones/first/take-back/",
        308,
    )
    assert milestone.state == "retracted"


def test_an_editing_page_of_no_campaign_is_not_found(cast: Cast) -> None:
    make_campaign("sweep")

    missing = ("/campaigns/broom/edit/", "/campaigns/sweep/milestones/none/edit/", "/departments/none/edit/")

    assert [cast["editor"].get(address).status_code for address in missing] == [404, 404, 404]
