"""What became of a department: recorded with its day in words and its source, listed where it is edited."""

from typing import Any

import pytest
from django.test import Client

from timeline.models import Change, Department, Succession

BECAME = "/departments/mps/became/"


def typed(court: Department, **more: Any) -> dict[str, Any]:
    return {
        "kind": "merger",
        "successor": str(court.pk),
        "on": "18 May 2023",
        "cited": "source",
        "url": "https://example.org/reform.html",
        "publisher": "Example Daily",
    } | more


def test_a_merger_is_recorded_and_listed(editor: Client, police: Department, court: Department) -> None:
    answer = editor.post(BECAME, typed(court), follow=True)

    made = Succession.everything.get()
    page = answer.content.decode()
    assert answer.redirect_chain == [("/departments/mps/edit/", 302)]
    assert (made.predecessor, made.successor, made.kind, made.on) == (police, court, "merger", "2023-05-18")
    assert [words for words in ("18 May 2023", "Supreme People", "Example Daily") if words not in page] == []


def test_the_successor_lists_where_it_came_from(editor: Client, police: Department, court: Department) -> None:
    editor.post(BECAME, typed(court))

    assert "Ministry of Public Security" in editor.get("/departments/spc/edit/").content.decode()


def test_an_abolition_needs_no_successor(editor: Client, police: Department, court: Department) -> None:
    editor.post(BECAME, typed(court, kind="abolition", successor=""))

    assert Succession.everything.get().successor is None


def test_without_a_source_it_is_marked_with_the_reason_wherever_it_appears(
    editor: Client, police: Department, court: Department
) -> None:
    editor.post(BECAME, typed(court, cited="none", uncited_reason="Announced orally."))

    for client, address in ((editor, "/departments/mps/edit/"), (Client(), "/departments/mps/")):
        page = client.get(address).content.decode()
        assert [words for words in ("uncited", "Announced orally.") if words not in page] == []


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"successor": ""}, "successor", "only an abolition has none"),
        ({"successor": "0"}, "successor", "Select a valid choice"),
        ({"kind": "sold"}, "kind", "Select a valid choice"),
        ({"on": ""}, "on", "write “unknown”"),
        ({"on": "soon"}, "on", "was not understood as a date"),
        ({"url": "", "publisher": ""}, "url", "Name the source"),
        ({"cited": "none"}, "uncited_reason", "say why there is none"),
        ({"url": "example.org"}, "url", "Write the whole address"),
        ({"note": "a\x00b"}, "note", "Null characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(
    editor: Client, police: Department, court: Department, wrong: dict[str, str], field: str, message: str
) -> None:
    answer = editor.post(BECAME, typed(court, note="Kept as typed") | wrong)

    assert answer.status_code == 422
    assert message in "".join(str(error) for error in answer.context["form"].errors[field])
    assert f'<a href="#id_{field}">' in answer.content.decode()
    assert not Succession.everything.exists()
    assert not Change.everything.exists()


def test_the_same_is_not_recorded_twice(editor: Client, police: Department, court: Department) -> None:
    editor.post(BECAME, typed(court))

    answer = editor.post(BECAME, typed(court))

    assert "already recorded" in str(answer.context["form"].errors["successor"])
    assert Succession.everything.count() == 1


def test_it_is_told_in_the_history_of_changes(editor: Client, police: Department, court: Department) -> None:
    editor.post(BECAME, typed(court))

    assert Change.everything.filter(noun="succession", action="create", by="alice").count() == 1


def test_a_body_is_not_offered_as_its_own_successor(editor: Client, police: Department, court: Department) -> None:
    offered = [str(key) for key, _name in editor.get(BECAME).context["form"].fields["successor"].choices]

    assert offered == ["", str(court.pk)]


def test_what_is_not_there_is_not_found(editor: Client) -> None:
    assert editor.get("/departments/nothing/became/").status_code == 404
