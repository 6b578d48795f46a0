"""Only public addresses are connected to, however an inner one is spelt, and only one entry is opened by one entry."""

import socket
from datetime import UTC, datetime
from typing import Any

import pytest

from timeline.ingest import guard
from timeline.ingest.addresses import read
from timeline.ingest.fetch import AddressRefused, FetchError, HostUnknown, Limits, TimedOut, Validators, fetch

NOW = datetime(2024, 1, 1, tzinfo=UTC)

INNER = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.0.8", "192.0.0.9", "192.0.0.170", "192.88.99.1", "192.31.196.1", "192.52.193.1", "198.18.0.1", "203.0.113.9",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16", "100.100.100.200",
    "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:808:808::1", "2001::1",
    "2001:20::1", "2001:db8::1", "3fff::1", "5f00::1", "100::1", "4000::1", "fc00::1", "fd00:ec2::254", "fe80::1",
    "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "192.0.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2a00::1"]

SPELLINGS = [
    "http://127.0.0.1/", "http://127.1/", "http://0/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
    "http://0x7f.0.0.1/", "http://127.0.0.1.:80/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://１２７.0.0.1/", "http://localhost/",
    "http://LOCALHOST./", "http://[0:0:0:0:0:0:0:1]/", "http://169.254.169.254/latest/meta-data/", "http://0xA9FEA9FE/",
    "http://[64:ff9b::a9fe:a9fe]/", "http://[2002:7f00:1::]/", "http://[fe80::1]/", "http://user@127.0.0.1/",
    "http://127.0.0.1:22/", "http://8.8.8.8:25/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://[::]/",
    "http://127.0.0.1#@8.8.8.8/", "http://8.8.8.8@127.0.0.1/", "http://127.0.0.1%2f@8.8.8.8/", "http://127.0.0.1\\@8.8.8.8/",
]  # fmt: skip


def get(url: str, *, allow: tuple[str, ...] = (), seconds: float = 3) -> Any:
    return fetch(url, validators=Validators(), limits=Limits(seconds=seconds), allow=frozenset(allow), now=NOW)


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_refused(address: str) -> None:
    assert not guard.PUBLIC.permits_address(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_permitted(address: str) -> None:
    assert guard.PUBLIC.permits_address(address)


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_spelling_of_an_inner_address_is_connected_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: Any) -> None:
        raise AssertionError("a packet would have been sent")

    monkeypatch.setattr(socket.socket, "connect", connect)

    with pytest.raises((AddressRefused, HostUnknown)):  # not every system knows `localhost.`
        get(url)


def test_a_name_that_leads_to_an_inner_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: answer)

    with pytest.raises(AddressRefused):
        get("http://inner.example.org/")


def test_a_name_with_one_inner_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: answers)

    with pytest.raises(AddressRefused):
        get("http://both.example.org/")


def test_a_name_that_is_not_known_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with pytest.raises(HostUnknown, match="typing mistakes"):
        get("http://nowhere.example.org/")


def test_a_look_up_that_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: release.wait(5))

    with pytest.raises(TimedOut):
        get("http://slow.example.org/", seconds=0.2)
    release.set()


def test_an_entry_opens_exactly_its_host_and_port(httpserver: Any) -> None:
    httpserver.expect_request("/").respond_with_data("ok")
    entry = f"127.0.0.1:{httpserver.port}"

    assert get(f"http://{entry}/", allow=(entry,)).body == b"ok"
    for other in (f"localhost:{httpserver.port}", "127.0.0.1:1"):
        with pytest.raises(AddressRefused):
            get(f"http://{other}/", allow=(entry,))


def test_an_entry_does_not_open_its_port_elsewhere() -> None:
    policy = guard.policy_for(read("http://10.0.0.1:9999/"), allow=frozenset({"127.0.0.1:9999"}))

    assert policy is guard.PUBLIC


def test_a_redirect_from_an_allowed_host_to_an_inner_one_is_refused(httpserver: Any) -> None:
    httpserver.expect_request("/").respond_with_data("", status=302, headers={"Location": "http://127.0.0.1:1/"})
    entry = f"127.0.0.1:{httpserver.port}"

    with pytest.raises(FetchError, match="FETCH_ALLOW"):
        get(f"http://{entry}/", allow=(entry,))


def test_proxies_of_the_environment_are_not_used(httpserver: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    httpserver.expect_request("/").respond_with_data("direct")
    entry = f"127.0.0.1:{httpserver.port}"

    assert get(f"http://{entry}/", allow=(entry,)).body == b"direct"
