"""How fresh everything is: the jobs, the watches, and what is said of each open ratification.

Pure rules, then the queries that feed them. `/status/`, the API and `/metrics` show what is in here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from django.core.cache import caches
from django.db.models import Q

from tracker.domain.vocabulary import AccessionStatus, Light, LinkState, Stage, WatchState
from tracker.models import Accession, Citation, Event, JobRun, Link, Ratification, Report, Watch
from tracker.models.jobs import LastRuns
from tracker.operations.jobs import JOBS
from tracker.operations.registry import Job

# A job may miss this many turns, and a little, before somebody should look.
TURNS: Final = 3
LEEWAY: Final = timedelta(minutes=2)
# An open ratification that nobody has looked at for so long is stale.
CHECK_WITHIN: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class JobFreshness:
    """One scheduled job: when it ran, what came of it, and by when it should have run again."""

    name: str
    light: Light
    every: int
    started_at: datetime | None
    finished_at: datetime | None
    succeeded_at: datetime | None
    due_at: datetime | None
    seconds: float | None
    done: int
    error: str


@dataclass(frozen=True, slots=True)
class WatchFreshness:
    """One watched source: its state, when it answered last, and when it is asked next."""

    key: str
    title: str
    url: str
    publisher: str
    ally: str | None
    accessions: tuple[str, ...]
    state: WatchState
    light: Light
    is_confirmed: bool
    polled_at: datetime | None
    answered_at: datetime | None
    changed_at: datetime | None
    next_poll_at: datetime | None
    failures: int
    failing_since: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class RatificationFreshness:
    """One open ratification: when it was looked at last, and when it is due again."""

    accession: str
    ally: str
    stage: Stage
    light: Light
    last_checked_at: datetime | None
    next_due_at: datetime | None
    watches: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """Everything that `/status/` shows, at one moment."""

    at: datetime
    light: Light
    jobs: tuple[JobFreshness, ...]
    watches: tuple[WatchFreshness, ...]
    ratifications: tuple[RatificationFreshness, ...]
    reports_waiting: int
    oldest_report_at: datetime | None
    links_broken: int
    # How many addresses were ever asked: where none was, that none is broken says nothing.
    links_checked: int
    # Events on record whose every cited address is gone, with no archived copy: a reader can check none of them.
    events_unreachable: int

    @property
    def is_watching(self) -> bool:
        """Whether any source is read by itself: a paused one is not."""
        return any(watch.state != WatchState.PAUSED for watch in self.watches)

    def document(self) -> dict[str, Any]:
        """The same as plain data; moments are left as moments, for the caller to write as its format does."""
        return asdict(self)


def job_light(every: timedelta, succeeded_at: datetime | None, error: str, now: datetime) -> Light:
    """Amber for a job that failed last time, or whose last success is more than three turns old."""
    late = succeeded_at is None or now > succeeded_at + every * TURNS + LEEWAY
    return Light.AMBER if late or error else Light.GREEN


def watch_light(state: WatchState, *, is_in_trouble: bool, next_poll_at: datetime, now: datetime) -> Light:
    """Grey for a paused watch; amber for one in trouble, or overdue because nobody polls."""
    if state == WatchState.PAUSED:
        return Light.GREY
    is_overdue = now > next_poll_at + timedelta(hours=1)
    return Light.AMBER if is_in_trouble or is_overdue else Light.GREEN


def ratification_light(last_checked_at: datetime | None, now: datetime) -> Light:
    """Amber where nobody has looked for a week, or ever."""
    is_fresh = last_checked_at is not None and now <= last_checked_at + CHECK_WITHIN
    return Light.GREEN if is_fresh else Light.AMBER


def overall(lights: Iterable[Light]) -> Light:
    """Amber as soon as one is."""
    return Light.AMBER if Light.AMBER in set(lights) else Light.GREEN


def sources_light(events_unreachable: int) -> Light:
    """Amber while an event has no source left that answers: adding one that does puts it right.

    A single dead address beside others, or beside an archived copy, is what happens on the web.
    """
    return Light.AMBER if events_unreachable else Light.GREEN


def watching_light(watches: Sequence["WatchFreshness"]) -> Light:
    """Amber where no source is watched: then nothing can be late, and nothing is known of the world either."""
    return Light.GREEN if any(one.light is not Light.GREY for one in watches) else Light.AMBER


def freshness(now: datetime) -> Freshness:
    """How fresh everything is. Nine queries, however much there is."""
    jobs, watches = job_freshness(now), watch_freshness(now)
    ratifications = ratification_freshness(now, watches)
    waiting = Report.objects.open().order_by("filed_at").values_list("filed_at", flat=True)
    unreachable = events_unreachable()
    return Freshness(
        at=now,
        light=overall(
            [
                *_lights(jobs),
                *_lights(watches),
                *_lights(ratifications),
                sources_light(unreachable),
                watching_light(watches),
            ]
        ),
        jobs=jobs,
        watches=watches,
        ratifications=ratifications,
        reports_waiting=len(waiting),
        oldest_report_at=next(iter(waiting), None),
        links_broken=Link.objects.broken().count(),
        links_checked=Link.objects.exclude(state=LinkState.NEW).count(),
        events_unreachable=unreachable,
    )


def recent_freshness(now: datetime) -> Freshness:
    """How fresh everything was within the last minute: for a page that says it in passing, in every language alike."""
    return cast(Freshness, caches["process"].get_or_set("health:freshness", lambda: freshness(now), 60))


def events_unreachable() -> int:
    """How many events rest on nothing but addresses that no longer answer."""
    broken = Q(url__in=Link.objects.broken().values("url"), archived_url="")
    cited = Citation.objects.filter(event__isnull=False)
    within_reach = cited.exclude(broken).values("event")
    return Event.objects.standing().filter(pk__in=cited.values("event")).exclude(pk__in=within_reach).count()


def job_freshness(now: datetime) -> tuple[JobFreshness, ...]:
    """Every job of the schedule, whether it has ever run or not."""
    runs = JobRun.objects.last_runs()
    return tuple(_job(job, runs.get(name), now) for name, job in sorted(JOBS.items()))


def watch_freshness(now: datetime) -> tuple[WatchFreshness, ...]:
    """Every watch, by key."""
    return tuple(_watch(row, now) for row in Watch.objects.order_by("key"))


def ratification_freshness(now: datetime, watches: Sequence[WatchFreshness]) -> tuple[RatificationFreshness, ...]:
    """Every ratification that is under way: of a protocol that is signed and not in force, and not deposited."""
    under_way = Accession.objects.filter(status=AccessionStatus.SIGNED)
    rows = Ratification.objects.filter(accession__in=under_way, required=True).exclude(stage=Stage.DEPOSITED)
    return tuple(_ratification(row, watches, now) for row in rows.order_by("accession", "ally"))


def _lights(rows: Iterable[JobFreshness | WatchFreshness | RatificationFreshness]) -> list[Light]:
    return [row.light for row in rows]


def _job(job: Job, runs: LastRuns | None, now: datetime) -> JobFreshness:
    begun, ended, success = runs or (None, None, None)
    succeeded, error = success.finished_at if success else None, ended.error if ended else ""
    return JobFreshness(
        name=job.name,
        light=job_light(job.every, succeeded, error, now),
        every=int(job.every.total_seconds()),
        started_at=begun.started_at if begun else None,
        finished_at=begun.finished_at if begun else None,
        succeeded_at=succeeded,
        due_at=succeeded + job.every if succeeded else None,
        seconds=ended.seconds if ended else None,
        done=ended.done if ended else 0,
        error=error,
    )


def _watch(row: Watch, now: datetime) -> WatchFreshness:
    state = WatchState(row.state)
    return WatchFreshness(
        key=row.key,
        title=row.title,
        url=row.url,
        publisher=row.publisher,
        ally=row.ally_id,
        accessions=tuple(row.accessions),
        state=state,
        light=watch_light(state, is_in_trouble=row.is_in_trouble, next_poll_at=row.next_poll_at, now=now),
        is_confirmed=row.confirmed_at is not None,
        polled_at=row.polled_at,
        answered_at=row.answered_at,
        changed_at=row.changed_at,
        next_poll_at=None if state == WatchState.PAUSED else row.next_poll_at,
        failures=row.failures,
        failing_since=row.failing_since,
        reason=row.reason,
    )


def _ratification(row: Ratification, watches: Sequence[WatchFreshness], now: datetime) -> RatificationFreshness:
    concerned = [
        one
        for one in watches
        if one.next_poll_at and one.ally == row.ally_id and (not one.accessions or row.accession_id in one.accessions)
    ]
    by_hand = [row.last_checked_at + CHECK_WITHIN] if row.last_checked_at else []
    return RatificationFreshness(
        accession=row.accession_id,
        ally=row.ally_id,
        stage=Stage(row.stage),
        light=ratification_light(row.last_checked_at, now),
        last_checked_at=row.last_checked_at,
        next_due_at=min([one.next_poll_at for one in concerned if one.next_poll_at] or by_hand, default=None),
        watches=len(concerned),
    )
