"""What may be added to and never changed: enforced by triggers of the database, on SQLite and PostgreSQL alike.

No code path can forget them: `queryset.update()`, bulk writes, raw SQL and the admin all meet the same
refusal. SQLite drops a table's triggers without a word when a migration rebuilds the table, so they
are put back after every migration, and a system check compares.
"""

from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Table → what to do instead of changing a row of it.
TABLES: Final = {
    "tracker_event": "Events are never edited or deleted: record a rectification instead.",
    "tracker_event_others": "Events are never edited or deleted: record a rectification instead.",
    "tracker_citation": "Citations are never edited or deleted: add a source, or rectify the fact.",
    "tracker_conflict": "Conflicting values are never edited or deleted: rectify the fact.",
    "tracker_assessment": "Claims are never edited or deleted: record a rectification instead.",
    "tracker_rectification": "Rectifications are never edited or deleted: rectify what replaced the mistake.",
    "tracker_auditentry": "The audit trail is never edited or deleted, by nobody.",
    "tracker_change": "The log is never edited or deleted: what changes is a further entry.",
}
# What takes rows away or changes them, and whether its trigger is asked for each row. SQLite has no TRUNCATE.
_OPERATIONS: Final = {
    "sqlite": {"update": "ROW", "delete": "ROW"},
    "postgresql": {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"},
}
_FUNCTION: Final = "article10_refuse"


def install(using: str = "default") -> None:
    """Put every trigger in place, on those of the tables that there are. Safe to call again."""
    connection = connections[using]
    with connection.cursor() as cursor:
        # A migration backwards ends with fewer tables than the code knows of.
        present = set(connection.introspection.table_names(cursor))
        for statement in _statements(connection, present):
            cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Take every trigger away, for a test that has to empty its tables. Safe to call again."""
    connection = connections[using]
    on_table = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table, operation in _pairs(connection.vendor):
            target = f" ON {table}" if on_table else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger_name(table, operation)}{target}")


def missing(using: str = "default") -> list[str]:
    """The names of the triggers that should be in the database and are not."""
    connection = connections[using]
    queries = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(queries[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in (trigger_name(*pair) for pair in _pairs(connection.vendor)) if name not in present]


def trigger_name(table: str, operation: str) -> str:
    """The name of the trigger that refuses the operation on the table."""
    return f"{table}_never_{operation}"


def _pairs(vendor: str) -> Iterator[tuple[str, str]]:
    return ((table, operation) for table in TABLES for operation in _OPERATIONS[vendor])


def _statements(connection: BaseDatabaseWrapper, present: set[str]) -> Iterator[str]:
    if connection.vendor == "postgresql":
        yield _postgresql_function()
    for table, operation in (pair for pair in _pairs(connection.vendor) if pair[0] in present):
        name, message = trigger_name(table, operation), TABLES[table].replace("'", "''")
        if connection.vendor == "postgresql":
            each = _OPERATIONS["postgresql"][operation]
            yield (
                f"CREATE OR REPLACE TRIGGER {name} BEFORE {operation.upper()} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION {_FUNCTION}('{message}')"
            )
        else:
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {operation.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )


def _postgresql_function() -> str:
    # The class of an integrity constraint, so that Django raises IntegrityError on both databases.
    return (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $$"
    )


def covers_every_table() -> bool:
    """Whether each table named above belongs to a model of ours, so that none is guarded under an old name."""
    tables = {model._meta.db_table for model in apps.get_app_config("tracker").get_models(include_auto_created=True)}
    return set(TABLES) <= tables
