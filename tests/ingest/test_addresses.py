"""An address has one spelling, and two spellings of the same page compare as equal."""

import pytest

from timeline.ingest.addresses import BadAddress, canonical, link, read


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("HTTP://Example.ORG:80/a/../b#c", "http://example.org/b"),
        ("https://例子.cn/路", "https://xn--fsqu00a.cn/%E8%B7%AF"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("  https://example.org  ", "https://example.org/"),
    ],
)
def test_an_address_is_read_as_browsers_read_it(text: str, href: str) -> None:
    assert read(text).href == href


@pytest.mark.parametrize(
    "text",
    ["", "file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/", "http://u:p@example.org/", "http://@h/",
     "//no/scheme", "http://a b/", "http://[::1", "https://", "x" * 3000, "http://" + "a" * 2100],
)  # fmt: skip
def test_what_no_reader_should_open_is_refused(text: str) -> None:
    with pytest.raises(BadAddress):
        read(text)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "http://u:p@h/", ""])
def test_an_unsafe_link_is_no_link(text: str) -> None:
    assert link(text, base="https://example.org/") == ""


def test_a_relative_link_is_read_against_its_page() -> None:
    assert link("../b?x=1", base="https://example.org/a/c/") == "https://example.org/a/b?x=1"


@pytest.mark.parametrize(
    "text",
    [
        "http://www.example.org/a/?b=2&a=1",
        "https://example.org/a?a=1&b=2&utm_source=x&spm=1.2#part",
        "HTTPS://EXAMPLE.org:443/a?b=2&fbclid=z&a=1",
    ],
)
def test_spellings_of_one_page_are_equal(text: str) -> None:
    assert canonical(text) == "example.org/a?a=1&b=2"


def test_another_port_is_another_page() -> None:
    assert canonical("http://example.org:8080/a") != canonical("http://example.org/a")


def test_what_is_no_address_is_compared_as_it_stands() -> None:
    assert canonical(" notice 7 ") == "notice 7"
