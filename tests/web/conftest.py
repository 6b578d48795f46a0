"""A campaign with two departments to edit, and browsers of the whole cast."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation

from tests.builders import make_campaign, make_department
from timeline.models import Campaign, Department

Cast = dict[str, Client]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A password that takes long to guess takes long to set, four times a test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def language_of_nobody() -> Iterator[None]:
    """A request leaves its language to the thread; the next test starts without one."""
    yield
    translation.deactivate()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def editor(alice: User) -> Client:
    return signed_in(alice)


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_superuser("olga", password="olga-s-long-password")


@pytest.fixture
def cast(alice: User, charlie: User, owner: User) -> Cast:
    """Anonymous, the outsider, an editor, an owner."""
    return {
        "anonymous": Client(),
        "outsider": signed_in(charlie),
        "editor": signed_in(alice),
        "owner": signed_in(owner),
    }


@pytest.fixture
def police(db: None) -> Department:
    return make_department("mps", "Ministry of Public Security", zh="公安部")


@pytest.fixture
def court(db: None) -> Department:
    return make_department("spc", "Supreme People's Court")


@pytest.fixture
def sweep(police: Department, court: Department) -> Campaign:
    campaign = make_campaign("sweep")
    campaign.participations.create(department=police, role="lead", position=0)
    campaign.participations.create(department=court, role="joint", position=1)
    return campaign
