"""The head of the log, as the first thing that a request asks: one query, answered soon or not at all."""

import logging
import time
from typing import Final

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest

from tracker.postgresql.base import at_most
from tracker.readmodel.record import Mark, current_mark

logger = logging.getLogger(__name__)

# A database that has not answered so long is taken for away, and is not asked again for a moment.
PATIENCE: Final = 2.0
REST: Final = 1.0


class _Breaker:
    """When the database may be asked again."""

    until = 0.0


def head_of(request: HttpRequest) -> Mark | None:
    """The end of the log as this request has found it at its beginning; None where it has not looked."""
    return getattr(request, "head", None)


def read_head() -> Mark | None:
    """The end of the log; None while the database is away."""
    if time.monotonic() < _Breaker.until:
        return None
    try:
        return _ask() or _ask(last=True)
    except (OperationalError, InterfaceError) as error:
        _Breaker.until = time.monotonic() + REST
        logger.warning("The database is away: %s", str(error).partition("\n")[0])
        return None


def _ask(*, last: bool = False) -> Mark | None:
    """The mark; None where the connection was broken, so that a new one may know better."""
    # The question is itself the check that the connection works, which would else cost one more.
    connection.health_check_done = True
    began = time.monotonic()
    try:
        with at_most(connection, PATIENCE):
            return current_mark()
    except (OperationalError, InterfaceError):
        if not connection.in_atomic_block:
            connection.close()
        if last or time.monotonic() - began > PATIENCE / 2:
            raise
        return None
