"""The limit for pages: a Django view without middleware that answers a fixed body, under the product's own granian.

/<bytes>           a body of that many bytes; 304 when If-None-Match is sent at all
/empty?script=URL  a page that draws an empty chart with the chart library at URL
"""

import secrets

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import path
from django.utils.html import escape

EMPTY = """<!doctype html><html lang="en"><meta charset="utf-8"><title>empty</title>
<link rel="icon" href="data:,"><div id="plot"></div>
<script src="{script}"></script><script>
Plotly.newPlot("plot", [], {{width: 1200, height: 700, xaxis: {{type: "date", range: ["2022-08-01", "2024-06-01"]}}}},
  {{displayModeBar: false}}).then(() => requestAnimationFrame(() => requestAnimationFrame(() => {{
    document.getElementById("plot").dataset.drawn = "1"; }})));
</script></html>"""

bodies: dict[int, bytes] = {}


def fixed(request: HttpRequest, size: int) -> HttpResponse:
    if "If-None-Match" in request.headers:
        return HttpResponseNotModified(headers={"ETag": '"1"'})
    body = bodies.setdefault(size, b"x" * size)
    return HttpResponse(body, headers={"ETag": '"1"'})


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(EMPTY.format(script=escape(request.GET["script"])))


urlpatterns = [path("empty", empty), path("<int:size>", fixed), path("healthz", lambda request: HttpResponse("ok"))]
settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY=secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[],
    LOGGING_CONFIG=None,
)
application = get_wsgi_application()
