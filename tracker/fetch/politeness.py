"""When a host may be asked again, and when a source that failed is tried again. Pure: the clock is passed in."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

# What a source may ask for; a wait of years is a mistake of its own.
LONGEST_WAIT: Final = timedelta(days=30)
LONGEST_CRAWL_DELAY: Final = timedelta(hours=1)
GAP: Final = timedelta(seconds=5)
# A slow answer is a sign of load, so that ten times as long is left before the next question.
REST: Final = 10

FIRST_DELAY: Final = timedelta(minutes=5)
LONGEST_DELAY: Final = timedelta(hours=24)
# By how much of itself the delay may grow, so that what failed together is not tried together.
SPREAD: Final = 0.25
# Enough to reach the longest delay from a second, and not enough to overflow.
_MOST_DOUBLINGS: Final = 17


@dataclass(frozen=True, slots=True)
class HostHistory:
    """What is known of the last question to a host, and what it has asked of us."""

    asked_at: datetime | None = None
    took: timedelta = timedelta(0)
    crawl_delay: timedelta = timedelta(0)
    retry_after: datetime | None = None


def retry_moment(header: str | None, now: datetime) -> datetime | None:
    """The moment a `Retry-After` names, in seconds or as a date; None where it names none that we can read."""
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        wanted = timedelta(seconds=min(int(text[:12]), LONGEST_WAIT.total_seconds()))
        return now + wanted
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment, now), now + LONGEST_WAIT)


def earliest_next(history: HostHistory, now: datetime, *, gap: timedelta = GAP) -> datetime:
    """The earliest moment at which the host may be asked again; `now` if that is already past."""
    moments = [now]
    if history.asked_at is not None:
        rest = max(gap, min(history.crawl_delay, LONGEST_CRAWL_DELAY), history.took * REST)
        moments.append(history.asked_at + rest)
    if history.retry_after is not None:
        moments.append(min(history.retry_after, now + LONGEST_WAIT))
    return max(moments)


def next_attempt(failures: int, now: datetime, *, jitter: float, first: timedelta = FIRST_DELAY) -> datetime:
    """When to try again after so many failures in a row: twice as late each time, a day at most.

    `jitter`, from 0 to 1, is drawn by the caller and lengthens the wait by up to a quarter.
    """
    if failures < 1 or not 0 <= jitter <= 1:
        raise ValueError(f"failures must be 1 or more and jitter from 0 to 1, not {failures} and {jitter}")
    delay = min(first * 2 ** min(failures - 1, _MOST_DOUBLINGS), LONGEST_DELAY)
    wait: timedelta = delay * (1 + SPREAD * jitter)
    return now + wait
