"""What an action would change, before anybody does it."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import connection, transaction

from tracker.actions.log import Writing, writing
from tracker.models import Change
from tracker.vocabulary import Origin


class _Enough(Exception):
    """Everything is known; nothing is to be kept."""


def foresee(work: Callable[[Writing], object], *, by: User | None, origin: Origin = Origin.EDITOR) -> list[Change]:
    """The entries that the work would write to the log, in order, not saved. Nothing is kept.

    The work is really done, with every lock, check and constraint, and then undone: what is foreseen is
    what will happen. Raises what the work raises.
    """
    foreseen: list[Change] = []
    try:
        with transaction.atomic(), writing(by=by, origin=origin) as log:
            work(log)
            # What a database only looks at when it commits would be missed: nothing is committed here.
            connection.check_constraints()
            foreseen = log.entries
            raise _Enough
    except _Enough:
        return foreseen
