"""The database is lost, and what comes back is the record as it was at a moment: by the settings that are shipped."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.services.own_postgresql import OwnPostgreSQL, own_postgresql
from tests.services.processes import ROOT, wait_for

pytestmark = [pytest.mark.services("postgresql"), pytest.mark.timeout(300)]

RECORD = """
import sys
import django; django.setup()
from tests.facts import event, record_event
record_event(event(sys.argv[1], "statement", "FIN", "2023-01-01", None))
"""
BEGIN = """
import django; django.setup()
from tests.facts import begin
begin()
"""
SHIPPED: list[str] = yaml.safe_load((ROOT / "deploy/compose.pitr.yml").read_text())["services"]["db"]["command"][1:]


def python(server: OwnPostgreSQL, *command: str) -> str:
    """The last line of what a program of ours says of this server."""
    environment = {**os.environ, "DATABASE_URL": server.url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(  # noqa: S603  # our own commands
        [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().rpartition("\n")[2]


def ask(server: OwnPostgreSQL, question: str) -> str:
    """What psql says."""
    program = shutil.which("psql") or "psql"
    command = [program, "--no-psqlrc", "-At", "-c", question, server.url.replace("postgres:", "postgresql:", 1)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


def back_up(server: OwnPostgreSQL) -> Path:
    """The base backup of docs/operations.md."""
    base = server.folder / "base.tar"
    told = ["-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres"]
    options = ["--format=tar", "--wal-method=fetch", "--checkpoint=fast", "--pgdata=-"]
    program = shutil.which("pg_basebackup") or "pg_basebackup"
    with base.open("wb") as output:
        subprocess.run([program, *told, *options], check=True, stdout=output)  # noqa: S603
    return base


def lose_and_restore(server: OwnPostgreSQL, base: Path, moment: str) -> None:
    """All that the server kept is gone; the base backup is put in its place, with the lines of docs/operations.md."""
    server.stop()
    shutil.rmtree(server.data)
    server.data.mkdir(mode=0o700)
    tar = shutil.which("tar") or "tar"
    subprocess.run([tar, "-x", "-f", str(base), "-C", str(server.data)], check=True)  # noqa: S603
    with (server.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'cp {server.folder}/wal/%f %p'\n")
        settings.write(f"recovery_target_time = '{moment}'\n")
        settings.write("recovery_target_action = 'promote'\n")
    (server.data / "recovery.signal").touch()
    if os.geteuid() == 0:
        for one in [server.data, *server.data.rglob("*")]:
            os.chown(one, pwd.getpwnam("postgres").pw_uid, pwd.getpwnam("postgres").pw_gid)
    server.start()
    wait_for(lambda: ask(server, "SELECT pg_is_in_recovery()") == "f", what="the end of recovery")


def test_lost_database_comes_back_as_it_was_at_a_moment() -> None:
    with own_postgresql(*SHIPPED) as server:
        wal = server.folder / "wal"
        wal.mkdir()
        if os.geteuid() == 0:
            shutil.chown(wal, "postgres")
        python(server, "manage.py", "migrate", "-v0")
        python(server, "-c", BEGIN)
        base = back_up(server)
        python(server, "-c", RECORD, "wanted")
        wanted, moment = python(server, "manage.py", "check_record"), ask(server, "SELECT now()")
        python(server, "-c", RECORD, "by-mistake")
        last = ask(server, "SELECT pg_walfile_name(pg_switch_wal())")
        wait_for((wal / last).exists, what="the archive")

        lose_and_restore(server, base, moment)

        assert python(server, "manage.py", "check_record") == wanted
        # And the record goes on from there.
        python(server, "-c", RECORD, "afterwards")
        assert int(python(server, "manage.py", "check_record").partition("-")[0]) == int(wanted.partition("-")[0]) + 1
