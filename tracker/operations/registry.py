"""What makes a function a job: one decorator gives it a task, its place in the schedule, and a heartbeat for each run.

A message of the broker is a wake-up and carries no facts: a job finds its work by query, so a lost or doubled
message costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Final, ParamSpec

from celery import shared_task

from tracker.celery import app
from tracker.operations.heartbeat import with_heartbeat

P = ParamSpec("P")

# A wake-up that nobody took in time is followed by the next; a queue of them would only repeat.
_TAKEN_WITHIN: Final = 0.9
_LONGEST_WAIT: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Job:
    """One job, as operators know it."""

    name: str
    every: timedelta
    # What its number counts, to be read after it.
    counts: str
    run: Callable[[], int]
    task: str

    def entry(self) -> dict[str, object]:
        """Its place in the schedule."""
        expires = min(self.every * _TAKEN_WITHIN, _LONGEST_WAIT).total_seconds()
        return {"task": self.task, "schedule": self.every.total_seconds(), "options": {"expires": expires}}


# Every job by its name, in the order in which they are defined.
JOBS: Final[dict[str, Job]] = {}


def job(*, every: timedelta, counts: str) -> Callable[[Callable[P, int]], Callable[P, int]]:
    """Make the function a job that is woken so often; it says how many things it did, and `counts` of what.

    It can be called with nothing, may run late, twice or beside itself, and holds no rules.
    """

    def register(work: Callable[P, int]) -> Callable[P, int]:
        name = work.__name__

        @wraps(work)
        def run(*args: P.args, **options: P.kwargs) -> int:
            return with_heartbeat(name, lambda: work(*args, **options))

        # Acknowledged when it is done: whatever ends the worker in the middle, another does it again.
        task = shared_task(acks_late=True, name=f"{work.__module__}.{name}")(run)
        JOBS[name] = Job(name, every, counts, run, task.name)
        # The schedule stands in the code and not in database rows, which a deployment can lose.
        # Each job claims what is due, so a second scheduler by mistake does no harm.
        app.conf.beat_schedule = {**app.conf.beat_schedule, name: JOBS[name].entry()}
        return run

    return register
