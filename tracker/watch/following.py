"""Following a source to its further pages: on the same host, one question at a time, with its pauses, to an end."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import httpx2

from tracker.fetch.fetching import Ask
from tracker.fetch.outcomes import Fetched, Throttled, Unchanged
from tracker.watch.asking import Answer, Asker
from tracker.watch.hosts import Deferred, origin_of

MOST_PAGES: Final = 8
# Seconds that one poll waits for the pauses of its host; the other watches of the run wait as long.
MOST_WAITING: Final = 30.0


@dataclass(slots=True)
class Follower:
    """Asks for one page after another, and remembers why it stopped before the last."""

    asker: Asker
    ask: Ask
    now: datetime
    sleep: Callable[[float], object] = time.sleep
    stopped: str = ""
    _seen: set[str] = field(default_factory=set)
    _started: float = field(default_factory=time.monotonic)
    _waited: float = 0.0

    def next_page(self, address: str) -> Fetched | None:
        """The page at the address, if it is a further page of this source, and may be had."""
        if not self._may_follow(address):
            return None
        self._seen.add(address)
        answer = self._patiently(Ask(address, headers=self.ask.headers))
        if isinstance(answer, Fetched):
            return answer
        self.stopped = f"Page {len(self._seen) + 1} could not be had: {_said(answer)}"
        return None

    def _may_follow(self, address: str) -> bool:
        """Whether the address is another page of this source: a key of the operator goes to no other host."""
        if not address or address in self._seen | {self.ask.url} or len(self._seen) + 1 >= MOST_PAGES:
            return False
        try:
            return origin_of(httpx2.URL(address)) == origin_of(httpx2.URL(self.ask.url))
        except (httpx2.InvalidURL, ValueError):
            return False

    def _patiently(self, ask: Ask) -> Answer:
        """What came of asking, once the host may be asked again, unless that takes too long."""
        while True:
            answer = self.asker.ask(ask, self._moment())
            if not isinstance(answer, Deferred):
                return answer
            pause = max(0.0, (answer.until - self._moment()).total_seconds())
            if self._waited + pause > MOST_WAITING:
                return answer
            self._waited += max(pause, 0.05)
            self.sleep(pause)

    def _moment(self) -> datetime:
        return self.now + timedelta(seconds=time.monotonic() - self._started)


def _said(answer: Answer) -> str:
    match answer:
        case Deferred():
            return "its host wants longer pauses"
        case Throttled(status=status):
            return f"status {status}"
        case Fetched() | Unchanged():
            return "nothing new"
        case other:
            return other.detail
