"""What happens during a storm: sources publish, copies drift, ratifications are looked at. The same in the same order
whether anything disturbs the jobs or not, so that what they leave behind can be compared.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from tests.fetch.servers import Exchange, HostileServer
from tests.fetch.servers import running as serving
from tracker.domain.vocabulary import ChangeType, SourceClass, WatchState
from tracker.models import Change, Event, Host, Ratification, Report, Watch
from tracker.operations import jobs

SOURCES = 6
# The last day of the data: after it, two ratifications are open, and their sources have nothing new. Each is marked as
# checked, once a day.
UNTIL = date(2024, 1, 20)
QUIET = ("TUR", "HUN")
_VARIES = ("checked_at", "archived_url", "capture")

Snapshot = dict[str, Any]


@dataclass
class Scenario:
    """The sources, and what they have published so far."""

    server: HostileServer
    published: dict[int, list[dict[str, str]]] = field(default_factory=lambda: {n: [] for n in range(SOURCES)})
    drifted: int = 0

    def set_up(self) -> None:
        """The watches, over the shipped data as it was when two ratifications were under way."""
        self.server.on("/robots.txt", lambda exchange: exchange.answer(status="404 Not Found"))
        self.server.on("/quiet", lambda exchange: exchange.answer(b"[]", Content_Type="application/json"))
        for number in range(SOURCES):
            self.server.on(f"/source/{number}", self._behaviour(number))
            make(f"source-{number}", self.server.url(f"/source/{number}"), accessions=["SWE"])
        for ally in QUIET:
            make(f"quiet-{ally.lower()}", self.server.url("/quiet"), accessions=["SWE"], ally_id=ally)

    def step(self, number: int) -> None:
        """The next thing that happens: a source publishes; after every third, a copy drifts from its events."""
        source = number % SOURCES
        title = f"Act {number} on Sweden’s accession to NATO"
        self.published[source].append({"id": str(number), "title": title, "date": "2024-02-26"})
        due(f"source-{source}")
        if number % 3 == 0:
            self._drift()

    def start_again(self) -> None:
        """Let nothing have been published."""
        self.published.update({number: [] for number in range(SOURCES)})
        self.drifted = 0

    def is_quiet(self) -> bool:
        """Whether nothing is left to do: no watch due or in hand, no copy drifted."""
        soon = datetime.now(UTC) + timedelta(seconds=30)
        busy = Watch.objects.exclude(leased_until=None) | Watch.objects.filter(next_poll_at__lte=soon)
        return not busy.exclude(state=WatchState.PAUSED).exists() and not drifting().exists()

    def come_round(self) -> None:
        """Let every source have its next turn. One that fell in while the poll before it was in hand ended with it."""
        for number in range(SOURCES):
            due(f"source-{number}")

    def _drift(self) -> None:
        row = Ratification.objects.filter(accession="FIN", required=True).order_by("ally")[self.drifted % 30]
        standing = {**row.standing, "stages": {**row.standing["stages"]}}
        standing["stages"]["deposited"] = {**standing["stages"]["deposited"], "date": "1999-01-01"}
        Ratification.objects.filter(pk=row.pk).update(standing=standing)
        self.drifted += 1

    def _behaviour(self, number: int) -> Any:
        def answer(exchange: Exchange) -> None:
            # Long enough to be killed while it is waited for.
            time.sleep(0.05)
            exchange.answer(json.dumps(self.published[number]).encode(), Content_Type="application/json")

        return answer


@contextmanager
def scenario() -> Iterator[Scenario]:
    """A scenario with its server."""
    with serving(HostileServer()) as server:
        yield Scenario(server)


def make(key: str, url: str, **told: Any) -> None:
    """A watch that is due."""
    Watch.objects.create(
        key=key,
        title=key,
        url=url,
        publisher="A parliament",
        source_class=SourceClass.PARLIAMENT,
        reader="json",
        options={"fields": {"id": "id", "title": "title", "date": "date"}},
        language="en",
        next_poll_at=datetime.now(UTC),
        **told,
    )


def due(key: str) -> None:
    """Let the turn of the watch come; whoever has it in hand keeps it."""
    Watch.objects.filter(key=key).update(next_poll_at=datetime.now(UTC))


def drifting() -> Any:
    """The copies that somebody has changed."""
    return Ratification.objects.filter(standing__stages__deposited__date="1999-01-01")


def take_snapshot(after: int) -> Snapshot:
    """What the jobs have left behind since that position: reports, log and record, without their times."""
    changes = Change.objects.filter(position__gt=after).order_by("position")
    entries = changes.values_list("type", "accession", "ally", "event", "payload")
    return {
        "reports": sorted(
            (one.fingerprint, one.state, _text(one.proposal), _text(one.evidence)) for one in Report.objects.all()
        ),
        "log": Counter((*rest, _text(payload)) for *rest, payload in entries.exclude(type=ChangeType.SOURCE_CHECKED)),
        # Not how often: a storm may outlast the day.
        "checked": sorted(set(entries.filter(type=ChangeType.SOURCE_CHECKED).values_list("accession", "ally"))),
        "record": [_text(row) for row in Ratification.objects.order_by("pk").values("pk", "stage", "standing")],
        "events": Event.objects.count(),
        "watches": list(Watch.objects.order_by("key").values_list("key", "failures", "reason", "attempts")),
    }


def positions(after: int) -> list[int]:
    """The positions of the log since that one."""
    return list(Change.objects.filter(position__gt=after).order_by("position").values_list("position", flat=True))


def undisturbed(told: Scenario, steps: int, after: int) -> Snapshot:
    """What the same scenario leaves behind when nothing happens to the jobs. Nothing of it is kept."""
    with transaction.atomic():
        for number in range(steps):
            told.step(number)
            work_off(told)
        snapshot = take_snapshot(after)
        transaction.set_rollback(True)
    told.start_again()
    return snapshot


def work_off(told: Scenario) -> None:
    """Run the jobs in this process until nothing is left to do."""
    while not told.is_quiet():
        # The host is at hand and need not rest.
        now = datetime.now(UTC)
        Host.objects.update(next_at=now)
        Watch.objects.filter(next_poll_at__lte=now + timedelta(seconds=30)).update(next_poll_at=now)
        jobs.poll_watches()
        if drifting().exists():
            jobs.settle_standings()


def _text(value: Any) -> str:
    return json.dumps(_steady(value), sort_keys=True, default=str)


def _steady(value: Any) -> Any:
    """The value without what differs from run to run: moments, and which version of a page was seen."""
    if isinstance(value, dict):
        return {name: _steady(one) for name, one in value.items() if name not in _VARIES}
    return [_steady(one) for one in value] if isinstance(value, list | tuple) else value
