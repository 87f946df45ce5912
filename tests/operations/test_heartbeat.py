"""A row for each run of a job: whatever the clocks say, whoever runs beside it, and however it ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tracker.models import JobRun
from tracker.models.jobs import LastRuns
from tracker.operations import heartbeat
from tracker.operations.health import job_freshness
from tracker.operations.heartbeat import KEPT, forget_runs, with_heartbeat

pytestmark = pytest.mark.django_db


def last() -> LastRuns:
    """The last runs of the job."""
    return JobRun.objects.last_runs()["prune"]


def fail() -> int:
    """A job that does not succeed."""
    raise OSError("the disk is full")


def test_a_run_that_ends_before_another_that_began_on_a_faster_clock_is_written_down() -> None:
    def work() -> int:
        # Another host, whose clock is ahead, begins meanwhile.
        JobRun.objects.create(name="prune", started_at=timezone.now() + timedelta(seconds=3))
        return 2

    assert with_heartbeat("prune", work) == 2

    assert (last().ended, last().begun.finished_at) == (JobRun.objects.earliest("pk"), None)
    assert last().ended == last().succeeded


def test_the_failure_of_the_later_of_two_runs_is_not_covered_by_the_end_of_the_earlier() -> None:
    def work() -> int:
        with pytest.raises(OSError, match="full"):
            with_heartbeat("prune", fail)
        return 1

    with_heartbeat("prune", work)

    [shown] = [job for job in job_freshness(timezone.now()) if job.name == "prune"]
    assert shown.error == "OSError: the disk is full"
    assert shown.succeeded_at is not None


def test_a_heartbeat_that_cannot_be_written_hides_neither_result_nor_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lost: list[str] = []
    monkeypatch.setattr(heartbeat.logger, "exception", lambda message, *names: lost.append(message % names))

    def work(error: str = "") -> int:
        # The row no longer takes the end that this run would write.
        JobRun.objects.update(started_at=timezone.now() + timedelta(hours=1))
        if error:
            raise OSError(error)
        return 3

    assert with_heartbeat("prune", work) == 3
    with pytest.raises(OSError, match="mine"):
        with_heartbeat("prune", lambda: work("mine"))

    assert lost == ["The end of a run of prune could not be written down"] * 2


def test_old_runs_are_forgotten_but_for_the_last_of_each_sort() -> None:
    old = timezone.now() - KEPT - timedelta(hours=1)
    finished = {"started_at": old, "finished_at": old}
    JobRun.objects.create(name="prune", **finished)
    success = JobRun.objects.create(name="prune", **finished)
    JobRun.objects.create(name="prune", error="OSError", **finished)
    failure = JobRun.objects.create(name="prune", error="OSError", **finished)
    under_way = JobRun.objects.create(name="prune", started_at=old)

    assert forget_runs(timezone.now()) == 2
    assert set(JobRun.objects.all()) == {success, failure, under_way}
    assert forget_runs(timezone.now()) == 0
