"""The project's Celery application as the storm runs it: it tells when a job begins and when it has committed, and
dawdles before it acknowledges, so that there is a moment to be killed at between the two.
"""

import os
import time
from pathlib import Path
from typing import Any

from celery import signals

from tracker.celery import app

DIARY = Path(os.environ["STORM_DIARY"])
PAUSE = float(os.environ.get("STORM_PAUSE", "0.1"))
VISIBILITY = int(os.environ.get("STORM_VISIBILITY", "0"))
TICK = float(os.environ.get("STORM_TICK", "0"))

if VISIBILITY:
    app.conf.broker_transport_options = {
        **app.conf.broker_transport_options,
        "visibility_timeout": VISIBILITY,
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
    }
if TICK:
    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        entry.update(schedule=TICK, options={"expires": 30})


def tell(what: str, task_id: str) -> None:
    """A line in the diary; short lines that are appended do not mix."""
    with DIARY.open("a") as diary:
        diary.write(f"{what} {task_id} {os.getpid()}\n")


@signals.task_prerun.connect
def tell_begun(task_id: str, **rest: Any) -> None:
    """A job begins."""
    tell("began", task_id)


@signals.task_postrun.connect
def tell_committed(task_id: str, **rest: Any) -> None:
    """What the job wrote is committed; its message is not acknowledged yet."""
    tell("committed", task_id)
    time.sleep(PAUSE)
