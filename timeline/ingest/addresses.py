"""Web addresses as browsers read them (WHATWG), and the one form under which two addresses count as the same."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import ada_url
from django.utils.translation import gettext as _

from timeline.values.text import ADDRESS

PORTS = {"http:": 80, "https:": 443}

# Parameters that say how a reader came to the page and nothing about which page it is.
TRACKING = frozenset({
    "_ga", "_gl", "_hsenc", "_hsmi", "fbclid", "from_source", "gbraid", "gclid", "igshid", "mc_cid", "mc_eid",
    "mkt_tok", "msclkid", "scene", "share_from", "share_source", "share_token", "sharer_shareid", "spm", "spm_id_from",
    "srsltid",
    "timestamp_share", "twclid", "vd_source", "vero_id", "wbraid", "wfr", "yclid",
})  # fmt: skip
TRACKING_PREFIXES = ("utm_", "pk_", "piwik_", "mtm_", "hsa_", "at_custom", "at_medium", "at_campaign")


class BadAddress(ValueError):
    """An address that cannot be fetched or linked; the message says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address in its one normal spelling, without fragment."""

    href: str
    scheme: str
    host: str  # without the brackets of IPv6
    port: int

    @property
    def host_port(self) -> str:
        """As an entry of FETCH_ALLOW spells it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read(text: str, *, base: str = "") -> Address:
    """Reads `text` (against `base` where it is relative). Raises BadAddress for anything but http and https, for
    credentials in the address, and for what no browser would open."""
    text = text.strip()
    if len(text) > ADDRESS:
        raise BadAddress(_("This address is longer than %(limit)s characters.") % {"limit": ADDRESS})
    try:
        url = ada_url.URL(text, base or None)
        if url.protocol not in PORTS:
            raise BadAddress(_("Only addresses that begin with http:// or https:// can be used."))
        if url.username or url.password or "@" in text.partition("//")[2].partition("/")[0]:
            raise BadAddress(_("Remove the user name or password from the address; addresses are shown to readers."))
        url.hash = ""
        port = int(url.port) if url.port else PORTS[url.protocol]
    except ValueError as error:
        if isinstance(error, BadAddress):
            raise
        raise BadAddress(
            _("“%(text)s” is not a web address; check it for typing mistakes.") % {"text": text}
        ) from error
    if not url.hostname:
        raise BadAddress(_("This address names no host."))
    return Address(url.href, url.protocol.rstrip(":"), url.hostname.strip("[]"), port)


def link(text: str, *, base: str = "") -> str:
    """The address as a reader may follow it, or "" where it is none that is safe to show."""
    try:
        return read(text, base=base).href if text.strip() else ""
    except BadAddress:
        return ""


def canonical(text: str) -> str:
    """The form for comparing: no scheme, `www.`, tracking parameters, fragment or closing slash; parameters in order.

    What is no address is compared as it stands.
    """
    try:
        address = read(text)
    except BadAddress:
        return text.strip()
    url = ada_url.URL(address.href)
    kept = sorted(
        (name, value) for name, value in parse_qsl(url.search[1:], keep_blank_values=True) if not _tracks(name)
    )
    host = address.host.removeprefix("www.")
    port = "" if address.port in PORTS.values() else f":{address.port}"
    return f"{host}{port}{url.pathname.rstrip('/')}" + (f"?{urlencode(kept)}" if kept else "")


def _tracks(name: str) -> bool:
    return name.lower() in TRACKING or name.lower().startswith(TRACKING_PREFIXES)
