"""The one table of operations and roles."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from timeline.editorial.permissions import OPERATIONS, SYSTEM, Actor, Forbidden, actor_of, require

EDITING = {
    "campaign.create",
    "campaign.edit",
    "campaign.publish",
    "department.edit",
    "phase.edit",
    "workstream.edit",
    "milestone.create",
    "milestone.edit",
    "milestone.retract",
    "statement.make",
    "source.edit",
    "source.fetch",
    "proposal.decide",
    "update.retract",
}
# Who may do what, written down a second time: a new operation fails here until somebody has decided.
ALLOWED = {
    "visitor": set(),
    "editor": EDITING,
    "owner": EDITING | {"campaign.load"},
    "system": (EDITING - {"proposal.decide", "update.retract"}) | {"campaign.load", "proposal.make"},
}


@pytest.mark.parametrize("role", ALLOWED)
def test_each_role_may_do_exactly_this(role: str) -> None:
    actor = Actor(name="x", role=role)

    assert {operation for operation in OPERATIONS if actor.may(operation)} == ALLOWED[role]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_visitor_is_refused_with_who_may(operation: str) -> None:
    with pytest.raises(Forbidden, match=r"Only .* may do this"):
        require(Actor(name="", role="visitor"), operation)


def test_the_system_never_decides_a_proposal() -> None:
    with pytest.raises(Forbidden):
        require(SYSTEM, "proposal.decide")


def test_an_anonymous_reader_is_a_visitor() -> None:
    assert actor_of(AnonymousUser()) == Actor(name="", role="visitor")


def test_an_account_without_a_role_is_a_visitor(charlie: User) -> None:
    assert actor_of(charlie) == Actor(name="charlie", role="visitor")


def test_a_member_of_the_group_is_an_editor(alice: User) -> None:
    assert actor_of(alice) == Actor(name="alice", role="editor")


def test_a_disabled_editor_is_a_visitor(alice: User) -> None:
    alice.is_active = False

    assert actor_of(alice).role == "visitor"


def test_a_superuser_is_an_owner(charlie: User) -> None:
    charlie.is_superuser = True

    assert actor_of(charlie).role == "owner"
