"""Polling a server of the test's own: each way a poll can end, and that the next watch is polled all the same."""

import gzip
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from tests.fetch.servers import HostileServer, bomb, endless, packed_bomb, redirect
from tests.watch.conftest import NOW
from tests.watch.watches import asked, conditional, listing, make_watch, no_robots, reload
from tracker.domain.vocabulary import ReportChannel, ReportState, WatchState
from tracker.fetch.fetching import Fetcher
from tracker.models import Capture, Host, Report, Watch
from tracker.watch.asking import Asker
from tracker.watch.captures import content_of
from tracker.watch.claiming import MOST_ATTEMPTS, claim
from tracker.watch.ending import PollError
from tracker.watch.operating import pause, run_now
from tracker.watch.polling import Poller
from tracker.watch.proposing import MatchResult

pytestmark = pytest.mark.django_db

VOTE = ("7", "Sweden’s accession to NATO: the Senate voted", "2022-07-20")
LATER = timedelta(hours=7)


@pytest.fixture(autouse=True)
def polite(server: HostileServer, settings: Settings) -> None:
    """A host that allows everything, and needs no pause."""
    settings.WATCH_GAP = 0
    no_robots(server)


@pytest.fixture
def asker(fetcher: Fetcher) -> Asker:
    """Who asks in these tests: rather in a hurry, and allowed to ask 127.0.0.1."""
    return Asker(replace(fetcher, limits=replace(fetcher.limits, total=2.5, read=1)))


def poll(asker: Asker, after: timedelta = timedelta(0)) -> int:
    """One run of the job."""
    return Poller(NOW + after, asker).poll_due()


def test_poll_when_something_is_new_files_one_report_with_its_evidence(server: HostileServer, asker: Asker) -> None:
    watch = make_watch(server.on("/list", listing(VOTE)), accessions=["SWE"])

    poll(asker)
    watch = reload(watch)

    report = Report.objects.get()
    assert (report.channel, report.state) == (ReportChannel.WATCH, ReportState.FILED)
    assert report.proposal["accession"] == "SWE"
    assert report.proposal["date"] == "2022-07-20"
    assert report.evidence["place"] == "$[0]"
    assert report.evidence["capture"] == watch.capture_id
    assert report.proposal["sources"][0]["archived_url"].endswith(f"/archive/{watch.capture_id}/")
    assert b"the Senate voted" in content_of(Capture.objects.get())
    assert (watch.state, watch.failures, watch.leased_until) == (WatchState.CHANGED, 0, None)
    assert watch.next_poll_at == NOW + timedelta(minutes=watch.interval)


def test_poll_when_run_again_changes_nothing(server: HostileServer, asker: Asker) -> None:
    watch = make_watch(server.on("/list", listing(VOTE)), accessions=["SWE"])

    assert poll(asker) == 1
    assert poll(asker) == 0
    assert poll(asker, LATER) == 1

    assert Report.objects.count() == Capture.objects.count() == 1
    assert reload(watch).state == WatchState.UNCHANGED


def test_poll_when_two_watches_find_the_same_files_one_report(server: HostileServer, asker: Asker) -> None:
    url = server.on("/list", listing(VOTE))
    make_watch(url, "one", accessions=["SWE"])
    make_watch(url, "two", accessions=["SWE"])

    poll(asker)
    poll(asker, timedelta(minutes=2))

    assert Watch.objects.filter(state=WatchState.FAILING).count() == 0
    assert Watch.objects.exclude(polled_at=None).count() == 2
    assert Report.objects.count() == 1


def test_poll_when_a_rejected_find_comes_again_stays_rejected(server: HostileServer, asker: Asker) -> None:
    make_watch(server.on("/list", listing(VOTE)), accessions=["SWE"])
    poll(asker)
    Report.objects.update(state=ReportState.REJECTED, reason="not an act", reviewed_at=NOW)

    poll(asker, LATER)

    assert Report.objects.get().state == ReportState.REJECTED


def test_poll_when_the_source_says_unchanged_reads_nothing(server: HostileServer, asker: Asker) -> None:
    watch = make_watch(server.on("/list", conditional(b"[]", '"1"')))
    poll(asker)
    first = reload(watch)

    poll(asker, LATER)
    second = reload(watch)

    assert (first.state, second.state) == (WatchState.FETCHED, WatchState.UNCHANGED)
    assert second.answered_at == NOW + LATER
    assert second.changed_at == NOW


@pytest.mark.parametrize(
    ("behaviour", "reason", "needs_person"),
    [
        ("hang", "timeout", False),
        ("drip", "timeout", False),
        ("drip_headers", "timeout", False),
        ("error", "status", False),
        ("gone", "status", True),
        ("truncated", "truncated", False),
        ("around", "too_many_redirects", True),
        ("inward", "not_public", True),
        ("inward6", "not_public", True),
        ("endless", "too_large", True),
        ("bomb", "too_large", True),
        ("laughs", "not_understood", True),
        ("charset", "not_understood", True),
        ("layout", "not_understood", True),
    ],
)
def test_poll_when_a_source_misbehaves_ends_in_a_clear_state_and_polls_the_next(
    server: HostileServer, asker: Asker, behaviour: str, reason: str, needs_person: bool
) -> None:
    is_xml = behaviour == "laughs"
    bad = make_watch(
        server.url("/bad"),
        "bad",
        next_poll_at=NOW - LATER,
        reader="feed" if is_xml else "json",
    )
    good = make_watch(server.on("/good", listing()).replace("127.0.0.1", "localhost"), "good")
    misbehave(server, behaviour)

    poll(asker)
    bad, good = reload(bad), reload(good)

    assert (bad.state, bad.reason, bad.needs_person) == (WatchState.FAILING, reason, needs_person)
    assert bad.next_poll_at > NOW
    assert bad.detail
    assert good.state == WatchState.FETCHED
    assert Report.objects.count() == 0


def misbehave(server: HostileServer, behaviour: str) -> None:
    """Let /bad, and /robots.txt for the second host, behave so."""
    # Packing it takes longer than the patience of who asks.
    packed_bomb()
    laughs = (
        b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
    )
    server.on(
        "/bad",
        {
            "hang": server.hang,
            "drip": server.drip,
            "drip_headers": server.drip_headers,
            "error": lambda exchange: exchange.answer(status="500 Oh"),
            "gone": lambda exchange: exchange.answer(status="410 Gone"),
            "truncated": lambda exchange: exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[]"),
            "around": redirect("/bad"),
            "inward": redirect("http://169.254.169.254/latest/meta-data/"),
            "inward6": redirect("http://[::1]/"),
            "endless": endless,
            "bomb": bomb,
            "laughs": lambda exchange: exchange.answer(laughs, Content_Type="application/rss+xml"),
            "charset": lambda exchange: exchange.answer(
                b'[{"id": "1", "title": "\xff\xfe\xff"}]', Content_Type="application/json; charset=utf-8"
            ),
            "layout": lambda exchange: exchange.answer(
                gzip.compress(b'{"items": []}'), Content_Type="application/json", Content_Encoding="gzip"
            ),
        }[behaviour],
    )


def test_poll_when_throttled_waits_as_long_as_it_was_told(server: HostileServer, asker: Asker) -> None:
    busy = server.on("/busy", lambda exchange: exchange.answer(status="429 Too Many Requests", Retry_After="5400"))
    watch, other = make_watch(busy, "busy"), make_watch(server.on("/list", listing()), "other")

    poll(asker)
    watch, other = reload(watch), reload(other)

    assert (watch.reason, watch.next_poll_at) == ("throttled", NOW + timedelta(seconds=5400))
    assert (other.state, other.next_poll_at) == (WatchState.DUE, NOW + timedelta(seconds=5400))
    assert asked(server, "/list") == 0


def test_poll_when_a_source_keeps_failing_waits_longer_each_time_and_recovers(
    server: HostileServer, asker: Asker
) -> None:
    watch = make_watch(server.on("/list", lambda exchange: exchange.answer(status="500 Oh")))
    waits = []

    for _ in range(4):
        now = reload(watch).next_poll_at
        Poller(now, asker).poll_due()
        waits.append(reload(watch).next_poll_at - now)
    in_trouble = list(Watch.objects.in_trouble())
    server.on("/list", listing())
    Poller(reload(watch).next_poll_at, asker).poll_due()
    watch = reload(watch)

    assert waits == sorted(waits)
    assert waits[0] >= timedelta(minutes=5)
    assert waits[3] >= timedelta(minutes=40)
    assert in_trouble == [watch]
    assert (watch.state, watch.failures, watch.failing_since, watch.reason) == (WatchState.FETCHED, 0, None, "")


def test_poll_when_robots_forbid_it_does_not_ask(server: HostileServer, asker: Asker) -> None:
    server.on("/robots.txt", lambda exchange: exchange.answer(b"User-agent: *\nDisallow: /list"))
    watch = make_watch(server.on("/list", listing()))

    poll(asker)

    assert reload(watch).reason == "robots"
    assert asked(server, "/list") == 0


def test_poll_when_robots_cannot_be_had_asks_nothing_for_now(server: HostileServer, asker: Asker) -> None:
    server.on("/robots.txt", lambda exchange: exchange.answer(status="500 Oh"))
    watch = make_watch(server.on("/list", listing()))

    poll(asker)
    watch = reload(watch)

    assert (watch.reason, watch.needs_person) == ("robots", False)
    assert asked(server, "/list") == 0


def test_poll_when_the_host_was_just_asked_comes_back_later(
    server: HostileServer, asker: Asker, settings: Settings
) -> None:
    settings.WATCH_GAP = 30
    make_watch(server.on("/one", listing()), "one")
    second = make_watch(server.on("/two", listing()), "two")

    poll(asker)
    put_off = reload(second)
    poll(asker, timedelta(seconds=31))

    assert (put_off.state, put_off.failures, put_off.attempts) == (WatchState.DUE, 0, 0)
    assert put_off.next_poll_at == NOW + timedelta(seconds=30)
    assert reload(second).state == WatchState.FETCHED
    assert asked(server, "/robots.txt") == 1
    assert Host.objects.count() == 1


def test_poll_when_a_key_is_missing_says_so_and_sends_it_when_it_is_there(
    server: HostileServer, asker: Asker, settings: Settings
) -> None:
    watch = make_watch(server.on("/list", listing()), headers={"Authorization": "ApiKey {here}"})

    poll(asker)
    without = reload(watch)
    settings.WATCH_KEYS = {"here@127.0.0.1": "1234"}
    run_now(watch, NOW)
    poll(asker, timedelta(seconds=1))

    assert (without.reason, without.needs_person) == ("no_key", True)
    assert reload(watch).state == WatchState.FETCHED
    assert server.asked[-1].headers["authorization"] == "ApiKey 1234"


def test_poll_when_the_lease_is_lost_keeps_nothing(server: HostileServer, asker: Asker) -> None:
    watch = make_watch(server.url("/list"), accessions=["SWE"])
    server.on("/list", listing(VOTE))
    taken = claim(watch.pk, NOW)
    assert taken is not None
    Watch.objects.filter(pk=watch.pk).update(leased_until=NOW + timedelta(days=1))
    Poller(NOW, asker)._poll_safely(taken)

    assert Report.objects.count() == 0
    assert reload(watch).leased_until == NOW + timedelta(days=1)


def test_claim_when_two_want_it_gives_it_to_one_until_the_lease_ends(server: HostileServer, settings: Settings) -> None:
    watch = make_watch(server.url("/list"))
    lease = timedelta(seconds=settings.WATCH_LEASE)

    assert claim(watch.pk, NOW) is not None
    assert claim(watch.pk, NOW) is None
    assert claim(watch.pk, NOW + lease) is not None
    assert reload(watch).attempts == 2


def test_poll_when_a_watch_ended_every_process_gives_it_to_a_person(server: HostileServer, asker: Asker) -> None:
    watch = make_watch(server.url("/list"), attempts=MOST_ATTEMPTS)

    poll(asker)
    watch = reload(watch)

    assert (watch.state, watch.reason, watch.needs_person) == (WatchState.FAILING, "abandoned", True)
    assert server.asked == []


def test_poll_when_our_own_code_fails_says_so_and_polls_the_next(server: HostileServer, asker: Asker) -> None:
    broken = make_watch(
        server.on("/list", listing()), "broken", headers=["not", "a", "mapping"], next_poll_at=NOW - LATER
    )
    good = make_watch(server.on("/good", listing()), "good")

    poll(asker)

    assert reload(broken).reason == "fault"
    assert reload(good).state == WatchState.FETCHED


def test_poll_when_paused_asks_nothing(server: HostileServer, asker: Asker) -> None:
    watch = make_watch(server.on("/list", listing()))
    pause(watch)

    assert poll(asker) == 0
    assert server.asked == []


def test_html_part_when_it_changes_shows_the_difference(server: HostileServer, asker: Asker) -> None:
    page = b"<html><body><ul id=a><li>First</li>%s</ul></body></html>"
    url = server.on("/page", lambda exchange: exchange.answer(page % b"", Content_Type="text/html; charset=utf-8"))
    make_watch(url, reader="html_part", options={"selector": "#a"})
    poll(asker)
    new = page % "<li>Protocol on Sweden’s accession to NATO deposited</li>".encode()
    server.on("/page", lambda exchange: exchange.answer(new, Content_Type="text/html; charset=utf-8"))

    poll(asker, LATER)

    report = Report.objects.get()
    assert "+ Protocol on Sweden’s accession" in report.message
    assert Capture.objects.count() == 2


def test_try_out_shows_what_would_be_proposed_and_keeps_nothing(server: HostileServer, asker: Asker) -> None:
    watch = make_watch(server.on("/list", listing(VOTE)), accessions=["SWE"], state=WatchState.PAUSED)

    proposed = Poller(NOW, asker).try_out(watch).proposed

    assert [one.result for one in proposed] == [MatchResult.NEW]
    assert Report.objects.count() == Capture.objects.count() == 0
    assert reload(watch).polled_at is None


def test_try_out_when_the_source_is_not_understood_says_why(server: HostileServer, asker: Asker) -> None:
    watch = make_watch(server.on("/list", lambda exchange: exchange.answer(b"<html>", Content_Type="text/html")))

    with pytest.raises(PollError, match="not_understood"):
        Poller(NOW, asker).try_out(watch)


def test_poll_when_a_list_has_more_pages_says_so_until_it_has_not(server: HostileServer, asker: Asker) -> None:
    action = {"text": "Considered.", "type": "Floor", "actionDate": "2022-08-03"}

    def show(count: int) -> str:
        body = json.dumps({"actions": [action], "pagination": {"count": count}}).encode()
        return server.on("/actions", conditional(body, f'"{count}"'))

    watch = make_watch(show(3), reader="us_congress", options={})
    poll(asker)
    first = reload(watch)
    poll(asker, LATER)
    unchanged = reload(watch)
    show(1)
    poll(asker, 2 * LATER)
    whole = reload(watch)

    assert (first.state, first.reason, first.is_in_trouble) == (WatchState.CHANGED, "partial", False)
    assert "1 of 3 results were read" in first.detail
    assert (unchanged.state, unchanged.detail) == (WatchState.UNCHANGED, first.detail)
    assert (whole.state, whole.reason, whole.detail) == (WatchState.FETCHED, "", "")


def test_poll_with_braces_in_a_header_puts_keys_in_their_place_and_nothing_else(
    server: HostileServer, asker: Asker, settings: Settings
) -> None:
    settings.WATCH_KEYS = {"here@127.0.0.1": "1234"}
    headers = {"X-One": "{here}", "X-Two": '{"a": 1}', "X-Three": "{here:>999999999}", "X-Four": "{here.__class__}"}
    watch = make_watch(server.on("/list", listing()), headers=headers)

    poll(asker)

    sent = server.asked[-1].headers
    assert reload(watch).state == WatchState.FETCHED
    assert [sent[f"x-{name}"] for name in ("one", "two", "three", "four")] == ["1234", *list(headers.values())[1:]]


@pytest.mark.parametrize("headers", [{"X-A": "1\r\nX-B: 2"}, {"X-A\r\nX-B": "2"}, {"X-A": "1\n2"}, {"X A": "1"}])
def test_poll_with_a_header_that_holds_another_sends_nothing(
    server: HostileServer, asker: Asker, headers: dict[str, str]
) -> None:
    watch = make_watch(server.on("/list", listing()), headers=headers)

    poll(asker)

    assert reload(watch).state == WatchState.FAILING
    assert asked(server, "/list") == 0


def test_poll_takes_no_more_watches_in_a_run_than_it_may(server: HostileServer, asker: Asker) -> None:
    for number in range(3):
        make_watch(server.on(f"/{number}", listing()), f"watch-{number}")

    first = Poller(NOW, asker).poll_due(most=2)
    rest = Poller(NOW, asker).poll_due(most=2)

    assert (first, rest) == (2, 1)


def test_poll_in_a_long_run_counts_pause_and_interval_from_its_own_turn(server: HostileServer, asker: Asker) -> None:
    one, two = (make_watch(server.on(f"/{name}", listing()), name) for name in ("one", "two"))
    turns = iter([NOW, NOW + timedelta(seconds=90)])

    Poller(NOW, asker, clock=lambda: next(turns)).poll_due()

    assert (reload(one).polled_at, reload(two).polled_at) == (NOW, NOW + timedelta(seconds=90))
    assert Host.objects.get().asked_at == NOW + timedelta(seconds=90)


def test_poll_sends_a_key_to_its_own_host_and_to_no_other(
    server: HostileServer, asker: Asker, settings: Settings
) -> None:
    settings.WATCH_KEYS = {"here@api.congress.gov": "1234"}
    watch = make_watch(server.on("/list", listing()), headers={"X-Api-Key": "{here}"})

    poll(asker)

    assert reload(watch).reason == "no_key"
    assert server.asked == []
