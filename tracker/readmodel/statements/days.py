"""The days that an English statement names, and how each stands to what is said."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.checking import Relation, Window, window_of

_MONTHS: Final = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS_OR_CUT: Final = _MONTHS | {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH: Final = rf"(?P<month>{'|'.join(sorted(_MONTHS_OR_CUT, key=len, reverse=True))})\.?"
_SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_PART: Final = r"(?P<part>early|mid|late|the beginning of|the start of|the middle of|the end of|end of)?[ -]?"
_YEAR: Final = r"(?P<year>19\d\d|20\d\d)"
_FORMS: Final = [
    re.compile(rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)"),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? {_YEAR}", re.IGNORECASE),
    re.compile(rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}", re.IGNORECASE),
    re.compile(rf"the ides of {_MONTH},? {_YEAR}", re.IGNORECASE),
    re.compile(rf"(?P<eve>new year[’']s (?:day|eve)),? (?:of )?{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_PART}{_MONTH},? (?:of )?{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?P<season>{'|'.join(_SEASONS)})(?: of)? {_YEAR}", re.IGNORECASE),
    re.compile(rf"{_PART}{_YEAR}(?!\d)", re.IGNORECASE),
]
# A day without its year, in the second half of “between 5 July and 9 August 2022”.
_HALF: Final = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: {_MONTH})?(?= (?:and|to|until|or|–) )", re.IGNORECASE
)

# What stands before a day, nearest to it, and what it makes of the day.
_RELATIONS: Final = [
    (r"(?:by|until|till|up to|as late as|no later than|not later than|by the time of)", Relation.BY),
    (r"(?:as of|as at|, said on|, said in|as things stood on)", Relation.AT),
    (r"(?:before|prior to|ahead of|earlier than)", Relation.BEFORE),
    (r"(?:after|later than|following)", Relation.AFTER),
    (r"(?:since|on|at|in|within|during|throughout|over|of|from|for)", Relation.ON),
]
_BETWEEN: Final = re.compile(r"(?:between|from) $", re.IGNORECASE)
_JOINED: Final = re.compile(r"^ (?:and|to|until|–) $", re.IGNORECASE)
_FILLER: Final = (
    r"(?:the )?(?:(?:evening|morning|end|night|start|close|day|month|year|whole)(?: of)? )?(?:the )?(?:same )?"
)

# “Before the Vilnius summit of 11 July 2023”: the day of a meeting is what counts.
_MEETING: Final = r"(?:[\w’' ]{1,30}(?:summit|meeting|vote|ceremony|session)(?: in \w+)? (?:of|on|in|held on) )?"


@dataclass(frozen=True, slots=True)
class Named:
    """A time that the text names, and where it stands."""

    start: int
    end: int
    first: date
    last: date
    to_end: bool = False


class NoSuchDay(ValueError):
    """The text names a day that the calendar does not have."""


def days_in(text: str) -> tuple[list[Window], str]:
    """The windows of the days named, in order, and the text without them. Raises `NoSuchDay`."""
    named = list(_named(text))
    windows: list[Window] = []
    rest, at = [], 0
    while named:
        one = named.pop(0)
        start, end = one.start, one.end
        before = text[at:start]
        if named and _BETWEEN.search(before) and _JOINED.match(text[end : named[0].start]):
            other = named.pop(0)
            windows.append(window_of(Relation.WITHIN, one.first, other.last))
            rest.append(_BETWEEN.sub("", before))
            at = other.end
            continue
        relation, kept = _relation(before, one)
        windows.append(_window(relation, one))
        rest.append(kept)
        at = end
    return windows, " ".join([*rest, text[at:]])


def _window(relation: Relation | None, one: Named) -> Window:
    if relation is None:
        relation = Relation.ON if one.first == one.last else Relation.WITHIN
    if relation is Relation.ON and one.first != one.last:
        relation = Relation.WITHIN
    if relation is Relation.BEFORE and one.to_end:
        # “Before the end of November” leaves out nothing of November.
        relation = Relation.BY
    return window_of(relation, one.first, one.last)


def _relation(before: str, one: Named) -> tuple[Relation | None, str]:
    for words, relation in _RELATIONS:
        match = re.search(rf"(?:\b|^|(?=, )){words} {_FILLER}{_MEETING}$", before, re.IGNORECASE)
        if match:
            return relation, before[: match.start()]
    return None, before


def _named(text: str) -> Iterator[Named]:
    at = 0
    while at < len(text):
        matches = [match for form in _FORMS if (match := form.search(text, at))]
        if not matches:
            return
        best = min(matches, key=lambda match: (_begin(match), -match.end()))
        yield from _half_before(text[at : best.start()], at, best)
        yield _read(best)
        at = best.end()


def _begin(match: re.Match[str]) -> int:
    return match.end() - len(match[0].lstrip(" -"))


def _half_before(text: str, at: int, whole: re.Match[str]) -> Iterator[Named]:
    """The first half of a span that leaves its year, or its month as well, to the second."""
    half = _HALF.search(f"{text}\n"[:-1] + " ", 0)
    found = whole.groupdict()
    if half is None or not found.get("month") or text[half.end() :].strip().lower() not in {"and", "to", "until", "–"}:
        return
    month = _MONTHS_OR_CUT[(half["month"] or found["month"]).lower()]
    day = _day(int(found["year"]), month, int(half["day"]))
    yield Named(at + half.start(), at + half.end(), day, day)


def _read(match: re.Match[str]) -> Named:
    found = match.groupdict()
    year = int(found["year"])
    first, last = _span(found, year, match[0].lower())
    part = (found.get("part") or "").lower()
    return Named(_begin(match), match.end(), *_part_of(first, last, part), to_end="end of" in part)


def _span(found: dict[str, str | None], year: int, text: str) -> tuple[date, date]:
    if found.get("number"):
        day = _day(year, int(found["number"] or 0), int(found["day"] or 0))
        return day, day
    if text.startswith("the ides"):
        month = _MONTHS_OR_CUT[(found["month"] or "").lower()]
        day = _day(year, month, 15 if month in {3, 5, 7, 10} else 13)
        return day, day
    if found.get("eve"):
        day = _day(year, 1, 1) if text.startswith(("new year’s day", "new year's day")) else _day(year, 12, 31)
        return day, day
    return _longer_span(found, year)


def _longer_span(found: dict[str, str | None], year: int) -> tuple[date, date]:
    if season := found.get("season"):
        begin, end = _SEASONS[season.lower()]
        return _day(year, begin, 1), _end_of(year, end)
    if not found.get("month"):
        return _day(year, 1, 1), _day(year, 12, 31)
    month = _MONTHS_OR_CUT[(found["month"] or "").lower()]
    if found.get("day"):
        day = _day(year, month, int(found["day"] or 0))
        return day, day
    return _day(year, month, 1), _end_of(year, month)


def _part_of(first: date, last: date, part: str) -> tuple[date, date]:
    """The part of a month or a year: its first third, its middle, its last third, or its very end."""
    if not part:
        return first, last
    if "end" in part:
        return last, last
    length = (last - first).days + 1
    third = length // 3
    if "mid" in part:
        middle = first + (last - first) / 2
        return middle, middle
    if part == "late":
        return last - (last - first) / 3, last
    return first, date.fromordinal(first.toordinal() + third - 1)


def _end_of(year: int, month: int) -> date:
    return _day(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay(f"{day}.{month}.{year}") from error
