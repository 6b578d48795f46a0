"""The settings under several environments, each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRINT = (
    "import json; from campaign_dashboard import settings as s; "
    "print(json.dumps({n: getattr(s, n) for n in sys.argv[1:]}, default=str))"
)


def settings_under(environment: dict[str, str], *names: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "VAR_DIR", "DATABASE_URL", "REDIS_URL")}
    command = [sys.executable, "-c", f"import sys; {PRINT}", *names]
    return subprocess.run(command, env={**kept, **environment}, cwd=ROOT, capture_output=True, text=True, check=False)


def test_secret_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = json.loads(settings_under({"VAR_DIR": str(tmp_path)}, "SECRET_KEY").stdout)
    second = json.loads(settings_under({"VAR_DIR": str(tmp_path)}, "SECRET_KEY").stdout)

    assert first == second
    assert len(first["SECRET_KEY"]) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_public_https_address_makes_cookies_and_transport_strict() -> None:
    names = ("SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME", "SECURE_HSTS_SECONDS", "LIVE_URL", "ALLOWED_HOSTS")

    found = json.loads(settings_under({"PUBLIC_URL": "https://timeline.example.org"}, *names).stdout)

    assert found == {
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "SECURE_HSTS_SECONDS": 31_536_000,
        "LIVE_URL": "https://timeline.example.org",
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]", "timeline.example.org"],
    }


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DEBUG": "true", "HOST": "0.0.0.0"}, "DEBUG=true shows the program's insides"),
        ({"DEBUG": "true", "PUBLIC_URL": "https://timeline.example.org"}, "DEBUG=true shows the program's insides"),
        ({"SECRET_KEY": "secret"}, "SECRET_KEY is too easy to guess"),
        ({"PORT": "80000"}, "PORT is '80000', but it must be a whole number from 1 to 65534"),
    ],
)
def test_broken_or_unsafe_option_ends_the_start_with_one_sentence(environment: dict[str, str], words: str) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "VAR_DIR")}

    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**kept, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith(words)
    assert len(done.stderr.strip().splitlines()) == 1


def test_deployment_check_has_no_warning_under_https(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL")}
    environment = {"PUBLIC_URL": "https://timeline.example.org", "VAR_DIR": str(tmp_path), "STATIC_HASHED": "false"}

    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", "--tag", "security"],
        env={**kept, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
