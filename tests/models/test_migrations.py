"""Migrations over rows: what was on record before has after them what the code expects."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.facts import SOURCE, begin, on_record, rectify_event
from tracker import append_only
from tracker.domain.merkle import Tree
from tracker.models import Change, LogHead, Rectification
from tracker.models.facts_of_rows import event_fact
from tracker.readmodel.log.snapshot import entry_bytes

ROOTS = ("tracker", "0010_editions_have_roots")


def migrate(name: tuple[str, str] | None) -> None:
    """Bring the database to that migration, or to the last."""
    executor = MigrationExecutor(connection)
    executor.migrate([name] if name else executor.loader.graph.leaf_nodes())


@pytest.fixture
def before_roots() -> Any:
    """The migration before the one that gives editions their roots."""
    executor = MigrationExecutor(connection)
    parents = executor.loader.graph.node_map[ROOTS].parents
    return next(node.key for node in parents if node.key[0] == "tracker")


@pytest.mark.django_db(transaction=True)
def test_entries_from_before_there_were_roots_get_the_roots_of_the_log(before_roots: tuple[str, str]) -> None:
    begin()
    fact = event_fact(on_record("se-signed")).model_copy(update={"title": "Put right"})
    rectify_event("se-signed", fact, reason="The title was wrong.")
    append_only.remove()
    migrate(before_roots)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tracker_change")
        count = cursor.fetchone()[0]

    migrate(None)
    append_only.install()

    tree = Tree()
    for entry in Change.objects.order_by("position"):
        tree.append(entry_bytes(entry))
        assert entry.root == tree.root
    head = LogHead.objects.get()
    assert (head.position, head.root, head.frontier) == (count, tree.root, tree.frontier)
    rectification = Rectification.objects.get()
    assert rectification.now == fact.document()
    assert rectification.was["sources"][0]["url"] == SOURCE["url"]
