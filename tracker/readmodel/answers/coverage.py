"""Up to when the record knows: what has happened after its newest fact it cannot tell, and it says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.dates import PartialDate
from tracker.domain.vocabulary import AccessionStatus
from tracker.readmodel.edition import Edition
from tracker.readmodel.events import RecordedEvent

# Nothing more is awaited of these.
_ENDED: Final = frozenset({AccessionStatus.MEMBER, AccessionStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Coverage:
    """When the newest fact on record was, of all and of one accession; None where the day does not lie after it."""

    whole: PartialDate | None
    own: PartialDate | None

    def __bool__(self) -> bool:
        return bool(self.whole or self.own)


def coverage_on(edition: Edition, day: date, accession: str = "") -> Coverage:
    """Up to when the record knows, where the day lies after that. An accession that has ended is told of no more."""
    whole = newest_fact(edition)
    own = edition.always(f"newest/{accession}", lambda: _newest(edition.events_by_accession.get(accession, ())))
    is_open = bool(accession) and edition.standing(accession, day).status not in _ENDED
    return Coverage(_if_before(whole, day), _if_before(own, day) if is_open else None)


def newest_fact(edition: Edition) -> PartialDate | None:
    """When the newest fact of the whole record was, plans aside; None on an empty record."""
    return edition.always("newest", lambda: _newest(edition.events))


def _newest(events: Iterable[RecordedEvent]) -> PartialDate | None:
    known = (event.occurred for event in events if not event.is_planned)
    return max(known, key=_last_day, default=None)


def _last_day(occurred: PartialDate) -> date:
    return occurred.latest or occurred.earliest or date.min


def _if_before(newest: PartialDate | None, day: date) -> PartialDate | None:
    return newest if newest is not None and _last_day(newest) < day else None
