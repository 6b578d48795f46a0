"""The description at /api/v1/schema/ is whole, and the answers keep to it whatever is asked."""

import io
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework.throttling import AnonRateThrottle
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.api.test_public import every_path
from tests.api.test_statements_per_request import add
from tests.builders import make_campaign

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
EXAMPLES = 3


@pytest.fixture
def through_wsgi(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real WSGI application inside the test's transaction, for somebody who asks very often.

    Between requests Django drops a connection that is in a transaction; its own test client prevents that likewise.
    """
    monkeypatch.setattr(AnonRateThrottle, "rate", "100000/min", raising=False)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def filled(db: None) -> None:
    """A campaign with one of everything, so that no answer is empty."""
    add(make_campaign("one"), 1)


def described(api: Any) -> dict[str, Any]:
    description: dict[str, Any] = api("schema/").json()
    return description


def test_the_description_is_made_without_a_warning() -> None:
    out = io.StringIO()

    call_command("spectacular", "--fail-on-warn", "--validate", "--format", "openapi-json", stdout=out)

    assert json.loads(out.getvalue())["openapi"].startswith("3.1")


def test_every_address_that_is_no_description_is_described(api: Any) -> None:
    plain = {path.replace("{slug}", "open").replace("{uid}", "kept") for path in described(api)["paths"]}

    assert plain == {f"/api/v1/{path}" for path in every_path() if "xyzzy" not in path and "closed" not in path} - {
        "/api/v1/schema/"
    }


def test_every_reference_in_the_description_leads_somewhere(api: Any) -> None:
    description = described(api)
    known = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}

    text = json.dumps(description)

    assert {part.split('"')[0] for part in text.split('"$ref": "')[1:]} <= known


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("campaigns/one/", "Campaign"),
        ("campaigns/one/milestones/m1/", "Milestone"),
        ("departments/d1-one/", "Department"),
        ("campaigns/one/timeline/", "TimelineView"),
    ],
)
def test_an_answer_has_the_fields_that_are_declared_and_no_other(path: str, shape: str, api: Any, filled: None) -> None:
    schemas = described(api)["components"]["schemas"]
    closed = {name: schema | {"additionalProperties": False} for name, schema in schemas.items()}

    body = api(path).json()

    jsonschema.validate(body, {"$ref": f"#/components/schemas/{shape}", "components": {"schemas": closed}})


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("slug", [None, "one"])
def test_whatever_is_asked_the_answer_is_as_described(
    mode: GenerationMode, slug: str | None, filled: None, through_wsgi: None
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())

    for found in schema.get_all_operations():
        operation = found.ok()
        if slug and "{slug}" not in operation.path:
            continue

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            if slug:
                case.path_parameters["slug"] = slug
            case.call_and_validate(checks=CHECKS)

        ask()
