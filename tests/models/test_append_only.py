"""What is never changed is never changed by any way, and the message says what to do instead."""

from collections.abc import Callable

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, connection, models

from tests.facts import SOURCE, assess, begin, claim, commitment, consent, on_record, retract_event
from tracker import append_only
from tracker.actions import log_transaction, record_commitment
from tracker.models import Assessment, Change, Citation, Conflict, Event, Rectification

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GUARDED: tuple[tuple[type[models.Model], dict[str, object]], ...] = (
    (Event, {"title": "Another"}),
    (Citation, {"title": "Another"}),
    (Conflict, {"value": "Another"}),
    (Assessment, {"status": "fulfilled"}),
    (Rectification, {"reason": "Another"}),
    (Change, {"late": False}),
    (Event.others.through, {"party_id": "USA"}),
)


@pytest.fixture(autouse=True)
def one_row_of_each() -> None:
    conflict = {"field": "date", "value": "2024-02-27", "url": SOURCE["url"]}
    begin(consent(conflicts=[conflict], others=["TUR"]))
    with log_transaction(by=None) as log:
        record_commitment(log, commitment())
    assess("stop-support", claim(), by=None)
    retract_event("se-hun-consent", reason="Wrong.", by=None)


def by_update(model: type[models.Model], values: dict[str, object]) -> None:
    model._default_manager.update(**values)


def by_bulk_update(model: type[models.Model], values: dict[str, object]) -> None:
    row = model._default_manager.all()[:1].get()
    for name, value in values.items():
        setattr(row, name, value)
    model._default_manager.bulk_update([row], [name.removesuffix("_id") for name in values])


def by_save(model: type[models.Model], values: dict[str, object]) -> None:
    row = model._default_manager.all()[:1].get()
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def by_raw_sql(model: type[models.Model], values: dict[str, object]) -> None:
    column = next(iter(values))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = {column}")  # noqa: S608, the names are our own


def by_delete(model: type[models.Model], values: dict[str, object]) -> None:
    model._default_manager.all()._raw_delete(using="default")


def by_raw_delete(model: type[models.Model], values: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608, the name is our own


def by_truncate(model: type[models.Model], values: dict[str, object]) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with connection.cursor() as cursor:
        # What a row inserted in this transaction has still to be checked for stands in the way of the statement.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.parametrize(("model", "values"), GUARDED, ids=lambda one: getattr(one, "__name__", ""))
@pytest.mark.parametrize("way", [by_update, by_bulk_update, by_save, by_raw_sql, by_delete, by_raw_delete, by_truncate])
def test_no_way_changes_or_removes_a_row(
    way: Callable[[type[models.Model], dict[str, object]], None],
    model: type[models.Model],
    values: dict[str, object],
) -> None:
    with pytest.raises(DatabaseError, match="never edited or deleted: "):
        way(model, values)


def test_every_guarded_table_is_in_the_database_and_tried_here() -> None:
    assert append_only.missing() == []
    assert {model._meta.db_table for model, _ in GUARDED} <= set(append_only.TABLES)
    assert append_only.covers_every_table()


def test_a_trigger_that_was_lost_is_found_by_the_check_and_put_back() -> None:
    append_only.remove()

    found = [one for one in run_checks(databases=["default"]) if "trigger" in one.msg]

    assert len(found) == 1
    append_only.install()
    assert append_only.missing() == []


def test_a_table_rebuilt_by_sqlite_gets_its_triggers_back_after_a_migration() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its triggers")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tracker_change RENAME TO before")
        cursor.execute("CREATE TABLE tracker_change AS SELECT * FROM before")
        cursor.execute("DROP TABLE before")
    lost = append_only.missing()

    append_only.install()

    assert sorted(lost) == ["tracker_change_never_delete", "tracker_change_never_update"]
    assert append_only.missing() == []


def test_adding_is_still_possible() -> None:
    assert on_record("se-hun-consent").version == 1
