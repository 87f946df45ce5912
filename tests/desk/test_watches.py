"""Watches at the desk: added paused, tried out without a trace, polled now, paused and resumed by operators alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.desk.conftest import LogIn
from tests.fetch.servers import HostileServer, running
from tests.watch.watches import listing, make_watch, no_robots, reload
from tracker.domain.vocabulary import WatchState
from tracker.models import Capture, Report, Watch

pytestmark = pytest.mark.django_db

LIST = "admin:tracker_watch_changelist"


@pytest.mark.parametrize(
    ("action", "state"),
    [("pause", WatchState.PAUSED), ("resume", WatchState.DUE), ("run_now", WatchState.DUE)],
)
def test_action_changes_the_state_of_the_selected(log_in: LogIn, action: str, state: WatchState) -> None:
    watch, other = (make_watch("https://example.org/", key, state=WatchState.UNCHANGED) for key in ("one", "other"))

    log_in("operator").post(reverse(LIST), {"action": action, "_selected_action": [watch.pk]})

    assert reload(watch).state == state
    assert reload(other).state == WatchState.UNCHANGED


@pytest.mark.parametrize("role", ["visitor", "contributor", "reviewer"])
def test_others_than_operators_change_nothing(log_in: LogIn, role: str) -> None:
    watch = make_watch("https://example.org/", state=WatchState.UNCHANGED)
    client = log_in(role)

    answers = [
        client.post(reverse(LIST), {"action": "pause", "_selected_action": [watch.pk]}).status_code,
        client.post(reverse("admin:tracker_watch_try", args=[watch.pk])).status_code,
        client.get(reverse("admin:tracker_watch_add")).status_code,
    ]

    assert answers == [403, 403, 403]
    assert reload(watch).state == WatchState.UNCHANGED


def test_operator_adds_a_watch_which_waits_until_it_is_tried_out(log_in: LogIn) -> None:
    told = {
        "key": "a-feed",
        "title": "A feed",
        "publisher": "A parliament",
        "source_class": "parliament",
        "url": "https://example.org/feed",
        "reader": "feed",
        "options": "{}",
        "headers": "{}",
        "accessions": '["SWE"]',
        "language": "en",
        "interval": "60",
    }

    answer = log_in("operator").post(reverse("admin:tracker_watch_add"), told)

    watch = Watch.objects.get()
    assert answer.status_code == 302
    assert (watch.state, watch.accessions, watch.interval) == (WatchState.PAUSED, ["SWE"], 60)
    assert watch.added_by is not None


def test_try_out_shows_what_would_be_proposed_and_keeps_nothing(log_in: LogIn, settings: Settings) -> None:
    settings.WATCH_OPENED, settings.WATCH_GAP = ["127.0.0.1/32"], 0
    client = log_in("operator")

    with running(HostileServer()) as server:
        no_robots(server)
        url = server.on("/list", listing(("1", "Sweden, NATO accession: <b>vote</b>", "2024-01-22")))
        watch = make_watch(url, accessions=["SWE"], state=WatchState.PAUSED, next_poll_at=datetime.now(UTC))
        before = client.get(reverse("admin:tracker_watch_try", args=[watch.pk])).content.decode()
        after = client.post(reverse("admin:tracker_watch_try", args=[watch.pk])).content.decode()

    assert "NATO accession" not in before
    assert "NATO accession: &lt;b&gt;vote&lt;/b&gt;" in after
    assert Report.objects.count() == Capture.objects.count() == 0
    assert reload(watch).state == WatchState.PAUSED


def test_try_out_when_nothing_comes_of_it_says_why(log_in: LogIn) -> None:
    watch = make_watch("http://127.0.0.1/list")

    answer = log_in("operator").post(reverse("admin:tracker_watch_try", args=[watch.pk]))

    assert "not_public" in answer.content.decode()


def test_edit_at_the_desk_writes_what_was_typed_in_and_nothing_else(log_in: LogIn) -> None:
    watch = make_watch("https://example.org/list", etag='"1"', accessions=["SWE"], options={"selector": "main"})
    lease = datetime.now(UTC) + timedelta(minutes=5)
    Watch.objects.update(leased_until=lease)
    told = {
        "key": watch.key, "title": "Another name", "publisher": watch.publisher, "source_class": watch.source_class,
        "url": watch.url, "reader": watch.reader, "options": '{"selector": "main"}',
        "headers": "{}", "accessions": '["SWE"]', "language": "en", "interval": "360",
    }  # fmt: skip
    address = reverse("admin:tracker_watch_change", args=[watch.pk])
    operator = log_in("operator")

    renamed = operator.post(address, told)
    after = reload(watch)
    operator.post(address, {**told, "title": "Another name", "url": "https://example.org/moved"})
    moved = reload(watch)

    assert renamed.status_code == 302
    assert (after.title, after.leased_until, after.etag) == ("Another name", lease, '"1"')
    assert (moved.url, moved.leased_until, moved.etag, moved.state) == (
        "https://example.org/moved", None, "", WatchState.DUE,
    )  # fmt: skip
