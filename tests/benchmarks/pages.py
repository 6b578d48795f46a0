"""Page and JSON of the campaign: a new revision each time, the same one again, and the browser's own copy still good.

One client on one kept connection asks in turn, so that requests a second are one over the median of a request. The
client's own time is in both figures, which makes the ratio kinder to us than it would be without it.
"""

import http.client
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.benchmarks.table import Row, median, seconds
from tests.product import CAMPAIGN, Product

ROUNDS = 30
ADDRESSES = {
    "campaign page": f"/campaigns/{CAMPAIGN}/",
    "/timeline/ JSON": f"/api/v1/campaigns/{CAMPAIGN}/timeline/",
    "/milestones/ JSON": f"/api/v1/campaigns/{CAMPAIGN}/milestones/",
}
LIMIT = "a bare Django view of a fixed body of the same size, no middleware, same granian"
LIMIT_304 = "the bare view answering 304"


class Client:
    """A connection that is kept."""

    def __init__(self, url: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def get(self, path: str, etag: str = "") -> tuple[str, int]:
        """The ETag and the number of bytes of an answer, 0 for a 304; raises RuntimeError for another status."""
        self.connection.request("GET", path, headers={"If-None-Match": etag} if etag else {})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status not in (200, 304):
            raise RuntimeError(f"{path} answered {answer.status}")
        return answer.getheader("ETag", ""), len(body)


def measure(product: Product, bare_url: str) -> Iterator[Row]:
    with Client(product.url) as ours, Client(bare_url) as bare:
        yield from _measure(ours, bare)


def _measure(ours: "Client", bare: "Client") -> Iterator[Row]:
    for name, path in ADDRESSES.items():
        times: dict[str, list[float]] = defaultdict(list)
        kept = 0
        size = ours.get(path)[1]
        for _ in range(ROUNDS):
            _new_revision()
            times["cold"].append(seconds(ours.get, path))
            times["limit"].append(seconds(bare.get, f"/{size}"))
            times["again"].append(seconds(ours.get, path))
            etag, bytes_before = ours.get(path)
            times["same"].append(seconds(ours.get, path, etag))
            kept += ours.get(path, etag)[1] == 0 < bytes_before
            times["limit 304"].append(seconds(bare.get, f"/{size}", '"1"'))
        rate = {kind: 1 / median(found) for kind, found in times.items()}
        shown = f"{name}, {size / 1000:.0f} kB"
        yield Row(f"{shown}: new revision each time", rate["cold"], "requests/s", rate["limit"], LIMIT)
        yield Row(f"{shown}: same revision again", rate["again"], "requests/s", rate["limit"], "the same")
        yield Row(
            f"{name}: If-None-Match ({kept} of {ROUNDS} were 304)",
            rate["same"],
            "requests/s",
            rate["limit 304"],
            LIMIT_304,
        )


def _new_revision() -> None:
    from django.db.models import F

    from timeline.models import Campaign

    Campaign.everything.filter(slug=CAMPAIGN).update(revision=F("revision") + 1)
