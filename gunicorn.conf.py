"""How the application server runs; in the embedded default it carries the worker and the scheduler too."""

import multiprocessing
import os
import signal
from types import FrameType

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from tracker.operations import launch
from tracker.operations.embedded import Jobs, start_jobs

EMBEDDED = os.environ.get("ARTICLE10_EMBEDDED", "").lower() in {"1", "true", "yes", "on"}
PORT = os.environ.get("PORT", "8000")

bind = f"127.0.0.1:{PORT}" if EMBEDDED else f"0.0.0.0:{PORT}"  # a container is reached from outside
# One process holds the queue of the embedded default, so there must not be a second.
workers = 1 if EMBEDDED else int(os.environ.get("WEB_CONCURRENCY", multiprocessing.cpu_count() * 2))
worker_class = "gthread" if EMBEDDED else "sync"
threads = 4 if EMBEDDED else 1
accesslog = None if EMBEDDED else "-"
# Longer than the API takes, so that it is the API that says so.
limit_request_line = 8190
loglevel = "warning" if EMBEDDED else "info"
# Nobody steers the server while it runs, and its default place may not be writable.
control_socket_disable = True

running: list[Jobs] = []


def when_ready(server: Arbiter) -> None:
    """Say where the site is; from here on requests are taken."""
    if not EMBEDDED:
        return

    def end(signum: int, frame: FrameType | None) -> None:
        server.signal(signal.SIGTERM, frame)

    # A terminal that is closed sends a hang-up, at which the server would start anew and stay behind.
    signal.signal(signal.SIGHUP, end)
    launch.announce(PORT)


def post_worker_init(worker: Worker) -> None:
    """Start the jobs beside the web threads."""
    if EMBEDDED:
        running.append(start_jobs())


def worker_int(worker: Worker) -> None:
    """Be told once: Ctrl-C comes from the terminal and again from the master, and would cut off the end itself."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def worker_exit(server: Arbiter, worker: Worker) -> None:
    """Let the job under way end."""
    while running:
        running.pop().stop()
