"""What an operator may do with a watch: have it polled now, tried out, changed, paused and resumed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from tracker.domain.vocabulary import WatchState
from tracker.models import Watch
from tracker.watch.polling import Poller, Tried

# Whoever holds the watch loses it: what is found by the old options must not be kept.
_FREE: Final[dict[str, Any]] = {"leased_until": None, "attempts": 0}
# Another of these is another source: what came from the old one says nothing of it.
_SOURCE: Final = frozenset({"url", "reader"})
# How the watch is called, and how often it is asked, is nothing to ask it again for.
_ASIDE: Final = frozenset({"key", "title", "publisher", "source_class", "interval"})


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


def change(watch: Watch, columns: Collection[str], now: datetime) -> None:
    """Keep what the operator has typed into those columns, and nothing of the rest: a job may have written it since.

    What is asked, or how it is read, is asked again at once; a paused watch stays paused.
    """
    stored = Watch.objects.get(pk=watch.pk)
    typed = {name: getattr(watch, name) for name in columns if getattr(watch, name) != getattr(stored, name)}
    is_aside, is_moved = _ASIDE.issuperset(typed), not _SOURCE.isdisjoint(typed)
    if is_moved:
        typed |= {"capture": None, "confirmed_at": None}
    if not is_aside:
        typed |= _FREE | {"etag": "", "last_modified": ""}
    if typed:
        _change(watch, **typed)
    if not is_aside and stored.state != WatchState.PAUSED:
        run_now(watch, now)


def try_out(watch: Watch, now: datetime) -> Tried:
    """What a poll would propose, found by really asking. Nothing is proposed and nothing kept. Raises `PollError`."""
    return Poller(now).try_out(watch)


def _change(watch: Watch, **values: Any) -> None:
    Watch.objects.filter(pk=watch.pk).update(**values)
    for name, value in values.items():
        setattr(watch, name, value)
