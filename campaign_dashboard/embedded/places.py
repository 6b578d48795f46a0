"""Where the embedded servers keep their files, and the addresses that follow from it. Reads paths, starts nothing."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

# A socket's path may have about 107 bytes on Linux and 103 on macOS, and PostgreSQL adds a file name of 17.
LONGEST_DIRECTORY = 80
# PostgreSQL refuses root, so root's servers run as `nobody`, who may not enter a private checkout.
SHELTER = Path("/var/lib/campaign-timeline")


def passable(path: Path) -> bool:
    """Whether everyone may enter the folders above `path`."""
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents if folder.exists())


def home(var: Path) -> Path:
    """Where the servers' files are: in `var`, or in a shelter when root's servers could not enter that."""
    if os.geteuid() != 0 or (passable(var) and (not var.exists() or var.stat().st_mode & 0o001)):
        return var
    return SHELTER / _digest(var)


def sockets(var: Path) -> Path:
    """The folder of the sockets: at home, or a short one in the temporary folder when that path is too long."""
    inside = home(var) / "run"
    if len(os.fsencode(inside)) <= LONGEST_DIRECTORY:
        return inside
    return Path(tempfile.gettempdir()) / f"timeline-{os.geteuid()}-{_digest(var)}"


def database_url(var: Path) -> str:
    """The address of the embedded PostgreSQL."""
    return f"postgresql://postgres:@/postgres?host={quote(str(sockets(var)))}"


def redis_url(var: Path) -> str:
    """The address of the embedded Valkey."""
    return f"unix://{sockets(var)}/valkey.sock"


def postgres_data(var: Path) -> Path:
    """PostgreSQL's own folder."""
    return home(var) / "postgres"


def valkey_data(var: Path) -> Path:
    """Valkey's own folder."""
    return home(var) / "valkey"


def open_private(path: str, flags: int) -> int:
    """An opener for files that only their owner may read."""
    return os.open(path, flags, 0o600)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
