"""The door against a server that does everything a source can do."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug import Request, Response

from timeline.ingest import fetch as door
from timeline.ingest.fetch import Fetched, FetchError, Limits, Validators, fetch, parse_retry_after

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)


@contextmanager
def raw_server(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server of one connection that does with the socket what `answer` does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            try:
                connection, _ = listening.accept()
                with connection:
                    connection.recv(65536)
                    answer(connection)
            except OSError:  # the door hung up, as it should
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        listening.close()
        thread.join(5)


def get(url: str, *, validators: Validators | None = None, **limits: Any) -> Fetched:
    entry = url.split("/")[2]
    given = Limits(**{"seconds": 5, "bytes": 200_000, "user_agent": "Test/1"} | limits)
    return fetch(url, validators=validators or Validators(), limits=given, allow=frozenset({entry}), now=NOW)


def refusal(url: str, **limits: Any) -> FetchError:
    with pytest.raises(FetchError) as raised:
        get(url, **limits)
    return raised.value


def test_an_answer_is_taken_with_its_validators(httpserver: Any) -> None:
    headers = {
        "ETag": 'W/"a b"',
        "Last-Modified": "Mon, 05 Sep 2022 19:26:03 GMT",
        "Content-Type": "text/xml; charset=gbk",
    }
    httpserver.expect_request("/feed", headers={"User-Agent": "Test/1"}).respond_with_data("<rss/>", headers=headers)

    fetched = get(httpserver.url_for("/feed"))

    assert (fetched.status, fetched.body, fetched.content_type) == (200, b"<rss/>", "text/xml; charset=gbk")
    assert fetched.validators == Validators('W/"a b"', "Mon, 05 Sep 2022 19:26:03 GMT")


def test_validators_are_sent_back_byte_for_byte(httpserver: Any) -> None:
    seen: list[tuple[str | None, str | None]] = []

    def answer(request: Request) -> Response:
        seen.append((request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")))
        return Response(status=304)

    httpserver.expect_request("/").respond_with_handler(answer)

    fetched = get(httpserver.url_for("/"), validators=Validators('"é-1', "yesterday, about noon"))

    assert fetched.not_modified
    assert seen == [('"é-1', "yesterday, about noon")]


def test_not_modified_without_having_asked_is_an_error(httpserver: Any) -> None:
    httpserver.expect_request("/").respond_with_data("", status=304)

    assert refusal(httpserver.url_for("/")).name == "http_status"


def test_a_validator_with_a_control_character_is_not_kept() -> None:
    fetched = Fetched(200, "", {"etag": "a\x01b", "last-modified": "x" * 5000}, b"", 0)

    assert fetched.validators == Validators()


def test_redirects_are_followed_and_counted(httpserver: Any) -> None:
    httpserver.expect_request("/a").respond_with_data("", status=301, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data("", status=308, headers={"Location": httpserver.url_for("/c")})
    httpserver.expect_request("/c").respond_with_data("there")

    fetched = get(httpserver.url_for("/a"))

    assert (fetched.body, fetched.final_url) == (b"there", httpserver.url_for("/c"))
    assert fetched.redirects == (httpserver.url_for("/a"), httpserver.url_for("/b"))


def test_a_redirect_in_a_circle_is_stopped(httpserver: Any) -> None:
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data("", status=302, headers={"Location": "/a"})

    assert (refusal(httpserver.url_for("/a")).name, len(httpserver.log)) == ("redirect", 2)


def test_a_long_chain_of_redirects_is_stopped_at_the_limit(httpserver: Any) -> None:
    def on(request: Request) -> Response:
        return Response(status=302, headers={"Location": f"/{int(request.path[1:]) + 1}"})

    import re

    httpserver.expect_request(re.compile(r"/\d+")).respond_with_handler(on)

    assert (refusal(httpserver.url_for("/0"), redirects=3).name, len(httpserver.log)) == ("redirect", 4)


def test_a_redirect_to_a_file_is_refused(httpserver: Any) -> None:
    httpserver.expect_request("/").respond_with_data("", status=302, headers={"Location": "file:///etc/passwd"})

    assert refusal(httpserver.url_for("/")).name == "redirect"


def test_the_body_of_a_redirect_is_never_read(httpserver: Any) -> None:
    sent = 0

    def answer(connection: socket.socket) -> None:
        nonlocal sent
        target = httpserver.url_for("/ok")
        connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 99999999\r\n\r\n".encode())
        while True:
            sent += connection.send(b"x" * 65536)

    httpserver.expect_request("/ok").respond_with_data("ok")
    with raw_server(answer) as url:
        allow = frozenset({url.split("/")[2], f"{httpserver.host}:{httpserver.port}"})
        started = time.monotonic()
        # The test server is asked as `localhost`, which the list must name as such.
        fetched = fetch(url, validators=Validators(), limits=Limits(seconds=5), allow=allow, now=NOW)

    assert (fetched.body, time.monotonic() - started < 2) == (b"ok", True)
    assert sent < 10_000_000


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate"])
def test_a_packed_answer_is_unpacked(httpserver: Any, encoding: str) -> None:
    packed = zlib.compress(b"words") if encoding == "deflate" else gzip.compress(b"wo") + gzip.compress(b"rds")
    httpserver.expect_request("/").respond_with_data(packed, headers={"Content-Encoding": encoding})

    assert get(httpserver.url_for("/")).body == b"words"


def test_deflate_without_its_header_is_unpacked(httpserver: Any) -> None:
    packed = zlib.compressobj(wbits=-15)
    body = packed.compress(b"words") + packed.flush()
    httpserver.expect_request("/").respond_with_data(body, headers={"Content-Encoding": "deflate"})

    assert get(httpserver.url_for("/")).body == b"words"


@pytest.mark.parametrize(
    ("body", "encoding", "name"),
    [
        (gzip.compress(b"x" * 50_000_000), "gzip", "too_large"),
        (gzip.compress(b"words")[:-9], "gzip", "bad_answer"),
        (b"no gzip at all", "gzip", "bad_answer"),
        (gzip.compress(b"words") + b"trailing", "gzip", "bad_answer"),
        (gzip.compress(gzip.compress(b"w")), "gzip, gzip", "bad_answer"),
        (b"x", "br", "bad_answer"),
    ],
    ids=["bomb", "cut short", "not packed", "trailing", "twice", "not asked for"],
)
def test_a_packed_answer_that_is_not_right_is_refused(httpserver: Any, body: bytes, encoding: str, name: str) -> None:
    httpserver.expect_request("/").respond_with_data(body, headers={"Content-Encoding": encoding})

    assert refusal(httpserver.url_for("/")).name == name


def test_a_ratio_beyond_reason_is_refused_although_the_size_is_not(httpserver: Any) -> None:
    body = gzip.compress(b"x" * 3_000_000)
    httpserver.expect_request("/").respond_with_data(body, headers={"Content-Encoding": "gzip"})

    assert refusal(httpserver.url_for("/"), bytes=10_000_000).name == "too_large"


def test_a_declared_size_over_the_limit_is_refused_unread(httpserver: Any) -> None:
    httpserver.expect_request("/").respond_with_data(b"x" * 200_001)

    assert refusal(httpserver.url_for("/")).name == "too_large"


def test_an_endless_answer_is_cut_at_the_limit() -> None:
    sent = 0

    def answer(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            sent += connection.send(b"x" * 65536)

    with raw_server(answer) as url:
        assert refusal(url).name == "too_large"
    assert sent < 10_000_000


def _drip(connection: socket.socket, head: bytes) -> None:
    connection.sendall(head)
    while True:
        connection.sendall(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"],
    ids=["body", "head", "body without length"],
)
def test_a_dripping_answer_is_cut_at_the_deadline(head: bytes) -> None:
    with raw_server(lambda connection: _drip(connection, head)) as url:
        started = time.monotonic()
        error = refusal(url, seconds=0.5)

    assert (error.name, time.monotonic() - started < 2) == ("timeout", True)


def test_a_silent_server_is_left_at_the_deadline() -> None:
    with raw_server(lambda connection: time.sleep(1)) as url:
        assert refusal(url, seconds=0.3).name == "timeout"


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nrubbish",
        b"not http at all\r\n\r\n",
        b"",
    ],
    ids=["short", "short chunk", "bad chunk", "no http", "nothing"],
)
def test_a_damaged_answer_is_an_error_and_never_a_part(said: bytes) -> None:
    with raw_server(lambda connection: connection.sendall(said)) as url:
        assert refusal(url).name in ("bad_answer", "unreachable")


def test_a_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"

    error = refusal(url)

    assert (error.name, "does not accept connections" in str(error)) == ("unreachable", True)


def test_what_speaks_no_tls_is_not_read() -> None:
    with raw_server(lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")) as url:
        assert refusal(url.replace("http:", "https:")).name in ("tls", "unreachable")


@pytest.mark.parametrize(
    ("status", "name"),
    [(204, "http_status"), (206, "http_status"), (401, "denied"), (403, "denied"), (404, "http_status"), (410, "gone"),
     (429, "busy"), (451, "denied"), (500, "http_status"), (503, "busy")],
)  # fmt: skip
def test_a_status_has_its_class(httpserver: Any, status: int, name: str) -> None:
    httpserver.expect_request("/").respond_with_data("", status=status)

    error = refusal(httpserver.url_for("/"))

    assert (error.name, error.status) == (name, status)


def test_a_busy_source_says_when_to_come_back(httpserver: Any) -> None:
    httpserver.expect_request("/").respond_with_data("", status=429, headers={"Retry-After": "120"})

    assert refusal(httpserver.url_for("/")).retry_after == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("60", timedelta(minutes=1)),
        ("Mon, 01 Jan 2024 13:00:00 GMT", timedelta(hours=1)),
        ("Mon, 01 Jan 2024 11:00:00 GMT", timedelta(0)),
        ("99999999999999999999", timedelta(days=14)),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("٣", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str, wait: timedelta | None) -> None:
    assert parse_retry_after(value, now=NOW) == wait


def test_cookies_are_not_carried(httpserver: Any) -> None:
    headers = {"Location": "/b", "Set-Cookie": "a=1"}
    httpserver.expect_request("/a").respond_with_data("", status=302, headers=headers)
    httpserver.expect_request("/b").respond_with_handler(
        lambda request: Response(request.headers.get("Cookie", "none"))
    )

    assert get(httpserver.url_for("/a")).body == b"none"


def test_every_error_has_a_name_of_its_own() -> None:
    classes = FetchError.__subclasses__()

    assert len({kind.name for kind in classes} | {FetchError.name}) == len(classes) + 1
    assert all(len(kind.name) <= 40 for kind in classes)
    assert door.FetchError in {kind.__base__ for kind in classes}
