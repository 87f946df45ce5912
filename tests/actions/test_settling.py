"""The copies: days that come due, drift that is mended, and nothing to do the second time."""

from collections.abc import Sequence

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError
from django.db.models import JSONField, Value

from tests.facts import begin, consent, event
from tracker.domain.vocabulary import Stage
from tracker.models import Accession, Change, JobRun, Ratification
from tracker.operations.jobs import NotSettled, settle_each, settle_standings
from tracker.readmodel.record import current_edition

pytestmark = pytest.mark.django_db


def test_what_is_announced_for_tomorrow_is_a_plan_and_counts_for_nothing_when_its_day_comes() -> None:
    with time_machine.travel("2024-02-25T12:00:00Z"):
        begin(consent(date="2024-02-26"))
        settled_today = settle_standings()
    with time_machine.travel("2024-02-27T00:01:00Z"):
        settled_afterwards = settle_standings()

    assert (settled_today, settled_afterwards) == (0, 0)
    assert Ratification.objects.get(ally="HUN").stage == Stage.SIGNED


def test_a_signature_announced_for_tomorrow_needs_nobody_when_its_day_comes() -> None:
    with time_machine.travel("2022-07-04T12:00:00Z"):
        begin()
    with time_machine.travel("2022-07-06T00:01:00Z"):
        settle_standings()

    assert Ratification.objects.filter(required=True).count() == 0
    assert Change.objects.filter(type="requirement.added").count() == 0


def test_settling_twice_finds_nothing_the_second_time() -> None:
    begin(consent(), event("se-in-force", "protocol_in_force", "NATO", "2024-03-07"))
    Ratification.objects.filter(ally="HUN").update(stage=Stage.SIGNED, standing={})

    first, second = settle_standings(), settle_standings()

    assert (first, second) == (1, 0)


def test_drift_between_a_copy_and_its_events_is_mended_and_logged() -> None:
    begin(consent())
    right = Ratification.objects.get(ally="HUN").standing
    Ratification.objects.filter(ally="HUN").update(stage=Stage.DEPOSITED, standing={"stages": {}})
    Accession.objects.filter(pk="SWE").update(status="member", standing={})

    settle_standings()

    assert Ratification.objects.get(ally="HUN").stage == Stage.APPROVED
    assert Ratification.objects.get(ally="HUN").standing == right
    assert Accession.objects.get(pk="SWE").status == "signed"
    assert set(Change.objects.order_by("-position").values_list("type", flat=True)[:2]) == {
        "stage.changed",
        "accession.changed",
    }


def test_a_stage_that_drifted_alone_is_mended() -> None:
    begin(consent())
    Ratification.objects.filter(ally="HUN").update(stage=Stage.DEPOSITED)

    settle_standings()

    assert Ratification.objects.get(ally="HUN").stage == Stage.APPROVED


def test_a_lost_row_is_put_back() -> None:
    begin()
    Ratification.objects.filter(ally="TUR").delete()

    settle_standings()

    assert Ratification.objects.get(ally="TUR").required


def test_run_job_does_what_the_schedule_does_and_keeps_its_heartbeat(capsys: pytest.CaptureFixture[str]) -> None:
    begin()
    edition = current_edition()

    call_command("run_job", "settle_standings")

    job = JobRun.objects.get(name="settle_standings")
    assert capsys.readouterr().out == "0 entries written to the log.\n"
    assert (job.done, job.error, current_edition()) == (0, "", edition)
    assert job.finished_at is not None


@pytest.mark.parametrize("copy", [[], "gone", None, {"stages": []}, {"stages": {"approved": 5}}])
def test_drift_into_something_else_altogether_is_mended_like_any_other(copy: object) -> None:
    begin(consent())
    right = Ratification.objects.get(ally="HUN").standing
    Ratification.objects.filter(ally="HUN").update(standing=Value(copy, JSONField()))
    Accession.objects.filter(pk="SWE").update(standing=Value(copy, JSONField()))

    first, second = settle_standings(), settle_standings()

    assert (first, second) == (2, 0)
    assert Ratification.objects.get(ally="HUN").standing == right


def test_accession_that_cannot_be_settled_does_not_stop_the_others_and_is_named() -> None:
    begin(event("fi-application", "application", "FIN", "2022-05-18", "FIN"))
    done: list[str] = []

    def settle(codes: Sequence[str]) -> int:
        if "FIN" in codes:
            raise ValueError("a mistake of our own")
        done.extend(codes)
        return 1

    with pytest.raises(NotSettled, match="not settled: FIN") as told:
        settle_each(settle)

    assert done == ["SWE"]
    assert told.value.codes == ("FIN",)


def test_settling_when_the_database_goes_away_ends_the_run() -> None:
    begin(event("fi-application", "application", "FIN", "2022-05-18", "FIN"))
    asked: list[str] = []

    def settle(codes: Sequence[str]) -> int:
        asked.extend(codes)
        raise OperationalError("the server closed the connection")

    with pytest.raises(OperationalError):
        settle_each(settle)

    assert asked == ["FIN"]
