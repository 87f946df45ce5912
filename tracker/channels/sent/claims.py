"""Whose turn it is: due subscriptions, claimed a few at a time, each by one process and taken by one thread."""

import random
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from django.db import transaction

from tracker.models import Subscription

# Claimed by one look. Each waits for a thread, under a lease that runs already.
_AT_A_TIME: Final = 20
# Seconds after which nothing more is claimed: a run gives way to other jobs, and the next is woken soon.
_RUN_SECONDS: Final = 60


class Claims:
    """The subscriptions that are due, to be taken by several threads until there is none."""

    def __init__(self, now: Callable[[], datetime], lease: timedelta) -> None:
        self._now = now
        self._lease = lease
        self._waiting: deque[Subscription] = deque()
        self._lock = Lock()
        self._ends_by = time.monotonic() + _RUN_SECONDS
        self.taken = 0

    def take(self) -> Subscription | None:
        """The next one, which is marked as ours for a while; None where nobody is due, or the run is over.

        Two queries for twenty.
        """
        with self._lock:
            if not self._waiting and time.monotonic() < self._ends_by:
                self._waiting.extend(self.claim())
            if not self._waiting:
                return None
            self.taken += 1
            return self._waiting.popleft()

    def claim(self) -> list[Subscription]:
        """Some that are due and that nobody else has claimed, the longest waiting first."""
        now = self._now()
        # By this moment a turn is told from a later one of the same subscription, in whatever process.
        until = now + self._lease + timedelta(microseconds=random.randrange(1_000_000))  # noqa: S311  # no secret
        with transaction.atomic():
            # Where rows can be locked, those of another process are passed over; SQLite has one writer at a time.
            due = list(Subscription.objects.due(now).select_for_update(skip_locked=True, of=("self",))[:_AT_A_TIME])
            Subscription.objects.filter(pk__in=[one.pk for one in due]).update(leased_until=until)
        for one in due:
            one.leased_until = until
        return due
