"""Asking a host as it wants to be asked: by its robots.txt, one question at a time, with a pause in between."""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from ipaddress import ip_network
from typing import Final

from django.conf import settings
from django.db.models import Q

from tracker.models import Host
from tracker.vocabulary import RobotsVerdict
from tracker.watching.bodies import Sizes
from tracker.watching.fetching import Ask, Fetcher, Limits
from tracker.watching.guard import Guard, NotAllowed
from tracker.watching.outcomes import Failed, Outcome, Reason, Refused, Throttled
from tracker.watching.politeness import HostHistory, earliest_next
from tracker.watching.robots import Robots, read_robots, robots_url

# Longer than two fetches, of robots.txt and of the document, can take, in seconds.
_LONGEST: Final = 90
# What is kept as an archived copy is no longer than this.
_SIZES: Final = Sizes(received=4_000_000, unpacked=6_000_000)


@dataclass(frozen=True, slots=True)
class PutOff:
    """The host is not to be asked now, because it was asked just before or is being asked."""

    until: datetime


Answer = Outcome | PutOff


@cache
def agent() -> str:
    """Who asks, and where to complain."""
    contact = "; ".join(filter(None, [f"+{settings.BASE_URL}", settings.CONTACT]))
    return f"Article10/1.0 ({contact})"


def fetcher_of_settings() -> Fetcher:
    """The fetcher that the settings describe."""
    opened = tuple(ip_network(network) for network in settings.WATCH_OPENED)
    return Fetcher(agent(), Guard(opened), Limits(sizes=_SIZES))


@dataclass(frozen=True)
class Asker:
    """Asks hosts politely. What they want of us is kept in the rows of `Host`, for all processes."""

    fetcher: Fetcher = field(default_factory=fetcher_of_settings)

    def ask(self, ask: Ask, now: datetime) -> Answer:
        """What came of asking, or when the host may be asked. Raises nothing that the other side could cause."""
        try:
            origin = origin_of(self.fetcher.guard, ask.url)
        except NotAllowed as error:
            return Refused(error.reason, error.detail, ask.url)
        host = _take(origin, now)
        if isinstance(host, PutOff):
            return host
        started = time.monotonic()
        history = HostHistory(asked_at=now)
        try:
            robots = self._robots(host, ask.url, now)
            outcome = self._permitted(robots, ask, now)
            history = self._history(robots, outcome, now, time.monotonic() - started)
        finally:
            _release(origin, history, now)
        return outcome

    def _robots(self, host: Host, url: str, now: datetime) -> Robots:
        if host.robots and host.robots_until and host.robots_until > now:
            return Robots(RobotsVerdict(host.robots), host.robots_text, host.robots_until)
        robots = read_robots(self.fetcher.fetch(Ask(robots_url(url)), now=now), now)
        kept = {"robots": robots.verdict, "robots_text": robots.text, "robots_until": robots.expires_at}
        Host.objects.filter(pk=host.pk).update(**kept)
        return robots

    def _permitted(self, robots: Robots, ask: Ask, now: datetime) -> Outcome:
        if robots.verdict is RobotsVerdict.NOTHING:
            detail = "robots.txt could not be had, so that nothing may be asked for now"
            return Failed(Reason.ROBOTS, detail, transient=True, url=ask.url)
        if not robots.allows(ask.url, self.fetcher.agent):
            return Refused(Reason.ROBOTS, "robots.txt does not allow it", ask.url)
        return self.fetcher.fetch(ask, now=now)

    def _history(self, robots: Robots, outcome: Outcome, now: datetime, seconds: float) -> HostHistory:
        return HostHistory(
            asked_at=now,
            took=timedelta(seconds=seconds),
            crawl_delay=robots.crawl_delay(self.fetcher.agent),
            retry_after=outcome.retry_after if isinstance(outcome, Throttled) else None,
        )


def origin_of(guard: Guard, url: str) -> str:
    """Scheme, host and port of an address that may be asked. Raises `NotAllowed`."""
    checked = guard.check_url(url)
    return f"{checked.scheme}://{checked.netloc.decode('ascii')}"[:300]


def _take(origin: str, now: datetime) -> Host | PutOff:
    """The host, in our hands alone; or when to come back."""
    host, _ = Host.objects.get_or_create(origin=origin, defaults={"next_at": now})
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    lease = now + timedelta(seconds=min(_LONGEST, settings.WATCH_LEASE))
    if Host.objects.filter(free, pk=origin, next_at__lte=now).update(leased_until=lease):
        return host
    host.refresh_from_db()
    return PutOff(max(host.next_at, host.leased_until or now, now + timedelta(seconds=1)))


def _release(origin: str, history: HostHistory, now: datetime) -> None:
    following = earliest_next(history, now, gap=timedelta(seconds=settings.WATCH_GAP))
    Host.objects.filter(pk=origin).update(asked_at=history.asked_at, next_at=following, leased_until=None)
