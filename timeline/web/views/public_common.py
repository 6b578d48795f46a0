"""What the public pages share: who reads, in which language, on which day, and addresses that have moved."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_cookie

from timeline.editorial.permissions import actor_of
from timeline.models import Campaign
from timeline.queries.campaigns import find_address, stamp_of
from timeline.queries.loading import Audience
from timeline.queries.text import reading_language
from timeline.queries.timeline import campaign_timeline
from timeline.values.filters import TimelineFilter
from timeline.values.view import Item, TimelineView

View = Callable[..., HttpResponse]


def audience(request: HttpRequest) -> Audience:
    return "editor" if actor_of(request.user).may("milestone.edit") else "visitor"


def language() -> str:
    return reading_language(get_language())


def with_editor(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The context, with whether the reader may edit."""
    return {**context, "may_edit": audience(request) == "editor"}


def timeline(request: HttpRequest, slug: str, chosen: TimelineFilter, today: date) -> TimelineView:
    """The campaign as it stands. Raises Campaign.DoesNotExist."""
    return campaign_timeline(slug, filter=chosen, language=language(), today=today, audience=audience(request))


def items_by_uid(view: TimelineView) -> dict[str, Item]:
    return {item.uid: item for item in (*view.items, *view.undated)}


def moves(view: View) -> View:
    """The page of a campaign: a former address leads to the new one, and where there is none, 404."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **options: Any) -> HttpResponse:
        try:
            return view(request, slug=slug, **options)
        except Campaign.DoesNotExist:
            return moved(request, slug, options)

    return found


def stamped(view: View) -> View:
    """The page of a campaign with an ETag: a visitor whose page is still right is told so before anything is drawn.

    Right is what was drawn from the same revision, on the same day, in the same language, by the same code, when the
    sources had last answered. Who is signed in gets pages that nobody keeps. The view is given `today`, the day that
    it is in the campaign's zone.
    """

    @wraps(view)
    def found(request: HttpRequest, slug: str, **options: Any) -> HttpResponse:
        stamp = stamp_of(slug, audience=audience(request))
        today = timezone.now().astimezone(ZoneInfo(stamp.timezone)).date()
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            response = view(request, slug=slug, today=today, **options)
            patch_cache_control(response, private=True, no_store=True)
            return response
        answered = int(stamp.answered.timestamp()) if stamp.answered else 0
        etag = f'W/"{stamp.revision}.{today:%Y%m%d}.{answered}.{language()}.{settings.RELEASE()}"'
        response = get_conditional_response(request, etag=etag) or view(request, slug=slug, today=today, **options)
        if response.status_code in (200, 304):
            response.headers["ETag"] = etag
            patch_cache_control(response, public=True, no_cache=True)
        return response

    return vary_on_cookie(found)


def moved(request: HttpRequest, slug: str, options: dict[str, Any]) -> HttpResponse:
    """The way to the campaign's new address; what was sent goes there too. Raises Http404 where it never had one."""
    try:
        address = find_address(slug, audience=audience(request))
    except Campaign.DoesNotExist:
        raise Http404(_("There is no campaign at this address.")) from None
    if not address.moved or request.resolver_match is None:
        raise Http404(_("There is no such page of this campaign."))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    target = reverse(request.resolver_match.view_name, kwargs={**options, "slug": address.slug})
    return redirect(target + query, permanent=True, preserve_request=request.method not in ("GET", "HEAD"))
