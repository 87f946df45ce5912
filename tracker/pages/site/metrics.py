"""The figures of `/status/` for a monitoring system, in the text format of Prometheus."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.channels.sent.lag import Lag, lags
from tracker.domain.vocabulary import Light
from tracker.operations.health import Freshness, freshness
from tracker.readmodel.record import current_edition

Labels = dict[str, str]
Sample = tuple[Labels, float]


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """How fresh everything is, one sample a line."""
    text = "\n".join(lines(freshness(timezone.now()), current_edition())) + "\n"
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def lines(fresh: Freshness, edition: int) -> Iterator[str]:
    """The samples, each family with its help and its type."""
    yield from family("edition", "Position of the last entry of the log.", [({}, edition)])
    yield from family("amber", "1 when something needs a look.", [({}, fresh.light is Light.AMBER)])
    yield from _of_jobs(fresh)
    yield from _of_watches(fresh)
    now = timezone.now()
    yield from _of_channels(lags(now), now)
    checked = [
        ({"accession": one.accession, "ally": one.ally}, one.last_checked_at.timestamp() if one.last_checked_at else 0)
        for one in fresh.ratifications
    ]
    yield from family("ratification_checked_timestamp_seconds", "When an open ratification was last checked.", checked)
    yield from family("reports_waiting", "Reports that wait for a reviewer.", [({}, fresh.reports_waiting)])
    yield from family("links_broken", "Cited addresses that no longer answer.", [({}, fresh.links_broken)])
    told = "Events with no source left whose address answers."
    yield from family("events_unreachable", told, [({}, fresh.events_unreachable)])


def family(name: str, told: str, samples: Iterable[Sample]) -> Iterator[str]:
    """One family of samples, all of them gauges."""
    full = f"article10_{name}"
    yield f"# HELP {full} {told}"
    yield f"# TYPE {full} gauge"
    for labels, value in samples:
        shown = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{full}{{{shown}}} {float(value):.15g}" if shown else f"{full} {float(value):.15g}"


def _of_jobs(fresh: Freshness) -> Iterator[str]:
    jobs = fresh.jobs
    success = [({"job": one.name}, one.succeeded_at.timestamp() if one.succeeded_at else 0) for one in jobs]
    yield from family("job_success_timestamp_seconds", "When a job last succeeded; 0 for never.", success)
    seconds = [({"job": one.name}, one.seconds or 0) for one in jobs]
    yield from family("job_seconds", "How long the last run of a job took.", seconds)
    amber = [({"job": one.name}, one.light is Light.AMBER) for one in jobs]
    yield from family("job_amber", "1 when a job failed or is late.", amber)


def _of_channels(rows: Sequence[Lag], now: datetime) -> Iterator[str]:
    late = [({"channel": lag.channel.value}, lag.is_late(now)) for lag in rows]
    yield from family("channel_amber", "1 when somebody who could be told waits too long.", late)
    for name, told in (
        ("active", "Subscribers of a channel."),
        ("waiting", "Subscribers whom something concerns that they have not been told of."),
        ("failing", "Subscribers whose receiver fails."),
        ("disabled", "Subscribers whose receiver has failed for too long."),
    ):
        yield from family(
            f"subscribers_{name}", told, [({"channel": one.channel.value}, getattr(one, name)) for one in rows]
        )
    since = [
        ({"channel": one.channel.value}, one.waiting_since.timestamp() if one.waiting_since else 0) for one in rows
    ]
    yield from family("subscribers_waiting_since_timestamp_seconds", "Since when the longest could be told.", since)


def _of_watches(fresh: Freshness) -> Iterator[str]:
    watches = fresh.watches
    answered = [
        ({"watch": one.key, "state": one.state.value}, one.answered_at.timestamp() if one.answered_at else 0)
        for one in watches
    ]
    yield from family("watch_answered_timestamp_seconds", "When a watched source last answered; 0 for never.", answered)
    failures = [({"watch": one.key}, one.failures) for one in watches]
    yield from family("watch_failures", "Failures of a watched source in a row.", failures)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
