"""Pictures of the pages in a real browser, in var/screenshots; those that the documentation shows go there too.

    python -m tests.e2e.screenshots          (`make screenshots`)

They are taken from the product's own processes on a fresh database with the shipped campaign and the sample feed. They
are for looking at, not for comparing: no test reads them.
"""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM_ARGS
from tests.product import CAMPAIGN, EDITOR, ROOT, Product, running

OUT = ROOT / "var" / "screenshots"
SHOWN = ROOT / "docs" / "screenshots"
Theme = Literal["light", "dark"]
HEIGHTS = {1440: 900, 768: 1024, 390: 844}
THEMES: tuple[Theme, ...] = ("light", "dark")
LANGUAGES = {"en": "", "zh": "/zh-hans"}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def browser() -> Iterator[Browser]:
    """$CHROMIUM, else an installed Chromium, else Playwright's own."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    args = CHROMIUM_ARGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=args)
        try:
            yield found
        finally:
            found.close()


class Camera:
    """Goes to an address of the product and takes its picture."""

    def __init__(self, found: Browser, product: Product) -> None:
        self.browser, self.product = found, product
        self.session: Any = None  # the editor's cookies

    def sign_in(self) -> None:
        context = self.browser.new_context()
        page = context.new_page()
        page.goto(f"{self.product.url}/sign-in/")
        page.fill("#id_username", EDITOR)
        page.fill("#id_password", self.product.password)
        page.click("main form button")
        page.wait_for_url(f"{self.product.url}/")
        self.session = context.storage_state()
        context.close()

    @contextmanager
    def page(
        self,
        path: str,
        *,
        width: int = 1440,
        height: int = 0,
        theme: Theme = "light",
        language: str = "en",
        signed_in: bool = False,
        top: str = "",
    ) -> Iterator[Page]:
        """The page at rest: chart drawn where there is one, fonts loaded; `top` is what the window begins with."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height or HEIGHTS[width]},
            color_scheme=theme,
            has_touch=width < 1000,
            reduced_motion="reduce",
            storage_state=self.session if signed_in else None,
        )
        page = context.new_page()
        page.goto(f"{self.product.url}{LANGUAGES[language]}{path}")
        if page.locator("#plot").count():
            page.wait_for_selector('#chart[data-drawn="1"]')
        page.evaluate("document.fonts.ready")
        if top:
            page.eval_on_selector(top, "part => scrollTo(0, part.getBoundingClientRect().top + scrollY - 8)")
        yield page
        context.close()

    def take(self, name: str, path: str, *, whole: bool = True, **how: Any) -> None:
        with self.page(path, **how) as page:
            save(page, name, whole=whole)


def save(page: Page, name: str, *, whole: bool = True) -> None:
    page.screenshot(path=OUT / f"{name}.png", full_page=whole)
    sys.stdout.write(f"  {name}.png\n")
    sys.stdout.flush()


def disputed_milestone() -> str:
    """The path of the first milestone whose sources disagree."""
    from timeline.models import Milestone

    disputed = Milestone.published.filter(campaign__slug=CAMPAIGN, disagreements__isnull=False)
    return f"/campaigns/{CAMPAIGN}/milestones/{disputed.order_by('earliest', 'pk').values_list('uid', flat=True)[0]}/"


def take_campaign(camera: Camera) -> None:
    """The campaign page at three widths, in two themes and two languages."""
    for width in HEIGHTS:
        for theme in THEMES:
            for language in LANGUAGES:
                name = f"campaign-{width}-{theme}-{language}"
                camera.take(name, f"/campaigns/{CAMPAIGN}/", width=width, theme=theme, language=language)


def take_reading(camera: Camera) -> None:
    """What a visitor reads besides."""
    milestone = disputed_milestone()
    for width in HEIGHTS:
        camera.take(f"milestone-{width}", milestone, width=width)
        for name in ("sources", "method", "departments"):
            camera.take(f"{name}-{width}", f"/{name}/", width=width)
    camera.take("milestone-1440-dark", milestone, theme="dark")
    camera.take("milestone-1440-zh", milestone, language="zh")
    camera.take("method-1440-zh", "/method/", language="zh")
    camera.take("home-1440", "/")
    camera.take("department-1440", "/departments/cbirc/")
    for name in ("figures", "disagreements"):
        camera.take(f"{name}-1440", f"/campaigns/{CAMPAIGN}/{name}/")
    with camera.page(f"/campaigns/{CAMPAIGN}/") as page:
        page.locator("#table a[href*='/milestones/']").first.click()
        page.wait_for_selector("#drawer[open] h1")
        page.wait_for_load_state("networkidle")
        save(page, "drawer-1440", whole=False)


def take_editing(camera: Camera) -> None:
    """What an editor sees: proposals that have arrived, and a date that was read back."""
    from timeline.models import Proposal

    deadline = time.monotonic() + 60
    while not Proposal.everything.filter(state="pending").exists():
        if time.monotonic() > deadline:
            raise RuntimeError("The sample feed brought no proposal within a minute.")
        time.sleep(0.5)
    camera.sign_in()
    for width in HEIGHTS:
        camera.take(f"review-{width}", "/review/", width=width, signed_in=True)
        with camera.page(f"/campaigns/{CAMPAIGN}/milestones/new/", width=width, signed_in=True) as page:
            page.fill("#id_title_en", "Second review conference")
            page.fill("#id_when", "around September 2023")
            page.wait_for_selector("#id_when ~ .understood:not(:empty)")
            save(page, f"milestone-form-{width}")
    camera.take("review-1440-dark", "/review/", theme="dark", signed_in=True)
    camera.take("campaign-1440-editor", f"/campaigns/{CAMPAIGN}/", signed_in=True)


def take_for_documentation(camera: Camera) -> None:
    """The four pictures that the documentation shows: what fits a window, not the whole page."""
    campaign = f"/campaigns/{CAMPAIGN}/"
    kept: dict[str, tuple[str, dict[str, Any]]] = {
        "campaign": (campaign, {"height": 1180}),
        "campaign-dark": (campaign, {"height": 1180, "theme": "dark"}),
        "phone": (campaign, {"width": 390, "top": "#bar"}),
        "milestone": (disputed_milestone(), {}),
    }
    SHOWN.mkdir(parents=True, exist_ok=True)
    for name, (path, how) in kept.items():
        camera.take(name, path, whole=False, **how)
        shutil.copyfile(OUT / f"{name}.png", SHOWN / f"{name}.png")


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with running() as product, browser() as found:
        camera = Camera(found, product)
        take_campaign(camera)
        take_reading(camera)
        take_editing(camera)
        take_for_documentation(camera)
    sys.stdout.write(f"Pictures are in {OUT.relative_to(ROOT)}; four of them in {SHOWN.relative_to(ROOT)}.\n")


if __name__ == "__main__":
    main()
