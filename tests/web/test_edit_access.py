"""Who gets where: every editing address against the whole cast."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import make_phase, make_source, make_statement, make_update, make_workstream
from tests.web.conftest import Cast
from timeline.models import Campaign, Change, Milestone
from timeline.web.urls_edit import urlpatterns

PUBLIC = {"login", "password_forgotten"}
ANY_ACCOUNT = {"password", "password_changed"}
POSTED = {"logout", "campaign_turn", "source_fetch", "source_turn"}
NAMES = [pattern.name for pattern in urlpatterns if pattern.name]
EDITING = [name for name in NAMES if name not in PUBLIC | ANY_ACCOUNT | {"logout"}]


@pytest.fixture
def addresses(sweep: Campaign) -> dict[str, str]:
    Milestone.everything.create(campaign=sweep, uid="m", kind="meeting", title={"en": "A meeting"})
    make_phase(sweep, "p")
    make_workstream(sweep, "w")
    make_source(sweep, uid="s")
    statement, update = make_statement("start", "2023", campaign=sweep), make_update(sweep, "An update")
    parts = {"milestone": "m", "phase": "p", "workstream": "w", "source": "s"}
    parts |= {"statement": str(statement.uid), "update": str(update.uid)}
    found = {}
    for pattern in urlpatterns:
        takes = pattern.pattern.converters
        options = {"slug": "mps" if "department" in str(pattern.name) else "sweep"} if "slug" in takes else {}
        if "participations" in str(pattern.name):
            options = {"slug": "sweep"}
        noun = next((noun for noun in parts if str(pattern.name).startswith(noun)), "")
        found[str(pattern.name)] = reverse(
            str(pattern.name), kwargs=options | ({"uid": parts[noun]} if "uid" in takes else {})
        )
    return found


def ask(client: Client, name: str, address: str) -> int:
    answer = client.post(address) if name in POSTED else client.get(address)
    if answer.status_code == 302 and answer["Location"].startswith("/sign-in/"):
        return 401
    return 200 if answer.status_code == 302 else answer.status_code


@pytest.mark.parametrize("name", EDITING)
def test_editing_is_for_editors_and_owners(name: str, cast: Cast, addresses: dict[str, str]) -> None:
    seen = {who: ask(client, name, addresses[name]) for who, client in cast.items()}

    assert seen == {"anonymous": 401, "outsider": 403, "editor": 200, "owner": 200}


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_signing_in_is_for_everybody(name: str, cast: Cast, addresses: dict[str, str]) -> None:
    assert {ask(client, name, addresses[name]) for client in cast.values()} == {200}


@pytest.mark.parametrize("name", sorted(ANY_ACCOUNT))
def test_a_password_is_changed_by_whoever_is_signed_in(name: str, cast: Cast, addresses: dict[str, str]) -> None:
    seen = {who: ask(client, name, addresses[name]) for who, client in cast.items()}

    assert seen == {"anonymous": 401, "outsider": 200, "editor": 200, "owner": 200}


@pytest.mark.parametrize("who", ["anonymous", "outsider"])
@pytest.mark.parametrize("name", [name for name in EDITING if name != "phrase"])
def test_nobody_else_writes(name: str, who: str, cast: Cast, addresses: dict[str, str]) -> None:
    answers = {"to": "draft", "do": "accept", "verdict": "retracted", "kind": "abolition", "on": "2023"}

    cast[who].post(addresses[name], {"title_en": "x", "why": "x", "version": "1", "uncited_reason": "x"} | answers)

    assert not Change.everything.exists()
    assert Campaign.everything.get().state == "published"


def test_a_post_without_a_token_is_refused(alice: object, addresses: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]

    assert client.post(addresses["milestone_new"], {}).status_code == 403


def test_the_sign_in_leads_back_to_where_it_was_needed(sweep: Campaign) -> None:
    answer = Client().get("/campaigns/sweep/milestones/new/")

    assert answer["Location"] == "/sign-in/?next=/campaigns/sweep/milestones/new/"


def test_no_editing_page_is_kept_by_a_cache(editor: Client, addresses: dict[str, str]) -> None:
    answer = editor.get(addresses["milestone_edit"])

    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_the_admin_writes_nothing(cast: Cast, sweep: Campaign) -> None:
    page = cast["owner"].get(f"/admin/timeline/campaign/{sweep.pk}/change/")
    posted = cast["owner"].post(f"/admin/timeline/campaign/{sweep.pk}/change/", {"slug": "other"})

    assert (page.status_code, posted.status_code) == (200, 403)
    assert cast["owner"].get("/admin/timeline/campaign/add/").status_code == 403


def test_the_review_count_is_in_the_menu_of_editors_only(cast: Cast, sweep: Campaign) -> None:
    source = make_source(sweep, uid="s")
    source.proposals.create(
        campaign=sweep,
        identity="a" * 64,
        payload={"identity": "a" * 64, "title": "An item"},
        proposed_at=timezone.now(),
    )

    shown = {who: "Review" in client.get("/method/").content.decode() for who, client in cast.items()}

    assert shown == {"anonymous": False, "outsider": False, "editor": True, "owner": True}
