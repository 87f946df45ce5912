"""Dates that may be known to the day, the month, the year, or only to lie between two days.

Written as EDTF (ISO 8601-2) level 1: `2022`, `2022-10`, `2022-10-23`, `2022-07-05/2022-09-27`,
`../2022-09-27`, `2022-07-05/..`. No database and no clock in here.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

from django.utils.translation import gettext as _

from tracker.domain.vocabulary import Reached

# The record begins with the Treaty of 1949; what led to it, and what is planned, has room on both sides.
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

_DATE: Final = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_OPEN: Final = ".."


class Precision(StrEnum):
    """How exactly a date was given."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"


class NotADate(ValueError):
    """The text is not a date in a form that we read; says what was wrong and what would be right."""

    def __init__(self, text: str, because: str) -> None:
        self.text = text
        self.because = because
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        super().__init__(f"“{shown}” is not a date we can read: {because}. Write 2022-10-23, 2022-10 or 2022.")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The days, both included, between which something happened; None where that side is open."""

    earliest: date | None
    latest: date | None
    precision: Precision = Precision.INTERVAL

    @classmethod
    def parse(cls, text: str) -> Self:
        """The date that the EDTF text names. Raises `NotADate`."""
        if "/" in text or text.startswith(_OPEN):
            return cls._parse_interval(text)
        return cls._parse_single(text)

    @classmethod
    def on(cls, day: date) -> Self:
        """That very day."""
        return cls(day, day, Precision.DAY)

    @classmethod
    def between(cls, earliest: date | None, latest: date | None) -> Self:
        """The interval between two days, as narrow a precision as they allow."""
        if earliest is not None and earliest == latest:
            return cls(earliest, latest, Precision.DAY)
        return cls(earliest, latest, Precision.INTERVAL)

    @classmethod
    def _parse_interval(cls, text: str) -> Self:
        start, _slash, end = text.partition("/")
        earliest = None if start == _OPEN else cls._parse_single(start).earliest
        latest = None if end == _OPEN else cls._parse_single(end).latest
        if earliest is None and latest is None:
            raise NotADate(text, _("an interval needs at least one day"))
        if earliest is not None and latest is not None and earliest > latest:
            raise NotADate(text, _("the interval ends before it begins"))
        return cls.between(earliest, latest)

    @classmethod
    def _parse_single(cls, text: str) -> Self:
        match = _DATE.fullmatch(text)
        if match is None:
            raise NotADate(text, _("it is not written as year, month and day"))
        year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            raise NotADate(text, _("its year is outside %(first)d–%(last)d") % {"first": FIRST_YEAR, "last": LAST_YEAR})
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
        return cls._in_month(text, year, month, day)

    @classmethod
    def _in_month(cls, text: str, year: int, month: int, day: int | None) -> Self:
        if not 1 <= month <= 12:
            raise NotADate(text, _("there is no such month"))
        last = calendar.monthrange(year, month)[1]
        if day is None:
            return cls(date(year, month, 1), date(year, month, last), Precision.MONTH)
        if not 1 <= day <= last:
            raise NotADate(text, _("that month has %(count)d days") % {"count": last})
        return cls.on(date(year, month, day))

    def __str__(self) -> str:
        """EDTF level 1, which `parse` reads back to an equal date."""
        match self.precision, self.earliest, self.latest:
            case Precision.DAY, date() as day, _:
                return day.isoformat()
            case Precision.MONTH, date() as day, _:
                return f"{day:%Y-%m}"
            case Precision.YEAR, date() as day, _:
                return f"{day:%Y}"
        return f"{self.earliest or _OPEN}/{self.latest or _OPEN}"

    def by(self, day: date) -> Reached:
        """Whether it had happened by the end of that day: reached, unknown or not reached."""
        if self.latest is not None and self.latest <= day:
            return Reached.REACHED
        if self.earliest is not None and self.earliest > day:
            return Reached.NOT_REACHED
        return Reached.UNKNOWN


def first_of(dates: Iterable[PartialDate]) -> PartialDate:
    """When the first of these things happened: certain by the smallest latest, possible from the smallest earliest.

    Raises `ValueError` for no dates.
    """
    known = list(dates)
    if len(known) == 1:
        return known[0]
    earliest = (
        None if any(one.earliest is None for one in known) else min(one.earliest for one in known if one.earliest)
    )
    latest = min((one.latest for one in known if one.latest), default=None)
    return next(
        (one for one in known if (one.earliest, one.latest) == (earliest, latest)),
        PartialDate.between(earliest, latest),
    )


def in_use(day: date, since: str, until: str) -> bool:
    """Whether a day lies in a time that begins with `since` and ends before `until`; either may be empty for open."""
    begins = PartialDate.parse(since).earliest if since else None
    ends = PartialDate.parse(until).earliest if until else None
    return (begins is None or begins <= day) and (ends is None or day < ends)


def whole(earliest: date | None, latest: date | None) -> PartialDate:
    """The interval, as the month or the year where it is just that."""
    if earliest is None or latest is None or earliest.day != 1:
        return PartialDate.between(earliest, latest)
    for text in (f"{earliest:%Y}", f"{earliest:%Y-%m}"):
        if (found := PartialDate.parse(text)).latest == latest and found.earliest == earliest:
            return found
    return PartialDate.between(earliest, latest)
