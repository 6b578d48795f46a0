"""The first account, and a fresh password for any account."""

import secrets

from django.contrib.auth.models import Group, User

FIRST_EDITOR = "editor"


def make_password() -> str:
    """Four groups that can be read aloud; 95 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))[:23]


def ensure_first_editor(*, group: str) -> str | None:
    """Make the account `editor` where no account is; its password, or None when there was one already."""
    editors, _ = Group.objects.get_or_create(name=group)
    if User.objects.exists():
        return None
    password = make_password()
    User.objects.create_user(FIRST_EDITOR, password=password).groups.add(editors)
    return password


def reset_password(*, name: str) -> str:
    """Give `name` a fresh password, which is returned; raises User.DoesNotExist."""
    user = User.objects.get(username=name)
    password = make_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    return password
