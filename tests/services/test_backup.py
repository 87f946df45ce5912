"""The database is lost, and everything comes back to the last position: checked by the root of the record."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.services("postgresql"), pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

RECORD = """
import django; django.setup()
from tests.facts import begin, consent, record_event
begin()
record_event(consent(), by=None)
"""
COUNT = """
import django; django.setup()
from django.apps import apps
print(sorted((model._meta.label, model.objects.count()) for model in apps.get_models()))
"""


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A database of the test's own, and how programs find it."""
    server: dict[str, Any] = connection.settings_dict
    name = f"test_article10_backup_{os.getpid()}"
    told = {"host": server["HOST"], "port": str(server["PORT"] or 5432), "user": server["USER"]}
    with psycopg.connect(**told, dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"postgres://{told['user']}@{told['host']}:{told['port']}/{name}",
            "PGHOST": told["host"],
            "PGPORT": told["port"],
            "PGUSER": told["user"],
            "PGDATABASE": name,
            "MANAGE": f"{sys.executable} manage.py",
        }
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environment: dict[str, str], *command: str, status: int = 0) -> str:
    """What the program printed."""
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == status, done.stderr
    return done.stdout.strip() or done.stderr.strip()


def lose(environment: dict[str, str]) -> None:
    """The database is gone, and an empty one in its place."""
    run(environment, "dropdb", "--force", environment["PGDATABASE"])
    run(environment, "createdb", environment["PGDATABASE"])


def test_lost_database_comes_back_to_the_last_position(environment: dict[str, str], tmp_path: Path) -> None:
    manage = [sys.executable, "manage.py"]
    run(environment, *manage, "migrate", "-v0")
    run(environment, sys.executable, "-c", RECORD)
    before = run(environment, *manage, "check_record"), run(environment, sys.executable, "-c", COUNT)
    folder = str(tmp_path / "backup")

    run(environment, "deploy/backup", folder)
    lose(environment)
    told = run(environment, "deploy/restore", folder)

    after = run(environment, *manage, "check_record"), run(environment, sys.executable, "-c", COUNT)
    assert before == after
    assert before[0] in told
    assert "tables: restore into an empty one" in run(environment, "deploy/restore", folder, status=1)
    # What guards the record is back too.
    assert run(environment, *manage, "check", "--database", "default").endswith("(0 silenced).")


def test_backup_that_was_damaged_is_not_restored(environment: dict[str, str], tmp_path: Path) -> None:
    run(environment, sys.executable, "manage.py", "migrate", "-v0")
    folder = tmp_path / "backup"
    run(environment, "deploy/backup", str(folder))
    with (folder / "record.dump").open("ab") as dump:
        dump.write(b"x")
    lose(environment)

    said = run(environment, "deploy/restore", str(folder), status=1)

    assert "record.dump" in said
    assert run(environment, "psql", "-Atc", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0"
