"""Addresses of signing in and of editing; included before those of the pages, because "new" is no slug."""

from django.urls import path

from timeline.web.views import (
    edit_account,
    edit_campaign,
    edit_dates,
    edit_department,
    edit_milestone,
    edit_parts,
    edit_review,
    edit_source,
    edit_statement,
    edit_update,
)

CAMPAIGN = "campaigns/<slug:slug>/"

urlpatterns = [
    path("sign-in/", edit_account.login, name="login"),
    path("sign-out/", edit_account.logout, name="logout"),
    path("password/", edit_account.password, name="password"),
    path("password/changed/", edit_account.password_changed, name="password_changed"),
    path("password/forgotten/", edit_account.password_forgotten, name="password_forgotten"),
    path("edit/phrase/", edit_milestone.phrase, name="phrase"),
    path("campaigns/new/", edit_campaign.campaign_new, name="campaign_new"),
    path(CAMPAIGN + "edit/", edit_campaign.campaign_edit, name="campaign_edit"),
    path(CAMPAIGN + "edit/state/", edit_campaign.campaign_turn, name="campaign_turn"),
    path(CAMPAIGN + "edit/departments/", edit_campaign.participations, name="participations_edit"),
    path(CAMPAIGN + "edit/date/", edit_dates.campaign_date, name="campaign_date"),
    path(CAMPAIGN + "milestones/new/", edit_milestone.milestone_new, name="milestone_new"),
    path(CAMPAIGN + "milestones/<slug:uid>/edit/", edit_milestone.milestone_edit, name="milestone_edit"),
    path(CAMPAIGN + "milestones/<slug:uid>/date/", edit_dates.milestone_date, name="milestone_date"),
    path(CAMPAIGN + "milestones/<slug:uid>/take-back/", edit_milestone.milestone_turn, name="milestone_turn"),
    path(CAMPAIGN + "phases/new/", edit_parts.phase_new, name="phase_new"),
    path(CAMPAIGN + "phases/<slug:uid>/edit/", edit_parts.phase_edit, name="phase_edit"),
    path(CAMPAIGN + "phases/<slug:uid>/date/", edit_dates.phase_date, name="phase_date"),
    path(CAMPAIGN + "phases/<slug:uid>/delete/", edit_parts.phase_delete, name="phase_delete"),
    path(CAMPAIGN + "workstreams/new/", edit_parts.workstream_new, name="workstream_new"),
    path(CAMPAIGN + "workstreams/<slug:uid>/edit/", edit_parts.workstream_edit, name="workstream_edit"),
    path(CAMPAIGN + "workstreams/<slug:uid>/delete/", edit_parts.workstream_delete, name="workstream_delete"),
    path("departments/new/", edit_department.department_new, name="department_new"),
    path("departments/<slug:slug>/edit/", edit_department.department_edit, name="department_edit"),
    path("departments/<slug:slug>/became/", edit_department.department_became, name="department_became"),
    path("sources/new/", edit_source.source_new, name="source_new"),
    path("sources/<slug:uid>/edit/", edit_source.source_edit, name="source_edit"),
    path("sources/<slug:uid>/fetch/", edit_source.source_fetch, name="source_fetch"),
    path("sources/<slug:uid>/state/", edit_source.source_turn, name="source_turn"),
    path("statements/<uuid:uid>/", edit_statement.statement, name="statement"),
    path("updates/<uuid:uid>/take-back/", edit_update.update_retract, name="update_retract"),
    path("review/", edit_review.review, name="review"),
]
