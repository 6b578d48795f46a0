"""Pictures of the running product at three widths, in both themes and languages: `make screenshots`.

Takes them from SITE (by default http://127.0.0.1:PORT of `make run`) and puts them into var/screenshots.
"""

import os
import shutil
import sys

from playwright.sync_api import Browser, Error, sync_playwright

from tests.conftest import CHROMIUM_ARGS

SITE = os.environ.get("SITE", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
TO = Path(os.environ.get("VAR_DIR", "var")) / "screenshots"
CAMPAIGN = "/campaigns/2022-internet-organised-crime/"
PAGES = {
    "home": "/",
    "campaign": CAMPAIGN,
    "milestone": f"{CAMPAIGN}milestones/m06-police-teleconference/",
    "figures": f"{CAMPAIGN}figures/",
    "departments": "/departments/",
    "department": "/departments/cbirc/",
    "sources": "/sources/",
    "method": "/method/",
}
WIDTHS = (1440, 768, 390)


def take(browser: Browser, *, width: int, theme: str, language: str) -> None:
    """Every page once, at full height."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(SITE + ("/zh-hans" if language == "zh" else "") + path)
        if name == "campaign":
            page.wait_for_selector('#chart[data-drawn="1"]')
        page.screenshot(path=TO / f"{name}-{width}-{theme}-{language}.png", full_page=True)
    context.close()


def main() -> int:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    args = CHROMIUM_ARGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    TO.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=args)
        try:
            for width in WIDTHS:
                for theme in ("light", "dark"):
                    for language in ("en", "zh"):
                        take(browser, width=width, theme=theme, language=language)
        except Error as error:
            sys.stderr.write(f"{SITE} could not be pictured; is `make run` running? {error.message.splitlines()[0]}\n")
            return 1
        finally:
            browser.close()
    sys.stdout.write(f"Pictures are in {TO}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
