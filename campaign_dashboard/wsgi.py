"""Pages and API: `granian --interface wsgi campaign_dashboard.wsgi:application`.

Static files are answered before Django: the middleware for them is for asynchronous servers only, and under this one
every request would pay for it with a hop between threads.
"""

import os
from wsgiref.headers import Headers

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from servestatic import ServeStatic

HASHED_NAME = r"\.[0-9a-f]{12}\."  # such a file never changes, so that it may be kept for ever

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_dashboard.settings")


def _guarded(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-site"


application = ServeStatic(
    get_wsgi_application(),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    allow_all_origins=False,
    immutable_file_test=HASHED_NAME,
    add_headers_function=_guarded,
)
