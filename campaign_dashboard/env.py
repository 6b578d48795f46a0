"""Typed options from the environment. A wrong value ends the start with one sentence that names the remedy.

Every helper takes `NAME` from the environment, or the content of the file that `NAME_FILE` names, or the default; an
empty value counts as not set. `DECLARED` collects the names, so that a test can hold the documentation against them.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
DECLARED: set[str] = set()
environment = environ.FileAwareEnv()


class SettingError(ImproperlyConfigured):
    """An option in the environment cannot be used; the message is the whole explanation."""


def _read(name: str, default: T, cast: Callable[[str], T], *, must: str, example: str, secret: bool = False) -> T:
    """The option through `cast`; SettingError when `cast` refuses it, with the value unless it is secret."""
    DECLARED.add(name)
    try:
        raw = environment.str(name, default="").strip()
    except OSError as error:
        raise SettingError(f"{name}_FILE names a file that cannot be read ({error}); correct it or unset it.") from None
    if not raw:
        return default
    try:
        return cast(raw)
    except (ValueError, ImproperlyConfigured):
        shown = "has a value that cannot be used" if secret else f"is {raw!r}"
        raise SettingError(f"{name} {shown}, but it must be {must}; for example {name}={example}.") from None


def text(name: str, default: str, *, secret: bool = False) -> str:
    """Any text, as it stands."""
    return _read(name, default, str, must="text", example="words", secret=secret)


def flag(name: str, default: bool) -> bool:
    """Yes or no."""

    def cast(raw: str) -> bool:
        if raw.lower() not in TRUE | FALSE:
            raise ValueError(raw)
        return raw.lower() in TRUE

    return _read(name, default, cast, must="true or false", example="true")


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number within bounds."""

    def cast(raw: str) -> int:
        value = int(raw)
        if not least <= value <= most:
            raise ValueError(raw)
        return value

    return _read(name, default, cast, must=f"a whole number from {least} to {most}", example=str(default))


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    """One of the named options, in any case."""

    def cast(raw: str) -> str:
        return {option.lower(): option for option in options}.get(raw.lower()) or _refuse(raw)

    return _read(name, default, cast, must=f"one of {', '.join(options)}", example=options[0])


def listed(name: str, default: list[str]) -> list[str]:
    """Words with commas between them."""
    return _read(name, default, _split, must="a list with commas", example="one,two")


def origin(name: str, default: str) -> str:
    """One origin: scheme://host[:port], no path."""
    return _read(name, default, _origin, must="an origin", example="https://timeline.example.org")


def origins(name: str, default: list[str]) -> list[str]:
    """Origins (scheme://host[:port], no path) with commas between them."""

    def cast(raw: str) -> list[str]:
        return [_origin(item) for item in _split(raw)]

    return _read(name, default, cast, must="origins with commas between", example="https://timeline.example.org")


def host_ports(name: str, default: list[str]) -> list[str]:
    """Exact `host:port` entries with commas between them; no wildcards, no ranges."""

    def cast(raw: str) -> list[str]:
        for item in _split(raw):
            parts = urlsplit(f"//{item}")
            if not parts.hostname or parts.port is None or parts.netloc != item or "*" in item or "@" in item:
                raise ValueError(item)
        return _split(raw)

    return _read(name, default, cast, must="exact host:port entries with commas between", example="127.0.0.1:8000")


def database(name: str, default: str) -> dict[str, Any]:
    """A PostgreSQL address as Django's dictionary; other databases are refused."""

    def cast(raw: str) -> str:
        if urlsplit(raw).scheme not in {"postgres", "postgresql"}:
            raise ValueError(raw)
        return raw

    must, example = "a PostgreSQL address", "postgresql://user:password@localhost/timeline"
    address = _read(name, default, cast, must=must, example=example, secret=True)
    try:
        return dict(environ.Env.db_url_config(address))
    except (ValueError, ImproperlyConfigured):
        raise SettingError(f"{name} cannot be understood; for example {name}={example}.") from None


def redis(name: str, default: str) -> str:
    """A Redis or Valkey address: `redis://`, `rediss://` or `unix://`."""

    def cast(raw: str) -> str:
        parts = urlsplit(raw)
        if parts.scheme not in {"redis", "rediss", "unix"} or not (parts.hostname or parts.path):
            raise ValueError(raw)
        return raw

    return _read(name, default, cast, must="a Redis address", example="redis://localhost:6379", secret=True)


def _split(raw: str) -> list[str]:
    return [item.strip() for item in raw.split(",") if item.strip()]


def _origin(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(raw)
    return f"{parts.scheme}://{parts.netloc}"


def _refuse(raw: str) -> str:
    raise ValueError(raw)
