"""Worker and scheduler as separate processes on Redis, started with the commands of docker-compose.yml."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from celery import Celery

from tests.services.conftest import RedisServer
from tests.services.processes import ROOT, running, wait_for
from tracker.models import JobRun

pytestmark = [pytest.mark.services("redis"), pytest.mark.timeout(600)]

JOB = "tracker.operations.jobs.settle_standings"


def command_of(service: str) -> list[str]:
    """What the service of docker-compose.yml runs, after `python -m`."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    python, option, *command = compose["services"][service]["command"]
    assert (python, option) == ("python", "-m")
    return [str(part) for part in command]


def wake(redis_server: RedisServer, job: str) -> None:
    """Send a wake-up as the scheduler does."""
    with Celery(broker=redis_server.url + "/0") as sender:
        sender.conf.broker_transport_options = {"global_keyprefix": "article10:"}
        sender.send_task(job)


def times_done(log: Path) -> int:
    """How often the log says that the job has ended well."""
    return sum(JOB in line and "succeeded" in line for line in log.read_text().splitlines())


def ping(node: str, environment: dict[str, str]) -> bool:
    """Whether the node answers, asked as the health check of its container does."""
    command = ["celery", "--app=tracker", "inspect", "ping", "--timeout=3", f"--destination={node}"]
    asked = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", *command], env={**os.environ, **environment}, cwd=ROOT, capture_output=True, check=False
    )
    return asked.returncode == 0


def test_worker_when_woken_does_the_job(redis_server: RedisServer, deployment: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "worker.log"

    with running([*command_of("worker"), "--hostname=celery@test"], log=log, environment=deployment):
        wait_for(lambda: ping("celery@test", deployment), what="the worker")
        wake(redis_server, JOB)

        wait_for(lambda: times_done(log) == 1, what="the job")

    # In the database of this test: on PostgreSQL, where the tests run on PostgreSQL.
    run = JobRun.objects.get(name=JOB.rpartition(".")[2])
    assert (run.finished_at is not None, run.error) == (True, "")


def test_worker_when_redis_comes_back_goes_on(
    redis_server: RedisServer, deployment: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"

    with running([*command_of("worker"), "--hostname=celery@test"], log=log, environment=deployment):
        wait_for(lambda: ping("celery@test", deployment), what="the worker")
        redis_server.stop()
        redis_server.start()
        wait_for(lambda: ping("celery@test", deployment), what="the worker after the outage")
        wake(redis_server, JOB)

        wait_for(lambda: times_done(log) == 1, what="the job after the outage")


def test_scheduler_ticks_and_answers_its_health_check(deployment: dict[str, str], tmp_path: Path) -> None:
    with running([*command_of("beat"), "--hostname=celerybeat@test"], log=tmp_path / "log", environment=deployment):
        wait_for(lambda: ping("celerybeat@test", deployment), what="the scheduler")
