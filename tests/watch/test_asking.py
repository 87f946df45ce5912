"""A redirect is a question like the first: the rules and the pause of the host that it leads to hold as well."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from tests.fetch.servers import HostileServer, redirect, running
from tests.watch.conftest import NOW
from tests.watch.watches import asked, listing, make_watch, no_robots, reload
from tracker.domain.vocabulary import WatchState
from tracker.fetch.fetching import Ask, Fetcher
from tracker.fetch.outcomes import Fetched, Reason, Refused, Throttled
from tracker.fetch.politeness import HostHistory
from tracker.models import Host
from tracker.watch.asking import Asker
from tracker.watch.hosts import Deferred, give_back, take
from tracker.watch.polling import Poller

pytestmark = pytest.mark.django_db


@pytest.fixture
def second() -> Iterator[HostileServer]:
    """Another host."""
    with running(HostileServer()) as server:
        no_robots(server)
        yield server


@pytest.fixture
def asker(server: HostileServer, second: HostileServer, fetcher: Fetcher, settings: Settings) -> Asker:
    """Who asks; its first host allows everything and sends it on to the second."""
    settings.WATCH_GAP = 5
    no_robots(server)
    server.on("/page", redirect(second.url("/there")))
    second.on("/there", lambda exchange: exchange.answer(b"here", Content_Type="text/plain"))
    return Asker(fetcher)


def host_of(server: HostileServer) -> Host:
    return Host.objects.get(origin=server.url("").rstrip("/"))


def test_ask_when_sent_on_leaves_both_hosts_their_pause(
    server: HostileServer, second: HostileServer, asker: Asker
) -> None:
    second.on("/robots.txt", lambda exchange: exchange.answer(b"User-agent: *\nCrawl-delay: 40"))

    outcome = asker.ask(Ask(server.url("/page")), NOW)

    assert isinstance(outcome, Fetched)
    assert outcome.body == b"here"
    assert host_of(server).next_at == NOW + timedelta(seconds=5)
    assert host_of(second).next_at == NOW + timedelta(seconds=40)
    assert list(Host.objects.exclude(leased_until=None)) == []


def test_ask_when_sent_on_to_what_the_second_host_forbids_does_not_ask_it(
    server: HostileServer, second: HostileServer, asker: Asker
) -> None:
    second.on("/robots.txt", lambda exchange: exchange.answer(b"User-agent: *\nDisallow: /there"))

    outcome = asker.ask(Ask(server.url("/page")), NOW)

    assert isinstance(outcome, Refused)
    assert (outcome.reason, outcome.url) == (Reason.ROBOTS, second.url("/there"))
    assert asked(second, "/there") == 0


def test_ask_when_sent_on_within_the_host_to_what_it_forbids_does_not_ask(server: HostileServer, asker: Asker) -> None:
    server.on("/robots.txt", lambda exchange: exchange.answer(b"User-agent: *\nDisallow: /private"))
    server.on("/open", redirect("/private/list"))

    outcome = asker.ask(Ask(server.url("/open")), NOW)

    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.ROBOTS
    assert asked(server, "/private/list") == 0


def test_poll_when_sent_on_to_a_host_that_was_just_asked_comes_back_after_its_pause(
    server: HostileServer, second: HostileServer, asker: Asker
) -> None:
    second.on("/there", listing())
    asker.ask(Ask(second.url("/there")), NOW)
    watch = make_watch(server.url("/page"))

    Poller(NOW, asker).poll_due()
    put_off = reload(watch)
    Poller(NOW + timedelta(seconds=5), asker).poll_due()

    assert (put_off.state, put_off.failures) == (WatchState.DUE, 0)
    assert put_off.next_poll_at == NOW + timedelta(seconds=5)
    assert reload(watch).state == WatchState.FETCHED
    assert asked(second, "/there") == 2


def test_ask_when_the_second_host_is_in_other_hands_is_put_off_and_lets_go_of_the_first(
    server: HostileServer, second: HostileServer, asker: Asker
) -> None:
    lease = NOW + timedelta(seconds=30)
    Host.objects.create(origin=second.url("").rstrip("/"), next_at=NOW, leased_until=lease)

    outcome = asker.ask(Ask(server.url("/page")), NOW)

    assert outcome == Deferred(lease)
    assert host_of(server).leased_until is None
    assert host_of(second).leased_until == lease
    assert second.asked == []


def test_ask_when_the_second_host_throttles_leaves_that_one_alone(
    server: HostileServer, second: HostileServer, asker: Asker
) -> None:
    second.on("/there", lambda exchange: exchange.answer(status="429 Too Many", Retry_After="3600"))

    outcome = asker.ask(Ask(server.url("/page")), NOW)

    assert isinstance(outcome, Throttled)
    assert host_of(server).next_at == NOW + timedelta(seconds=5)
    assert host_of(second).next_at == NOW + timedelta(hours=1)


def test_ask_when_sent_there_and_back_takes_each_host_once(
    server: HostileServer, second: HostileServer, asker: Asker
) -> None:
    second.on("/there", redirect(server.url("/back")))
    server.on("/back", lambda exchange: exchange.answer(b"home", Content_Type="text/plain"))

    outcome = asker.ask(Ask(server.url("/page")), NOW)

    assert isinstance(outcome, Fetched)
    assert outcome.body == b"home"
    assert asked(server, "/robots.txt") == asked(second, "/robots.txt") == 1


def test_give_back_of_a_host_that_others_have_taken_since_leaves_it_to_them(server: HostileServer) -> None:
    host = take(server.url("").rstrip("/"), NOW)
    assert isinstance(host, Host)
    theirs = NOW + timedelta(days=1)
    Host.objects.update(leased_until=theirs)

    give_back(host, HostHistory(asked_at=NOW), NOW)

    assert (host_of(server).leased_until, host_of(server).next_at) == (theirs, NOW)
