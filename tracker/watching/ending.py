"""How a poll ends: the state of the watch, and when its turn comes next. The only writer of those columns."""

import random
from datetime import datetime, timedelta
from typing import Any, Final

from tracker.models import Capture, Watch
from tracker.vocabulary import WatchState
from tracker.watching.outcomes import Fetched, Reason
from tracker.watching.politeness import next_attempt

# What does not pass by itself is not asked again before a person can have looked.
_UNTIL_A_PERSON_LOOKS: Final = timedelta(hours=12)


class Trouble(Exception):
    """Nothing came of a poll; whether that may pass by itself, and when the source wants to be asked again."""

    def __init__(self, reason: Reason, detail: str, *, is_passing: bool, until: datetime | None = None) -> None:
        self.reason = reason
        self.detail = detail
        self.is_passing = is_passing
        self.until = until
        super().__init__(f"{reason}: {detail}")


def fetched(watch: Watch, page: Fetched, capture: Capture, reports: int, now: datetime) -> None:
    """The source was read: changed where something is put before the reviewers, unchanged where the bytes are."""
    is_same = watch.capture_id == capture.pk
    state = WatchState.CHANGED if reports else WatchState.UNCHANGED if is_same else WatchState.FETCHED
    told: dict[str, Any] = {
        "capture": capture,
        # What does not fit is not kept: half a validator would be a wrong one.
        "etag": page.etag if page.etag and len(page.etag) <= 500 else "",
        "last_modified": page.last_modified if page.last_modified and len(page.last_modified) <= 100 else "",
        "confirmed_at": watch.confirmed_at or now,
    }
    if not is_same:
        told["changed_at"] = now
    _succeed(watch, state, now, **told)


def unchanged(watch: Watch, now: datetime) -> None:
    """The source says that nothing is new."""
    _succeed(watch, WatchState.UNCHANGED, now)


def failed(watch: Watch, trouble: Trouble, now: datetime) -> None:
    """Nothing came of it: tried again later, and later each time, unless the source says when."""
    failures = watch.failures + 1
    # Chance, so that what failed together is not tried together; nobody gains by guessing it.
    jitter = random.random()  # noqa: S311
    following = trouble.until or next_attempt(failures, now, jitter=jitter)
    if not trouble.is_passing:
        following = max(following, now + _UNTIL_A_PERSON_LOOKS)
    _end(
        watch,
        state=WatchState.FAILING,
        next_poll_at=following,
        failures=failures,
        failing_since=watch.failing_since or now,
        needs_person=not trouble.is_passing,
        reason=trouble.reason.value,
        detail=trouble.detail[:2000],
        polled_at=now,
    )


def _succeed(watch: Watch, state: WatchState, now: datetime, **told: Any) -> None:
    well = {"failures": 0, "failing_since": None, "needs_person": False, "reason": "", "detail": ""}
    following = now + timedelta(minutes=watch.interval)
    _end(watch, state=state, next_poll_at=following, polled_at=now, answered_at=now, **well, **told)


def _end(watch: Watch, **told: Any) -> None:
    """Write how it went, unless the watch is no longer in our hands; and say so on the row we hold."""
    told |= {"leased_until": None, "attempts": 0}
    if Watch.objects.filter(pk=watch.pk, leased_until=watch.leased_until).update(**told):
        for name, value in told.items():
            setattr(watch, name, value)
