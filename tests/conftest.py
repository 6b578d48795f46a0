"""What every test may use: a fixed cast of users, and the browser's options."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.fixtures_campaign import campaign_to_read, real_campaign  # noqa: F401 - fixtures for every test

CHROMIUM_ARGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """$CHROMIUM, else an installed Chromium, else Playwright's own; root has no sandbox."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    args = CHROMIUM_ARGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    return {**browser_type_launch_args, "args": args, **({"executable_path": found} if found else {})}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django's own; a connection that a stopped process has not closed yet must not keep the database."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _user(name: str, *, editor: bool) -> Any:
    from django.contrib.auth.models import Group, User

    from timeline.editorial.permissions import EDITORS

    user = User.objects.create_user(name, password=f"{name}-s-long-password")
    if editor:
        user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    return user


@pytest.fixture
def alice(db: None) -> Any:
    """An editor."""
    return _user("alice", editor=True)


@pytest.fixture
def bob(db: None) -> Any:
    """Another editor."""
    return _user("bob", editor=True)


@pytest.fixture
def charlie(db: None) -> Any:
    """Someone with an account and no role: the outsider."""
    return _user("charlie", editor=False)
