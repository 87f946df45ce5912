"""The dates on record as a calendar (RFC 5545, RFC 7986): an entry an event, which moves when its date is corrected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vText

from tracker.channels.fetched.feeds import describe
from tracker.domain.dates import PartialDate, Precision
from tracker.domain.exceptions import BadParameter
from tracker.domain.vocabulary import Subject
from tracker.readmodel.clock import Clock
from tracker.readmodel.edition import Edition
from tracker.readmodel.log.filtering import LogFilter, topic_of_event

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
_REFRESH: Final = timedelta(hours=6)
_MOST_ALARMS: Final = 5
_UNITS: Final[Mapping[str, int]] = {"d": 1, "w": 7}
_FURTHEST_ALARM: Final = 366


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar: a day of the world, and how often what we say of it has been put right."""

    event: Mapping[str, Any]
    day: date
    sequence: int
    changed_at: datetime
    is_cancelled: bool
    is_ahead: bool

    @property
    def status(self) -> str:
        """Its status in the words of RFC 5545."""
        if self.is_cancelled:
            return "CANCELLED"
        return "TENTATIVE" if self.is_ahead else "CONFIRMED"


def entries_of(edition: Edition, wanted: LogFilter, today: date) -> Iterator[Entry]:
    """What the filter lets through and has a day, in the order of the record; what was withdrawn comes as cancelled.

    An event of which only the month, the year or an interval is known is left out: no day would be true of it.
    """
    for event in edition.events:
        entry = _entry(event.document, event.occurred, event.version - 1, today, is_cancelled=False)
        if entry is not None and _lets_through(wanted, entry, today):
            yield entry
    for withdrawn, sequence in _withdrawn(edition):
        entry = _entry(withdrawn, PartialDate.parse(withdrawn["date"]), sequence, today, is_cancelled=True)
        if entry is not None and _lets_through(wanted, entry, today):
            yield entry


def _withdrawn(edition: Edition) -> Iterator[tuple[Mapping[str, Any], int]]:
    """The events that were taken back, as they last stood, with how often each had been put right."""
    counts: dict[str, int] = {}
    for rectification in edition.state.rectifications.values():
        if rectification["subject"] != Subject.EVENT:
            continue
        key = rectification["key"]
        counts[key] = counts.get(key, 0) + 1
        if rectification["now"] is None:
            moments = {name: rectification[name] for name in ("recorded", "recorded_at")}
            yield {**rectification["was"], **moments}, counts[key]


def _entry(
    event: Mapping[str, Any], occurred: PartialDate, sequence: int, today: date, *, is_cancelled: bool
) -> Entry | None:
    if occurred.precision is not Precision.DAY or occurred.earliest is None:
        return None
    changed_at = datetime.fromisoformat(event["recorded_at"])
    return Entry(event, occurred.earliest, sequence, changed_at, is_cancelled, occurred.earliest > today)


def _lets_through(wanted: LogFilter, entry: Entry, today: date) -> bool:
    return wanted.lets_through(topic_of_event(entry.event, PartialDate.on(entry.day), today))


def write_calendar(entries: Iterable[Entry], wanted: LogFilter, clock: Clock, alarms: Sequence[timedelta]) -> bytes:
    """The entries as an iCalendar object."""
    host = urlsplit(settings.BASE_URL).hostname
    calendar = Calendar()
    calendar.add("prodid", "-//Article 10//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", f"Article 10: {describe(wanted)}")
    calendar.add("x-wr-calname", f"Article 10: {describe(wanted)}")
    calendar.add("source", f"{settings.BASE_URL}{reverse('calendar')}?{wanted.query}".rstrip("?"))
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(_component(entry, host or "", alarms))
    return bytes(calendar.to_ical())


def _component(entry: Entry, host: str, alarms: Sequence[timedelta]) -> Event:
    event = entry.event
    component = Event()
    component.add("uid", f"{event['key']}@{host}")
    component.add("sequence", entry.sequence)
    component.add("dtstamp", entry.changed_at)
    component.add("last-modified", entry.changed_at)
    component.add("dtstart", entry.day)
    # The end of a whole day is the day after it; the same day would vanish from some calendars.
    component.add("dtend", entry.day + timedelta(days=1))
    # The record is in English, whatever the language of the calendar's frame.
    component["summary"] = vText(event["title"], params={"LANGUAGE": "en"})
    component.add("description", _description(entry))
    component.add("url", f"{settings.BASE_URL}{reverse('event', args=[event['key']])}")
    component.add("status", entry.status)
    component.add("transp", "TRANSPARENT")
    component.add("categories", [code for code in (event["kind"], event["accession"], event["actor"]) if code])
    if not entry.is_cancelled:
        for before in alarms:
            component.add_component(_alarm(before, event["title"]))
    return component


def _description(entry: Entry) -> str:
    words = {
        "CANCELLED": _("Withdrawn from the record."),
        "TENTATIVE": _("Announced for this day; whether it takes place is not known."),
    }
    sources = [str(source["url"]) for source in entry.event["sources"]]
    return "\n".join(filter(None, [words.get(entry.status, ""), *sources]))


def _alarm(before: timedelta, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm


def read_alarms(text: str) -> list[timedelta]:
    """How long before its day an entry rings: `1d,1w`; nothing for no text. Raises `BadParameter`."""
    parts = [part for part in text.split(",") if part]
    if len(parts) > _MOST_ALARMS:
        raise BadParameter("alarm", text, _("at most %(count)d alarms are set") % {"count": _MOST_ALARMS})
    return [_read_alarm(part) for part in parts]


def _read_alarm(text: str) -> timedelta:
    number, unit = text[:-1], text[-1:]
    is_number = number.isascii() and number.isdigit() and len(number) <= 3
    days = int(number) * _UNITS[unit] if is_number and unit in _UNITS else _FURTHEST_ALARM + 1
    if days > _FURTHEST_ALARM:
        raise BadParameter("alarm", text, _("write days or weeks before, such as 1d or 2w, up to a year"))
    return timedelta(days=days)
