"""What every view of the API does alike.

language ▶ throttle ▶ parameters ▶ campaign (or a redirect to its present name) ▶ ETag, maybe 304 ▶ answer
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from timeline.api import parameters, reads
from timeline.api.pages import Pages
from timeline.api.parameters import LANG, Parameter
from timeline.api.renderers import JSON
from timeline.api.schema import Declared
from timeline.models import Campaign
from timeline.values.filters import TimelineFilter

FILTER_NAMES = {parameter.name for parameter in parameters.FILTERS}
AUDIENCE = "public"  # nothing here depends on who asks


class Moved(Exception):
    """The campaign is called otherwise now."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class PublicView(APIView):
    """A readable address. Subclasses say what is asked and give the answer; see `answer`."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (AnonRateThrottle,)
    renderer_classes = (JSON,)
    http_method_names = ["get", "head", "options"]
    schema = Declared()

    operation = tag = summary = description = ""
    media_type = JSON.media_type
    parameters: tuple[Parameter, ...] = (LANG,)
    scoped = False  # whether `slug` in the address is a campaign's

    asked: dict[str, Any]
    campaign: Campaign | None = None
    now: datetime

    @classmethod
    def answers(cls) -> dict[str, Any]:
        """The schema of what `answer` returns."""
        raise NotImplementedError

    def answer(self, **parts: str) -> Any:
        """The data for the address. Raises APIException, Http404 or InvalidParameter."""
        raise NotImplementedError

    def stamp(self) -> str:
        """What stands for the state of the facts: the campaign's revision, else the last change of anything."""
        return str(self.campaign.revision if self.campaign else reads.last_change())

    def filter(self) -> TimelineFilter:
        """The page's filter, as asked. Raises InvalidParameter."""
        return parameters.read_filter({name: value for name, value in self.asked.items() if name in FILTER_NAMES})

    def link(self, name: str, /, **parts: str) -> str:
        """The absolute address of a route of the API."""
        return str(reverse(f"api:{name}", kwargs=parts or None, request=self.request))

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.language = _language(request)
        self.now = timezone.now()
        with translation.override(self.language.lower()):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()  # inside the block: translations are looked up when the text is made
        return response

    def get(self, request: Request, **parts: str) -> HttpResponseBase:
        self.asked = parameters.read_all(dict(request.query_params.lists()), self.parameters)
        try:
            self.campaign = _campaign(parts["slug"]) if self.scoped else None
        except Moved as moved:
            return self._redirect(request, parts | {"slug": moved.slug})
        etag = self._etag()
        if _matches(etag, request.headers.get("If-None-Match", "")):
            return self._stamped(Response(status=304), etag)
        found = self.answer(**parts)
        return self._stamped(found if isinstance(found, HttpResponseBase) else Response(found), etag)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """The answer to a browser that asks whether a page of another origin may read."""
        headers = {
            "Allow": "GET, HEAD, OPTIONS",
            "Access-Control-Allow-Methods": "GET, HEAD",
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
        return Response(status=204, headers=headers)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After, Content-Language"
        response.headers["Content-Language"] = self.language
        response.headers.setdefault("Cache-Control", "no-store")  # errors; answers have set their own
        patch_vary_headers(response, ("Accept-Language",))
        return response

    @property
    def today(self) -> date:
        """The date in the campaign's zone."""
        try:
            zone = ZoneInfo(self.campaign.timezone if self.campaign else "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            zone = ZoneInfo("UTC")
        return self.now.astimezone(zone).date()

    def page(self, rows: Any, build: Any, *, descending: bool = False) -> dict[str, Any]:
        """One page of `rows`, which carry `place`."""
        count = rows.count()
        size = self.asked.get("page_size", parameters.PAGE_SIZE)
        pages = Pages(size=size, ordering="-place" if descending else "place")
        found = pages.read(rows, self.request)
        links = {"next": pages.get_next_link(), "previous": pages.get_previous_link()}
        return {"count": count, **links, "results": [build(row, self.link) for row in found]}

    def _etag(self) -> str:
        """Weak: two answers with the same one state the same facts, though their bytes may be packed differently."""
        return f'W/"{self.stamp()}.{self.today:%Y%m%d}.{self.language}.{AUDIENCE}.{settings.RELEASE()}"'

    def _stamped(self, response: HttpResponseBase, etag: str) -> HttpResponseBase:
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "public, no-cache"  # keep it, and ask each time whether it is still right
        return response

    def _redirect(self, request: Request, parts: dict[str, str]) -> HttpResponseBase:
        match = request.resolver_match
        name = match.url_name if match and match.url_name else "campaign"
        query = request.META.get("QUERY_STRING", "")
        where = self.link(name, **parts) + (f"?{query}" if query else "")
        return Response(status=308, headers={"Location": where, "Cache-Control": "public, max-age=3600"})


def _campaign(slug: str) -> Campaign:
    found = reads.find_campaign(slug)
    if found is None:
        now_called = reads.slug_now(slug)
        if now_called:
            raise Moved(now_called)
        raise NotFound(_("There is no public campaign of this name. /api/v1/campaigns/ lists them."))
    return found


def _language(request: Any) -> str:
    """`?lang`, else what the browser likes best of ours, else English. Cookies do not count: answers are shared."""
    try:
        given = request.GET.get("lang", "").lower()
    except SuspiciousOperation:  # too many parameters to be read; `get` meets the same and refuses them
        given = ""
    named = next((known for known in parameters.LANGUAGES if known.lower() == given), None)
    if named:
        return named
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code.startswith(("en", "zh")):
            return "zh-Hans" if code.startswith("zh") else "en"
    return "en"


def _matches(etag: str, if_none_match: str) -> bool:
    """Weak comparison, as RFC 9110 wants for If-None-Match."""
    given = parse_etags(if_none_match) if if_none_match else []
    return "*" in given or etag.removeprefix("W/") in [one.removeprefix("W/") for one in given]
