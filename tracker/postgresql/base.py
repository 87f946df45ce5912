"""PostgreSQL as Django has it, on connections that give up on a server that says nothing.

The server ends a statement that takes too long, and the network tells of a host that is gone; a server that is there
and silent (stopped, or its disk hangs) is told by neither, and would take every process of the site with it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from django.db.backends.postgresql.base import DatabaseWrapper as Framework
from psycopg import errors, generators, pq
from psycopg.abc import PQGen

T = TypeVar("T")

# More than the server is given, so that it is the server that says so where it can.
_MARGIN = 2.0
_WELL = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)


class PatientConnection(psycopg.Connection[Any]):
    """A connection that waits so many seconds for an answer, and is closed when none has come; 0 waits for ever."""

    patience: float = 0.0

    def __init__(self, pgconn: pq.abc.PGconn) -> None:
        super().__init__(pgconn)
        self._kept: dict[str, bytes] = {}

    def value_of(self, statement: str) -> str | None:
        """The one value that a statement without parameters asks for; None where there is no row.

        The server keeps the statement prepared, and nothing is built around its answer. Raises `OperationalError`.
        """
        name = self._kept.get(statement)
        if name is None:
            name = f"article10_{len(self._kept)}".encode()
            self._one(lambda: self.pgconn.send_prepare(name, statement.encode()))
            self._kept[statement] = name
        result = self._one(lambda: self.pgconn.send_query_prepared(name, None))
        value = result.get_value(0, 0) if result.ntuples else None
        return None if value is None else value.decode()

    def _one(self, send: Callable[[], None]) -> pq.abc.PGresult:
        send()
        result: pq.abc.PGresult = self.wait(generators.execute(self.pgconn))[-1]
        if result.status not in _WELL:
            # What was prepared may be gone, or belong to columns that have changed.
            self._kept.clear()
            self.pgconn.exec_(b"DEALLOCATE ALL")
            raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
        return result

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """What came. Raises `OperationalError` where nothing did in time."""
        try:
            return super().wait(gen, interval, timeout if timeout is not None else self.patience or None)
        except errors._WaitTimeout:
            # What the server may still say belongs to no question any more.
            self.pgconn.finish()
            raise psycopg.OperationalError(f"the database was silent for {self.patience:g} s") from None


class _Driver:
    """The driver, but for the connections that it makes."""

    connect = staticmethod(PatientConnection.connect)

    def __getattr__(self, name: str) -> Any:
        return getattr(psycopg, name)


class DatabaseWrapper(Framework):
    """Django's; its option `patience` is for how many seconds it waits for an answer."""

    Database: Any = _Driver()

    def value_of(self, statement: str) -> str | None:
        """The one value that a statement asks for, at a tenth of the cost of a cursor; the connection must be open."""
        with self.wrap_database_errors:
            value: str | None = self.connection.value_of(statement)
            return value

    def get_connection_params(self) -> dict[str, Any]:
        """What the driver is told, which knows nothing of patience."""
        parameters: dict[str, Any] = super().get_connection_params()
        parameters.pop("patience", None)
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection with the patience of the settings."""
        connection = super().get_new_connection(conn_params)
        patience = float(self.settings_dict["OPTIONS"].get("patience", 0))
        connection.patience = patience + _MARGIN if patience else 0.0
        return connection
