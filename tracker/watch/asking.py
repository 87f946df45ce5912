"""Asking hosts as they want to be asked: by their robots.txt, one question at a time, with a pause in between.

A redirect is a question like the first: to whoever it leads, that host's rules hold.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from ipaddress import ip_network
from typing import Final

import httpx2
from django.conf import settings

from tracker.domain.vocabulary import RobotsVerdict
from tracker.fetch.bodies import Sizes
from tracker.fetch.fetching import Ask, Fetcher, Limits
from tracker.fetch.guard import Guard, NotAllowed
from tracker.fetch.outcomes import Failed, Outcome, Reason, Refused, Throttled
from tracker.fetch.politeness import HostHistory
from tracker.fetch.robots import Robots
from tracker.models import Host
from tracker.watch.hosts import Deferred, give_back, origin_of, robots_of, take

PRODUCT: Final = "Article10"
# What is kept as an archived copy is no longer than this.
_SIZES: Final = Sizes(received=4_000_000, unpacked=6_000_000)

Answer = Outcome | Deferred


class _Stopped(Exception):
    """A host on the way is not to be asked, or not now; with the answer that this is."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


def address_on(url: str, now: datetime) -> str:
    """The address of a watch on a day, with `{year}` and `{date}` (as 2022-07-05) filled in."""
    return url.replace("{year}", f"{now.year}").replace("{date}", now.date().isoformat())


@cache
def agent() -> str:
    """Who asks, and where to complain: in the form of honest robots, since plain filters refuse any other name."""
    contact = "; ".join(filter(None, [f"+{settings.BASE_URL}", settings.CONTACT]))
    return f"Mozilla/5.0 (compatible; {PRODUCT}/1.0; {contact})"


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
        visit = _Visit(self.fetcher, now)
        try:
            visit.enter(self.fetcher.guard.check_url(ask.url))
            outcome = self.fetcher.fetch(ask, now=now, gate=visit.enter)
            visit.hear(outcome)
        except NotAllowed as error:
            return Refused(error.reason, error.detail, ask.url)
        except _Stopped as stopped:
            return stopped.answer
        finally:
            visit.leave()
        return outcome


@dataclass(slots=True)
class _Held:
    """A host in our hands, what it allows, and since when."""

    host: Host
    robots: Robots
    started: float
    retry_after: datetime | None = None


class _Visit:
    """One question, with the hosts it is put to: the first, and those it is sent on to."""

    def __init__(self, fetcher: Fetcher, now: datetime) -> None:
        self._fetcher = fetcher
        self._now = now
        self._held: dict[str, _Held] = {}

    def enter(self, url: httpx2.URL) -> None:
        """Take the host in hand, if we have not yet, and look whether it allows the address. Raises `_Stopped`."""
        origin = origin_of(url)
        if origin not in self._held:
            self._take(origin)
        robots = self._held[origin].robots
        if robots.verdict is RobotsVerdict.NOTHING:
            detail = f"robots.txt of {origin} could not be had, so that nothing may be asked for now"
            raise _Stopped(Failed(Reason.ROBOTS, detail, transient=True, url=str(url)))
        if not robots.allows(str(url), self._fetcher.agent):
            raise _Stopped(Refused(Reason.ROBOTS, f"robots.txt of {origin} does not allow {url.path}", str(url)))

    def hear(self, outcome: Outcome) -> None:
        """Remember how long a host that has throttled us wants to be left alone."""
        if isinstance(outcome, Throttled):
            self._held[origin_of(httpx2.URL(outcome.url))].retry_after = outcome.retry_after

    def leave(self) -> None:
        """Give every host back, with the pause that it wants."""
        for held in self._held.values():
            history = HostHistory(
                asked_at=self._now,
                took=timedelta(seconds=time.monotonic() - held.started),
                crawl_delay=held.robots.crawl_delay(self._fetcher.agent),
                retry_after=held.retry_after,
            )
            give_back(held.host, history, self._now)

    def _take(self, origin: str) -> None:
        started = time.monotonic()
        host = take(origin, self._now)
        if isinstance(host, Deferred):
            raise _Stopped(host)
        # Held before it is asked for its robots.txt, so that it is given back whatever comes of that.
        held = self._held[origin] = _Held(host, Robots(RobotsVerdict.NOTHING, "", self._now), started)
        held.robots = robots_of(host, self._fetcher, self._now)
