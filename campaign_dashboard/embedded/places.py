"""Where the embedded servers keep their files, and the addresses that follow from it. Reads paths, starts nothing."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

# A socket's path may have about 107 bytes on Linux and 103 on macOS, and PostgreSQL adds a file name of 17.
LONGEST_DIRECTORY = 80


def sockets(var: Path) -> Path:
    """The folder of the sockets: inside `var`, or a short one in the temporary folder when that path is too long."""
    inside = var / "run"
    if len(os.fsencode(inside)) <= LONGEST_DIRECTORY:
        return inside
    digest = hashlib.sha256(os.fsencode(var)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"timeline-{os.geteuid()}-{digest}"


def database_url(var: Path) -> str:
    """The address of the embedded PostgreSQL."""
    return f"postgresql://postgres:@/postgres?host={quote(str(sockets(var)))}"


def redis_url(var: Path) -> str:
    """The address of the embedded Valkey."""
    return f"unix://{sockets(var)}/valkey.sock"


def postgres_data(var: Path) -> Path:
    """PostgreSQL's own folder."""
    return var / "postgres"


def valkey_data(var: Path) -> Path:
    """Valkey's own folder."""
    return var / "valkey"


def open_private(path: str, flags: int) -> int:
    """An opener for files that only their owner may read."""
    return os.open(path, flags, 0o600)
