"""Makes sure that the browser tests have a Chromium, and Chinese type for its screenshots. Run by path."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """$CHROMIUM, else one on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def run(*command: str) -> bool:
    """Whether the command worked; its output stays visible."""
    print("+", *command, flush=True)  # noqa: T201
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, check=False).returncode == 0


def has_chinese_type() -> bool:
    """Whether some font has Chinese characters; without one every label would be a box."""
    if not shutil.which("fc-list"):
        return sys.platform == "darwin"
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout.strip())


def playwright_has_one() -> bool:
    """Whether Playwright's own download is there."""
    probe = (
        "import os; from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: raise SystemExit(not os.path.exists(p.chromium.executable_path))"
    )
    return subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def main() -> int:
    """Install what is missing; 1 when there is no way to get a browser."""
    apt = shutil.which("apt-get") if os.geteuid() == 0 else None
    missing = ([] if installed() else ["chromium"]) + ([] if has_chinese_type() else ["fonts-noto-cjk"])
    if missing and apt and not (missing == ["chromium"] and playwright_has_one()):
        print(f"Installing for the browser tests: {', '.join(missing)} ...", flush=True)  # noqa: T201
        run(apt, "update", "-qq")
        run(apt, "install", "-y", "-qq", "--no-install-recommends", *missing)
    if installed() or playwright_has_one() or run(sys.executable, "-m", "playwright", "install", "chromium"):
        return 0
    print("No Chromium could be installed; install one and name it in CHROMIUM=/path/to/chromium.", file=sys.stderr)  # noqa: T201
    return 1


if __name__ == "__main__":
    sys.exit(main())
