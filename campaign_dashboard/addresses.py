"""One Redis address, several uses: the numbered databases beside it, and the spelling that Celery wants."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def beside(url: str, offset: int) -> str:
    """The database `offset` numbers after the one that `url` names."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if parts.scheme == "unix":
        query["db"] = str(int(query.get("db", "0")) + offset)
        return f"unix://{parts.path}?{urlencode(query)}"
    return urlunsplit(parts._replace(path=f"/{int(parts.path.strip('/') or 0) + offset}"))


def for_celery(url: str) -> str:
    """The same place in Kombu's words, which knows Unix sockets as `redis+socket`."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    database = dict(parse_qsl(parts.query)).get("db", "0")
    return f"redis+socket://{parts.path}?virtual_host={database}"
