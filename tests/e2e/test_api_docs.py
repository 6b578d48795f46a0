"""The API's documentation draws itself in a real browser, offline, under the site's own policy."""

from typing import Any


def test_the_docs_draw_every_address_without_a_violation(live_site: Any, page: Any) -> None:
    complaints: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]) if "//" in request.url else None)

    page.goto(f"{live_site.url}/api/v1/docs/")
    page.wait_for_selector("text=/api/v1/campaigns/{slug}/timeline/")

    assert complaints == []
    assert hosts == {live_site.url.split("/")[2]}
