"""The log by position, as a reader with a filter sees it: forwards from a cursor, backwards from the newest entry."""

from collections.abc import Iterator
from typing import Final

from tracker.models import Change
from tracker.models.changes import ChangeQuerySet
from tracker.readmodel.log.filtering import LogFilter, topic_of

# How many entries the database gives at a time; memory is bounded by it, however long the log is.
_AT_A_TIME: Final = 500


def after(position: int, wanted: LogFilter, until: int) -> Iterator[Change]:
    """What the filter lets through after the position, up to and with `until`, oldest first."""
    entries = Change.objects.filter(position__gt=position, position__lte=until)
    return _let_through(entries.order_by("position"), wanted)


def newest(wanted: LogFilter, until: int, above: int = 0) -> Iterator[Change]:
    """What the filter lets through up to and with `until` and above another position, newest first."""
    entries = Change.objects.filter(position__gt=above, position__lte=until)
    return _let_through(entries.order_by("-position"), wanted)


def _let_through(entries: ChangeQuerySet, wanted: LogFilter) -> Iterator[Change]:
    rows = wanted.narrow(entries).iterator(chunk_size=_AT_A_TIME)
    return (entry for entry in rows if wanted.lets_through(topic_of(entry)))
