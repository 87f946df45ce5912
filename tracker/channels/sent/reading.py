"""The log as one run of telling reads it: an entry once, and its words once in each language, whoever they are for."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language

from tracker.channels import stream
from tracker.channels.items import Item, items_of
from tracker.models import Change
from tracker.readmodel.clock import Clock, read_clock
from tracker.readmodel.log.filtering import LogFilter, Topic, topic_of

# A longer stretch than this is read for the one who has missed it, and not kept.
_SHARED: Final = 500
# Entries, and items, that are kept at a time.
_MOST_KEPT: Final = 4 * _SHARED

_Known = tuple[Change, Topic]


def current_clock() -> Clock:
    """What is known now: the names in a message are those of the day on which it is written."""
    return read_clock({})


class Reading:
    """What subscribers are told, read once for all of them; several threads may ask.

    What a thread has in hand stays whole when another lets go of what was kept; at worst an entry is read twice.
    """

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self._items: dict[tuple[str, int], Item] = {}
        self._clock: Clock | None = None

    def items(self, wanted: LogFilter, after: int, until: int, most: int) -> list[Item]:
        """What the filter lets through after one position up to another, oldest first, in the language that is active.

        No query where others were told the same; else one for the entries, and those of `items_of`.
        """
        return self._told(list(islice(self._let_through(wanted, after, until), most)))

    def _let_through(self, wanted: LogFilter, after: int, until: int) -> Iterable[Change]:
        if until - after > _SHARED:
            return stream.after(after, wanted, until)
        return (entry for entry, topic in self._between(after, until) if wanted.lets_through(topic))

    def _between(self, after: int, until: int) -> Sequence[_Known]:
        """Every entry of the stretch with what it is about."""
        positions = range(after + 1, until + 1)
        known = self._known
        if any(position not in known for position in positions):
            read = Change.objects.filter(position__gt=after, position__lte=until)
            known = known if len(known) <= _MOST_KEPT else {}
            known = known | {entry.position: (entry, topic_of(entry)) for entry in read}
            self._known = known
        return [known[position] for position in positions if position in known]

    def _told(self, entries: Sequence[Change]) -> list[Item]:
        """The entries as items, each told anew where the record, or the day, is another than when it was told."""
        if not entries:
            return []
        language, clock = get_language() or "", self._clock_for(entries[-1].position, timezone.now().date())
        items = self._items if len(self._items) <= _MOST_KEPT else {}
        if new := [entry for entry in entries if (language, entry.position) not in items]:
            items = items | {(language, item.position): item for item in items_of(new, clock)}
            self._items = items
        return [items[language, entry.position] for entry in entries]

    def _clock_for(self, position: int, today: date) -> Clock:
        clock = self._clock
        if clock is None or clock.edition < position or clock.today != today:
            self._clock, self._items = (clock := current_clock()), {}
        return clock
