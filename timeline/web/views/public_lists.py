"""Public pages over all campaigns: lists, departments, updates, sources' health, search, the method."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.models import Department
from timeline.queries.campaigns import campaign_list
from timeline.queries.departments import department_list, department_page
from timeline.queries.health import background_is_there, sources_health
from timeline.queries.loading import find_campaign
from timeline.queries.search import search as find
from timeline.queries.text import title_text
from timeline.queries.updates import CursorError, freshness, update_page
from timeline.web.views import public_common as common


def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign with what is to be known of it at a glance; also the front page."""
    reader = common.audience(request)
    lines = campaign_list(language=common.language(), today=timezone.localdate(), audience=reader)
    return render(request, "timeline/campaigns.html", common.with_editor(request, {"lines": lines}))


def departments(request: HttpRequest) -> HttpResponse:
    """Every body, local ones under their national one."""
    lines = department_list(language=common.language())
    return render(request, "timeline/departments.html", common.with_editor(request, {"lines": lines}))


def department(request: HttpRequest, slug: str) -> HttpResponse:
    """A body: its names through time, what it became, what it carries in each campaign."""
    try:
        page = department_page(slug, language=common.language())
    except Department.DoesNotExist:
        raise Http404(_("There is no department at this address.")) from None
    return render(request, "timeline/department.html", common.with_editor(request, {"page": page}))


def all_updates(request: HttpRequest) -> HttpResponse:
    """The accepted updates of all campaigns, newest first."""
    return _updates(request, "")


@common.moves
def updates(request: HttpRequest, slug: str) -> HttpResponse:
    """The accepted updates of a campaign, newest first."""
    return _updates(request, slug)


def _updates(request: HttpRequest, slug: str) -> HttpResponse:
    language, reader = common.language(), common.audience(request)
    after = request.GET.get("after", "")
    try:
        page = update_page(language=language, campaign_slug=slug, after=after, audience=reader)
    except CursorError:
        raise Http404(_("This page of the list is not known; start again at the first page.")) from None
    context: dict[str, Any] = {
        "page": page,
        "after": after,
        "fresh": freshness(slug, audience=reader),
        "may_edit": reader == "editor",
    }
    if slug:
        context |= {"slug": slug, "title": title_text(find_campaign(slug, reader).title, language, fallback=slug)}
    return render(request, "timeline/updates.html", context)


def sources(request: HttpRequest) -> HttpResponse:
    """The watched sources, and how each of them is doing."""
    editor = common.audience(request) == "editor"
    now = timezone.now()
    found = sources_health(now=now, language=common.language(), drafts=editor)
    context = {"sources": found, "may_edit": editor, "waits": editor and not background_is_there(now=now)}
    return render(request, "timeline/sources.html", context)


def method(request: HttpRequest) -> HttpResponse:
    """What the words mean, how dates are read, the licence, where to report an error."""
    return render(request, "timeline/method.html")


def search(request: HttpRequest) -> HttpResponse:
    """One search over everything that is public."""
    results = find(request.GET.get("q", ""), language=common.language())
    return render(request, "timeline/search.html", {"results": results, "search_words": results.q})
