"""Whether the record of this site is the published one, entry for entry, and since where it is another."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tracker.domain import merkle
from tracker.exchange.dataset.shipped_log import Release, entries_of, read_log
from tracker.models import Change
from tracker.readmodel.record import current_mark


@dataclass(frozen=True, slots=True)
class Line:
    """The record of this site beside the published one."""

    # The newest edition that is published with this version of the code, and its root.
    edition: int
    root: str
    # The first position at which this site says what the published record does not; None if there is none.
    differs_since: int | None

    @property
    def edition_name(self) -> str:
        """What the newest published edition is cited as."""
        return merkle.edition_name(self.edition, self.root)


def is_on_line(releases: Sequence[Release]) -> bool:
    """Whether this site has nothing but entries of these releases."""
    newest = current_mark()
    return differs_since([entry.root for entry in entries_of(releases)], newest.edition, newest.root) is None


@cache
def published_roots() -> tuple[str, ...]:
    """The root of each edition of the shipped log, in order. The files do not change while a process runs."""
    return tuple(entry.root for entry in entries_of(read_log()))


def compare_with_published(edition: int, root: str) -> Line:
    """Where the record of this site, up to that edition, stands beside the published one.

    No query where they are one; else a few, more the longer both logs are.
    """
    roots = published_roots()
    return Line(len(roots), roots[-1], differs_since(roots, edition, root))


def differs_since(roots: Sequence[str], edition: int, root: str) -> int | None:
    """The first position whose root is not the published one; from there on all others differ too."""
    if edition <= len(roots) and (edition == 0 or root == roots[edition - 1]):
        return None
    shared = range(1, min(edition, len(roots)) + 1)
    return 1 + bisect_left(shared, True, key=lambda position: _root(position) != roots[position - 1])


def _root(position: int) -> str:
    return Change.objects.values_list("root", flat=True).get(position=position)
