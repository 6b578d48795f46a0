"""Signing in and out, and a password that is changed or lost."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

PASSWORD = "alice-s-long-password"


def test_an_editor_signs_in_and_returns_to_where_she_was(alice: User) -> None:
    answer = Client().post("/sign-in/", {"username": "alice", "password": PASSWORD, "next": "/method/"})

    assert (answer.status_code, answer["Location"]) == (302, "/method/")


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(alice: User) -> None:
    answers = [
        Client().post("/sign-in/", {"username": name, "password": "wrong"}).context["form"].non_field_errors()
        for name in ("alice", "nobody")
    ]

    assert answers[0] == answers[1]
    assert len(answers[0]) == 1


def test_a_stranger_is_not_led_off_the_site(alice: User) -> None:
    typed = {"username": "alice", "password": PASSWORD, "next": "https://evil.example/"}

    assert Client().post("/sign-in/", typed)["Location"] == "/"


def test_after_too_many_attempts_the_page_says_how_long(alice: User, settings: object) -> None:
    settings.AXES_FAILURE_LIMIT = 2  # type: ignore[attr-defined]
    client = Client()
    for _ in range(2):
        answer = client.post("/sign-in/", {"username": "alice", "password": "wrong"})

    assert answer.status_code == 429
    assert "15 minutes" in answer.content.decode()


def test_signing_out_is_a_post(editor: Client) -> None:
    assert editor.get("/sign-out/").status_code == 405
    assert editor.post("/sign-out/").status_code == 302


def test_a_password_is_changed(editor: Client, alice: User) -> None:
    new = "a-much-better-password-9"
    editor.post("/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    alice.refresh_from_db()
    assert alice.check_password(new)


def test_a_password_that_is_too_short_is_refused_at_the_field(editor: Client) -> None:
    answer = editor.post("/password/", {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"})

    assert set(answer.context["form"].errors) == {"new_password2"}


@pytest.mark.django_db
def test_the_page_for_a_lost_password_names_the_command() -> None:
    assert "make password" in Client().get("/password/forgotten/").content.decode()


@pytest.mark.django_db
def test_the_link_to_sign_in_does_not_grow_on_its_own_page() -> None:
    page = Client().get("/sign-in/?next=/sources/").content.decode()

    assert 'href="/sign-in/?next=/sources/"' in page
