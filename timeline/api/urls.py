"""Every address below /api/."""

from django.urls import URLPattern, path, re_path
from django.views.generic import TemplateView

from timeline.api import views
from timeline.api.nouns import NOUNS

app_name = "api"

V1 = "v1/"
CAMPAIGN = "v1/campaigns/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path(V1, views.Root.as_view(), name="root"),
    path(f"{V1}schema/", views.Schema.as_view(), name="schema"),
    path(f"{V1}docs/", TemplateView.as_view(template_name="api/docs.html"), name="docs"),
    path(f"{V1}campaigns/", views.CampaignList.as_view(), name="campaigns"),
    path(CAMPAIGN, views.CampaignDetail.as_view(), name="campaign"),
    path(f"{CAMPAIGN}milestones/<slug:uid>/", views.MilestoneDetail.as_view(), name="milestone"),
    path(f"{CAMPAIGN}timeline/", views.Timeline.as_view(), name="timeline"),
    path(f"{CAMPAIGN}figure/", views.Figure.as_view(), name="figure"),
    path(f"{V1}departments/<slug:slug>/", views.DepartmentDetail.as_view(), name="department"),
]
urlpatterns += [
    path(f"{CAMPAIGN}timeline.{form}", views.file_of(form).as_view(), name=f"timeline-{form}") for form in views.FILES
]
urlpatterns += [
    path(f"{CAMPAIGN}{name}/", views.list_of(name, scoped=True).as_view(), name=f"campaign-{name}") for name in NOUNS
]
urlpatterns += [
    path(f"{V1}{name}/", views.list_of(name, scoped=False).as_view(), name=name)
    for name, noun in NOUNS.items()
    if noun.everywhere
]
urlpatterns += [re_path("", views.NothingHere.as_view(), name="nothing")]
