"""The chart in a real browser: from the address to two frames after the chart is complete, and what the page weighs."""

import statistics
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from tests.benchmarks.table import Row
from tests.e2e.screenshots import browser
from tests.product import CAMPAIGN, Product

ROUNDS = 7
WATCH = """new MutationObserver((_, watcher) => {
  if (!document.querySelector('[data-drawn="1"]')) return;
  window.drawnAt = performance.now();
  watcher.disconnect();
}).observe(document, {subtree: true, attributes: true, attributeFilter: ["data-drawn"]});"""
WEIGH = """() => {
  const files = performance.getEntriesByType("resource").filter(({name}) => name.includes(".js"));
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return {
    drawn: window.drawnAt, paint: paint ? paint.startTime : 0,
    nodes: document.querySelectorAll("*").length, plot: document.querySelectorAll("#plot *").length,
    bundle: files.filter(({name}) => name.includes("plotly"))[0].encodedBodySize / 1000,
    sent: files.reduce((sum, {encodedBodySize}) => sum + encodedBodySize, 0) / 1000,
  };
}"""
LIMIT = "an empty Plotly chart from the same bundle"


def measure(product: Product, bare_url: str) -> Iterator[Row]:
    ours_url = f"{product.url}/campaigns/{CAMPAIGN}/"
    with browser() as found:
        script = _bundle(found, ours_url)
        bare = f"{bare_url}/empty?script={quote(script)}"
        rounds = [(_visit(found, ours_url), _visit(found, bare)) for _ in range(ROUNDS)]
    ours, limit = _medians(ours for ours, _ in rounds[1:]), _medians(bare for _, bare in rounds[1:])
    paint = "the same chart drawn"
    yield Row("first picture, painted before any script", ours["paint"], "ms", ours["drawn"], paint)
    yield Row("chart drawn, first visit", ours["drawn"], "ms", limit["drawn"], LIMIT)
    yield Row("chart drawn, second visit", ours["again"], "ms", limit["again"], "the same, second visit")
    yield Row("heap after collection", ours["heap"], "MB", limit["heap"], LIMIT)
    yield Row("elements in the chart", ours["plot"], "elements", limit["plot"], LIMIT)
    yield Row("elements in the page, with table and lists", ours["nodes"], "elements")
    yield Row("scripts as sent", ours["sent"], "kB", ours["bundle"], "the bundle alone")


def _bundle(found: Browser, url: str) -> str:
    page = found.new_page()
    page.goto(url)
    script = page.locator("script[src*='plotly']").evaluate("script => script.src")
    page.close()
    return str(script)


def _visit(found: Browser, url: str) -> dict[str, float]:
    """A first visit with an empty cache, weighed, and a second one."""
    context = found.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    seen = _drawn(page, url)
    tools = context.new_cdp_session(page)
    tools.send("HeapProfiler.collectGarbage")
    tools.send("Performance.enable")
    metrics: Any = tools.send("Performance.getMetrics")["metrics"]
    seen["heap"] = next(float(one["value"]) for one in metrics if one["name"] == "JSHeapUsedSize") / 1e6
    page.goto("about:blank")
    seen["again"] = _drawn(page, url)["drawn"]
    context.close()
    return seen


def _drawn(page: Page, url: str) -> dict[str, float]:
    page.goto(url)
    page.wait_for_function("window.drawnAt > 0")
    return dict(page.evaluate(WEIGH))


def _medians(visits: Iterator[dict[str, float]]) -> dict[str, float]:
    found: dict[str, list[float]] = defaultdict(list)
    for visit in visits:
        for name, value in visit.items():
            found[name].append(value)
    return {name: statistics.median(values) for name, values in found.items()}
