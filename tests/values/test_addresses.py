"""Which spellings are one address, and which are not."""

import pytest

from tests.spellings import SPELLINGS
from timeline.values.addresses import key

OTHERS = (
    "http://spam.example/pages",
    "http://spam.example/page/",
    "http://spam.example/Page?id=1",
    "http://spam.example/page?id=2",
    "http://spam.example/page",
    "http://spam.example:8080/page?id=1",
    "http://more.spam.example/page?id=1",
    "http://wwwspam.example/page?id=1",
)
KEYS = {
    "": "",
    "  ": "",
    "http://spam.example": "spam.example/",
    "https://www.spam.example/#top": "spam.example/",
    "https://spam.example./": "spam.example/",
    "http://bücher.example/ä": "xn--bcher-kva.example/ä",
    "http://xn--bcher-kva.example/ä": "xn--bcher-kva.example/ä",
    "http://[::1]:8080/a": "::1:8080/a",
    "http://someone:secret@spam.example/a": "spam.example/a",
    "spam.example/page": "spam.example/page",
    "mailto:office@spam.example": "mailto:office@spam.example",
    "http://spam.example:port/": "http://spam.example:port/",
    "http://[half/": "http://[half/",
    "http://" + "a" * 80 + ".example/": "a" * 80 + ".example/",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_page_has_one_key_however_its_address_is_spelled(spelling: str) -> None:
    assert key(spelling) == "spam.example/page?id=1"


@pytest.mark.parametrize("other", OTHERS)
def test_another_page_has_another_key(other: str) -> None:
    assert key(other) != "spam.example/page?id=1"


@pytest.mark.parametrize(("url", "wanted"), KEYS.items())
def test_an_odd_address_has_a_key_too(url: str, wanted: str) -> None:
    assert key(url) == wanted
