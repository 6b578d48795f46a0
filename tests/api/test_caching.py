"""ETag and 304: one number, the day, the language; nothing is read to say "still right" but that number."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import make_campaign, make_change, make_milestone, make_source
from timeline.api import base
from timeline.editorial.permissions import SYSTEM
from timeline.editorial.record import writing
from timeline.models import Source

SCOPED = ["", "milestones/", "figures/", "documents/", "timeline/", "figure/", "timeline.csv"]


def at(monkeypatch: pytest.MonkeyPatch, *moment: int) -> None:
    monkeypatch.setattr(base.timezone, "now", lambda: datetime(*moment, tzinfo=UTC))  # type: ignore[arg-type,misc]


@pytest.mark.parametrize("path", SCOPED)
def test_what_is_still_right_is_answered_with_304_and_one_statement(path: str, api: Any) -> None:
    make_campaign("sweep")
    first = api(f"campaigns/sweep/{path}")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = api(f"campaigns/sweep/{path}", if_none_match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"] == "public, no-cache"
    assert again["Vary"] == first["Vary"]
    assert len(asked) == 1


@pytest.mark.parametrize("path", ["", "campaigns/", "milestones/", "departments/"])
def test_lists_over_all_campaigns_confirm_with_one_statement(path: str, api: Any) -> None:
    first = api(path)

    with CaptureQueriesContext(connection) as asked:
        again = api(path, if_none_match=f'"other", {first["ETag"]}')

    assert again.status_code == 304
    assert len(asked) == 1


@pytest.mark.parametrize("path", ["campaigns/sweep/milestones/", "campaigns/sweep/timeline/", "milestones/"])
def test_a_write_changes_the_tag(path: str, api: Any) -> None:
    campaign = make_campaign("sweep")
    before = api(path)["ETag"]

    with writing(by=SYSTEM, now=datetime(2023, 1, 1, tzinfo=UTC)) as record:
        record.note("create", make_milestone(campaign, "first", "2023-01-01"), campaign=campaign)
    after = api(path, if_none_match=before)

    assert after.status_code == 200
    assert after["ETag"] != before


def test_the_day_in_the_campaigns_zone_changes_the_tag(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_campaign("sweep", timezone="Asia/Shanghai")
    at(monkeypatch, 2023, 3, 1, 15, 59)
    before = api("campaigns/sweep/timeline/")["ETag"]

    at(monkeypatch, 2023, 3, 1, 16, 1)  # the 2nd of March in Shanghai
    after = api("campaigns/sweep/timeline/", if_none_match=before)

    assert after.status_code == 200
    assert after.json()["today"] == "2023-03-02"


def test_the_language_changes_the_tag(api: Any) -> None:
    make_campaign("sweep")
    english = api("campaigns/sweep/timeline/")

    chinese = api("campaigns/sweep/timeline/", if_none_match=english["ETag"], accept_language="zh-CN,zh;q=0.9")

    assert chinese.status_code == 200
    assert chinese.json()["head"]["title"] == {"text": "清扫行动", "language": "zh-Hans"}
    assert chinese["Content-Language"] == "zh-Hans"
    assert "Accept-Language" in chinese["Vary"]


def test_a_language_in_the_address_goes_before_the_browsers(api: Any) -> None:
    make_campaign("sweep")

    response = api("campaigns/sweep/timeline/", {"lang": "zh-Hans"}, accept_language="en")

    assert response.json()["language"] == "zh-Hans"


def test_a_cookie_does_not_choose_the_language_of_a_shared_answer(client: Any, db: None) -> None:
    make_campaign("sweep")
    client.cookies["django_language"] = "zh-hans"

    response = client.get("/api/v1/campaigns/sweep/timeline/")

    assert response.json()["language"] == "en"
    assert "Cookie" not in response["Vary"]


def test_a_fetch_changes_the_tag_of_sources_although_it_records_no_change(api: Any) -> None:
    make_source(make_campaign("sweep"))
    before = api("campaigns/sweep/sources/")["ETag"]

    Source.everything.update(last_attempt_at=datetime(2023, 1, 1, tzinfo=UTC))

    assert api("campaigns/sweep/sources/", if_none_match=before).status_code == 200


def test_any_origin_may_read(api: Any) -> None:
    make_campaign("sweep")

    response = api("campaigns/sweep/", origin="https://elsewhere.example")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "ETag" in response["Access-Control-Expose-Headers"]


def test_a_browser_may_ask_before_it_sends_a_tag(client: Any, db: None) -> None:
    response = client.options("/api/v1/campaigns/")

    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_head_answers_like_get_without_a_body(client: Any, db: None) -> None:
    make_change("campaign", "sweep")

    response = client.head("/api/v1/campaigns/")

    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == client.get("/api/v1/campaigns/")["ETag"]
