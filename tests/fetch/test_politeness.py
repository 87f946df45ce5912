from datetime import datetime, timedelta

import pytest

from tests.fetch.conftest import NOW
from tracker.fetch.politeness import (
    LONGEST_DELAY,
    LONGEST_WAIT,
    HostHistory,
    earliest_next,
    next_attempt,
    retry_moment,
)

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (HostHistory(), NOW),
        (HostHistory(asked_at=NOW), NOW + 5 * SECOND),
        (HostHistory(asked_at=NOW - 60 * SECOND), NOW),
        (HostHistory(asked_at=NOW, took=3 * SECOND), NOW + 30 * SECOND),
        (HostHistory(asked_at=NOW, crawl_delay=20 * SECOND), NOW + 20 * SECOND),
        (HostHistory(asked_at=NOW, crawl_delay=timedelta(days=9)), NOW + timedelta(hours=1)),
        (HostHistory(asked_at=NOW, retry_after=NOW + 90 * SECOND), NOW + 90 * SECOND),
        (HostHistory(retry_after=NOW - SECOND), NOW),
        (HostHistory(retry_after=NOW + timedelta(days=999)), NOW + LONGEST_WAIT),
    ],
)
def test_earliest_next_leaves_the_longest_pause_anyone_asks_for(history: HostHistory, expected: datetime) -> None:
    assert earliest_next(history, NOW) == expected


@pytest.mark.parametrize(
    ("failures", "minutes"), [(1, 5), (2, 10), (3, 20), (8, 640), (9, 1280), (10, 1440), (1_000_000, 1440)]
)
def test_next_attempt_waits_twice_as_long_each_time_up_to_a_day(failures: int, minutes: int) -> None:
    assert next_attempt(failures, NOW, jitter=0) == NOW + timedelta(minutes=minutes)


def test_next_attempt_with_jitter_waits_up_to_a_quarter_longer() -> None:
    assert next_attempt(1, NOW, jitter=1) == NOW + timedelta(minutes=5, seconds=75)
    assert next_attempt(99, NOW, jitter=1) == NOW + LONGEST_DELAY * 1.25


@pytest.mark.parametrize(("failures", "jitter"), [(0, 0.5), (-1, 0.5), (1, 1.1), (1, -0.1)])
def test_next_attempt_with_impossible_arguments_is_refused(failures: int, jitter: float) -> None:
    with pytest.raises(ValueError, match="failures must be"):
        next_attempt(failures, NOW, jitter=jitter)


@pytest.mark.parametrize("header", [None, "", "soon", "-5", "1.5", "٣", "Mon, 99 Feb 2024 10:00:00 GMT", "1 " * 1000])
def test_retry_moment_of_what_is_none_is_none(header: str | None) -> None:
    assert retry_moment(header, NOW) is None
