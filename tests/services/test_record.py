"""The record under several writers at once, and under a writer that dies."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.facts import begin, consent, event, record_event, rectify_event
from tests.services.processes import PATIENCE, wait_for
from tracker.domain.exceptions import AlreadyRectified, TrackerError
from tracker.models import Change, Event, LogHead, Party, Rectification
from tracker.readmodel.record import current_edition

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services("postgresql")]

WRITERS = 8


def at_once(work: Callable[[int], object]) -> list[object]:
    """Do the work in eight threads that start together; what each returned, or the refusal it met."""
    results: list[object] = []
    together = threading.Barrier(WRITERS)

    def run(number: int) -> None:
        together.wait(PATIENCE)
        try:
            results.append(work(number))
        except TrackerError as refusal:
            results.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results


def positions() -> list[int]:
    return list(Change.objects.order_by("position").values_list("position", flat=True))


def test_eight_writers_with_one_key_leave_one_event() -> None:
    begin()
    edition = current_edition()

    results = at_once(lambda number: record_event(consent(), by=None).pk)

    assert len(results) == WRITERS
    assert len(set(results)) == 1
    assert Event.objects.filter(key="se-hun-consent").count() == 1
    assert [one.type for one in Change.objects.after(edition)] == ["event.recorded", "stage.changed"]


def test_eight_writers_with_different_keys_leave_positions_without_gap_or_repeat() -> None:
    begin()

    results = at_once(
        lambda number: record_event(event(f"se-statement-{number}", "statement", "TUR", "2023-01-01"), by=None).pk
    )

    assert len(set(results)) == WRITERS
    assert positions() == list(range(1, current_edition() + 1))
    recorded = [event.recorded for event in Event.objects.filter(key__startswith="se-statement")]
    assert len(set(recorded)) == WRITERS


def test_of_eight_rectifications_of_one_version_seven_are_refused() -> None:
    begin(consent(date="2024-02-16"))

    results = at_once(
        lambda number: rectify_event(
            "se-hun-consent", consent(date=f"2024-02-{20 + number}"), reason="A slip.", by=None, version=1
        )
    )

    assert sum(isinstance(one, AlreadyRectified) for one in results) == WRITERS - 1
    assert Rectification.objects.count() == 1
    assert positions() == list(range(1, current_edition() + 1))


@pytest.mark.parametrize("facts_loaded", [5, 400, 1200])
def test_a_load_that_is_killed_leaves_nothing(facts_loaded: int) -> None:
    with subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-c", LOAD_SLOWLY, str(facts_loaded)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": address()},
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
    ) as loading:
        assert loading.stdout is not None
        assert loading.stdout.readline().strip() == b"in the middle"
        loading.send_signal(signal.SIGKILL)

    wait_for(nobody_else_is_connected, what="the end of the killed connection")
    assert Event.objects.count() == 0
    assert Party.objects.count() == 0
    assert current_edition() == 0
    assert not LogHead.objects.exclude(position=0).exists()


# Loads the shipped data, says so after that many facts, and waits to be killed.
LOAD_SLOWLY = """
import sys, time
import django
django.setup()
from tracker.exchange.dataset import load_dataset, read_dataset
left = int(sys.argv[1])
def tick():
    global left
    left -= 1
    if left == 0:
        print("in the middle", flush=True)
        time.sleep(60)
load_dataset(read_dataset(), tick)
"""


def nobody_else_is_connected() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return bool(cursor.fetchone()[0] == 1)


def address() -> str:
    """The test database as a DATABASE_URL."""
    told = connection.settings_dict
    password = f":{told['PASSWORD']}" if told["PASSWORD"] else ""
    return f"postgres://{told['USER']}{password}@{told['HOST']}:{told['PORT']}/{told['NAME']}"
