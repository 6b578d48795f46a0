"""Pages: every row exactly once, in order, whatever stands at the seams."""

from typing import Any

import pytest

from tests.builders import make_campaign, make_department, make_figure, make_milestone, make_phase, make_update


def walk(client: Any, path: str, *, by: str = "next") -> list[list[dict[str, Any]]]:
    """The pages from `path` on, following the links."""
    pages = []
    link = path
    while link:
        body = client.get(link).json()
        pages.append(body["results"])
        link = body[by]
    return pages


@pytest.mark.parametrize("size", [1, 2, 3, 7, 200])
def test_each_milestone_comes_once_where_dates_are_equal_or_unknown(size: int, client: Any, db: None) -> None:
    campaign = make_campaign("sweep")
    dates = ["2023-02", "", "2023-02-01", "2023-02-01", "2023-02-01", "", "../2023-02-01", "2022-12-31", ""]
    for number, when in enumerate(dates):
        make_milestone(campaign, f"m{number}", when)

    pages = walk(client, f"/api/v1/campaigns/sweep/milestones/?page_size={size}")

    found = [row["uid"] for page in pages for row in page]
    assert found == ["m7", "m0", "m2", "m3", "m4", "m6", "m1", "m5", "m8"]
    assert all(len(page) == size for page in pages[:-1])


def test_the_way_back_shows_the_same_pages(client: Any, db: None) -> None:
    campaign = make_campaign("sweep")
    for number in range(7):
        make_milestone(campaign, f"m{number}", "2023-02-01")
    there = walk(client, "/api/v1/milestones/?page_size=2")
    last = "/api/v1/milestones/?page_size=2"
    while following := client.get(last).json()["next"]:
        last = following

    back = walk(client, last, by="previous")

    assert sorted(row["uid"] for page in back for row in page) == [row["uid"] for page in there for row in page]


def test_what_is_added_between_two_pages_moves_nothing(client: Any, db: None) -> None:
    campaign = make_campaign("sweep")
    for number in range(4):
        make_milestone(campaign, f"m{number}", "2023-02-01")
    first = client.get("/api/v1/milestones/?page_size=2").json()

    make_milestone(campaign, "new", "2023-01-01")
    second = client.get(first["next"]).json()

    assert [row["uid"] for row in first["results"] + second["results"]] == ["m0", "m1", "m2", "m3"]


def test_every_page_tells_the_count_of_all(client: Any, db: None) -> None:
    for number in range(3):
        make_department(f"d{number}")

    body = client.get("/api/v1/departments/?page_size=2").json()

    assert set(body) == {"count", "next", "previous", "results"}
    assert (body["count"], len(body["results"]), body["previous"]) == (3, 2, None)


def test_the_last_accepted_update_comes_first(client: Any, db: None) -> None:
    campaign = make_campaign("sweep")
    for number in range(3):
        make_update(campaign, f"u{number}", "2023-02-01")

    pages = walk(client, "/api/v1/updates/?page_size=2")

    assert [row["title"] for page in pages for row in page] == ["u2", "u1", "u0"]


def test_phases_keep_the_order_that_an_editor_gave_them(client: Any, db: None) -> None:
    campaign = make_campaign("sweep")
    for position, uid in ((10, "third"), (2, "second"), (1, "first")):
        make_phase(campaign, uid, position=position)

    pages = walk(client, "/api/v1/campaigns/sweep/phases/?page_size=1")

    assert [row["uid"] for page in pages for row in page] == ["first", "second", "third"]


def test_a_list_over_all_campaigns_is_narrowed_by_name(client: Any, db: None) -> None:
    for slug in ("one", "two"):
        make_figure(make_campaign(slug), f"figure-of-{slug}", 7)

    body = client.get("/api/v1/figures/?campaign=two").json()

    assert [row["uid"] for row in body["results"]] == ["figure-of-two"]
