"""Agendas in iCalendar: what is to come, as it is announced, moved and cancelled. A plan is no act."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from icalendar import Calendar
from icalendar.cal import Component
from icalendar.prop import vDDDTypes

from tracker.fetch.outcomes import Fetched
from tracker.sources.findings import Finding
from tracker.sources.readers.base import Findings, NotUnderstood, Options, read_each, shorten, source_of, text_of
from tracker.sources.readers.suggest import Find, address, findings

_STATUS: Final = {"CANCELLED": "Cancelled: ", "TENTATIVE": "Tentative: "}
_BEGIN: Final = "BEGIN:VCALENDAR"
_MOST_BYTES: Final = 2_000_000


class CalendarReader:
    """Each sitting or item is a find, dated by the day that is announced; which act it will be is left open."""

    key = "calendar"
    label = "Agenda (iCalendar)"

    def read(self, page: Fetched, options: Options) -> Findings:
        """The items, in the order of the calendar; those that recur stand for their first day."""
        items = enumerate(_calendar(text_of(page)).walk("VEVENT"), 1)
        return read_each(items, lambda row: _finding(*row, page, options))


def _calendar(text: str) -> Component:
    begun = text.strip()
    if not begun.upper().startswith(_BEGIN):
        raise NotUnderstood("line 1", _BEGIN, shorten(begun))
    if len(begun) > _MOST_BYTES:
        raise NotUnderstood("the calendar", f"at most {_MOST_BYTES} characters", f"{len(begun)} of them")
    try:
        # Of several calendars in one file the first is that of the source.
        return Calendar.from_ical(begun, multiple=True)[0]
    except (ValueError, IndexError, KeyError, AttributeError) as error:
        raise NotUnderstood("the calendar", "iCalendar", str(error)) from error


def _finding(number: int, item: Any, page: Fetched, options: Options) -> Iterator[Finding]:
    title, name, place = _text(item, "SUMMARY"), _text(item, "UID"), f"event {number}"
    if not title:
        raise NotUnderstood(place, "an event with a summary", name or "neither summary nor name")
    title = _STATUS.get(_text(item, "STATUS").upper(), "") + title
    text = " ".join(filter(None, [_text(item, "DESCRIPTION"), _text(item, "LOCATION")]))
    recurrence = str(_day(item, "RECURRENCE-ID") or "")
    find = Find(
        # A calendar without names has the title and the day instead: moved, such an item is another.
        identity=(source_of(page, options), name or f"{title} {_day(item, 'DTSTART')}", recurrence),
        title=title,
        topic=f"{title}. {text}",
        quote=title,
        place=place,
        url=_text(item, "URL") or address(options, page),
        summary=shorten(text, 1000),
        date=_day(item, "DTSTART"),
        planned=True,
    )
    ally, language = options.get("ally"), str(options.get("language", ""))
    yield from findings(find, reader=CalendarReader.key, ally=ally, language=language, options=options)


def _text(item: Any, name: str) -> str:
    value = item.get(name)
    first = value[0] if isinstance(value, list) and value else value
    return " ".join(str(first).split()) if first else ""


def _day(item: Any, name: str) -> str | None:
    """The day as it is written, in whatever zone."""
    value = item.get(name)
    moment = value.dt if isinstance(value, vDDDTypes) else None
    day = moment.date() if isinstance(moment, datetime) else moment
    return day.isoformat() if isinstance(day, date) else None
