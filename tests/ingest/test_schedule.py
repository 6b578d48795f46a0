"""When a source is asked again."""

from datetime import UTC, datetime, timedelta

import pytest

from timeline.ingest import schedule

NOW = datetime(2024, 1, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def wait(
    *, interval: timedelta = HOUR, failures: int = 0, jitter: float = 0, retry: timedelta | None = None
) -> timedelta:
    return schedule.next_fetch_at(interval=interval, failures=failures, now=NOW, jitter=jitter, retry_after=retry) - NOW


@pytest.mark.parametrize(
    ("failures", "hours"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 24), (50, 24), (1_000_000, 24)]
)
def test_each_failure_doubles_the_wait_up_to_a_day(failures: int, hours: int) -> None:
    assert wait(failures=failures) == timedelta(hours=hours)


def test_a_rare_source_is_not_asked_more_often_for_failing() -> None:
    assert wait(interval=timedelta(days=7), failures=3) == timedelta(days=7)


def test_jitter_adds_at_most_a_tenth() -> None:
    assert wait(jitter=1) == HOUR * 1.1


@pytest.mark.parametrize(
    ("retry", "expected"),
    [(timedelta(minutes=5), HOUR), (timedelta(hours=5), timedelta(hours=5)), (timedelta(days=90), timedelta(days=14))],
)
def test_the_source_decides_when_it_wants_us_back_within_reason(retry: timedelta, expected: timedelta) -> None:
    assert wait(retry=retry) == expected


def test_a_lease_outlives_the_fetch() -> None:
    assert schedule.lease_length(fetch_seconds=30) > timedelta(seconds=30)
