"""The databases of a test run: each record is loaded once, kept as a template, and copied for whoever needs it.

A process works on one copy of each record, in which every test undoes what it does. A test that commits gets a copy of
its own, which is thrown away after it.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Final, Protocol

import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.clock import CLOCK
from tracker.domain.dates import PartialDate
from tracker.exchange.dataset import Dataset, load_dataset, load_shipped, read_dataset
from tracker.readmodel import forget_editions


def dataset_until(last: date) -> Dataset:
    """The shipped data as it might have been on that day."""
    whole = read_dataset()
    commitments = [
        commitment.model_copy(
            update={"assessments": tuple(claim for claim in commitment.assessments if over(claim.occurred, last))}
        )
        for commitment in whole.commitments
        if over(PartialDate.parse(commitment.stems_from.date), last)
    ]
    events = [event for event in whole.events if over(event.occurred, last)]
    made = {claim.key for commitment in commitments for claim in commitment.assessments}
    texts = {commitment.key for commitment in commitments}
    statements = [
        one.model_copy(update={"relations": tuple(tie for tie in one.relations if {tie.of, tie.to} <= texts)})
        for one in whole.statements
        if over(one.occurred, last) and set(one.claims) <= made
    ]
    return replace(whole, events=events, commitments=commitments, statements=statements)


def over(occurred: PartialDate, last: date) -> bool:
    """Whether it had happened by that day."""
    return occurred.latest is not None and occurred.latest <= last


# What a test can find on record, by the name of the fixture that asks for it.
EMPTY: Final = "empty"
RECORDS: Final[Mapping[str, Callable[[], object]]] = {
    EMPTY: lambda: call_command("migrate", verbosity=0),
    "february": lambda: load_dataset(dataset_until(date(2024, 2, 25))),
    "shipped": load_shipped,
}


class Server(Protocol):
    """What holds databases; each goes by a short name in here, and by its address in the settings."""

    def address(self, name: str) -> str: ...
    def has(self, name: str) -> bool: ...
    def create(self, name: str, template: str | None) -> None: ...
    def drop(self, name: str) -> None: ...


class Files:
    """SQLite: a database is a file in the folder of the run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def address(self, name: str) -> str:
        return str(self._folder / f"{name}.sqlite3")

    def has(self, name: str) -> bool:
        return Path(self.address(name)).exists()

    def create(self, name: str, template: str | None) -> None:
        if template:
            shutil.copyfile(self.address(template), self.address(name))

    def drop(self, name: str) -> None:
        for file in self._folder.glob(f"{name}.sqlite3*"):
            file.unlink()


class PostgreSQL:
    """PostgreSQL: databases of a server that others use as well, told apart by the name of the run's folder."""

    def __init__(self, folder: Path) -> None:
        self._run = folder.name

    def address(self, name: str) -> str:
        return f"{self._run}_{name}"

    def has(self, name: str) -> bool:
        return self.address(name) in self.names()

    def create(self, name: str, template: str | None) -> None:
        source = self.address(template) if template else "template0"
        self._execute(f'CREATE DATABASE "{self.address(name)}" TEMPLATE "{source}"')

    def drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{self.address(name)}" WITH (FORCE)')

    def drop_all(self) -> None:
        """Remove whatever the run has left."""
        for address in self.names():
            self.drop(address.removeprefix(f"{self._run}_"))

    def names(self) -> list[str]:
        """The addresses of the run's databases."""
        return [row[0] for row in self._execute("SELECT datname FROM pg_database") if row[0].startswith(self._run)]

    def _execute(self, statement: str) -> list[tuple[str]]:
        # The connection to no database of ours with which Django makes test databases, too.
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []


def server_of(folder: Path) -> Files | PostgreSQL:
    """Where the run keeps its databases."""
    return PostgreSQL(folder) if connection.vendor == "postgresql" else Files(folder)


# In the name of a copy that is thrown away after one test.
_ONCE: Final = "_once_"


class Databases:
    """The databases of one process of the run."""

    def __init__(self, folder: Path, blocker: DjangoDbBlocker) -> None:
        self._folder, self._blocker = folder, blocker
        self._server: Server = server_of(folder)
        self._chosen = ""
        self._copies = count()

    def choose(self, record: str, *, commits: bool) -> None:
        """Let the connections of this process lead to that record: to a copy for one test if the test commits."""
        # A name of its own each time: a thread of a server that is late would make the file again that was thrown away.
        name = f"{record}_{os.getpid()}" + (f"{_ONCE}{next(self._copies)}" if commits else "")
        if name == self._chosen:
            return
        with self._blocker.unblock():
            self._make(name, record)
            self._lead_to(name)
            self._chosen = name
            # Another database has another log.
            forget_editions()

    def let_go(self) -> None:
        """Throw away what was made for the test that is over."""
        if _ONCE in self._chosen:
            self._drop([self._chosen])

    def drop(self) -> None:
        """Throw away the copies of this process; the templates may be in use by another."""
        self._drop([f"{record}_{os.getpid()}" for record in RECORDS])

    def _drop(self, names: list[str]) -> None:
        with self._blocker.unblock():
            connection.close()
            for name in names:
                self._server.drop(name)
        self._chosen = ""

    def _make(self, name: str, record: str) -> None:
        with self._only_one_process():
            if not self._server.has(record):
                self._load(record)
            if not self._server.has(name):
                self._server.create(name, record)

    def _load(self, record: str) -> None:
        if record != EMPTY and not self._server.has(EMPTY):
            self._load(EMPTY)
        self._server.create(record, None if record == EMPTY else EMPTY)
        self._lead_to(record)
        try:
            with time_machine.travel(loaded_at(record)):
                RECORDS[record]()
        except BaseException:
            # Half a record is none: the next who asks tries again.
            self._drop([record])
            raise
        # Only a database without connections can be copied.
        connection.close()

    def _lead_to(self, name: str) -> None:
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = self._server.address(name)

    @contextmanager
    def _only_one_process(self) -> Iterator[None]:
        with (self._folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def loaded_at(record: str) -> datetime:
    """When the record came about: in the morning before the tests, each at an hour of its own."""
    return datetime.combine(CLOCK.day, time(5), UTC) + timedelta(hours=list(RECORDS).index(record))
