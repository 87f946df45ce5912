"""Whom a new entry of the log concerns: each filter is asked once, however many subscribers have it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Final
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from tracker.domain.subscribing import Rhythm
from tracker.models import Change, FanOut, LogHead, Subscription
from tracker.readmodel.log.filtering import LogFilter, topic_of

# Entries looked at under one lock.
_AT_A_TIME: Final = 500
# Filters named in one statement; databases limit how many values it may have.
_FILTERS_AT_A_TIME: Final = 400
# When digests go out, in the subscriber's own time.
_DIGEST_AT: Final = time(8)


def fan_out(now: datetime) -> int:
    """Note whom the entries concern that nobody has looked at yet; how many entries. Safe to run two at a time.

    A subscriber whom nothing concerns is not touched. Queries grow with the distinct filters that are concerned.
    """
    looked_at = 0
    while count := _fan_out_some(now):
        looked_at += count
    return looked_at


def _fan_out_some(now: datetime) -> int:
    with transaction.atomic():
        FanOut.objects.get_or_create(pk=1)
        mark = FanOut.objects.select_for_update().get(pk=1)
        head = LogHead.objects.values_list("position", flat=True).first() or 0
        until = min(head, mark.position + _AT_A_TIME)
        if until <= mark.position:
            return 0
        entries = Change.objects.filter(position__gt=mark.position, position__lte=until).order_by("position")
        for position, queries in _concerned(entries.iterator()).items():
            _note(position, queries, now)
        FanOut.objects.filter(pk=1).update(position=until)
        return until - mark.position


def _concerned(entries: Iterable[Change]) -> Mapping[int, list[str]]:
    """The filters that an entry concerns, by the position of the last such entry."""
    queries = Subscription.objects.active().order_by("query").values_list("query", flat=True).distinct()
    filters = {query: read_query(query) for query in queries}
    last: dict[str, int] = {}
    for entry in entries:
        topic = topic_of(entry)
        last.update({query: entry.position for query, wanted in filters.items() if wanted.lets_through(topic)})
    by_position: dict[int, list[str]] = defaultdict(list)
    for query, position in last.items():
        by_position[position].append(query)
    return by_position


def read_query(query: str) -> LogFilter:
    """The filter of a subscription."""
    return LogFilter.read(dict(parse_qsl(query)))


def _note(position: int, queries: list[str], now: datetime) -> None:
    for start in range(0, len(queries), _FILTERS_AT_A_TIME):
        concerned = Subscription.objects.active().filter(query__in=queries[start : start + _FILTERS_AT_A_TIME])
        idle = concerned.filter(told_to__lte=F("position"), position__lt=position)
        for rhythm, zone in idle.exclude(rhythm=Rhythm.AT_ONCE).values_list("rhythm", "time_zone").distinct():
            of_these = idle.filter(rhythm=rhythm, time_zone=zone)
            of_these.update(told_to=position, next_at=next_digest(Rhythm(rhythm), zone, now))
        idle.filter(rhythm=Rhythm.AT_ONCE).update(told_to=position, next_at=now)
        # Who waits already, or has to wait after a failure, keeps the moment.
        concerned.filter(told_to__lt=position, position__lt=position).update(told_to=position)


def next_digest(rhythm: Rhythm, zone: str, now: datetime) -> datetime:
    """When the next digest goes out: at eight in the subscriber's own time, on a Monday where it is weekly."""
    if rhythm is Rhythm.AT_ONCE:
        return now
    here = now.astimezone(ZoneInfo(zone))
    day = here.date() + timedelta(days=0 if here.time() < _DIGEST_AT else 1)
    if rhythm is Rhythm.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, _DIGEST_AT, ZoneInfo(zone)).astimezone(now.tzinfo)
