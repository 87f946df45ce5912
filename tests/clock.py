"""The day on which the tests run, whatever the calendar says.

`ARTICLE10_TEST_DAY` names another: a date, or a number of days from the usual one (`+400`). The clock begins at noon
and goes on from there, so that no run meets midnight; what measures durations (`time.monotonic`) is left alone.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day

import time_machine

# Later than every fact of the shipped data.
USUAL = date(2026, 12, 1)


def day_of(text: str) -> date:
    """The day that ARTICLE10_TEST_DAY means."""
    if text.startswith(("+", "-")):
        return USUAL + timedelta(days=int(text))
    return date.fromisoformat(text) if text else USUAL


class SessionClock:
    """The clock of a whole run; `stopped` gives the machine's own back for a while."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._began = time.monotonic()
        self._travel: time_machine.travel | None = None

    def start(self) -> None:
        """Let this process live on that day, at the hour to which the run has come."""
        noon = datetime.combine(self.day, time_of_day(12), UTC)
        self._travel = time_machine.travel(noon + timedelta(seconds=time.monotonic() - self._began))
        self._travel.start()

    def stop(self) -> None:
        """Give the machine's clock back."""
        if self._travel is not None:
            self._travel.stop()
            self._travel = None

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """The machine's own clock, for a test whose processes share rows with it."""
        self.stop()
        yield
        self.start()


CLOCK = SessionClock(day_of(os.environ.get("ARTICLE10_TEST_DAY", "")))
