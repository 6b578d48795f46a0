"""When a source is fetched next, and how long one worker may have it. Pure: the facts and `now` in, a time out."""

from datetime import datetime, timedelta

MOST_ATTEMPTS = 3  # leases that ended without a result before a source is set aside
LONGEST_BACK_OFF = timedelta(days=1)
LONGEST_WAIT = timedelta(days=14)


def next_fetch_at(
    *, interval: timedelta, failures: int, now: datetime, jitter: float, retry_after: timedelta | None = None
) -> datetime:
    """After a success the interval; after failures twice as long each time, up to a day; never before the source
    wants us back, and never later than fourteen days for that.

    `jitter`, from 0 to 1, adds up to a tenth, so that sources that became due together do not stay together.
    """
    wait = interval
    if failures:
        wait = min(interval * 2 ** min(failures, 16), max(LONGEST_BACK_OFF, interval))
    wait += wait * 0.1 * jitter
    if retry_after:
        wait = max(wait, min(retry_after, LONGEST_WAIT))
    return now + wait


def lease_length(*, fetch_seconds: float) -> timedelta:
    """Longer than a fetch with all that follows it; a worker that died costs no more than this."""
    return timedelta(seconds=2 * fetch_seconds + 30)
