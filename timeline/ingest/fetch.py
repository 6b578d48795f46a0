"""The one door to the network.

    address ─▶ allowed? ─▶ look up once, check every answer ─▶ connect to a checked one ─▶ head
       ▲                                                                                    │ 3xx, body unread
       └────────────────────────────────── next hop, checked again ◀────────────────────────┤
                                                                      200: body within size, ratio and time ─▶ Fetched

Environment proxies, cookies and netrc are not used. Only the address asked for, and where it redirects, is fetched.
"""

import email.utils
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import requests
from django.utils.translation import gettext as _
from requests.exceptions import RequestException
from ssrfguard import SSRFGuardError
from urllib3.exceptions import HTTPError, NameResolutionError, SSLError

from timeline.ingest import guard
from timeline.ingest.addresses import Address, BadAddress, read
from timeline.ingest.guard import Deadline
from timeline.ingest.inflate import ENCODINGS, Damaged, Inflater

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CONNECT_SECONDS = 10.0
CHUNK = 64 * 1024
LONGEST_WAIT = timedelta(days=14)
LONGEST_VALIDATOR = 1_000


class FetchError(Exception):
    """A fetch that brought nothing. `name` is for machines; the message tells an editor what to do."""

    name: ClassVar[str] = "fetch"

    def __init__(self, message: str, *, status: int | None = None, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class AddressRefused(FetchError):
    name = "address_refused"


class HostUnknown(FetchError):
    name = "host_unknown"


class Unreachable(FetchError):
    name = "unreachable"


class TlsFailed(FetchError):
    name = "tls"


class TimedOut(FetchError):
    name = "timeout"


class TooLarge(FetchError):
    name = "too_large"


class BadRedirect(FetchError):
    name = "redirect"


class BadAnswer(FetchError):
    name = "bad_answer"


class HttpStatus(FetchError):
    name = "http_status"


class Busy(FetchError):
    name = "busy"


class Denied(FetchError):
    name = "denied"


class Gone(FetchError):
    name = "gone"


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last answer said about itself, to be sent back byte for byte."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of our time and memory one fetch may take, and how we present ourselves."""

    seconds: float = 30
    bytes: int = 15_000_000
    redirects: int = 5
    ratio: int = 100  # decoded to received, beyond the first megabyte
    user_agent: str = "CampaignTimeline/1"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: 200 with a body, or 304 without."""

    status: int
    final_url: str
    headers: Mapping[str, str]
    body: bytes
    elapsed: float
    redirects: tuple[str, ...] = ()

    @property
    def not_modified(self) -> bool:
        return self.status == 304

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def validators(self) -> Validators:
        return Validators(_kept(self.headers.get("etag", "")), _kept(self.headers.get("last-modified", "")))


@dataclass
class _Visit:
    """One fetch under way."""

    limits: Limits
    validators: Validators
    allow: frozenset[str]
    now: datetime
    limit: Deadline
    began: float = field(default_factory=time.monotonic)
    seen: list[str] = field(default_factory=list)

    @property
    def left(self) -> float:
        return max(0.05, self.limits.seconds - (time.monotonic() - self.began))


def fetch(url: str, *, validators: Validators, limits: Limits, allow: frozenset[str], now: datetime) -> Fetched:
    """GET `url`; a 304 is an answer like a 200. `allow` holds exact `host:port` entries that need not be public.

    Raises FetchError, in the subclass that says what to do, for everything else; never anything that requests raises.
    """
    with guard.deadline(limits.seconds) as limit:
        visit = _Visit(limits, validators, allow, now, limit)
        try:
            return _follow(url, visit)
        except FetchError:
            if limit.passed:  # the cut socket looks like many other faults
                raise _timed_out(visit) from None
            raise


def parse_retry_after(value: str, *, now: datetime) -> timedelta | None:
    """Seconds or an HTTP date as a wait of at most fourteen days; None where it says nothing usable."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(timedelta(seconds=int(value[:8])), LONGEST_WAIT)
    try:
        until = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta(0)), LONGEST_WAIT)


def _follow(url: str, visit: _Visit) -> Fetched:
    try:
        address = read(url)
        while True:
            visit.seen.append(address.href)
            response, adapter = _send(address, visit)
            try:
                if response.status_code not in REDIRECTS or "location" not in response.headers:
                    return _take(response, visit)
                address = _next_hop(response, address, visit)
            finally:
                response.close()
                adapter.close()
    except BadAddress as error:
        if visit.seen:
            raise BadRedirect(
                _(
                    "The source sends readers on to an address that cannot be used (%(why)s) "
                    "Use the address that a browser ends at."
                )
                % {"why": error}
            ) from error
        raise AddressRefused(str(error)) from error


def _send(address: Address, visit: _Visit) -> tuple[requests.Response, guard.Adapter]:
    """The head of the answer. Not `Session.send`: that reads the body of a redirect, however large it is."""
    policy = guard.policy_for(address, allow=visit.allow)
    headers = {
        "User-Agent": visit.limits.user_agent,
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **visit.validators.headers(),
    }
    adapter = guard.Adapter(policy=policy, limit=visit.limit, seconds=min(CONNECT_SECONDS, visit.left))
    try:
        policy.check_url(address.href)
        request = requests.Request("GET", address.href, headers=headers).prepare()
        timeout = (min(CONNECT_SECONDS, visit.left), visit.left)
        return adapter.send(request, stream=True, timeout=timeout, proxies={}), adapter
    except SSRFGuardError as error:
        adapter.close()
        raise AddressRefused(
            _(
                "%(host)s is not fetched: it is not a public web server on a usual port. If the source is your own, "
                "whoever runs this site can add %(entry)s to FETCH_ALLOW."
            )
            % {"host": address.host, "entry": address.host_port}
        ) from error
    except (RequestException, HTTPError, OSError) as error:
        adapter.close()
        raise _network_error(error, address, visit) from error


def _next_hop(response: requests.Response, address: Address, visit: _Visit) -> Address:
    if len(visit.seen) > visit.limits.redirects:
        raise BadRedirect(
            _("The source redirects more than %(count)s times; use the address that a browser ends at.")
            % {"count": visit.limits.redirects},
            status=response.status_code,
        )
    # Headers arrive as Latin-1; addresses in them are UTF-8.
    location = response.headers["location"].encode("latin-1", "replace").decode("utf-8", "replace")
    target = read(location, base=address.href)
    if target.href in visit.seen:
        raise BadRedirect(
            _("The source redirects in a circle; use the address that a browser ends at."), status=response.status_code
        )
    return target


def _take(response: requests.Response, visit: _Visit) -> Fetched:
    status = response.status_code
    if status == 304 and visit.validators.headers():
        body = b""
    elif status == 200:
        body = _read_body(response, visit)
    else:
        raise _status_error(response, now=visit.now)
    headers = {name.lower(): value for name, value in response.headers.items()}
    elapsed = time.monotonic() - visit.began
    return Fetched(status, visit.seen[-1], headers, body, elapsed, tuple(visit.seen[:-1]))


def _status_error(response: requests.Response, *, now: datetime) -> FetchError:
    status = response.status_code
    wait = parse_retry_after(response.headers.get("retry-after", ""), now=now)
    if status in (429, 503):
        message = _("The source asks us to come back later (HTTP %(status)s); it will be tried again by itself.")
        return Busy(message % {"status": status}, status=status, retry_after=wait)
    if status == 410:
        message = _(
            "The source says that it is gone for good (HTTP 410); what it brought is kept. Give it a new address "
            "or remove it."
        )
        return Gone(message, status=status)
    if status in (401, 403, 407, 451):
        message = _(
            "The source refuses to be read without permission (HTTP %(status)s); ask its publisher, or use a "
            "public address."
        )
        return Denied(message % {"status": status}, status=status)
    if status == 404:
        return HttpStatus(_("There is nothing at this address (HTTP 404); check it in a browser."), status=status)
    message = _("The source answered with HTTP %(status)s instead of its content; it will be tried again by itself.")
    return HttpStatus(message % {"status": status}, status=status, retry_after=wait)


def _network_error(error: Exception, address: Address, visit: _Visit) -> FetchError:
    if visit.limit.passed or isinstance(error, (requests.Timeout, TimeoutError)):
        return _timed_out(visit)
    cause: object = getattr(error.args[0], "reason", error) if error.args else error
    if isinstance(cause, NameResolutionError):
        return HostUnknown(
            _("The host %(host)s is not known; check the address for typing mistakes.") % {"host": address.host}
        )
    if isinstance(error, requests.exceptions.SSLError) or isinstance(cause, SSLError):
        message = _("The certificate of %(host)s could not be verified, so nothing was read; check it in a browser.")
        return TlsFailed(message % {"host": address.host})
    if isinstance(error, requests.ConnectionError) and "Connection refused" in str(error):
        message = _("%(host)s does not accept connections on port %(port)s; it will be tried again by itself.")
        return Unreachable(message % {"host": address.host, "port": address.port})
    message = _("The connection to %(host)s failed or was cut off; it will be tried again by itself.")
    return Unreachable(message % {"host": address.host})


def _timed_out(visit: _Visit) -> TimedOut:
    message = _("The source did not answer within %(seconds)s seconds; it will be tried again by itself.")
    return TimedOut(message % {"seconds": round(visit.limits.seconds)})


def _read_body(response: requests.Response, visit: _Visit) -> bytes:
    """The decoded body. Inflated in bounded steps, so that a small answer cannot become a large one in memory."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", *ENCODINGS):
        raise BadAnswer(_("The source packs its answer in a way that was not asked for (%(how)s); it cannot be read.")
                        % {"how": encoding[:40]})  # fmt: skip
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > visit.limits.bytes:
        raise _too_large(visit)
    received, body = 0, bytearray()
    inflate = Inflater(encoding) if encoding in ENCODINGS else None
    try:
        for chunk in _chunks(response, visit):
            received += len(chunk)
            for part in inflate.feed(chunk) if inflate else (chunk,):
                body += part
                if len(body) > min(visit.limits.bytes, max(1_000_000, received * visit.limits.ratio)):
                    raise _too_large(visit)
    except Damaged as error:
        raise _cut_short() from error
    if inflate and received and not inflate.complete:
        raise _cut_short()
    return bytes(body)


def _chunks(response: requests.Response, visit: _Visit) -> Iterator[bytes]:
    raw = response.raw
    try:
        while chunk := raw.read1(CHUNK, decode_content=False):
            if visit.limit.passed:
                raise _timed_out(visit)
            yield chunk
    except (HTTPError, OSError) as error:
        raise (_timed_out(visit) if isinstance(error, TimeoutError) else _cut_short()) from error
    if visit.limit.passed or raw.length_remaining:
        raise _cut_short()


def _cut_short() -> BadAnswer:
    return BadAnswer(
        _("The answer of the source broke off or was damaged, so it was not used; it will be tried again.")
    )


def _too_large(visit: _Visit) -> TooLarge:
    message = _(
        "The answer of the source is larger than %(size)s MB, so it was not read to its end; use a smaller feed."
    )
    return TooLarge(message % {"size": max(1, round(visit.limits.bytes / 1_000_000))})


def _kept(value: str) -> str:
    """A validator as it will be sent back, or nothing where it is too long or holds control characters."""
    return value if len(value) <= LONGEST_VALIDATOR and value.isprintable() else ""
