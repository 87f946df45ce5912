"""Everything that is measured, for a monitoring system: requests of all processes, and how fresh the whole is."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

from tracker.channels.lag import Lag, lags
from tracker.domain.vocabulary import Light
from tracker.exchange.package.publishing import newest_package
from tracker.operations.health import Freshness, freshness
from tracker.operations.queue import queue_state
from tracker.readmodel.record import Mark, current_mark

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
# Asked by several scrapers at once, the tables are read once.
_KEPT: Final = 10

Labels = dict[str, str]
Sample = tuple[Labels, float]


def measured() -> bytes:
    """All samples, each family with its help and its type."""
    kept: bytes | None = caches["process"].get("measured")
    if kept is None:
        caches["process"].set("measured", kept := _of_the_record(), _KEPT)
    return generate_latest(_of_processes()) + kept


def _of_processes() -> CollectorRegistry:
    """What the processes have counted: of all of them, where they write to a folder that they share."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


class _Collected:
    """Families that are at hand, as a registry wants them."""

    def __init__(self, families: Iterable[GaugeMetricFamily]) -> None:
        self._families = families

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The families."""
        return self._families


def _of_the_record() -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    now = timezone.now()
    try:
        families = list(families_of(freshness(now), current_mark(), now))
    except DatabaseError:
        families = [_family("database_up", "1 when the record can be read.", [({}, 0)])]
    registry.register(_Collected(families))
    return generate_latest(registry)


def families_of(fresh: Freshness, mark: Mark, now: datetime) -> Iterator[GaugeMetricFamily]:
    """What the tables tell at that moment."""
    yield _family("database_up", "1 when the record can be read.", [({}, 1)])
    yield _family("build_info", "The release that answers.", [({"release": settings.RELEASE}, 1)])
    yield from _of_the_log(mark, now)
    yield _family("amber", "1 when something needs a look.", [({}, fresh.light is Light.AMBER)])
    yield from _of_jobs(fresh)
    yield from _of_watches(fresh)
    yield from _of_channels(lags(now), now)
    yield from _of_the_queue()
    checked = [
        ({"accession": one.accession, "ally": one.ally}, _seconds(one.last_checked_at)) for one in fresh.ratifications
    ]
    yield _family("ratification_checked_timestamp_seconds", "When an open ratification was last checked.", checked)
    yield _family("reports_waiting", "Reports that wait for a reviewer.", [({}, fresh.reports_waiting)])
    yield _family("links_broken", "Cited addresses that no longer answer.", [({}, fresh.links_broken)])
    told = "Events with no source left whose address answers."
    yield _family("events_unreachable", told, [({}, fresh.events_unreachable)])


def _of_the_log(mark: Mark, now: datetime) -> Iterator[GaugeMetricFamily]:
    yield _family("edition", "Position of the last entry of the log.", [({}, mark.edition)])
    # A clock that was wrong once: what it dated ahead of now is left out of every question about now.
    ahead = (mark.recorded_at - now).total_seconds() if mark.recorded_at else 0
    yield _family("log_head_ahead_seconds", "How far the last entry lies ahead of the clock.", [({}, max(0, ahead))])
    package = newest_package()
    edition = int(package.partition("-")[0]) if package else 0
    yield _family("package_edition", "Edition of the newest data package; 0 for none.", [({}, edition)])


def _of_jobs(fresh: Freshness) -> Iterator[GaugeMetricFamily]:
    jobs = fresh.jobs
    success = [({"job": one.name}, _seconds(one.succeeded_at)) for one in jobs]
    yield _family("job_success_timestamp_seconds", "When a job last succeeded; 0 for never.", success)
    seconds = [({"job": one.name}, one.seconds or 0.0) for one in jobs]
    yield _family("job_seconds", "How long the last run of a job took.", seconds)
    amber = [({"job": one.name}, float(one.light is Light.AMBER)) for one in jobs]
    yield _family("job_amber", "1 when a job failed or is late.", amber)


def _of_channels(rows: Sequence[Lag], now: datetime) -> Iterator[GaugeMetricFamily]:
    late = [({"channel": lag.channel.value}, float(lag.is_late(now))) for lag in rows]
    yield _family("channel_amber", "1 when somebody who could be told waits too long.", late)
    for name, told in (
        ("active", "Subscribers of a channel."),
        ("waiting", "Subscribers whom something concerns that they have not been told of."),
        ("failing", "Subscribers whose receiver fails."),
        ("disabled", "Subscribers whose receiver has failed for too long."),
    ):
        samples = [({"channel": one.channel.value}, float(getattr(one, name))) for one in rows]
        yield _family(f"subscribers_{name}", told, samples)
    since = [({"channel": one.channel.value}, _seconds(one.waiting_since)) for one in rows]
    yield _family("subscribers_waiting_since_timestamp_seconds", "Since when the longest could be told.", since)


def _of_watches(fresh: Freshness) -> Iterator[GaugeMetricFamily]:
    watches = fresh.watches
    answered = [({"watch": one.key, "state": one.state.value}, _seconds(one.answered_at)) for one in watches]
    yield _family("watch_answered_timestamp_seconds", "When a watched source last answered; 0 for never.", answered)
    failures = [({"watch": one.key}, float(one.failures)) for one in watches]
    yield _family("watch_failures", "Failures of a watched source in a row.", failures)


def _of_the_queue() -> Iterator[GaugeMetricFamily]:
    state = queue_state(time.time())
    yield _family("queue_up", "1 when the queue of the jobs can be asked.", [({}, float(state is not None))])
    if state is not None:
        yield _family("queue_messages", "Wake-ups that wait for a worker.", [({}, state.messages)])
        yield _family("queue_age_seconds", "For how long the oldest of them has waited.", [({}, state.age)])


def _family(name: str, told: str, samples: Iterable[Sample]) -> GaugeMetricFamily:
    """One family of gauges; the labels are those of its first sample."""
    rows = list(samples)
    family = GaugeMetricFamily(f"article10_{name}", told, labels=list(rows[0][0]) if rows else [])
    for labels, value in rows:
        family.add_metric(list(labels.values()), float(value))
    return family


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
