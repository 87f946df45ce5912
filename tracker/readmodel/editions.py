"""The editions in memory: folded once for all threads of a process, each from the one before it."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from tracker.models import Change
from tracker.readmodel.carried import carry_over
from tracker.readmodel.edition import Edition
from tracker.readmodel.fold import Entry, State, fold_on
from tracker.readmodel.record import current_mark

# Editions share all documents that they tell alike; most readers want the newest, some walk a list of one before it.
_KEPT: Final = 6


class EditionCache:
    """The editions in memory. An edition never changes, so all threads may read the same one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # A fold takes its time: whoever wants an edition that is at hand does not wait for it.
        self._folding = threading.Lock()
        self._editions: OrderedDict[int, Edition] = OrderedDict()

    def find(self, edition: int, root: str) -> Edition:
        """The edition of that root."""
        if (known := self._at_hand(edition, root)) is not None:
            return known
        with self._folding:
            # Another thread may have folded it while this one waited.
            return self._at_hand(edition, root) or self._keep(self._build(edition))

    def _at_hand(self, edition: int, root: str) -> Edition | None:
        with self._lock:
            known = self._editions.get(edition)
            # A log restored from a backup, or another test's, may have the position and not the entry.
            if known is None or known.state.root != root:
                return None
            self._editions.move_to_end(edition)
            return known

    def _build(self, edition: int) -> Edition:
        base = self._base(edition)
        return _go_on(base, _entries(base.state.edition, edition))

    def _base(self, edition: int) -> Edition:
        """What the fold goes on from: the newest edition at hand before this one, if the log still has it."""
        with self._lock:
            before = [position for position in self._editions if position < edition]
            base = self._editions[max(before)] if before else Edition(State())
        if _still_there(base.state):
            return base
        self.forget()
        return Edition(State())

    def _keep(self, edition: Edition) -> Edition:
        with self._lock:
            self._editions[edition.state.edition] = edition
            self._editions.move_to_end(edition.state.edition)
            while len(self._editions) > _KEPT:
                self._editions.popitem(last=False)
        return edition

    def forget(self) -> None:
        """Let go of all of them."""
        with self._lock:
            self._editions.clear()


_editions: Final = EditionCache()


def open_edition(edition: int, root: str) -> Edition:
    """The edition of that root. At most two queries, and none if it is in memory."""
    return _editions.find(edition, root)


def open_newest() -> Edition:
    """What is on record now. One query where it is in memory."""
    newest = current_mark()
    return open_edition(newest.edition, newest.root)


def with_entries(edition: Edition, entries: Iterable[Change]) -> Edition:
    """The edition and further entries that are not in the log, or not for good; nobody else is shown it."""
    further = (Entry(entry.position, entry.type, entry.recorded_at, entry.payload) for entry in entries)
    return _go_on(edition, further)


def _go_on(before: Edition, entries: Iterable[Entry]) -> Edition:
    """The edition after these further entries."""
    state, touched = fold_on(before.state, entries)
    return carry_over(before, Edition(state), touched)


def forget_editions() -> None:
    """Let go of what is in memory; for a test, whose log is not the one before."""
    _editions.forget()


def _still_there(state: State) -> bool:
    return state.edition == 0 or Change.objects.filter(position=state.edition, root=state.root).exists()


def _entries(after: int, until: int) -> Iterable[Entry]:
    rows: Iterable[tuple[int, str, datetime, dict[str, Any], str]] = (
        Change.objects.after(after)
        .filter(position__lte=until)
        .values_list("position", "type", "recorded_at", "payload", "root")
        .iterator(chunk_size=1000)
    )
    return (Entry(*row) for row in rows)
