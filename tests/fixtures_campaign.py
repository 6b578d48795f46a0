"""The shipped campaign in the test database.

`real_campaign` is loaded inside the test's own transaction; `campaign_to_read` once for a whole module whose tests
only read (and that uses no `db` fixture besides, because that would close the connection in between).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CAMPAIGN_FILE = Path(__file__).parents[1] / "timeline" / "data" / "campaigns" / "2022-internet-organised-crime.json"
LOADED_AT = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


@cache
def shipped() -> dict[str, Any]:
    """The checked data of the shipped file; a test that changes it works on a copy."""
    from timeline.editorial.campaign_file import read

    return read(CAMPAIGN_FILE.read_text(encoding="utf-8"))


@pytest.fixture
def real_campaign(db: None) -> Any:
    """The shipped campaign, as `manage.py load_campaign` leaves it in an empty database."""
    from timeline.editorial.campaign_file import load
    from timeline.editorial.permissions import SYSTEM
    from timeline.models import Campaign

    loaded = load(data=shipped(), by=SYSTEM, now=LOADED_AT)
    return Campaign.everything.get(slug=loaded.slug)


@pytest.fixture(scope="module")
def campaign_to_read(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The shipped campaign for tests that only read; taken away again after the last test of the module."""
    from django.db import transaction

    from timeline.editorial.campaign_file import load
    from timeline.editorial.permissions import SYSTEM
    from timeline.models import Campaign

    with django_db_blocker.unblock(), transaction.atomic():
        loaded = load(data=shipped(), by=SYSTEM, now=LOADED_AT)
        yield Campaign.everything.get(slug=loaded.slug)
        transaction.set_rollback(True)
