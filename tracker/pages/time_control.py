"""The date control: the day that a page shows, and the days before and after it on which something changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from tracker.domain.dates import PartialDate
from tracker.readmodel.clock import FIRST_DAY, Clock
from tracker.readmodel.events import RecordedEvent


@dataclass(frozen=True)
class Turns:
    """The days on which something changed, in their order, each with the date that ended on it; and the first day."""

    first: date | None
    days: tuple[tuple[date, PartialDate], ...]

    def before(self, day: date) -> tuple[date, PartialDate] | None:
        """The last of them before the day."""
        place = bisect_left(self.days, day, key=itemgetter(0))
        return self.days[place - 1] if place else None

    def after(self, day: date) -> tuple[date, PartialDate] | None:
        """The first of them after the day."""
        place = bisect_right(self.days, day, key=itemgetter(0))
        return self.days[place] if place < len(self.days) else None


@dataclass(frozen=True)
class TimeControl:
    """What the frame shows of the clock. `known_at` is the edition asked for, or None for what is known now."""

    as_of: date
    today: date
    edition: int
    edition_name: str
    known_at: str | None
    earliest: date
    latest: date
    previous_change: tuple[date, PartialDate] | None
    next_change: tuple[date, PartialDate] | None
    # What a link to another page has to carry along to stay at this day and edition.
    query: dict[str, str]

    @property
    def day_before(self) -> date | None:
        """The day before, within what the record is about."""
        return self.as_of - timedelta(days=1) if self.as_of > FIRST_DAY else None

    @property
    def day_after(self) -> date | None:
        """The day after, up to today: a day to come is typed on purpose."""
        return self.as_of + timedelta(days=1) if self.as_of < self.today else None

    @property
    def is_today(self) -> bool:
        """Whether the page shows today."""
        return self.as_of == self.today


def turns_of(events: Iterable[RecordedEvent]) -> Turns:
    """The days that these events lead to. An event counts from the last day on which it may have happened."""
    dates = [event.occurred for event in events]
    ended = {occurred.latest: occurred for occurred in sorted(dates, key=_width, reverse=True) if occurred.latest}
    first = min((occurred.earliest for occurred in dates if occurred.earliest), default=None)
    return Turns(first, tuple(sorted(ended.items(), key=itemgetter(0))))


def _width(occurred: PartialDate) -> timedelta:
    """How many days it covers: of those that end on one day the most exact says what changed."""
    if occurred.earliest is None or occurred.latest is None:
        return timedelta.max
    return occurred.latest - occurred.earliest


def read_control(clock: Clock, turns: Turns) -> TimeControl:
    """The control for a page that these turns concern."""
    return TimeControl(
        as_of=clock.as_of,
        today=clock.today,
        edition=clock.edition,
        edition_name=clock.edition_name,
        known_at=None if clock.is_current else clock.edition_name,
        earliest=min(max(turns.first or FIRST_DAY, FIRST_DAY), clock.as_of),
        latest=max(clock.today, clock.as_of),
        previous_change=turns.before(clock.as_of),
        next_change=turns.after(clock.as_of),
        query=_carried(clock),
    )


def _carried(clock: Clock) -> dict[str, str]:
    carried = {} if clock.is_today else {"as_of": clock.as_of.isoformat()}
    return carried if clock.is_current else {**carried, "known_at": clock.edition_name}
