"""Every address of the site: health and API without a language, pages in English at the root and Chinese below it."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from campaign_dashboard import health
from timeline.web.views.sample import sample_feed

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("sample-feed.xml", sample_feed, name="sample-feed"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("api/", include("timeline.api.urls")),
    *i18n_patterns(path("", include("timeline.web.urls")), prefix_default_language=False),
]
