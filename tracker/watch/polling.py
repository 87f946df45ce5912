"""Polling: take what is due in hand, ask, read, propose, and keep how it went, all of one watch in one transaction.

Whatever ends the process before that transaction does, the watch comes up again when its lease ends, the
source tells the same again, and the same find never makes two reports.
"""

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, assert_never
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from tracker.fetch.fetching import Ask
from tracker.fetch.outcomes import Failed, Fetched, Reason, Refused, Throttled, Unchanged
from tracker.models import Capture, Watch
from tracker.sources.readers.base import NotUnderstood
from tracker.watch import ending
from tracker.watch.asking import Asker, address_on
from tracker.watch.captures import keep
from tracker.watch.checking import mark_checked
from tracker.watch.claiming import MOST_ATTEMPTS, claim, put_back, still_ours
from tracker.watch.ending import PollError, moved
from tracker.watch.following import Follower
from tracker.watch.hosts import Deferred
from tracker.watch.proposing import Proposed, file_all, match_findings
from tracker.watch.reading import Reading, read
from tracker.watch.transient import TRANSIENT_ERRORS

logger = logging.getLogger(__name__)

MOST: Final = 40
# More is put before the reviewers at the next polls: nobody reads a thousand reports that came at once.
MOST_REPORTS: Final = 100
# After so many seconds a run begins no further poll; a last one may take a minute, and a job may take four.
PATIENCE: Final = 120.0
_KEY: Final = re.compile(r"\{(\w+)\}")
_BASELINE: Final = "This is a first look at the page: what changes is told from the next one on."
_ABANDONED: Final = f"taken in hand {MOST_ATTEMPTS} times, and each time the process ended before it was done"

Tick = Callable[[Watch], object]


class NoKey(Exception):
    """The headers of a watch need a key that the operator has not given."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a poll would propose, and what it would say it has not read."""

    proposed: list[Proposed]
    left_out: str


@dataclass(frozen=True)
class Poller:
    """Polls watches at a moment that the caller names.

    `clock` says what time it is when a turn comes: a run takes minutes, and a host counts its pause from the question.
    """

    now: datetime
    asker: Asker = field(default_factory=Asker)
    clock: Callable[[], datetime] | None = None

    def poll_due(self, *, most: int = MOST, tick: Tick = lambda watch: None) -> int:
        """Poll what is due, who waits longest first; how many were polled. `tick` is told of each."""
        end = time.monotonic() + PATIENCE
        polled = 0
        for pk in list(Watch.objects.due(self.now).values_list("pk", flat=True)[:most]):
            if time.monotonic() > end:
                break
            turn = replace(self, now=self.clock()) if self.clock else self
            if watch := claim(pk, turn.now):
                turn._poll_safely(watch)
                polled += 1
                tick(watch)
        return polled

    def try_out(self, watch: Watch) -> Tried:
        """What a poll would propose now. Nothing of it is kept. Raises `PollError` where nothing came of asking."""
        match self._ask(watch, is_conditional=False):
            case Fetched() as page:
                reading = self._read(watch, page, keep=lambda page: None)
                remarks = [reading.left_out, moved(page.moved_to), _BASELINE if reading.is_baseline else ""]
                return Tried(match_findings(watch, reading.findings, self.now), " ".join(filter(None, remarks)))
            case Deferred(until=until):
                raise PollError(Reason.THROTTLED, "the host was asked just now", is_passing=True, until=until)
            case other:
                raise _trouble(other)

    def _poll_safely(self, watch: Watch) -> None:
        """Poll, and keep what went wrong: one source, or our mistake with it, must not keep the others waiting."""
        try:
            if watch.attempts > MOST_ATTEMPTS:
                raise PollError(Reason.ABANDONED, _ABANDONED, is_passing=False)
            self._poll(watch)
        except TRANSIENT_ERRORS:
            raise
        except PollError as trouble:
            ending.failed(watch, trouble, self.now)
        except Exception as fault:
            logger.exception("Watch %s could not be polled", watch.key)
            detail = f"{type(fault).__name__}: {fault}"
            ending.failed(watch, PollError(Reason.FAULT, detail, is_passing=False), self.now)

    def _poll(self, watch: Watch) -> None:
        answer = self._ask(watch, is_conditional=True)
        match answer:
            case Deferred(until=until):
                put_back(watch, until)
            case Unchanged(moved_to=moved_to):
                self._end_unchanged(watch, moved_to)
            case Fetched() as page:
                self._end_fetched(watch, page)
            case other:
                raise _trouble(other)

    def _ask(
        self, watch: Watch, *, is_conditional: bool
    ) -> Deferred | Fetched | Unchanged | Throttled | Refused | Failed:
        known = (watch.etag or None, watch.last_modified or None) if is_conditional else (None, None)
        return self.asker.ask(Ask(address_on(watch.url, self.now), *known, headers=_headers(watch)), self.now)

    def _read(self, watch: Watch, page: Fetched, keep: Callable[[Fetched], object]) -> Reading:
        follower = Follower(self.asker, Ask(address_on(watch.url, self.now), headers=_headers(watch)), self.now)
        try:
            return read(watch, follower, page, keep)
        except NotUnderstood as error:
            raise PollError(Reason.NOT_UNDERSTOOD, str(error), is_passing=False) from error

    @transaction.atomic
    def _end_unchanged(self, watch: Watch, moved_to: str) -> None:
        if still_ours(watch):
            # Of what was not read whole nobody can say that it holds nothing new.
            if watch.reason != Reason.PARTIAL:
                mark_checked(watch, [], self.now)
            ending.unchanged(watch, moved_to, self.now)

    def _end_fetched(self, watch: Watch, page: Fetched) -> None:
        """Keep what came in any case: what a reader did not understand is what its repair starts from."""
        captures: list[Capture] = []
        reading = self._read(watch, page, keep=lambda page: captures.append(keep(page, self.now)))
        proposed = match_findings(watch, reading.findings, self.now)
        with transaction.atomic():
            if still_ours(watch):
                new = [proposal for proposal in proposed if proposal.result.is_news]
                file_all(new[:MOST_REPORTS])
                if reading.is_whole and len(new) <= MOST_REPORTS:
                    mark_checked(watch, proposed, self.now)
                unread = ending.Unread(max(0, len(new) - MOST_REPORTS), reading.left_out)
                ending.fetched(watch, page, captures[0], unread, self.now, is_change=bool(new))


def _headers(watch: Watch) -> dict[str, str]:
    """The headers of the watch, with the operator's keys in their places. Raises `PollError` where one is missing."""
    host = urlsplit(watch.url).hostname or ""
    try:
        return {name: _KEY.sub(lambda found: _key(found[1], host), value) for name, value in watch.headers.items()}
    except NoKey as error:
        raise PollError(Reason.NO_KEY, f"WATCH_KEYS has no key {error} for {host}", is_passing=False) from error


def _key(name: str, host: str) -> str:
    """The key of that name, which goes to its own host and to no other. Raises `NoKey`."""
    for told, key in settings.WATCH_KEYS.items():
        known, _, home = told.partition("@")
        if known == name and home and (host == home or host.endswith(f".{home}")):
            return key
    raise NoKey(name)


def _trouble(answer: Unchanged | Throttled | Refused | Failed) -> PollError:
    """The answer, as what it means for the state of the watch."""
    match answer:
        case Throttled(status=status, retry_after=moment):
            return PollError(Reason.THROTTLED, f"status {status}", is_passing=True, until=moment)
        case Refused(reason=reason, detail=detail):
            return PollError(reason, detail, is_passing=False)
        case Failed(reason=reason, detail=detail, transient=transient):
            return PollError(reason, detail, is_passing=transient)
        case Unchanged():
            return PollError(Reason.PROTOCOL, "“unchanged” although everything was asked for", is_passing=False)
        case _:
            assert_never(answer)
