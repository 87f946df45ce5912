"""The worker and the scheduler inside the web process, for the embedded default.

Their broker is memory of this process. What is queued when it ends is lost, and nothing is lost by
that: a message is only a wake-up, and the next start wakes every job once.
"""

import os
import threading
from dataclasses import dataclass

from celery import Celery
from celery.beat import Scheduler, Service
from celery.worker import WorkController

from tracker.celery import app

# A job that is in the middle of something gets this long to end by itself.
PATIENCE = 10.0

# The name under which this process's worker, and no other on the same broker, is told to end.
NODE = f"embedded-{os.getpid()}@localhost"


@dataclass(frozen=True)
class Jobs:
    """A worker and a scheduler that run in threads of this process."""

    celery: Celery
    worker: threading.Thread
    scheduler: Service

    def stop(self) -> None:
        """End both; a job under way is waited for, up to `PATIENCE` seconds."""
        self.scheduler.stop()
        self.celery.control.shutdown(destination=[NODE])
        self.worker.join(PATIENCE)


def start_jobs(celery: Celery = app) -> Jobs:
    """The worker and the scheduler, started, with every scheduled job woken once.

    The first wake-up is not left to the schedule, because what came due while the instance was
    down should not wait for another interval.
    """
    controller: WorkController = celery.WorkController(
        hostname=NODE, pool="solo", concurrency=1, without_heartbeat=True, without_mingle=True, without_gossip=True
    )
    worker = threading.Thread(target=controller.start, name="worker", daemon=True)
    # The interval is how long its end may take; the scheduler keeps no file, the first wake-up stands for it.
    scheduler = Service(celery, max_interval=1, scheduler_cls=Scheduler)
    worker.start()
    threading.Thread(target=scheduler.start, name="scheduler", daemon=True).start()
    for entry in celery.conf.beat_schedule.values():
        celery.send_task(entry["task"])
    return Jobs(celery, worker, scheduler)
