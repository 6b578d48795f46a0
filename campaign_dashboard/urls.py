"""Every address of the site: health and API without a language, pages in English at the root and Chinese below it."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from campaign_dashboard import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
if find_spec("timeline.api") and find_spec("timeline.api.urls"):
    urlpatterns += [path("api/v1/", include("timeline.api.urls"))]
if find_spec("timeline.web") and find_spec("timeline.web.urls"):
    urlpatterns += i18n_patterns(path("", include("timeline.web.urls")), prefix_default_language=False)
