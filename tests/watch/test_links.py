"""Cited addresses are asked from time to time; copies that nothing rests on are let go."""

from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from tests.fetch.servers import HostileServer, endless, redirect
from tests.watch.conftest import NOW
from tests.watch.watches import listing, make_watch, no_robots
from tracker.domain.vocabulary import LinkState
from tracker.fetch.fetching import Ask, Fetcher
from tracker.models import Capture, JobRun, Link, Report
from tracker.operations import jobs
from tracker.watch.asking import Answer, Asker
from tracker.watch.citations.links import MOST, check_links
from tracker.watch.operating import pause
from tracker.watch.polling import Poller
from tracker.watch.pruning import KEPT, prune

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def polite(server: HostileServer, settings: Settings) -> None:
    """A host that allows everything, and needs no pause."""
    settings.WATCH_GAP = 0
    no_robots(server)


@pytest.mark.parametrize(
    ("status", "state"),
    [("200 OK", LinkState.ALIVE), ("404 Not Found", LinkState.DEAD), ("500 Oh", LinkState.FAILING)],
)
def test_check_links_keeps_what_an_address_answers(
    server: HostileServer, fetcher: Fetcher, status: str, state: LinkState
) -> None:
    url = server.on("/cited", lambda exchange: exchange.answer(b"text", status=status))
    link = Link.objects.create(url=url, next_check_at=NOW)

    asked = check_links(Asker(fetcher), NOW)
    link.refresh_from_db()

    assert asked == 1
    assert link.state == state
    assert link.next_check_at > NOW
    assert (link.alive_at is None) == (state != LinkState.ALIVE)
    assert check_links(Asker(fetcher), NOW) == 0


def test_check_links_when_a_page_is_larger_than_we_keep_calls_it_alive(server: HostileServer, fetcher: Fetcher) -> None:
    Link.objects.create(url=server.on("/large", endless), next_check_at=NOW)

    check_links(Asker(fetcher), NOW)

    assert Link.objects.get().state == LinkState.ALIVE


def test_check_links_when_silent_again_and_again_is_shown(server: HostileServer, fetcher: Fetcher) -> None:
    link = Link.objects.create(
        url=server.on("/cited", lambda exchange: exchange.answer(status="500 Oh")), next_check_at=NOW
    )

    for _ in range(3):
        link.refresh_from_db()
        check_links(Asker(fetcher), link.next_check_at)

    assert list(Link.objects.broken()) == [link]


def test_prune_lets_go_of_old_copies_but_not_of_what_a_report_rests_on(server: HostileServer, fetcher: Fetcher) -> None:
    rested = make_watch(server.on("/a", listing(("1", "Sweden, NATO accession", "2024-01-01"))), "a")
    unread = make_watch(server.on("/b", listing()), "b")
    Poller(NOW, Asker(fetcher)).poll_due()
    Poller(NOW + timedelta(minutes=1), Asker(fetcher)).poll_due()
    for watch in (rested, unread):
        pause(watch)
    rested.__class__.objects.update(capture=None)

    early, late, again = (prune(NOW + wait) for wait in (KEPT, KEPT + timedelta(days=2), KEPT + timedelta(days=2)))

    assert early == 0
    assert (late, again) == (2, 0)  # the copy, and the host that nobody asks any more
    assert Capture.objects.get().pk == Report.objects.get().evidence["capture"]


class Stumbling(Asker):
    """Stumbles over one address, as over a mistake of our own."""

    def ask(self, ask: Ask, now: datetime) -> Answer:
        if ask.url.endswith("/stone"):
            raise ValueError("a mistake of our own")
        return super().ask(ask, now)


def test_check_links_when_one_address_always_fails_us_asks_the_others_and_shows_it(
    server: HostileServer, fetcher: Fetcher
) -> None:
    stone = Link.objects.create(url=server.url("/stone"), next_check_at=NOW - timedelta(days=1))
    good = Link.objects.create(url=server.on("/good", lambda exchange: exchange.answer(b"x")), next_check_at=NOW)

    asked = [check_links(Stumbling(fetcher), NOW), check_links(Stumbling(fetcher), NOW)]
    stone.refresh_from_db()
    good.refresh_from_db()

    assert asked == [2, 0]
    assert (stone.state, stone.detail) == (LinkState.FAILING, "ValueError: a mistake of our own")
    assert good.state == LinkState.ALIVE


def test_check_links_asks_no_more_in_a_run_than_it_may(fetcher: Fetcher) -> None:
    # Each a host of its own, at which nobody listens.
    Link.objects.bulk_create(Link(url=f"http://127.0.0.1:{port}/", next_check_at=NOW) for port in range(1, MOST + 3))

    assert [check_links(Asker(fetcher), NOW), check_links(Asker(fetcher), NOW)] == [MOST, 2]


def test_check_links_job_when_it_is_switched_off_asks_nothing_and_runs_well(server: HostileServer) -> None:
    Link.objects.create(url=server.url("/x"), next_check_at=NOW)

    assert jobs.check_links() == 0
    run = JobRun.objects.get(name="check_links")
    assert (run.finished_at is not None, run.error) == (True, "")
    assert server.asked == []


TITLE = "<html><head><title>{}</title></head><body><h1>{}</h1></body></html>"


@pytest.mark.parametrize(
    ("title", "heading", "state"),
    [
        ("Page not found | Parliament", "", LinkState.DEAD),
        ("Parliament", "404", LinkState.DEAD),
        ("Sayfa bulunamadı - TBMM", "", LinkState.DEAD),
        ("Assemblée", "Page introuvable", LinkState.DEAD),
        ("Just a moment...", "", LinkState.UNASKED),
        ("Parliament", "Please solve the captcha", LinkState.UNASKED),
        ("Grave of the unknown soldier not found by archaeologists of Ankara", "", LinkState.ALIVE),
        ("Vote 404: accession of Sweden", "", LinkState.ALIVE),
        ("Protocol on the accession of Sweden", "Signed", LinkState.ALIVE),
        ("", "", LinkState.ALIVE),
    ],
)
def test_check_links_reads_what_a_page_says_that_it_is(
    server: HostileServer, fetcher: Fetcher, title: str, heading: str, state: LinkState
) -> None:
    body = TITLE.format(title, heading).encode()
    url = server.on("/cited", lambda exchange: exchange.answer(body, Content_Type="text/html; charset=utf-8"))
    link = Link.objects.create(url=url, next_check_at=NOW)
    before = link.state

    check_links(Asker(fetcher), NOW)
    link.refresh_from_db()

    assert (before, link.state) == (LinkState.NEW, state)
    assert bool(link.detail) == (state != LinkState.ALIVE)


@pytest.mark.parametrize(
    ("target", "state"),
    [
        ("/", LinkState.FRONT),
        ("/en/", LinkState.FRONT),
        ("/index.html", LinkState.FRONT),
        ("/account/login?next=/cited", LinkState.LOGIN),
        ("/sso/start", LinkState.LOGIN),
        ("/moved/cited", LinkState.ALIVE),
        ("/logistics", LinkState.ALIVE),
    ],
)
def test_check_links_when_sent_elsewhere_says_where_to(
    server: HostileServer, fetcher: Fetcher, target: str, state: LinkState
) -> None:
    server.on(target, lambda exchange: exchange.answer(b"<p>x</p>", Content_Type="text/html"))
    link = Link.objects.create(url=server.on("/cited", redirect(target)), next_check_at=NOW)

    check_links(Asker(fetcher), NOW)
    link.refresh_from_db()

    assert link.state == state


@pytest.mark.parametrize(
    ("status", "state", "is_broken"),
    [
        ("401 Who", LinkState.LOGIN, False),
        ("403 No", LinkState.UNASKED, False),
        ("451 Law", LinkState.UNASKED, False),
        ("410 Gone", LinkState.DEAD, True),
    ],
)
def test_check_links_tells_a_refusal_of_machines_from_what_is_gone(
    server: HostileServer, fetcher: Fetcher, status: str, state: LinkState, is_broken: bool
) -> None:
    Link.objects.create(url=server.on("/cited", lambda exchange: exchange.answer(status=status)), next_check_at=NOW)

    check_links(Asker(fetcher), NOW)

    assert Link.objects.get().state == state
    assert Link.objects.broken().exists() is is_broken
