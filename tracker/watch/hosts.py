"""What a host wants of us, kept in its row for all processes: one question at a time, a pause, its robots.txt."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import httpx2
from django.conf import settings
from django.db.models import Q

from tracker.domain.vocabulary import RobotsVerdict
from tracker.fetch.fetching import Ask, Fetcher
from tracker.fetch.politeness import HostHistory, earliest_next
from tracker.fetch.robots import Robots, read_robots, robots_url
from tracker.models import Host

# Longer than robots.txt, the document, and a last robots.txt on the way to it can take, in seconds.
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Deferred:
    """The host is not to be asked now, because it was asked just before or is being asked."""

    until: datetime


def origin_of(url: httpx2.URL) -> str:
    """Scheme, host and port: what a robots.txt rules over."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"[:300]


def take(origin: str, now: datetime) -> Host | Deferred:
    """The host, in our hands alone; or when to come back."""
    host, _ = Host.objects.get_or_create(origin=origin, defaults={"next_at": now})
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    lease = now + timedelta(seconds=min(_LONGEST, settings.WATCH_LEASE))
    if Host.objects.filter(free, pk=origin, next_at__lte=now).update(leased_until=lease):
        host.leased_until = lease
        return host
    host.refresh_from_db()
    return Deferred(max(host.next_at, host.leased_until or now, now + timedelta(seconds=1)))


def give_back(host: Host, history: HostHistory, now: datetime) -> None:
    """Let others ask the host, after the pause that it wants. Who held it for too long holds it no more."""
    following = earliest_next(history, now, gap=timedelta(seconds=settings.WATCH_GAP))
    Host.objects.filter(pk=host.pk, leased_until=host.leased_until).update(
        asked_at=history.asked_at, next_at=following, leased_until=None
    )


def robots_of(host: Host, fetcher: Fetcher, now: datetime) -> Robots:
    """What the host allows: as it was kept, or else asked for and kept."""
    if host.robots and host.robots_until and host.robots_until > now:
        return Robots(RobotsVerdict(host.robots), host.robots_text, host.robots_until)
    robots = read_robots(fetcher.fetch(Ask(robots_url(host.origin)), now=now), now)
    kept = {"robots": robots.verdict, "robots_text": robots.text, "robots_until": robots.expires_at}
    Host.objects.filter(pk=host.pk).update(**kept)
    return robots
