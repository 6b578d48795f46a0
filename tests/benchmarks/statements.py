"""SQL statements a page and an address of the API need, and what a 304 needs."""

from collections.abc import Iterator

from tests.benchmarks.table import Row
from tests.product import CAMPAIGN

PAGES = {
    "campaigns": "/",
    "campaign": f"/campaigns/{CAMPAIGN}/",
    "milestone": f"/campaigns/{CAMPAIGN}/milestones/{{milestone}}/",
    "figures": f"/campaigns/{CAMPAIGN}/figures/",
    "departments": "/departments/",
    "department": "/departments/mps/",
    "sources": "/sources/",
    "updates": "/updates/",
    "search": "/search/?q=fraud",
}
JSON = {
    name or "campaign": f"/api/v1/campaigns/{CAMPAIGN}/{name}"
    for name in ("", "timeline/", "figure/", "milestones/", "figures/", "departments/", "updates/", "sources/")
}


def measure() -> Iterator[Row]:
    from timeline.models import Milestone

    uid = Milestone.published.filter(campaign__slug=CAMPAIGN).order_by("pk").values_list("uid", flat=True)[0]
    for kind, addresses in (("page", PAGES), ("JSON", JSON)):
        for name, path in addresses.items():
            first, again = _count(path.format(milestone=uid))
            yield Row(f"{kind} {name.strip('/')}", first, f"statements; {again} for a 304")


def _count(path: str) -> tuple[int, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Host": "127.0.0.1"})
    client.get(path)
    with CaptureQueriesContext(connection) as first:
        answer = client.get(path)
    with CaptureQueriesContext(connection) as again:
        same = client.get(path, headers={"If-None-Match": answer.headers.get("ETag", "")})
    if (answer.status_code, same.status_code) != (200, 304):
        raise RuntimeError(f"{path} answered {answer.status_code}, then {same.status_code}")
    return len(first), len(again)
