"""A storm: workers that are killed at chosen and at random moments, while wake-ups keep coming."""

import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from celery import Celery
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError

from tests.services.conftest import RedisServer
from tests.services.processes import PATIENCE, running, wait_for
from tests.services.scenario import Scenario
from tracker.domain.vocabulary import RobotsVerdict, WatchState
from tracker.models import Host, Watch
from tracker.watch.operating import run_now

JOBS = ("tracker.operations.jobs.poll_watches", "tracker.operations.jobs.settle_standings")
APP = "tests.services.slow_worker"
WORKER = [f"--app={APP}", "worker", "--concurrency=2", "--without-mingle", "--without-gossip", "--loglevel=INFO"]
# When a process is killed: by what the diary tells, or by chance.
MOMENTS = ("in the job", "before it acknowledges", "at any moment")
_PREFIX = "article10:"


@dataclass
class Storm:
    """What the processes share, and what has happened so far."""

    redis: RedisServer
    environment: dict[str, str]
    folder: Path
    chance: random.Random = field(default_factory=lambda: random.Random(10))  # noqa: S311
    told: Counter[str] = field(default_factory=Counter)
    workers: int = 0

    @property
    def diary(self) -> Path:
        """Where the workers tell what they do."""
        return self.folder / "diary"

    def set_up(self) -> None:
        """Let workers find the diary."""
        self.diary.touch()
        self.environment |= {"STORM_DIARY": str(self.diary)}

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker, ended at the latest with the block."""
        self.workers += 1
        log = self.folder / f"worker-{self.workers}.log"
        command = ["celery", *WORKER, f"--hostname=w{self.workers}@test"]
        with running(command, log=log, environment=self.environment) as process:
            yield process

    @contextmanager
    def wake_ups(self) -> Iterator[None]:
        """Wake-ups for every job, several times a second, as long as the block lasts and Redis is there."""
        over = threading.Event()
        thread = threading.Thread(target=self._keep_waking, args=[over], daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(10)

    def wait_for_line(self, word: str) -> str:
        """The next line that tells of such a thing, from now on; fails when there is none in that time."""
        before = self.lines(word)
        lines = wait_for(lambda: self._lines_of(word)[before:], what=f"a job that {word}", pause=0.005)
        return lines[-1]

    def lines(self, word: str) -> int:
        """How often the diary tells of such a thing."""
        return len(self._lines_of(word))

    def strike(self, process: subprocess.Popen[bytes], moment: str, *, whole: bool) -> None:
        """Kill the process that does a job at such a moment, or the whole worker with it."""
        line = self.wait_for_line("committed" if moment == "before it acknowledges" else "began")
        if moment != "before it acknowledges":
            time.sleep(self.chance.uniform(0, 1.0 if moment == "at any moment" else 0.15))
        if whole:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
        else:
            # It may have come to its end in the meantime.
            with suppress(ProcessLookupError):
                os.kill(int(line.split()[2]), signal.SIGKILL)
        self.told[f"{'worker' if whole else 'process'} killed {moment}"] += 1

    def terminate(self, process: subprocess.Popen[bytes]) -> None:
        """End the worker as a deployment does, in the middle of a job; it finishes that job."""
        self.wait_for_line("began")
        process.terminate()
        assert process.wait(PATIENCE) == 0
        self.told["terminated"] += 1

    def calm(self, scenario: Scenario) -> None:
        """Let an undisturbed worker do what is left, and look at what an operator would look at."""
        with self.worker() as process, self.wake_ups():
            self.wait_for_the_end(scenario)
            process.terminate()
            process.wait(PATIENCE)

    def wait_for_the_end(self, scenario: Scenario) -> None:
        """Wait until nothing is left to do, also after every source has come round once more."""
        wait_for(lambda: self._is_over(scenario), what="the end of all work")
        scenario.come_round()
        wait_for(lambda: self._is_over(scenario), what="the end of the last round")

    def _lines_of(self, word: str) -> list[str]:
        return [line for line in self.diary.read_text().splitlines() if line.startswith(word)]

    def _is_over(self, scenario: Scenario) -> bool:
        # On a machine that is busy even a source at hand can be too slow; its robots.txt is then not to be had for now.
        Host.objects.filter(robots=RobotsVerdict.NOTHING).update(robots="")
        for watch in Watch.objects.filter(state=WatchState.FAILING):
            self.told[f"seen by a person: {watch.reason}"] += 1
            run_now(watch, watch.polled_at or watch.next_poll_at)
        return scenario.is_quiet()

    def _keep_waking(self, over: threading.Event) -> None:
        with Celery(broker=f"{self.redis.url}/0") as sender:
            sender.conf.broker_transport_options = {"global_keyprefix": _PREFIX, "socket_timeout": 1}
            while not over.wait(0.2):
                # Redis is away from time to time, and some wake-ups are lost with it: that is the point.
                with suppress(RedisError, OSError, OperationalError):
                    self._wake(sender)

    def _wake(self, sender: Celery) -> None:
        with Redis(port=self.redis.port, socket_timeout=1) as client:
            if int(client.llen(f"{_PREFIX}celery")) > 4:
                return
        for job in JOBS:
            sender.send_task(job, retry=False)
            self.told["wake-ups"] += 1
