"""The record is whole, or is said not to be and where."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.facts import begin, consent, record_event
from tracker import append_only
from tracker.models import Change, LogHead
from tracker.operations.verifying import NotWhole, verify_record
from tracker.readmodel.record import current_mark

pytestmark = pytest.mark.django_db


def tamper(statement: str, *values: str) -> None:
    """Change the tables behind the triggers, as somebody with the password of the database could."""
    with connection.cursor() as cursor:
        for name in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {Change._meta.db_table}_never_{name}")
        cursor.execute(statement, values)
    append_only.install("default")


def test_whole_record_is_named_by_its_edition() -> None:
    begin()
    record_event(consent(), by=None)

    assert verify_record() == current_mark()


def test_empty_record_is_whole() -> None:
    assert verify_record().edition == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="triggers of PostgreSQL are dropped otherwise")
def test_entry_that_was_changed_is_named() -> None:
    begin()
    record_event(consent(), by=None)
    tamper("UPDATE tracker_change SET recorded_at = %s WHERE position = 2", "2001-01-01 00:00:00")

    with pytest.raises(NotWhole, match="Entry 2 is not what its root says"):
        verify_record()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="triggers of PostgreSQL are dropped otherwise")
def test_entry_that_is_missing_at_the_end_is_noticed() -> None:
    begin()
    LogHead.objects.update(position=current_mark().edition + 1)

    with pytest.raises(CommandError, match="its head says"):
        call_command("check_record")
