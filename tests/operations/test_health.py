"""How fresh everything is: each rule at its edge, and what the status page and the metrics read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.watch.watches import make_watch
from tracker.celery import app
from tracker.domain.vocabulary import AccessionStatus, Light, Stage, WatchState
from tracker.fetch.outcomes import Reason
from tracker.models import Accession, JobRun, Ratification
from tracker.operations.health import (
    CHECK_WITHIN,
    freshness,
    job_light,
    overall,
    ratification_light,
    watch_light,
)
from tracker.operations.jobs import JOBS, prune, settle_standings
from tracker.watch.ending import PollError, failed

NOW = datetime(2024, 2, 26, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("succeeded_at", "error", "light"),
    [
        (NOW, "", Light.GREEN),
        (NOW - 5 * MINUTE, "", Light.GREEN),
        (NOW - 5 * MINUTE - timedelta(seconds=1), "", Light.AMBER),
        (NOW, "ValueError: no", Light.AMBER),
        (None, "", Light.AMBER),
    ],
)
def test_job_light_is_amber_when_late_or_failed(succeeded_at: datetime | None, error: str, light: Light) -> None:
    assert job_light(MINUTE, succeeded_at, error, NOW) is light


@pytest.mark.parametrize(
    ("state", "in_trouble", "next_poll_at", "light"),
    [
        (WatchState.UNCHANGED, False, NOW, Light.GREEN),
        (WatchState.FAILING, False, NOW, Light.GREEN),
        (WatchState.FAILING, True, NOW, Light.AMBER),
        (WatchState.DUE, False, NOW - 61 * MINUTE, Light.AMBER),
        (WatchState.PAUSED, False, NOW - timedelta(days=9), Light.GREY),
    ],
)
def test_watch_light_by_state(state: WatchState, in_trouble: bool, next_poll_at: datetime, light: Light) -> None:
    assert watch_light(state, is_in_trouble=in_trouble, next_poll_at=next_poll_at, now=NOW) is light


@pytest.mark.parametrize(
    ("checked_at", "light"),
    [(NOW - CHECK_WITHIN, Light.GREEN), (NOW - CHECK_WITHIN - MINUTE, Light.AMBER), (None, Light.AMBER)],
)
def test_ratification_light_is_amber_when_nobody_looked(checked_at: datetime | None, light: Light) -> None:
    assert ratification_light(checked_at, NOW) is light


def test_overall_is_amber_as_soon_as_one_is() -> None:
    assert overall([Light.GREEN, Light.GREY]) is Light.GREEN
    assert overall([Light.GREEN, Light.AMBER]) is Light.AMBER


def test_schedule_names_every_job_once() -> None:
    assert set(app.conf.beat_schedule) == set(JOBS)
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
    assert {"settle_standings", "poll_watches", "check_links", "prune"} <= set(JOBS)


@pytest.mark.django_db
def test_freshness_when_a_job_has_run_shows_its_result() -> None:
    settle_standings()

    fresh = {job.name: job for job in freshness(datetime.now(UTC)).jobs}

    assert fresh["settle_standings"].light is Light.GREEN
    assert fresh["settle_standings"].seconds is not None
    assert fresh["prune"].light is Light.AMBER


@pytest.mark.django_db
def test_freshness_shows_every_watch_and_turns_amber_with_one_in_trouble() -> None:
    now = datetime.now(UTC)
    make_watch("https://example.org/a", "fine", next_poll_at=now)
    bad = make_watch("https://example.org/b", "bad", next_poll_at=now)
    failed(bad, PollError(Reason.NOT_UNDERSTOOD, "at $", is_passing=False), now)

    fresh = freshness(now)

    assert {one.key: one.light for one in fresh.watches} == {"bad": Light.AMBER, "fine": Light.GREEN}
    assert fresh.light is Light.AMBER


@pytest.mark.django_db
def test_freshness_takes_as_many_queries_for_twenty_as_for_one(
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    for number in range(20):
        make_watch(f"https://example.org/{number}", f"watch-{number}")

    with django_assert_max_num_queries(9):  # type: ignore[operator]
        freshness(NOW)


@pytest.mark.django_db
def test_freshness_of_an_open_ratification_says_when_it_is_due(shipped: None) -> None:
    now = datetime.now(UTC)
    watch = make_watch("https://example.org/a", "of-turkey", ally_id="TUR", accessions=["SWE"], next_poll_at=now)
    Accession.objects.filter(pk="SWE").update(status=AccessionStatus.SIGNED)
    Ratification.objects.filter(accession="SWE", ally="TUR").update(stage=Stage.SUBMITTED)

    fresh = {(one.accession, one.ally): one for one in freshness(now).ratifications}

    assert set(fresh) == {("SWE", "TUR")}
    assert fresh["SWE", "TUR"].light is Light.AMBER
    assert fresh["SWE", "TUR"].next_due_at == watch.next_poll_at


@pytest.mark.django_db
def test_metrics_are_lines_that_a_scraper_reads(client: Client) -> None:
    prune()
    make_watch("https://example.org/a", "fine")

    answer = client.get("/metrics/")

    text = answer.text
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'article10_job_amber{job="prune"} 0' in text
    assert 'article10_watch_failures{watch="fine"} 0' in text
    assert "article10_reports_waiting 0" in text
    assert JobRun.objects.get(name="prune").error == ""
