"""What a host's robots.txt allows us, by RFC 9309. The caller keeps the answer until it expires."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final, assert_never

import httpx2
from protego import Protego

from tracker.domain.vocabulary import RobotsVerdict
from tracker.fetch.outcomes import Failed, Fetched, Outcome, Refused, Throttled, Unchanged

# The RFC lets a copy be used for a day, and asks that the first 500 KiB be read.
FRESH: Final = timedelta(hours=24)
FRESH_AFTER_FAILURE: Final = timedelta(hours=1)
LONGEST: Final = 500 * 1024
_COMPATIBLE: Final = re.compile(r"\(compatible; ([^/;)]+)")


@dataclass(frozen=True, slots=True)
class Robots:
    """What one host allows, until `expires_at`."""

    verdict: RobotsVerdict
    text: str
    expires_at: datetime

    def allows(self, url: str, agent: str) -> bool:
        """Whether the address may be asked by that agent, whose product token counts."""
        match self.verdict:
            case RobotsVerdict.EVERYTHING:
                return True
            case RobotsVerdict.NOTHING:
                return False
            case RobotsVerdict.RULES:
                return Protego.parse(self.text).can_fetch(url, _product(agent))

    def crawl_delay(self, agent: str) -> timedelta:
        """The pause between two questions that the host asks for; none if it asks for none."""
        if self.verdict is not RobotsVerdict.RULES:
            return timedelta(0)
        seconds = Protego.parse(self.text).crawl_delay(_product(agent)) or 0
        return timedelta(seconds=min(max(seconds, 0), FRESH.total_seconds()))


def robots_url(url: str) -> str:
    """The address of the robots.txt that rules over an address."""
    return str(httpx2.URL(url).copy_with(raw_path=b"/robots.txt", fragment=None, userinfo=b""))


def read_robots(outcome: Outcome, now: datetime) -> Robots:
    """What follows from having asked for robots.txt: no file allows everything, a fault allows nothing for now."""
    match outcome:
        case Fetched(body=body):
            return Robots(RobotsVerdict.RULES, _text(body), now + FRESH)
        case Failed(status=int(status)) if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return Robots(RobotsVerdict.EVERYTHING, "", now + FRESH)
        case Throttled(retry_after=datetime() as moment):
            return Robots(RobotsVerdict.NOTHING, "", moment)
        case Throttled() | Failed() | Refused() | Unchanged():
            return Robots(RobotsVerdict.NOTHING, "", now + FRESH_AFTER_FAILURE)
        case _:
            assert_never(outcome)


def _text(body: bytes) -> str:
    # PostgreSQL keeps no zero byte in a text, and no rule has one.
    return body[:LONGEST].decode("utf-8", errors="replace").replace("\0", "")


def _product(agent: str) -> str:
    """The name that rules are written for; honest robots put it behind the name that every browser bears."""
    compatible = _COMPATIBLE.search(agent)
    return (compatible[1] if compatible else agent.partition("/")[0]).strip()
