"""What an operator does to a watch while a job has it in hand, and what becomes of either's work."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from tests.fetch.servers import HostileServer
from tests.watch.conftest import NOW
from tests.watch.watches import conditional, listing, make_watch, no_robots, reload
from tracker.domain.vocabulary import WatchState
from tracker.fetch.fetching import Fetcher
from tracker.models import Report, Watch
from tracker.watch.asking import Asker
from tracker.watch.claiming import claim
from tracker.watch.operating import change, pause, resume, run_now
from tracker.watch.polling import Poller

pytestmark = pytest.mark.django_db

FIND = ("1", "Sweden’s accession to NATO: the Senate voted", "2022-07-20")
SOON = timedelta(minutes=1)


@pytest.fixture
def poller(server: HostileServer, fetcher: Fetcher, settings: Settings) -> Poller:
    """The job, at the host that has something new."""
    settings.WATCH_GAP = 0
    no_robots(server)
    server.on("/list", listing(FIND))
    return Poller(NOW, Asker(fetcher))


def edit(watch: Watch, **columns: object) -> None:
    """What the desk does with a form that was opened when the watch stood so."""
    for name, value in columns.items():
        setattr(watch, name, value)
    change(watch, list(columns), NOW + SOON)


def turn_comes(watch: Watch) -> None:
    run_now(watch, NOW + SOON)


def look_elsewhere(watch: Watch) -> None:
    edit(watch, options={"fields": {"id": "id", "title": "date"}})


@pytest.mark.parametrize("act", [turn_comes, pause, look_elsewhere, lambda watch: resume(watch, NOW + SOON)])
def test_poll_in_hand_when_an_operator_steps_in_keeps_nothing_and_overwrites_nothing(
    act: object, server: HostileServer, poller: Poller
) -> None:
    watch = make_watch(server.url("/list"))
    taken = claim(watch.pk, NOW)
    assert taken is not None
    assert callable(act)

    act(reload(watch))
    before = Watch.objects.values().get()
    poller._poll_safely(taken)

    assert Watch.objects.values().get() == before
    assert before["state"] in {WatchState.DUE, WatchState.PAUSED}
    assert Report.objects.count() == 0


def test_edit_of_how_a_watch_is_called_leaves_the_poll_in_hand_alone(server: HostileServer, poller: Poller) -> None:
    watch = make_watch(server.url("/list"))
    opened = reload(watch)
    taken = claim(watch.pk, NOW)
    assert taken is not None

    edit(opened, title="Another name", interval=60)
    poller._poll_safely(taken)

    watch = reload(watch)
    assert (watch.title, watch.interval, watch.state) == ("Another name", 60, WatchState.CHANGED)
    assert Report.objects.count() == 1


def test_edit_from_a_form_opened_before_a_poll_does_not_take_the_poll_back(
    server: HostileServer, poller: Poller
) -> None:
    watch = make_watch(server.url("/list"))
    opened = reload(watch)
    poller.poll_due()

    edit(opened, title="Another name")

    assert (reload(watch).state, reload(watch).polled_at) == (WatchState.CHANGED, NOW)


def test_edit_of_the_address_forgets_the_version_and_the_copy_of_the_old_one(
    server: HostileServer, poller: Poller
) -> None:
    watch = make_watch(server.on("/list", conditional(b"[]", '"1"')))
    poller.poll_due()
    known = reload(watch)
    server.on("/other", conditional(b"[]", '"1"'))

    edit(reload(watch), url=server.url("/other"))
    forgotten = reload(watch)
    Poller(NOW + SOON, poller.asker).poll_due()

    assert (known.etag, known.capture_id is None, known.confirmed_at) == ('"1"', False, NOW)
    assert (forgotten.etag, forgotten.capture_id, forgotten.confirmed_at) == ("", None, None)
    assert forgotten.next_poll_at == NOW + SOON
    assert reload(watch).state == WatchState.FETCHED


def test_edit_of_a_paused_watch_leaves_it_paused(server: HostileServer, poller: Poller) -> None:
    watch = make_watch(server.url("/list"), state=WatchState.PAUSED)

    edit(watch, options={"fields": {"id": "id", "title": "date"}})

    assert reload(watch).state == WatchState.PAUSED
