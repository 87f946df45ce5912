"""The head of the log, as the first thing that a request asks: one query, answered soon or not at all."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest

from tracker.readmodel.record import ROOT_OF_HEAD, Mark, current_mark

logger = logging.getLogger(__name__)

# A database that has not answered so long is taken for away, and is not asked again for a moment.
PATIENCE: Final = 2.0
REST: Final = 1.0


class Breaker:
    """When the database may be asked again."""

    until = 0.0


def head_of(request: HttpRequest) -> Mark | None:
    """The end of the log as this request has found it at its beginning; None where it has not looked."""
    return getattr(request, "head", None)


def root_now() -> str | None:
    """The root at the end of the log, by the shortest way that the database knows; None where it cannot be told so."""
    ask = getattr(connection, "value_of", None)
    if ask is None or connection.connection is None or connection.in_atomic_block:
        head = read_head()
        return head.root if head else None
    if (began := time.monotonic()) < Breaker.until:
        return None
    try:
        with _at_most(PATIENCE):
            root: str | None = ask(ROOT_OF_HEAD)
            return root
    except (OperationalError, InterfaceError) as error:
        # A connection that was broken is asked for anew by whoever comes next; silence is waited for once.
        if time.monotonic() - began > PATIENCE / 2:
            Breaker.until = time.monotonic() + REST
        logger.warning("The head of the log could not be read: %s", str(error).partition("\n")[0])
        return None


def read_head() -> Mark | None:
    """The end of the log; None while the database is away."""
    if time.monotonic() < Breaker.until:
        return None
    try:
        return _ask() or _ask(last=True)
    except (OperationalError, InterfaceError) as error:
        Breaker.until = time.monotonic() + REST
        logger.warning("The database is away: %s", str(error).partition("\n")[0])
        return None


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Wait no longer than so many seconds for each answer within, where the connection can be told (PostgreSQL's)."""
    raw = connection.connection
    if not hasattr(raw, "patience"):
        yield
        return
    before, raw.patience = raw.patience, seconds
    try:
        yield
    finally:
        raw.patience = before


def _ask(*, last: bool = False) -> Mark | None:
    """The mark; None where the connection was broken, so that a new one may know better."""
    # The question is itself the check that the connection works, which would else cost one more.
    connection.health_check_done = True  # type: ignore[attr-defined]
    began = time.monotonic()
    try:
        with _at_most(PATIENCE):
            return current_mark()
    except (OperationalError, InterfaceError):
        if not connection.in_atomic_block:
            connection.close()
        if last or time.monotonic() - began > PATIENCE / 2:
            raise
        return None
