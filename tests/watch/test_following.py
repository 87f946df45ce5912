"""Further pages of a source are followed, politely and to an end; a source that has moved for good is told of."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from tests.fetch.conftest import NOW
from tests.fetch.servers import Behaviour, Exchange, HostileServer, redirect
from tests.watch.watches import asked, conditional, listing, make_watch, no_robots, reload
from tracker.domain.vocabulary import WatchState
from tracker.fetch.fetching import Fetcher
from tracker.models import Capture, Report, Watch
from tracker.watch.asking import Asker, agent
from tracker.watch.following import MOST_PAGES
from tracker.watch.operating import run_now
from tracker.watch.polling import Poller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def polite(server: HostileServer, settings: Settings) -> None:
    """A host that allows everything, and needs no pause."""
    settings.WATCH_GAP = 0
    no_robots(server)


@pytest.fixture
def poll(fetcher: Fetcher) -> Callable[[], None]:
    """One run of the job after another."""
    turns = iter(range(10))

    def run() -> None:
        now = NOW + next(turns) * timedelta(hours=7)
        for watch in Watch.objects.exclude(state=WatchState.PAUSED):
            run_now(watch, now)
        Poller(now, Asker(fetcher)).poll_due()

    return run


def actions(server: HostileServer, count: int, of: int, path: str = "/actions", following: str = "") -> str:
    """A page of actions of the Senate, which says where it goes on."""
    told = [{"text": f"Considered {path} {n}.", "type": "Floor", "actionDate": "2022-08-03"} for n in range(count)]
    more = {"next": server.url(following)} if following else {}
    return publish(server, path, {"actions": told, "pagination": {"count": of, **more}})


def publish(server: HostileServer, path: str, document: Any, **headers: str) -> str:
    body = json.dumps(document).encode()
    return server.on(path, lambda exchange: exchange.answer(body, Content_Type="application/json", **headers))


def test_all_pages_of_a_list_are_read_each_with_its_own_copy(server: HostileServer, poll: Callable[[], None]) -> None:
    url = actions(server, 2, 5, following="/p2")
    actions(server, 2, 5, "/p2", "/p3")
    actions(server, 1, 5, "/p3")
    watch = make_watch(url, reader="us_congress", options={})

    poll()

    watch = reload(watch)
    assert (Report.objects.count(), watch.state, watch.reason) == (5, WatchState.CHANGED, "")
    assert Capture.objects.count() == len({report.evidence["capture"] for report in Report.objects.all()}) == 3
    assert watch.capture is not None
    assert watch.capture.url == url


def test_list_without_an_end_is_followed_to_an_end_of_ours(server: HostileServer, poll: Callable[[], None]) -> None:
    for number in range(MOST_PAGES + 3):
        actions(server, 1, 100, f"/p{number}", f"/p{number + 1}")
    watch = make_watch(server.url("/p0"), reader="us_congress", options={})

    poll()

    assert Report.objects.count() == MOST_PAGES
    assert (reload(watch).reason, asked(server, f"/p{MOST_PAGES}")) == ("partial", 0)
    assert f"{MOST_PAGES} of 100 results were read" in reload(watch).detail


@pytest.mark.parametrize("following", ["/actions", "https://elsewhere.example/p2", "//[broken", "javascript:x"])
def test_page_that_leads_to_itself_or_to_another_host_is_not_followed(
    server: HostileServer, poll: Callable[[], None], following: str
) -> None:
    document = {"actions": [], "pagination": {"count": 2, "next": following}}
    watch = make_watch(publish(server, "/actions", document), reader="us_congress", options={})

    poll()

    assert [exchange.path for exchange in server.asked] == ["/robots.txt", "/actions"]
    assert "0 of 2 results were read" in reload(watch).detail


def test_page_that_cannot_be_had_leaves_what_was_read_and_says_so(
    server: HostileServer, poll: Callable[[], None]
) -> None:
    server.on("/gone", lambda exchange: exchange.answer(status="404 Not Found"))
    watch = make_watch(actions(server, 2, 4, following="/gone"), reader="us_congress", options={})

    poll()

    assert (Report.objects.count(), reload(watch).reason) == (2, "partial")
    assert "Page 2 could not be had: status 404" in reload(watch).detail


def test_host_that_wants_a_long_pause_is_not_waited_for(
    server: HostileServer, poll: Callable[[], None], settings: Settings
) -> None:
    settings.WATCH_GAP = 600
    actions(server, 1, 2, "/p2")
    watch = make_watch(actions(server, 1, 2, following="/p2"), reader="us_congress", options={})

    poll()

    assert asked(server, "/p2") == 0
    assert "its host wants longer pauses" in reload(watch).detail


def test_host_that_wants_a_short_pause_is_waited_for(
    fetcher: Fetcher, server: HostileServer, settings: Settings
) -> None:
    settings.WATCH_GAP = 1
    actions(server, 1, 2, "/p2")
    watch = make_watch(actions(server, 1, 2, following="/p2"), reader="us_congress", options={})

    Poller(NOW, Asker(fetcher)).poll_due()

    assert (reload(watch).reason, Report.objects.count()) == ("", 2)


JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "t"}
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>t</title>{}<entry><id>urn:{}</id><title>{}</title></entry></feed>'


def atom(text: str) -> Behaviour:
    return lambda exchange: exchange.answer(text.encode(), Content_Type="application/atom+xml")


def test_feeds_go_on_where_they_say_so(server: HostileServer, poll: Callable[[], None]) -> None:
    items = [{"id": name, "title": f"Act {name}"} for name in ("1", "2")]
    publish(server, "/f2", {**JSON_FEED, "items": items[1:]})
    url = publish(server, "/f1", {**JSON_FEED, "next_url": server.url("/f2"), "items": items[:1]})
    make_watch(url, "json-feed", reader="feed", options={})
    poll()
    Watch.objects.update(state=WatchState.PAUSED)
    server.on("/a2?x=1&y=2", atom(ATOM.format("", "2", "Second")))
    first = server.on("/a1", atom(ATOM.format('<link rel="next" href="/a2?x=1&amp;y=2"/>', "1", "First")))
    make_watch(first, "atom", reader="feed", options={})

    poll()

    assert {report.proposal["title"] for report in Report.objects.all()} == {"Act 1", "Act 2", "First", "Second"}


def test_list_of_odata_and_the_link_of_a_header_are_followed(server: HostileServer, poll: Callable[[], None]) -> None:
    rows = [{"id": str(number), "title": f"Act {number}"} for number in range(4)]
    options = {"items": "value", "fields": {"id": "id", "title": "title"}}
    publish(server, "/o2", {"value": rows[1:2]})
    make_watch(
        publish(server, "/o1", {"@odata.nextLink": server.url("/o2"), "value": rows[:1]}), "odata", options=options
    )
    poll()
    Watch.objects.update(state=WatchState.PAUSED)
    publish(server, "/h2", {"value": rows[3:]})
    url = publish(server, "/h1", {"value": rows[2:3]}, Link=f'<{server.url("/h2")}>; rel="next"')
    make_watch(url, "header", options=options)

    poll()

    assert {report.proposal["title"] for report in Report.objects.all()} == {f"Act {number}" for number in range(4)}


def moved(server: HostileServer, status: str) -> str:
    def answer(exchange: Exchange) -> None:
        exchange.answer(status=status, Location=server.url("/new"))

    return server.on("/old", answer)


@pytest.mark.parametrize(
    ("status", "is_told"), [("301 Moved", True), ("308 Moved", True), ("302 Found", False), ("307 Now", False)]
)
def test_source_that_has_moved_for_good_is_told_of_and_read(
    server: HostileServer, poll: Callable[[], None], status: str, is_told: bool
) -> None:
    server.on("/new", conditional(b"[]", '"1"'))
    watch = make_watch(moved(server, status))
    poll()
    first = reload(watch)
    Watch.objects.update(etag='"1"')
    poll()
    second = reload(watch)

    expected = ("moved", f"The source has moved for good to {server.url('/new')}: change the address of the watch")
    assert [(row.reason, row.detail) for row in (first, second)] == [expected if is_told else ("", "")] * 2
    assert first.state == WatchState.FETCHED
    assert first.is_in_trouble is False


def test_source_that_goes_on_for_the_day_after_it_has_moved_is_told_of_up_to_there(
    server: HostileServer, poll: Callable[[], None]
) -> None:
    server.on("/today", listing())
    server.on("/new", redirect("/today"))
    watch = make_watch(moved(server, "301 Moved"))

    poll()

    assert reload(watch).detail.endswith(f"to {server.url('/new')}: change the address of the watch")


def test_agent_says_who_asks_in_the_form_of_honest_robots(settings: Settings) -> None:
    settings.BASE_URL, settings.CONTACT = "https://example.org", "mailto:x@example.org"
    agent.cache_clear()
    name = agent()
    agent.cache_clear()

    assert name == "Mozilla/5.0 (compatible; Article10/1.0; +https://example.org; mailto:x@example.org)"
