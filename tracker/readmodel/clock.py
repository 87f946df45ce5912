"""The two clocks of a request: the day it asks about, and the edition of the log that it asks from.

`as_of` is a day of the world, `known_at` a moment of ours or a position of the log. Pages, API, feeds
and exports read both here, so that they mean the same everywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.domain import merkle
from tracker.domain.dates import NotADate, PartialDate, Precision
from tracker.domain.exceptions import BadParameter
from tracker.readmodel.edition import Edition
from tracker.readmodel.editions import open_edition
from tracker.readmodel.record import Mark, current_mark, mark_at, mark_of

# The Treaty was signed on 4 April 1949; nothing on record is asked about before that year.
FIRST_DAY: Final = date(1949, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
_UTC: Final = ZoneInfo("UTC")
_FIRST_ON_EARTH: Final = timedelta(hours=14)
# An edition by its number, and as much of its root as is printed, or more.
_EDITION: Final = re.compile(r"(?P<number>[0-9]+)(-(?P<root>[0-9a-f]{8,64}))?")


@dataclass(frozen=True)
class Clock:
    """The day that is asked about, today, and the edition that is asked from."""

    as_of: date
    today: date
    edition: int
    # What the request said of our clock; empty where it asked for what is known now.
    known_at: str = ""
    # When the edition was recorded; None before the first entry of the log.
    recorded_at: datetime | None = None
    # What tells the edition from another record's of the same number.
    root: str = merkle.EMPTY

    @property
    def is_today(self) -> bool:
        """Whether the world's clock stands at today."""
        return self.as_of == self.today

    @property
    def names_an_edition(self) -> bool:
        """Whether the request named its edition, and not a time."""
        return _EDITION.fullmatch(self.known_at) is not None

    @property
    def is_current(self) -> bool:
        """Whether our clock stands at now."""
        return not self.known_at

    @property
    def edition_name(self) -> str:
        """What the edition is cited as: its number and the short form of its root."""
        return merkle.edition_name(self.edition, self.root)

    @cached_property
    def record(self) -> Edition:
        """What this site held to be true at the edition."""
        return open_edition(self.edition, self.root)


def read_clock(parameters: Mapping[str, str], newest: Mark | None = None) -> Clock:
    """The clock that `as_of` and `known_at` ask for; today and the newest edition where they are missing.

    One query for the newest edition where it is not given, and one more where `known_at` is. Raises `BadParameter`
    with what would be right.
    """
    today = timezone.now().date()
    as_of = _read_as_of(parameters["as_of"]) if parameters.get("as_of") else today
    known_at = parameters.get("known_at", "")
    newest = newest or current_mark()
    mark = _read_mark(known_at, newest) if known_at else newest
    return Clock(as_of, today, mark.edition, known_at, mark.recorded_at, mark.root)


def last_position_by(text: str) -> int:
    """The last position of the log by that edition, day or moment; 0 before it began. Raises `BadParameter`."""
    if _EDITION.fullmatch(text):
        return _read_mark(text, current_mark()).edition
    return mark_at(_read_moment(text)).edition


def _read_as_of(text: str) -> date:
    day = read_day("as_of", text)
    # The first day of the calendar is that of Kiribati, fourteen hours ahead of Greenwich.
    if day > (timezone.now() + _FIRST_ON_EARTH).date():
        raise BadParameter("as_of", text, _("that day has begun nowhere on Earth yet"))
    return day


def read_day(name: str, text: str) -> date:
    """The day that the text names, within what the record is about. Raises `BadParameter`."""
    try:
        day = PartialDate.parse(text)
    except NotADate as error:
        raise BadParameter(
            name, text, _("%(because)s; write a day such as 2023-10-30") % {"because": error.because}
        ) from error
    if day.precision is not Precision.DAY or day.latest is None:
        raise BadParameter(name, text, _("it is not one day; write a day such as 2023-10-30"))
    if not FIRST_DAY <= day.latest <= LAST_DAY:
        raise BadParameter(
            name,
            text,
            _("the record is about the days from %(first)s to %(last)s") % {"first": FIRST_DAY, "last": LAST_DAY},
        )
    return day.latest


def _read_mark(text: str, newest: Mark) -> Mark:
    if named := _EDITION.fullmatch(text):
        return _mark_named(text, named["number"], named["root"] or "", newest)
    mark = mark_at(_read_moment(text))
    if mark.edition == 0 < newest.edition:
        raise BadParameter("known_at", text, _began())
    return mark


def _mark_named(text: str, number: str, root: str, newest: Mark) -> Mark:
    # Longer numbers than any log has positions would not fit the database either.
    if len(number) > 12 or int(number) > newest.edition:
        raise BadParameter("known_at", text, _("the newest edition is %(edition)d") % {"edition": newest.edition})
    mark = newest if int(number) == newest.edition else mark_of(int(number))
    if not mark.root.startswith(root):
        raise BadParameter(
            "known_at",
            text,
            _("the edition of that number is %(edition)s here; the one you name is of another record")
            % {"edition": merkle.edition_name(mark.edition, mark.root)},
        )
    return mark


def _began() -> str:
    first = mark_of(1)
    return _("the record began on %(day)s, with edition %(edition)s") % {
        "day": first.recorded_at.date() if first.recorded_at else "",
        "edition": merkle.edition_name(first.edition, first.root),
    }


def _read_moment(text: str) -> datetime:
    """The moment that the text names; the end of the day, where it names a day."""
    if "T" not in text:
        return min(datetime.combine(_past_day(text), time.max, _UTC), timezone.now())
    try:
        # A plus sign in an address arrives as a space.
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        moment = moment.astimezone(_UTC) if moment.tzinfo else moment.replace(tzinfo=_UTC)
    except (ValueError, OverflowError) as error:
        raise BadParameter(
            "known_at", text, _("write an edition, a day, or a moment such as 2023-10-30T12:00:00Z")
        ) from error
    if moment > timezone.now():
        raise BadParameter("known_at", text, _("that moment is still to come; nobody knows what will be known then"))
    return moment


def _past_day(text: str) -> date:
    day = read_day("known_at", text)
    if day > timezone.now().date():
        raise BadParameter("known_at", text, _("that day is still to come; nobody knows what will be known then"))
    return day
