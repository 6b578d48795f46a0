"""When two addresses are the same page, however they are spelled."""

from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

_USUAL_PORTS = (None, 80, 443)


def key(url: str) -> str:
    """What is compared: host, unusual port, path and query. Scheme, `www.`, case of the host and fragment do not count.

    Never raises; what is no whole address is compared as it stands, and the empty text is the empty key.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = _host(parts), parts.port
    except ValueError:  # a port or an IPv6 address that is none
        return text
    if not host:
        return text
    place = host if port in _USUAL_PORTS else f"{host}:{port}"
    return f"{place}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def _host(parts: SplitResult) -> str:
    """In lower case and ASCII, where that is possible; `bücher.example` and its `xn--` form are one host."""
    host = (parts.hostname or "").rstrip(".")
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii")
    return host.removeprefix("www.")
