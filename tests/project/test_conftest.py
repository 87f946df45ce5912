"""The frame of the tests itself: the clock, the database of a test, and what an emptied database has again."""

import subprocess
import sys
from datetime import date, timedelta
from threading import Thread

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.clock import CLOCK, USUAL, day_of
from tests.project.sources import ROOT
from tracker import append_only
from tracker.desk.access.roles import ROLES
from tracker.models import Event, Host


def test_today_is_the_day_of_the_run_and_time_goes_on() -> None:
    before = timezone.now()

    assert before.date() == date.today() == CLOCK.day  # noqa: DTZ011
    assert before < timezone.now()


@pytest.mark.parametrize(
    ("text", "day"), [("", USUAL), ("+400", USUAL + timedelta(days=400)), ("2024-02-29", date(2024, 2, 29))]
)
def test_day_of_the_run_is_what_the_environment_says(text: str, day: date) -> None:
    assert day_of(text) == day


@pytest.mark.slow
def test_what_is_slow_by_its_nature_is_left_out_of_the_daily_part() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-m", "not slow"]
    asked = ["tests/api/test_contract.py", "tests/browser", "tests/models/test_migrations.py"]
    run = subprocess.run([*command, *asked], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603

    assert run.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, run.stdout


def permissions() -> dict[str, set[str]]:
    """What each group may do."""
    named = Group.objects.values_list("name", "permissions__content_type__app_label", "permissions__codename")
    groups: dict[str, set[str]] = {}
    for group, application, codename in named:
        groups.setdefault(group, set()).add(f"{application}.{codename}")
    return groups


@pytest.mark.django_db
def test_roles_that_the_migrations_have_made_are_those_of_the_desk() -> None:
    assert permissions() == {role: set(names) for role, names in ROLES.items()}


@pytest.mark.django_db(transaction=True)
def test_triggers_and_roles_are_there_again_after_the_tables_were_emptied() -> None:
    append_only.remove()
    Group.objects.create(name="of the operator's own")

    call_command("flush", interactive=False, verbosity=0)

    assert append_only.missing(connection.alias) == []
    assert permissions() == {role: set(names) for role, names in ROLES.items()}


@pytest.mark.django_db
def test_role_that_an_operator_has_changed_stays_so_when_migrations_run_again() -> None:
    Group.objects.get(name="contributor").permissions.clear()

    call_command("migrate", verbosity=0)

    assert permissions()["contributor"] == {"None.None"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_what_a_test_commits_is_gone_with_its_database(run: int) -> None:
    assert not Host.objects.exists()
    Host.objects.create(origin=f"https://{run}.example.org", next_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_committing_test_may_stand_on_the_shipped_record(shipped: None) -> None:
    assert Event.objects.count() > 500


@pytest.mark.django_db
def test_record_of_a_test_that_asks_for_none_is_empty() -> None:
    assert not Event.objects.exists()


@pytest.mark.parametrize("run", [1, 2])
def test_what_another_thread_has_put_into_a_cache_is_gone_too(run: int) -> None:
    found: list[object] = []

    def ask() -> None:
        found.append(caches["process"].get("found"))
        caches["process"].set("found", run)

    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert found == [None]
