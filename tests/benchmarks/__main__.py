"""`python -m tests.benchmarks`: all measurements on one fresh product, as one table. Nothing is judged here.

Ours and its limit alternate within each measurement, and only their ratio is worth quoting: both were slowed by
whatever else the machine did.
"""

import logging
import os
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from campaign_dashboard.embedded.process import spawn, stop, wait_until
from tests.benchmarks.table import Row, markdown
from tests.product import ROOT, running


@contextmanager
def served(command: list[str], port: int) -> Iterator[str]:
    """The address of a server that runs for the block."""
    from campaign_dashboard.management.commands.up import answering

    child = spawn(command, cwd=ROOT)
    try:
        if not wait_until(answering("127.0.0.1", port), child, seconds=30):
            raise RuntimeError(f"{command} does not answer")
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(child)


def bare_command(port: int) -> list[str]:
    """The product's own web server with the bare application in it."""
    from django.conf import settings

    from campaign_dashboard.management.commands.up import programs

    web = programs(host="127.0.0.1", port=port, live_port=port, web_processes=settings.WEB_PROCESSES)["web"]
    return [*web[:-1], "tests.benchmarks.bare:application"]


class Parts(dict[str, list[Row]]):
    """The rows of each part; one that could not be measured leaves the others their turn."""

    failed = 0

    def take(self, title: str, rows: Iterable[Row]) -> None:
        began = time.monotonic()
        print(f"  {title} … ", end="", flush=True)
        try:
            self[title] = list(rows)
        except Exception:
            self.failed += 1
            traceback.print_exc()
            self[f"{title}: not measured, because of an error"] = []
        print(f"{time.monotonic() - began:.0f} s", flush=True)


def main() -> int:
    began, load, parts = time.monotonic(), os.getloadavg()[0], Parts()
    with running() as product:
        from tests.benchmarks import chart, ingest, live, pages, statements

        logging.disable(logging.INFO)
        bare_port, feeds_port = product.spare_ports
        with served(bare_command(bare_port), bare_port) as bare_url:
            parts.take("Pages and JSON", pages.measure(product, bare_url))
            parts.take("Chart in the browser", chart.measure(product, bare_url))
        parts.take("Live events", live.measure(product))
        parts.take("SQL statements", statements.measure())
        with served([sys.executable, "-m", "tests.benchmarks.feeds", str(feeds_port)], feeds_port) as feeds_url:
            parts.take("Ingestion", ingest.measure(feeds_url))
    print(f"\n{markdown(parts)}\n")
    after = os.getloadavg()[0]
    print(
        f"{os.cpu_count()} cores; load {load:.1f} before, {after:.1f} after; {time.monotonic() - began:.0f} s in all."
    )
    return 1 if parts.failed else 0


if __name__ == "__main__":
    sys.exit(main())
