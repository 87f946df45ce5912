"""What an operator may do with a watch: have it polled now, tried out, paused and resumed."""

from datetime import datetime
from typing import Any, Final

from tracker.models import Watch
from tracker.vocabulary import WatchState
from tracker.watching.polling import Poller, Tried

# Whoever holds the watch loses it: what is found by the old options must not be kept.
_FREE: Final[dict[str, Any]] = {"leased_until": None, "attempts": 0}


def run_now(watch: Watch, now: datetime) -> None:
    """Have the watch polled by the next run of the job, from scratch; a paused one is resumed."""
    afresh = {"etag": "", "last_modified": "", "failures": 0, "failing_since": None, "needs_person": False}
    _change(watch, state=WatchState.DUE, next_poll_at=now, reason="", detail="", **afresh, **_FREE)


def pause(watch: Watch) -> None:
    """Leave the source alone until somebody resumes."""
    _change(watch, state=WatchState.PAUSED, **_FREE)


def resume(watch: Watch, now: datetime) -> None:
    """Poll the source again, beginning now."""
    run_now(watch, now)


def try_out(watch: Watch, now: datetime) -> Tried:
    """What a poll would propose, found by really asking. Nothing is proposed and nothing kept. Raises `Trouble`."""
    return Poller(now).try_out(watch)


def _change(watch: Watch, **told: Any) -> None:
    Watch.objects.filter(pk=watch.pk).update(**told)
    for name, value in told.items():
        setattr(watch, name, value)
