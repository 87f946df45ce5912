"""The dates on record as a calendar (RFC 5545, RFC 7986): an entry an event, which moves when its date is corrected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vText

from tracker.channels.describing import describe
from tracker.domain.dates import PartialDate, Precision
from tracker.domain.exceptions import BadParameter
from tracker.domain.plans import keeps
from tracker.domain.vocabulary import ENDS_A_PLAN, PlanState, Subject
from tracker.readmodel.clock import Clock
from tracker.readmodel.edition import Edition
from tracker.readmodel.events import RecordedEvent
from tracker.readmodel.log.filtering import LogFilter, topic_of_event

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
_REFRESH: Final = timedelta(hours=6)
_MOST_ALARMS: Final = 5
_UNITS: Final[Mapping[str, int]] = {"d": 1, "w": 7}
_FURTHEST_ALARM: Final = 366


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar: a day of the world, and how often what we say of it has changed.

    A plan, what it was postponed to, and the act that kept it are one entry, named after the first of them.
    """

    key: str
    event: Mapping[str, Any]
    day: date
    sequence: int
    changed_at: datetime
    status: str


def entries_of(edition: Edition, wanted: LogFilter, today: date) -> Iterator[Entry]:
    """What the filter lets through and has a day, in the order of the record; what was withdrawn comes as cancelled.

    An event of which only the month, the year or an interval is known is left out: no day would be true of it.
    """
    entries = chain(
        (_entry_of(links, today) for links in _stories(edition, today)),
        (_entry_of_withdrawn(event, sequence) for event, sequence in _withdrawn(edition)),
    )
    return (entry for entry in entries if entry is not None and _lets_through(wanted, entry, today))


def _stories(edition: Edition, today: date) -> Iterator[list[RecordedEvent]]:
    """Each event with what followed on it: a plan, its next day, the act that kept it or the word that ended it."""
    following = {event.act.follows: event for event in edition.events if event.act.follows}
    for plan in edition.events:
        if plan.key not in following and edition.plan(plan, today) is PlanState.HELD and (act := _kept(edition, plan)):
            following[plan.key] = act
    keys = {event.key for event in edition.events}
    told_elsewhere = {event.key for key, event in following.items() if key in keys}
    for event in edition.events:
        if event.key not in told_elsewhere:
            links = [event]
            while (after := following.get(links[-1].key)) is not None and after not in links:
                links.append(after)
            yield links


def _kept(edition: Edition, plan: RecordedEvent) -> RecordedEvent | None:
    """The act by which the plan was kept, though nobody linked the two."""
    beside = edition.events_by_accession.get(plan.accession or "", ())
    same = (event for event in beside if keeps(plan.act, event.act))
    return next(same, None)


def _entry_of(links: Sequence[RecordedEvent], today: date) -> Entry | None:
    last = links[-1]
    # A word that ends a plan has a day of its own, on which nothing was to happen.
    shown = next((event for event in reversed(links) if event.kind not in ENDS_A_PLAN), last)
    if shown.occurred.precision is not Precision.DAY or shown.occurred.earliest is None:
        return None
    ahead = last.is_planned or shown.occurred.earliest > today
    status = "CANCELLED" if last.kind in ENDS_A_PLAN else "TENTATIVE" if ahead else "CONFIRMED"
    sequence = sum(event.version - 1 for event in links) + len(links) - 1
    changed_at = max(datetime.fromisoformat(event.document["recorded_at"]) for event in links)
    return Entry(links[0].key, shown.document, shown.occurred.earliest, sequence, changed_at, status)


def _entry_of_withdrawn(event: Mapping[str, Any], sequence: int) -> Entry | None:
    occurred = PartialDate.parse(event["date"])
    if occurred.precision is not Precision.DAY or occurred.earliest is None:
        return None
    changed_at = datetime.fromisoformat(event["recorded_at"])
    return Entry(event["key"], event, occurred.earliest, sequence, changed_at, "CANCELLED")


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


def _lets_through(wanted: LogFilter, entry: Entry, today: date) -> bool:
    return wanted.lets_through(topic_of_event(entry.event, PartialDate.on(entry.day), today))


def write_calendar(entries: Iterable[Entry], wanted: LogFilter, clock: Clock, alarms: Sequence[timedelta]) -> bytes:
    """The entries as an iCalendar object."""
    host = urlsplit(settings.BASE_URL).hostname
    calendar = Calendar()
    calendar.add("prodid", "-//Article 10//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", f"Article 10: {describe(wanted, clock)}")
    calendar.add("x-wr-calname", f"Article 10: {describe(wanted, clock)}")
    calendar.add("source", f"{settings.BASE_URL}{reverse('calendar')}?{wanted.query}".rstrip("?"))
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(_component(entry, host or "", alarms))
    return bytes(calendar.to_ical())


def _component(entry: Entry, host: str, alarms: Sequence[timedelta]) -> Event:
    event = entry.event
    component = Event()
    component.add("uid", f"{entry.key}@{host}")
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
    if entry.status != "CANCELLED":
        for before in alarms:
            component.add_component(_alarm(before, event["title"]))
    return component


def _description(entry: Entry) -> str:
    words = {
        "CANCELLED": _("Withdrawn from the record, postponed or cancelled."),
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
