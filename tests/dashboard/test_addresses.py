"""One Redis address and what is derived from it."""

import pytest

from campaign_dashboard import addresses


@pytest.mark.parametrize(
    ("url", "offset", "expected"),
    [
        ("redis://h", 1, "redis://h/1"),
        ("redis://u:p@h:6379/3", 2, "redis://u:p@h:6379/5"),
        ("unix:///tmp/a/b.sock", 1, "unix:///tmp/a/b.sock?db=1"),
        ("unix:///tmp/a/b.sock?db=4", 1, "unix:///tmp/a/b.sock?db=5"),
    ],
)
def test_beside_counts_on_from_the_named_database(url: str, offset: int, expected: str) -> None:
    assert addresses.beside(url, offset) == expected


def test_celery_is_told_of_a_unix_socket_in_its_own_words() -> None:
    assert addresses.for_celery("unix:///tmp/a.sock?db=2") == "redis+socket:///tmp/a.sock?virtual_host=2"


def test_celery_takes_other_addresses_as_they_are() -> None:
    assert addresses.for_celery("redis://h/2") == "redis://h/2"
