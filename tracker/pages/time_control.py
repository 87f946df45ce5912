"""The date control: the day that a page shows, and the days before and after it on which something changed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min, Q, QuerySet

from tracker.models import Event
from tracker.readmodel.clock import FIRST_DAY, Clock


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
    previous_change: date | None
    next_change: date | None
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


def read_control(clock: Clock, events: QuerySet[Event]) -> TimeControl:
    """The control for a page that these events concern. One query."""
    found = events.aggregate(
        first=Min("earliest"),
        previous=Max("latest", filter=Q(latest__lt=clock.as_of)),
        following=Min("latest", filter=Q(latest__gt=clock.as_of)),
    )
    return TimeControl(
        as_of=clock.as_of,
        today=clock.today,
        edition=clock.edition,
        edition_name=clock.edition_name,
        known_at=None if clock.is_current else clock.edition_name,
        earliest=min(max(found["first"] or FIRST_DAY, FIRST_DAY), clock.as_of),
        latest=max(clock.today, clock.as_of),
        previous_change=found["previous"],
        next_change=found["following"],
        query=_carried(clock),
    )


def _carried(clock: Clock) -> dict[str, str]:
    carried = {} if clock.is_today else {"as_of": clock.as_of.isoformat()}
    return carried if clock.is_current else {**carried, "known_at": clock.edition_name}
