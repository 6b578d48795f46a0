"""What the public pages share: who reads, in which language, on which day, and addresses that have moved."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timeline.editorial.permissions import actor_of
from timeline.models import Campaign
from timeline.queries.campaigns import find_address
from timeline.queries.loading import Audience, find_campaign
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


def today_of(slug: str, reader: Audience) -> date:
    """The day that it is in the campaign's zone. Raises Campaign.DoesNotExist."""
    return timezone.now().astimezone(ZoneInfo(find_campaign(slug, reader).timezone)).date()


def timeline(request: HttpRequest, slug: str, chosen: TimelineFilter) -> TimelineView:
    """The campaign as it stands today in its own time zone. Raises Campaign.DoesNotExist."""
    reader = audience(request)
    today = today_of(slug, reader)
    return campaign_timeline(slug, filter=chosen, language=language(), today=today, audience=reader)


def items_by_uid(view: TimelineView) -> dict[str, Item]:
    return {item.uid: item for item in (*view.items, *view.undated)}


def moves(view: View) -> View:
    """The page of a campaign: a former address leads to the new one, and where there is none, 404."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **options: Any) -> HttpResponse:
        try:
            return view(request, slug=slug, **options)
        except Campaign.DoesNotExist:
            return _moved(request, slug, options)

    return found


def _moved(request: HttpRequest, slug: str, options: dict[str, Any]) -> HttpResponse:
    try:
        address = find_address(slug, audience=audience(request))
    except Campaign.DoesNotExist:
        raise Http404(_("There is no campaign at this address.")) from None
    assert address.moved and request.resolver_match is not None
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    target = reverse(request.resolver_match.view_name, kwargs={**options, "slug": address.slug})
    return redirect(target + query, permanent=True)
