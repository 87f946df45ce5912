"""What every run of a job leaves behind, whether it succeeds or fails: when it ran, how long, and what came of it.

Runs may overlap, on machines whose clocks differ: each writes to a row of its own, and the rows are ordered by their
numbers. Keeping the heartbeat never changes what comes of the job.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, transaction
from django.utils import timezone

from tracker.models import JobRun

# Long enough to see what went wrong over a weekend.
KEPT: Final = timedelta(days=3)

logger = logging.getLogger(__name__)


def with_heartbeat(name: str, work: Callable[[], int]) -> int:
    """Run the work and keep its heartbeat; how many things it did.

    A fault of the work is kept with the heartbeat and raised again.
    """
    began = time.monotonic()
    run = JobRun.objects.create(name=name, started_at=timezone.now())
    error = ""
    done = 0
    try:
        done = work()
    except BaseException as fault:
        error = f"{type(fault).__name__}: {fault}"
        raise
    finally:
        _end(run, time.monotonic() - began, done, error)
    return done


def _end(run: JobRun, seconds: float, done: int, error: str) -> None:
    """Say how the run ended, if the database takes it; what the job did, or why it failed, matters more."""
    # By the clock that says how long it took: the one of the wall may be put back meanwhile.
    ended = run.started_at + timedelta(seconds=seconds)
    columns = {"finished_at": ended, "seconds": round(seconds, 3), "done": max(done, 0), "error": error}
    try:
        with transaction.atomic():
            JobRun.objects.filter(pk=run.pk).update(**columns)
    except DatabaseError:
        logger.exception("The end of a run of %s could not be written down", run.name)


def forget_runs(now: datetime) -> int:
    """Let go of old runs, but for the last of each job, the last that ended and the last that succeeded; how many."""
    kept = [run.pk for runs in JobRun.objects.last_runs().values() for run in runs if run]
    return JobRun.objects.filter(started_at__lt=now - KEPT).exclude(pk__in=kept).delete()[0]
