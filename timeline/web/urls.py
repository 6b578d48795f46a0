"""Addresses of the public pages. Editing comes first where it is installed, because "new" is no slug."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from timeline.web.views import public, public_lists

CAMPAIGN = "campaigns/<slug:slug>/"

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("timeline.web.urls_edit"):
    urlpatterns += [path("", include("timeline.web.urls_edit"))]
urlpatterns += [
    path("", public_lists.campaigns, name="home"),
    path("campaigns/", public_lists.campaigns, name="campaigns"),
    path(CAMPAIGN, public.campaign, name="campaign"),
    path(CAMPAIGN + "milestones/<slug:uid>/", public.milestone, name="milestone"),
    path(CAMPAIGN + "figures/", public.figures, name="figures"),
    path(CAMPAIGN + "disagreements/", public.disagreements, name="disagreements"),
    path(CAMPAIGN + "updates/", public_lists.updates, name="updates"),
    path("updates/", public_lists.all_updates, name="all_updates"),
    path("departments/", public_lists.departments, name="departments"),
    path("departments/<slug:slug>/", public_lists.department, name="department"),
    path("sources/", public_lists.sources, name="sources"),
    path("method/", public_lists.method, name="method"),
    path("search/", public_lists.search, name="search"),
]
