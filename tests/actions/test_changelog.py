"""The open log: alone in the record, one at a time, and its lock without the log."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.facts import begin, consent, record_event
from tracker.actions import dry_run, log_transaction, record_events, record_lock
from tracker.domain.exceptions import Unsourced
from tracker.domain.vocabulary import ChangeType
from tracker.models import AuditEntry, Change
from tracker.readmodel.record import current_edition

pytestmark = pytest.mark.django_db


def test_a_log_transaction_inside_another_is_refused_and_nothing_is_written() -> None:
    begin()
    edition = current_edition()

    def record_both() -> None:
        with log_transaction() as log:
            record_events(log, [consent()])
            record_event(consent("TUR"))

    with pytest.raises(RuntimeError, match="do the step with its log"):
        record_both()

    assert (current_edition(), Change.objects.count()) == (edition, edition)


def test_a_dry_run_inside_a_log_transaction_is_refused_too() -> None:
    begin()

    with pytest.raises(RuntimeError), log_transaction():
        dry_run(lambda log: record_events(log, [consent()]), by=None)


def test_after_a_refusal_the_log_opens_again() -> None:
    begin()
    with pytest.raises(Unsourced):
        record_event(consent(sources=[]))

    record_event(consent())

    assert Change.objects.filter(event="se-hun-consent").exists()


def test_with_the_record_in_hand_one_may_look_try_and_do() -> None:
    begin()

    with record_lock():
        tried = dry_run(lambda log: record_events(log, [consent()]), by=None)
        record_event(consent())

    done = Change.objects.order_by("-position")[: len(tried)]
    assert [entry.payload for entry in tried] == [entry.payload for entry in reversed(done)]


def test_the_lock_alone_writes_nothing() -> None:
    begin()
    edition = current_edition()

    with record_lock():
        pass

    assert current_edition() == edition
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("days_ago", "late"), [(0, False), (1, True)])
def test_act_of_today_is_news_and_that_of_yesterday_is_late(days_ago: int, late: bool) -> None:
    begin()
    day = timezone.now().date() - timedelta(days=days_ago)

    record_event(consent(date=day.isoformat()))

    assert Change.objects.get(event="se-hun-consent", type=ChangeType.EVENT_RECORDED).late is late


def test_log_does_not_run_backwards_when_the_clock_of_the_machine_does() -> None:
    begin()
    before = Change.objects.latest("position").recorded_at
    assert before is not None

    with time_machine.travel(before - timedelta(days=3)):
        record_event(consent())

    moments = list(Change.objects.order_by("position").values_list("recorded_at", flat=True))
    assert Change.objects.latest("position").recorded_at == before
    assert moments == sorted(moments)
