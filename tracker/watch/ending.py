"""How a poll ends: the state of the watch, and when its turn comes next. The only writer of those columns."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tracker.domain.vocabulary import WatchState
from tracker.fetch.outcomes import Fetched, Reason
from tracker.fetch.politeness import next_attempt
from tracker.models import Capture, Watch

# What does not pass by itself is not asked again before a person can have looked.
_UNTIL_A_PERSON_LOOKS: Final = timedelta(hours=12)
_MOVED: Final = "The source has moved for good to"


class PollError(Exception):
    """Nothing came of a poll; whether that may pass by itself, and when the source wants to be asked again."""

    def __init__(self, reason: Reason, detail: str, *, is_passing: bool, until: datetime | None = None) -> None:
        self.reason = reason
        self.detail = detail
        self.is_passing = is_passing
        self.until = until
        super().__init__(f"{reason}: {detail}")


@dataclass(frozen=True, slots=True)
class Unread:
    """What is left of a source that was read: finds for the next poll, and pages that are not asked for."""

    finds: int = 0
    left_out: str = ""

    @property
    def detail(self) -> str:
        """The same for an operator; empty if there is nothing."""
        waiting = f"{self.finds} more finds come before the reviewers with the next polls" if self.finds else ""
        return "; ".join(filter(None, [waiting, self.left_out]))


def fetched(watch: Watch, page: Fetched, capture: Capture, unread: Unread, now: datetime, *, is_change: bool) -> None:
    """The source was read: changed where something is put before the reviewers, unchanged where the bytes are."""
    is_same = watch.capture_id == capture.pk
    state = WatchState.CHANGED if is_change else WatchState.UNCHANGED if is_same else WatchState.FETCHED
    columns: dict[str, Any] = {
        "capture": capture,
        **_validators(page, is_done=not unread.finds),
        "confirmed_at": watch.confirmed_at or now,
        **_remarks(unread.detail, page.moved_to),
    }
    if not is_same:
        columns["changed_at"] = now
    _succeed(watch, state, now, **columns)


def unchanged(watch: Watch, moved_to: str, now: datetime) -> None:
    """The source says that nothing is new. What was left out of the version we have is still left out."""
    left_out = watch.detail.partition(_MOVED)[0].strip() if watch.reason == Reason.PARTIAL else ""
    _succeed(watch, WatchState.UNCHANGED, now, **_remarks(left_out, moved_to))


def moved(address: str) -> str:
    """That the source has gone to the address for good, for an operator; empty where it has not."""
    return f"{_MOVED} {address}: change the address of the watch" if address else ""


def _remarks(left_out: str, moved_to: str) -> dict[str, str]:
    """What an operator should know of a source that was read."""
    if left_out:
        return {"reason": Reason.PARTIAL.value, "detail": " ".join(filter(None, [left_out, moved(moved_to)]))}
    return {"reason": Reason.MOVED.value, "detail": moved(moved_to)} if moved_to else {}


def failed(watch: Watch, trouble: PollError, now: datetime) -> None:
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


def _succeed(watch: Watch, state: WatchState, now: datetime, **columns: Any) -> None:
    well = {"failures": 0, "failing_since": None, "needs_person": False, "reason": "", "detail": ""}
    following = now + timedelta(minutes=watch.interval)
    _end(watch, state=state, next_poll_at=following, polled_at=now, answered_at=now, **{**well, **columns})


def _validators(page: Fetched, *, is_done: bool) -> dict[str, str]:
    """By what to ask whether anything is new; by nothing, where this version is not done with."""
    etag, last_modified = page.etag or "", page.last_modified or ""
    return {
        # What does not fit is not kept: half a validator would be a wrong one.
        "etag": etag if is_done and len(etag) <= 500 else "",
        "last_modified": last_modified if is_done and len(last_modified) <= 100 else "",
    }


def _end(watch: Watch, **columns: Any) -> None:
    """Write how it went, unless the watch is no longer in our hands; and say so on the row we hold."""
    columns |= {"leased_until": None, "attempts": 0}
    if Watch.objects.filter(pk=watch.pk, leased_until=watch.leased_until).update(**columns):
        for name, value in columns.items():
            setattr(watch, name, value)
