"""The watches that come with the project."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from pytest_django.fixtures import Settings

from tests.fetch.servers import HostileServer
from tests.watch.watches import listing, make_watch, no_robots
from tracker.checks import check_readers
from tracker.domain.vocabulary import WatchState
from tracker.fetch.fetching import Fetcher
from tracker.fetch.outcomes import Fetched, Reason
from tracker.models import Procedure, Report, Watch
from tracker.sources.readers.base import NotUnderstood
from tracker.sources.registry import READERS
from tracker.watch.asking import Asker, address_on
from tracker.watch.operating import resume
from tracker.watch.polling import Poller
from tracker.watch.shipping import load_watches, read_shipped
from tracker.watch.trying import try_patiently

NOW = datetime(2024, 2, 26, 12, tzinfo=UTC)


def test_every_reader_has_a_key_and_a_name_of_its_own() -> None:
    labels = {key: reader.label for key, reader in READERS.items()}

    assert {key: reader.key for key, reader in READERS.items()} == {key: key for key in labels}
    assert len(set(labels.values())) == len(labels) >= 12


@pytest.mark.django_db
def test_watch_whose_reader_is_gone_says_so_and_a_check_names_it(server: HostileServer, fetcher: Fetcher) -> None:
    no_robots(server)
    watch = make_watch(server.on("/list", listing()), reader="telex")

    Poller(datetime.now(UTC), Asker(fetcher)).poll_due()

    watch.refresh_from_db()
    assert (watch.reason, watch.needs_person) == (Reason.NOT_UNDERSTOOD, True)
    assert "telex" in watch.detail
    assert [message.id for message in check_readers(None, databases=["default"])] == ["tracker.W003"]


@pytest.mark.django_db
def test_shipped_watches_cover_every_ally_and_nato_and_come_paused(shipped: None) -> None:
    added, again = load_watches(NOW), load_watches(NOW)

    allies = set(Procedure.objects.values_list("ally", flat=True))
    assert (added, again) == (len(read_shipped()), 0)
    assert allies | {"NATO"} <= set(Watch.objects.values_list("ally", flat=True))
    assert set(Watch.objects.values_list("state", flat=True)) == {WatchState.PAUSED}
    assert Watch.objects.exclude(confirmed_at=None).count() == 0
    assert Watch.objects.due(NOW).count() == 0


@pytest.mark.django_db
def test_shipped_watches_are_valid_rows(shipped: None) -> None:
    load_watches(NOW)

    for watch in Watch.objects.all():
        try:
            watch.full_clean()
        except ValidationError as error:
            pytest.fail(f"{watch.key}: {error}")


@pytest.mark.django_db
def test_load_when_an_operator_changed_a_watch_leaves_it_alone(shipped: None) -> None:
    load_watches(NOW)
    watch = Watch.objects.get(key="swe-parliament")
    resume(watch, NOW)
    Watch.objects.filter(pk=watch.pk).update(url="https://example.org/")

    load_watches(NOW)

    watch.refresh_from_db()
    assert (watch.state, watch.url) == (WatchState.DUE, "https://example.org/")


@pytest.mark.django_db
def test_shipped_watches_are_read_by_readers_that_know_their_options(shipped: None) -> None:
    load_watches(NOW)

    for watch in Watch.objects.all():
        page = Fetched(b"", watch.url, 200, {}, "text/html", "utf-8", "0" * 64, None, None, NOW)
        with pytest.raises(NotUnderstood) as complaint:
            READERS[watch.reader].read(page, {**watch.options, "language": watch.language})
        assert not complaint.value.where.startswith("option"), f"{watch.key}: {complaint.value}"


def test_shipped_watches_have_keys_and_addresses_of_their_own_over_https() -> None:
    rows = read_shipped()

    assert len({row["key"] for row in rows}) == len({row["url"] for row in rows}) == len(rows)
    assert all(row["url"].startswith("https://") for row in rows)


def test_address_of_a_watch_has_the_day_on_which_it_is_asked() -> None:
    assert address_on("https://a.example/{year}/x?day={date}&y={z}", NOW) == (
        "https://a.example/2024/x?day=2024-02-26&y={z}"
    )


@pytest.mark.django_db
def test_trying_all_says_of_each_what_it_would_bring_and_keeps_nothing(
    server: HostileServer, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.WATCH_GAP = 0
    settings.WATCH_OPENED = ("127.0.0.1/32",)
    no_robots(server)
    page = b"<html><main>News</main></html>"
    at = server.on("/page", lambda exchange: exchange.answer(page, Content_Type="text/html"))
    make_watch(server.on("/list", listing(("1", "Sweden votes", "2024-01-01"))), "a-list", state=WatchState.PAUSED)
    make_watch(at, "b-page", reader="html_part", options={"selector": "main"}, state=WatchState.PAUSED)
    make_watch(at, "c-broken", state=WatchState.PAUSED)

    call_command("poll_watches", "--dry-run")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "a-list: 1 finds; 1 new; first “Sweden votes”"
    assert lines[1].startswith("b-page: 0 finds; This is a first look at the page")
    assert lines[2].startswith("c-broken: not_understood")
    assert lines[3] == "2 of 3 watches were read."
    assert Watch.objects.exclude(state=WatchState.PAUSED).count() == Report.objects.count() == 0


@pytest.mark.django_db
def test_trying_waits_for_a_host_that_was_asked_just_now(server: HostileServer, settings: Settings) -> None:
    settings.WATCH_GAP = 7
    settings.WATCH_OPENED = ("127.0.0.1/32",)
    no_robots(server)
    watch = make_watch(server.on("/list", listing()), state=WatchState.PAUSED)
    pauses: list[float] = []

    first, second = (try_patiently(watch, pauses.append) for _ in range(2))

    assert (first, len(pauses), pauses[0] > 1) == ((True, "0 finds"), 1, True)
    # The pause of the test was none, so that the host still wants to be left alone.
    assert second[0] is False
