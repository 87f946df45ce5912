"""The open log: one transaction that holds the lock, gives out positions, and writes its entries at its end."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, Final, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from tracker.domain.dates import PartialDate
from tracker.domain.merkle import Tree
from tracker.domain.vocabulary import ChangeType, Origin
from tracker.models import Change, LogHead
from tracker.readmodel.log.snapshot import entry_bytes

_is_open: Final = ContextVar("a log transaction is open", default=False)


class About(TypedDict, total=False):
    """What an entry concerns."""

    accession: str
    ally: str
    event: str
    commitment: str


class LogTransaction:
    """What an action writes with, while it holds the lock: the moment, the actor, and the next position."""

    def __init__(
        self, head: LogHead, *, by: User | None, origin: Origin, note: str, notify: bool, moment: datetime | None
    ) -> None:
        self.by = by
        self.origin = origin
        self.note = note
        self.notify = notify and origin is not Origin.DATASET
        # The log never runs backwards, even where the clock of the machine does.
        now = moment or timezone.now()
        self.now: datetime = max(now, head.recorded_at or now)
        # Standing asks the calendar and not the log, which may be ahead of it.
        self.today: date = now.date()
        self.position = head.position
        self.entries: list[Change] = []

    @property
    def stamp(self) -> dict[str, Any]:
        """The columns of `Positioned` for a row that the entry written next will tell of."""
        return {
            "recorded": self.position + 1,
            "recorded_at": self.now,
            "recorded_by": self.by,
            "origin": self.origin,
        }

    def append(
        self,
        type_: ChangeType,
        payload: dict[str, Any],
        *,
        occurred: PartialDate | None = None,
        origin: Origin | None = None,
        **about: Unpack[About],
    ) -> int:
        """Write one entry; its position."""
        self.position += 1
        self.entries.append(
            Change(
                position=self.position,
                type=type_,
                recorded_at=self.now,
                earliest=occurred.earliest if occurred else None,
                latest=occurred.latest if occurred else None,
                late=self._is_late(occurred),
                origin=self.origin if self.origin is Origin.DATASET else origin or self.origin,
                notify=self.notify,
                note=self.note,
                payload=payload,
                by=self.by,
                **about,
            )
        )
        return self.position

    def close(self, head: LogHead) -> None:
        """Put the entries into the log; the lock ends with the transaction."""
        save_entries(head, self.entries)

    def _is_late(self, occurred: PartialDate | None) -> bool:
        return occurred is not None and occurred.latest is not None and occurred.latest < self.today


def save_entries(head: LogHead, entries: Sequence[Change]) -> None:
    """Put the entries, which follow on the end of the log, into it, each with the root of the log up to it."""
    if not entries:
        return
    tree = Tree(head.position, head.frontier)
    for entry in entries:
        tree.append(entry_bytes(entry))
        entry.root = tree.root
    Change.objects.bulk_create(entries, batch_size=500)
    head.position, head.recorded_at = entries[-1].position, entries[-1].recorded_at
    head.root, head.frontier = tree.root, tree.frontier
    head.save(update_fields=["position", "recorded_at", "root", "frontier"])


@contextmanager
def record_lock() -> Iterator[LogHead]:
    """Alone in the record until the transaction ends: of two callers the second sees what the first has written.

    What is held open in here may be a log transaction, a dry run, or a look at the record that must not change
    under the one who looks.
    """
    with transaction.atomic():
        LogHead.objects.get_or_create(pk=1)
        yield LogHead.objects.select_for_update().get(pk=1)


@contextmanager
def log_transaction(
    *,
    by: User | None = None,
    origin: Origin = Origin.EDITOR,
    note: str = "",
    notify: bool = True,
    moment: datetime | None = None,
) -> Iterator[LogTransaction]:
    """One transaction on the record, alone in it: all of what it writes becomes public, or nothing does.

    A second one inside it is refused: both would give out the same positions. What belongs to one transaction
    is done by steps that share its log.

    `moment` is when it is written, where that is not now: a release of the shipped data has a day of its own.
    """
    if _is_open.get():
        raise RuntimeError("a log transaction is open: do the step with its log instead of opening another")
    opened = _is_open.set(True)
    try:
        with record_lock() as head:
            log = LogTransaction(head, by=by, origin=origin, note=note, notify=notify, moment=moment)
            yield log
            log.close(head)
    finally:
        _is_open.reset(opened)


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
