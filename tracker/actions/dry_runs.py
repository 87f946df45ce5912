"""What an action would change, before anybody does it."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import connection, transaction

from tracker.actions.changelog import LogTransaction, log_transaction
from tracker.domain.vocabulary import Origin
from tracker.models import Change


class _Rollback(Exception):
    """Everything is known; nothing is to be kept."""


def dry_run(
    work: Callable[[LogTransaction], object], *, by: User | None, origin: Origin = Origin.EDITOR
) -> list[Change]:
    """The entries that the work would write to the log, in order, not saved. Nothing is kept.

    The work is really done, with every lock, check and constraint, and then undone: what is foreseen is
    what will happen. Raises what the work raises.
    """
    entries: list[Change] = []
    try:
        with transaction.atomic(), log_transaction(by=by, origin=origin) as log:
            work(log)
            # What a database only looks at when it commits would be missed: nothing is committed here.
            connection.check_constraints()
            entries = log.entries
            raise _Rollback
    except _Rollback:
        return entries
