"""Who may do what: one table of operations and roles, asked by every verb of `editorial`."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

EDITORS = "editors"  # the group whose members edit; `up` puts the first account into it

ROLES = ("visitor", "editor", "owner", "system")

OPERATIONS: dict[str, frozenset[str]] = {
    operation: frozenset(roles)
    for operation, roles in {
        "campaign.create": ("editor", "owner", "system"),
        "campaign.edit": ("editor", "owner", "system"),
        "campaign.publish": ("editor", "owner", "system"),
        "campaign.load": ("owner", "system"),
        "department.edit": ("editor", "owner", "system"),
        "phase.edit": ("editor", "owner", "system"),
        "workstream.edit": ("editor", "owner", "system"),
        "milestone.create": ("editor", "owner", "system"),
        "milestone.edit": ("editor", "owner", "system"),
        "milestone.retract": ("editor", "owner", "system"),
        "statement.make": ("editor", "owner", "system"),
        "source.edit": ("editor", "owner", "system"),
        "source.fetch": ("editor", "owner", "system"),
        "proposal.make": ("system",),
        "proposal.decide": ("editor", "owner"),
        "update.retract": ("editor", "owner"),
    }.items()
}


class Forbidden(Exception):
    """The actor may not do this; the message names what and who may."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a name for the record, and a role."""

    name: str
    role: str

    def may(self, operation: str) -> bool:
        return self.role in OPERATIONS[operation]


SYSTEM = Actor(name="system", role="system")


def actor_of(user: AbstractBaseUser | AnonymousUser) -> Actor:
    """The actor behind a signed-in (or anonymous) user; a disabled account is a visitor."""
    if not isinstance(user, User) or not user.is_active:
        return Actor(name="", role="visitor")
    if user.is_superuser:
        return Actor(name=user.username, role="owner")
    is_editor = user.groups.filter(name=EDITORS).exists()
    return Actor(name=user.username, role="editor" if is_editor else "visitor")


def require(by: Actor, operation: str) -> None:
    """Raises Forbidden unless `by` may do `operation`."""
    if not by.may(operation):
        raise Forbidden(f"Only {' and '.join(sorted(OPERATIONS[operation] - {'system'})) or 'the system'} may do this.")
