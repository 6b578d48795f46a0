"""The sample feed over HTTP."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from timeline.ingest import sample


@require_safe
def sample_feed(request: HttpRequest) -> HttpResponse:
    """Atom; the conditional requests of our own worker are answered with 304 by the middleware."""
    body = sample.atom(url=request.build_absolute_uri(request.path))
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
