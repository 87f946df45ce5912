"""What every job leaves behind, whether it succeeds or fails: when it ran, how long, and what came of it."""

import time
from collections.abc import Callable

from django.utils import timezone

from tracker.models import Job


def with_heartbeat(name: str, work: Callable[[], int]) -> int:
    """Run the work and keep its heartbeat; how many things it did.

    A fault of the work is kept with the heartbeat and raised again.
    """
    began, started = time.monotonic(), timezone.now()
    Job.objects.update_or_create(name=name, defaults={"started_at": started, "finished_at": None})
    error = ""
    done = 0
    try:
        done = work()
    except BaseException as fault:
        error = f"{type(fault).__name__}: {fault}"
        raise
    finally:
        _end(name, time.monotonic() - began, done, error)
    return done


def _end(name: str, seconds: float, done: int, error: str) -> None:
    now = timezone.now()
    told = {"finished_at": now, "seconds": round(seconds, 3), "done": done, "error": error}
    Job.objects.filter(name=name).update(**told, **({} if error else {"succeeded_at": now}))
