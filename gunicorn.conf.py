"""How the application server runs; in the embedded default it carries the worker and the scheduler too."""

import os
import signal
import tempfile
from types import FrameType

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from tracker.environment import Environment

env = Environment(os.environ)
EMBEDDED = env.flag("ARTICLE10_EMBEDDED", default=False)
PORT = env.whole("PORT", 8000, least=1, most=65535)
if not EMBEDDED:
    # Before the first counter is made: each process counts in a file of its own, and whoever is asked adds them up.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="article10-metrics-"))

from prometheus_client import multiprocess  # noqa: E402

from tracker.http.logs import NoProofs  # noqa: E402
from tracker.operations import launch  # noqa: E402
from tracker.operations.embedded import Jobs, start_jobs  # noqa: E402
from tracker.operations.processors import processors  # noqa: E402


class Log(Logger):
    """The server's own log, and that of requests where an operator asks for one: neither holds what proves anything."""

    def setup(self, cfg: Config) -> None:
        """Set up by the configuration."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.addFilter(NoProofs())


logger_class = Log
bind = f"127.0.0.1:{PORT}" if EMBEDDED else f"0.0.0.0:{PORT}"  # a container is reached from outside
# One process holds the queue of the embedded default, so there must not be a second.
# Each process holds one connection of the database, so the default stays small on a large machine.
workers = 1 if EMBEDDED else env.whole("WEB_CONCURRENCY", min(2 * processors(), 8), least=1, most=256)
worker_class = "gthread" if EMBEDDED else "sync"
threads = 4 if EMBEDDED else 1
# The proxy in front writes who asked for what; what was slow or failed is in our own log, by the same number.
accesslog = None
# Imported once for all processes, which then share its memory.
preload_app = not EMBEDDED
timeout = 30
# Shorter than what Docker is told to wait (docker-compose.yml), so that it is we who end.
graceful_timeout = 25
# A process that has grown is replaced; not all at the same moment.
max_requests = 0 if EMBEDDED else 50_000
max_requests_jitter = 5_000
# Which headers of a proxy count is for the settings to say, by number of proxies.
forwarded_allow_ips = ""
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
    launch.announce(str(PORT))


def post_worker_init(worker: Worker) -> None:
    """Start the jobs beside the web threads."""
    if EMBEDDED:
        running.append(start_jobs())


def child_exit(server: Arbiter, worker: Worker) -> None:
    """Have what the process counted stay counted, and what it held forgotten."""
    if not EMBEDDED:
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def worker_int(worker: Worker) -> None:
    """Be told once: Ctrl-C comes from the terminal and again from the master, and would cut off the end itself."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def worker_exit(server: Arbiter, worker: Worker) -> None:
    """Let the job under way end."""
    while running:
        running.pop().stop()
