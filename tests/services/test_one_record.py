"""One record everywhere: fresh or upgraded, on PostgreSQL and on SQLite, whatever is handed out is the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.project.sources import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services("postgresql"), pytest.mark.timeout(900)]


def handed_out(database: str, *options: str) -> dict[str, str]:
    """The hash of everything that a record made in that database hands out."""
    environment = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.services.record_bytes", *options]
    done = subprocess.run(  # noqa: S603
        command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT
    )
    hashes: dict[str, str] = json.loads(done.stdout)
    return hashes


@pytest.fixture
def databases(tmp_path: Path) -> list[str]:
    """Two of each kind, empty, beside the one of the run."""
    server = settings.DATABASES["default"]
    names = [f"{server['NAME']}_{name}" for name in ("fresh", "upgraded")]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
    password = f":{server['PASSWORD']}" if server["PASSWORD"] else ""
    at = f"{server['USER']}{password}@{server['HOST'] or 'localhost'}:{server['PORT'] or 5432}"
    return [
        *(f"postgres://{at}/{name}" for name in names),
        *(f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("fresh", "upgraded")),
    ]


def test_fresh_and_upgraded_records_of_both_databases_hand_out_the_same_bytes(databases: list[str]) -> None:
    found = [handed_out(database, *(["--upgraded"] if "upgraded" in database else [])) for database in databases]

    first = found[0]
    assert [name for name in first if not name.startswith("package ") and not name.endswith(" 200")] == []
    assert len(first) > 80
    for other in found[1:]:
        assert {name for name in first if first[name] != other.get(name)} == set()
        assert other.keys() == first.keys()
    for database in databases[:2]:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{database.rpartition("/")[2]}" WITH (FORCE)')
