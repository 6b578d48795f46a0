"""A client that reads as strangers do, and a small public campaign beside things that nobody may see."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.fixtures_campaign import real_campaign

__all__ = ["real_campaign"]


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    """The throttle counts in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def api(db: None) -> Any:
    """GET below /api/v1/; 500s come as answers, as in production."""
    client = Client(raise_request_exception=False)

    def get(path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return client.get(f"/api/v1/{path}", query or {}, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return get
