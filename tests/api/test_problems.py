"""Errors are problem details (RFC 9457), whatever goes wrong and wherever below /api/."""

from typing import Any

import pytest
from django.test import Client, override_settings
from rest_framework.throttling import AnonRateThrottle

from tests.builders import make_campaign
from timeline.api import reads

MEMBERS = {"type", "title", "status", "detail", "instance", "code", "errors"}


def problem(response: Any, status: int) -> dict[str, Any]:
    """The body, after checking what all problems have in common."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    body: dict[str, Any] = response.json()
    assert set(body) == MEMBERS
    assert body["status"] == status
    assert body["detail"]
    return body


@pytest.mark.parametrize("path", ["", "v2/", "v1/nothing/", "v1/campaigns/a/b/c/", "v1/campaigns/%00/", "v1/%ed%a0%80"])
def test_unknown_addresses_below_api_are_problems(path: str, client: Client) -> None:
    body = problem(client.get(f"/api/{path}"), 404)

    assert body["title"] == "Not Found"


@pytest.mark.parametrize(
    "path", ["campaigns/none/", "campaigns/none/milestones/", "campaigns/none/timeline/", "departments/none/"]
)
def test_unknown_things_are_problems(path: str, api: Any) -> None:
    body = problem(api(path), 404)

    assert body["instance"] == f"/api/v1/{path}"
    assert body["code"] == "not_found"


@pytest.mark.parametrize("path", ["", "campaigns/", "milestones/", "nothing/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(method: str, path: str, client: Client, db: None) -> None:
    response = getattr(client, method)(f"/api/v1/{path}", data=b"\x00", content_type="application/json")

    problem(response, 404 if path == "nothing/" else 405)


def test_another_form_than_json_is_refused(api: Any) -> None:
    problem(api("campaigns/", accept="text/html"), 406)


@pytest.mark.parametrize(
    ("path", "parameter", "value"),
    [
        ("campaigns/", "colour", "red"),
        ("campaigns/", "page_size", "0"),
        ("campaigns/", "page_size", "201"),
        ("campaigns/", "page_size", "9" * 900),
        ("campaigns/", "page_size", "٣"),
        ("campaigns/", "page_size", "\x00"),
        ("campaigns/", "lang", "fr"),
        ("campaigns/", "cursor", "nonsense"),
        ("campaigns/", "cursor", "é\ud800"),
        ("figures/", "cursor", "cD1hYmM="),  # p=abc
        ("milestones/", "cursor", "cD0lMDA="),  # p=%00
        ("figures/", "cursor", "cD0xZTk5OTk="),  # p=1e9999
        ("milestones/", "campaign", "none"),
        ("milestones/", "campaign", "\x00"),
        ("campaigns/sweep/timeline/", "kind", "party"),
        ("campaigns/sweep/timeline/", "department", "none"),
        ("campaigns/sweep/timeline/", "topic", "none"),
        ("campaigns/sweep/timeline/", "workstream", "none"),
        ("campaigns/sweep/timeline/", "since", "yesterday"),
        ("campaigns/sweep/timeline/", "since", "../2023"),
        ("campaigns/sweep/timeline/", "until", "99999999999999999999-01"),
        ("campaigns/sweep/timeline/", "q", "\x00"),
        ("campaigns/sweep/timeline/", "q", "x" * 5000),
        ("campaigns/sweep/timeline/", "group", "colours"),
        ("campaigns/sweep/timeline/", "page_size", "5"),
        ("campaigns/sweep/figure/", "chart", "pie"),
        ("campaigns/sweep/figure/", "theme", "pink"),
    ],
)
def test_a_parameter_that_is_not_understood_is_named(path: str, parameter: str, value: str, api: Any) -> None:
    make_campaign("sweep")

    body = problem(api(path, {parameter: value.encode("utf-8", "surrogatepass")}), 400)

    assert [wrong["parameter"] for wrong in body["errors"]] == [parameter]


def test_a_parameter_given_twice_is_refused(api: Any) -> None:
    body = problem(api("campaigns/", {"lang": ["en", "zh-Hans"]}), 400)

    assert body["errors"][0]["parameter"] == "lang"


def test_more_parameters_than_can_be_read_are_refused(client: Client, db: None) -> None:
    problem(client.get("/api/v1/campaigns/?" + "&".join(f"a{n}=1" for n in range(1100))), 400)


def test_a_parameter_with_an_unreadable_name_is_refused(client: Client, db: None) -> None:
    problem(client.get("/api/v1/campaigns/?%00%ff=1"), 400)


def test_a_failure_says_nothing_of_our_insides(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(reads, "last_change", broken)

    body = problem(api("campaigns/"), 500)

    assert "secret" not in str(body)


def test_who_asks_too_often_is_told_when_to_return(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnonRateThrottle, "rate", "2/min", raising=False)

    api("campaigns/")
    api("campaigns/")
    response = api("campaigns/")

    problem(response, 429)
    assert 0 < int(response["Retry-After"]) <= 60


@override_settings(LANGUAGE_CODE="en")
def test_errors_are_in_the_language_asked_for(api: Any) -> None:
    assert api("campaigns/none/", {"lang": "zh-Hans"})["Content-Language"] == "zh-Hans"


@pytest.mark.parametrize("query", ["kind=nope", "since=2024&until=2023", "since=soon"])
def test_what_is_wrong_with_a_filter_is_said_in_the_language_asked_for(query: str, api: Any) -> None:
    make_campaign("sweep")

    detail = problem(api(f"campaigns/sweep/timeline/?{query}&lang=zh-Hans"), 400)["detail"]

    assert any("\u4e00" <= sign <= "\u9fff" for sign in detail), detail
