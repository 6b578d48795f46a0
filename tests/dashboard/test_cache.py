"""The cache may be away; the page must not notice."""

from campaign_dashboard.cache import ForgivingRedisCache


def away() -> ForgivingRedisCache:
    return ForgivingRedisCache("redis://127.0.0.1:1", {})


def test_absent_server_is_an_empty_cache() -> None:
    assert away().get("key", "default") == "default"


def test_nothing_is_kept_while_the_server_is_absent() -> None:
    cache = away()

    cache.set("key", "value")

    assert cache.get("key") is None


def test_add_claims_success_so_that_throttles_and_locks_do_not_stop_the_site() -> None:
    assert away().add("key", "value") is True
