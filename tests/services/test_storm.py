"""Kills, outages, two schedulers, messages delivered twice: at the end everything is as if nothing had happened.

`STORM_KILLS` and `STORM_ABSENCE` (seconds) say how long; `docs/jobs.md` has the figures of the full storm.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.databases import dataset_until
from tests.services.conftest import RedisServer
from tests.services.processes import running, wait_for
from tests.services.scenario import (
    QUIET,
    UNTIL,
    Scenario,
    Snapshot,
    positions,
    scenario,
    take_snapshot,
    undisturbed,
    work_off,
)
from tests.services.storm import APP, MOMENTS, Storm
from tracker.exchange.dataset import load_dataset
from tracker.readmodel.record import current_edition

KILLED = int(os.environ.get("STORM_KILLS", "6"))
ABSENCE = float(os.environ.get("STORM_ABSENCE", "4"))

pytestmark = [pytest.mark.services("redis"), pytest.mark.timeout(900 + 60 * KILLED + 4 * ABSENCE)]


@pytest.fixture
def told(settings: Settings, deployment: dict[str, str]) -> Iterator[Scenario]:
    """A scenario over the shipped data, worked off to its beginning."""
    settings.WATCH_OPENED, settings.WATCH_GAP, settings.WATCH_LEASE = ["127.0.0.1/32"], 0, 3
    load_dataset(dataset_until(UNTIL))
    with scenario() as scene:
        scene.set_up()
        yield scene


@pytest.fixture
def storm(redis_server: RedisServer, deployment: dict[str, str], tmp_path: Path) -> Storm:
    """A storm over the processes of a deployment."""
    short = {"WATCH_OPENED": "127.0.0.1/32", "WATCH_GAP": "0", "WATCH_LEASE": "3"}
    prepared = Storm(redis_server, {**deployment, **short}, tmp_path)
    prepared.set_up()
    return prepared


def expected_of(told: Scenario, steps: int) -> tuple[Snapshot, int]:
    """What is to be left behind, and the position from which to look."""
    start = current_edition()
    return undisturbed(told, steps, start), start


def compare(told: Scenario, storm: Storm, expected: Snapshot, start: int) -> None:
    """Fail where the storm has left a trace; tell its figures."""
    found = take_snapshot(start)
    figures = {**storm.told, "jobs begun": storm.lines("began"), "committed": storm.lines("committed")}
    print("storm:", figures, "reports:", len(found["reports"]), "entries:", sum(found["log"].values()))  # noqa: T201
    assert len(found["reports"]) == sum(map(len, told.published.values()))
    assert positions(start) == list(range(start + 1, current_edition() + 1))
    assert found["checked"] == [("SWE", ally) for ally in sorted(QUIET)]
    assert found == expected


def test_storm_of_kills_leaves_no_trace(told: Scenario, storm: Storm) -> None:
    expected, start = expected_of(told, steps=2 * KILLED)

    with storm.wake_ups():
        # Three kills a worker: two of a process in which it does a job, and the third of all of it.
        for life in range(0, KILLED, 3):
            with storm.worker() as process:
                for number in range(life, min(life + 3, KILLED)):
                    told.step(2 * number)
                    told.step(2 * number + 1)
                    moment = MOMENTS[(number + life // 3) % len(MOMENTS)]
                    storm.strike(process, moment, whole=number == life + 2)
    storm.calm(told)

    compare(told, storm, expected, start)


def test_deployments_in_the_middle_of_jobs_leave_no_trace(told: Scenario, storm: Storm) -> None:
    times = max(2, KILLED // 4)
    expected, start = expected_of(told, steps=2 * times)

    with storm.wake_ups():
        for number in range(times):
            with storm.worker() as process:
                told.step(2 * number)
                told.step(2 * number + 1)
                storm.terminate(process)
    storm.calm(told)

    compare(told, storm, expected, start)


def test_absence_of_redis_leaves_no_trace(told: Scenario, storm: Storm) -> None:
    expected, start = expected_of(told, steps=9)

    with storm.worker(), storm.wake_ups():
        storm.wait_for_line("committed")
        for number in range(3):
            told.step(number)
        storm.redis.stop()
        storm.redis.start()
        for number in range(3, 6):
            told.step(number)
        storm.wait_for_line("committed")
        storm.redis.stop()
        for number in range(6, 9):
            told.step(number)
        time.sleep(ABSENCE)
        storm.redis.start()
        storm.wait_for_line("committed")
    storm.calm(told)

    compare(told, storm, expected, start)


def test_two_schedulers_and_two_workers_leave_no_trace(told: Scenario, storm: Storm) -> None:
    expected, start = expected_of(told, steps=12)
    storm.environment["STORM_TICK"] = "0.5"

    with ExitStack() as stack:
        for number in range(2):
            command = ["celery", f"--app={APP}", "beat", "--scheduler=celery.beat:Scheduler", "--max-interval=1"]
            log = storm.folder / f"beat-{number}.log"
            stack.enter_context(running(command, log=log, environment=storm.environment))
            stack.enter_context(storm.worker())
        storm.wait_for_line("committed")
        for number in range(12):
            told.step(number)
            time.sleep(0.3)
        storm.wait_for_the_end(told)

    compare(told, storm, expected, start)


def test_messages_delivered_twice_leave_no_trace(told: Scenario, storm: Storm) -> None:
    expected, start = expected_of(told, steps=6)
    storm.environment |= {"STORM_VISIBILITY": "1", "STORM_PAUSE": "4"}

    with storm.worker(), storm.worker(), storm.wake_ups():
        for number in range(6):
            told.step(number)
            storm.wait_for_line("committed")
        wait_for(lambda: times_twice(storm) > 0, what="a message that is delivered twice")
    storm.environment["STORM_PAUSE"] = "0"
    storm.calm(told)
    storm.told["delivered twice"] = times_twice(storm)

    compare(told, storm, expected, start)


def times_twice(storm: Storm) -> int:
    """How many messages began more than once."""
    began = [line.split()[1] for line in storm.diary.read_text().splitlines() if line.startswith("began")]
    return len(began) - len(set(began))


def test_scenario_when_worked_off_twice_leaves_the_same(told: Scenario) -> None:
    first, start = expected_of(told, steps=5)

    for number in range(5):
        told.step(number)
    work_off(told)

    assert take_snapshot(start) == first
