"""The one light of the whole site: green with everything on time, and amber for each cause by itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.facts import SOURCE, begin, consent, event
from tests.watch.watches import make_watch
from tracker.domain.vocabulary import AccessionStatus, Light, LinkState, Stage, WatchState
from tracker.fetch.outcomes import Reason
from tracker.models import Accession, Event, JobRun, Link, Ratification, Watch
from tracker.operations.health import events_unreachable, freshness
from tracker.operations.jobs import JOBS
from tracker.pages.views.rows import say_freshness
from tracker.watch.ending import PollError, failed

pytestmark = pytest.mark.django_db


def everything_on_time(now: datetime) -> None:
    """A record of which nothing is open, jobs that have just run, a watch that answers, and an address that does."""
    begin(consent("NOR", "2022-07-05"), event("se-in-force", "protocol_in_force", "NATO", "2024-03-07"))
    JobRun.objects.bulk_create(JobRun(name=name, started_at=now, finished_at=now, seconds=1) for name in JOBS)
    make_watch("https://example.org/a", "a-watch", next_poll_at=now)
    Link.objects.create(url=SOURCE["url"], next_check_at=now)


def late_job(now: datetime) -> None:
    an_hour_ago = now - timedelta(hours=1)
    JobRun.objects.filter(name="settle_standings").update(started_at=an_hour_ago, finished_at=an_hour_ago)


def job_never_run(now: datetime) -> None:
    JobRun.objects.filter(name="prune").delete()


def failed_job(now: datetime) -> None:
    JobRun.objects.create(name="prune", started_at=now, finished_at=now, error="OSError: the disk is full")


def watch_in_trouble(now: datetime) -> None:
    failed(Watch.objects.get(), PollError(Reason.NOT_UNDERSTOOD, "at $", is_passing=False), now)


def watch_that_nobody_polls(now: datetime) -> None:
    Watch.objects.update(next_poll_at=now - timedelta(hours=2))


def stale_ratification(now: datetime) -> None:
    Accession.objects.filter(pk="SWE").update(status=AccessionStatus.SIGNED)
    Ratification.objects.filter(ally="HUN").update(stage=Stage.SUBMITTED, last_checked_at=now - timedelta(days=8))


def dead_sources(now: datetime) -> None:
    Link.objects.update(state=LinkState.DEAD)


def silent_sources(now: datetime) -> None:
    Link.objects.update(state=LinkState.FAILING, failures=3)


CAUSES = (
    late_job, job_never_run, failed_job, watch_in_trouble, watch_that_nobody_polls, stale_ratification, dead_sources,
    silent_sources,
)  # fmt: skip


def test_freshness_with_everything_on_time_is_green() -> None:
    now = datetime.now(UTC)
    everything_on_time(now)

    fresh = freshness(now)

    assert fresh.light is Light.GREEN
    assert say_freshness(fresh) == "Everything is on time."


@pytest.mark.parametrize("cause", CAUSES)
def test_freshness_turns_amber_for_each_cause_by_itself_and_says_so_on_page_and_api(
    cause: Callable[[datetime], None], client: Client
) -> None:
    now = datetime.now(UTC)
    everything_on_time(now)

    cause(now)

    assert freshness(now).light is Light.AMBER
    assert "Everything is on time" not in client.get("/status/").text
    assert client.get("/api/v1/status/").json()["data"]["light"] == "amber"
    assert "article10_amber 1" in client.get("/metrics/").text


def test_events_unreachable_when_an_archived_copy_or_another_source_is_there_is_none() -> None:
    now = datetime.now(UTC)
    archived = {**SOURCE, "archived_url": "https://web.example.org/copy"}
    other = {**SOURCE, "url": "https://example.org/other"}
    begin(consent("NOR", sources=[archived]), consent("TUR", sources=[SOURCE, other]))
    Link.objects.create(url=SOURCE["url"], next_check_at=now, state=LinkState.DEAD)
    first = events_unreachable()

    Link.objects.create(url=other["url"], next_check_at=now, state=LinkState.DEAD)

    resting_on_it_alone = Event.objects.standing().count() - 2
    assert (first, events_unreachable()) == (resting_on_it_alone, resting_on_it_alone + 1)
    assert f"{resting_on_it_alone + 1} events have no source left" in say_freshness(freshness(now))


def test_freshness_of_what_was_never_asked_is_not_told_as_zero(client: Client) -> None:
    now = datetime.now(UTC)
    everything_on_time(now)
    Watch.objects.update(state=WatchState.PAUSED)
    Link.objects.all().delete()
    Link.objects.create(url=SOURCE["url"], next_check_at=now)

    unasked = client.get("/status/").text
    told = client.get("/api/v1/status/").json()["data"]
    Link.objects.update(state=LinkState.ALIVE, checked_at=now, alive_at=now)
    asked = freshness(now)

    assert unasked.count("not checked") == 2
    assert "No source is being watched." in unasked
    assert (told["links_checked"], asked.links_checked, asked.links_broken) == (0, 1, 0)
    assert say_freshness(asked).endswith("No source is being watched.")
