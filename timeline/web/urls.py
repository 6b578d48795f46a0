"""Addresses of the public pages. Editing comes first where it is installed, because "new" is no slug."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from timeline.web.views import public

CAMPAIGN = "campaigns/<slug:slug>/"

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("timeline.web.urls_edit"):
    urlpatterns += [path("", include("timeline.web.urls_edit"))]
urlpatterns += [
    path(CAMPAIGN, public.campaign, name="campaign"),
    path(CAMPAIGN + "disagreements/", public.disagreements, name="disagreements"),
]
