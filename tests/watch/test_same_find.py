"""The same find never makes two reports, and two finds are never taken for one."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from tests.fetch.servers import HostileServer, redirect
from tests.watch.conftest import NOW
from tests.watch.watches import conditional, listing, make_watch, no_robots, reload
from tracker.domain.vocabulary import ReportState, WatchState
from tracker.fetch.fetching import Fetcher
from tracker.models import Report, Watch
from tracker.watch.asking import Asker
from tracker.watch.polling import MOST_REPORTS, Poller

pytestmark = pytest.mark.django_db

RSS = '<rss version="2.0"><channel><title>News</title>{}</channel></rss>'


@pytest.fixture(autouse=True)
def polite(server: HostileServer, settings: Settings) -> None:
    """A host that allows everything, and needs no pause."""
    settings.WATCH_GAP = 0
    no_robots(server)


@pytest.fixture
def poll(fetcher: Fetcher) -> Callable[[], int]:
    """One run of the job after another, each some hours after the last."""
    asker = Asker(replace(fetcher, agent="Article10/1.0"))
    turns = iter(range(100))
    return lambda: Poller(NOW + next(turns) * timedelta(hours=7), asker).poll_due()


def feed(server: HostileServer, *entries: dict[str, str], path: str = "/feed") -> str:
    """An RSS feed with those entries; each is given as its elements."""
    items = "".join(f"<item>{''.join(f'<{tag}>{text}</{tag}>' for tag, text in one.items())}</item>" for one in entries)
    return server.on(
        path, lambda exchange: exchange.answer(RSS.format(items).encode(), Content_Type="application/rss+xml")
    )


def elements(title: str, guid: str = "", link: str = "") -> dict[str, str]:
    return {"title": title, **({"guid": guid} if guid else {}), **({"link": link} if link else {})}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (elements("Sweden votes", "17"), elements("Sweden votes", "17", "https://example.org/a")),
        (elements("Sweden “votes”", "17"), elements("Sweden  &quot;votes&quot;", "17")),
        (elements("Sweden votes, 12 comments", "17"), elements("Sweden votes, 1,300 comments", "17")),
        (
            elements("Sweden votes", link="https://example.org/a?id=1&amp;utm_source=rss"),
            elements("Sweden votes", link="https://example.org/a?id=1&amp;utm_source=web&amp;fbclid=x"),
        ),
        (elements("Sweden votes", link="http://example.org/a"), elements("Sweden votes", link="https://example.org/a")),
        (
            elements("Sweden votes", "http://example.org/a?utm_medium=feed"),
            elements("Sweden votes", "https://example.org/a"),
        ),
        (
            elements("Sweden votes", "https://www.example.org/a/?b=2&amp;a=1&amp;PHPSESSID=77#xtor=RSS-1"),
            elements("Sweden votes", "https://Example.org/a?a=1&amp;b=2"),
        ),
    ],
)
@pytest.mark.parametrize("is_rejected", [False, True])
def test_entry_that_changes_its_spelling_or_what_counts_its_readers_is_the_same(
    server: HostileServer, poll: Callable[[], int], before: dict[str, str], after: dict[str, str], is_rejected: bool
) -> None:
    watch = make_watch(feed(server, before), reader="feed", options={})
    poll()
    if is_rejected:
        Report.objects.update(state=ReportState.REJECTED, reason="no act", reviewed_at=NOW)
    feed(server, after)

    poll()

    assert reload(watch).state == WatchState.FETCHED
    assert Report.objects.count() == 1


def test_entries_of_two_sources_that_have_one_name_are_two(server: HostileServer, poll: Callable[[], int]) -> None:
    make_watch(feed(server, elements("From here", "1")), "here", reader="feed", options={})
    make_watch(feed(server, elements("From there", "1"), path="/b"), "there", reader="feed", options={})

    poll()
    poll()

    assert {report.proposal["title"] for report in Report.objects.all()} == {"From here", "From there"}


def test_list_that_moves_to_another_address_tells_nothing_new(server: HostileServer, poll: Callable[[], int]) -> None:
    make_watch(server.on("/list", listing(("1", "Sweden votes", "2024-01-01"))))
    poll()
    server.on("/moved", listing(("1", "Sweden votes", "2024-01-01")))
    server.on("/list", redirect("/moved"))

    poll()

    assert Report.objects.count() == 1


def test_list_with_one_id_for_two_rows_has_two_finds(server: HostileServer, poll: Callable[[], int]) -> None:
    twice, other = ("1", "Sweden votes", "2024-01-01"), ("1", "Finland votes", "2024-01-01")
    watch = make_watch(server.on("/list", listing(twice, twice, other)))

    poll()
    server.on("/list", listing(other, twice))
    poll()
    server.on("/list", listing(other))
    poll()

    assert sorted(report.proposal["title"] for report in Report.objects.all()) == ["Finland votes", "Sweden votes"]
    assert reload(watch).state == WatchState.FETCHED


def test_items_that_vanish_and_come_again_tell_nothing_new(server: HostileServer, poll: Callable[[], int]) -> None:
    item = ("1", "Sweden votes", "2024-01-01")
    for items in ((item,), (), (item,)):
        server.on("/list", listing(*items))
        if not Watch.objects.exists():
            make_watch(server.url("/list"))
        poll()

    assert Report.objects.count() == 1


def test_page_that_flips_between_two_texts_makes_one_report_for_each_turn(
    server: HostileServer, poll: Callable[[], int]
) -> None:
    make_watch(server.url("/page"), reader="html_part", options={"selector": "p"})
    for text in (b"one", b"other") * 4:
        body = b"<html><body><p>%s</p></body></html>" % text
        server.on("/page", conditional(body, f'"{text.decode()}"', "text/html"))
        poll()

    assert Report.objects.count() == 2


def test_part_that_the_copy_at_hand_does_not_have_is_read_afresh(
    server: HostileServer, poll: Callable[[], int]
) -> None:
    def show(body: bytes) -> str:
        return server.on("/page", lambda exchange: exchange.answer(body, Content_Type="text/html"))

    watch = make_watch(show(b"<p id=old>one</p>"), reader="html_part", options={"selector": "#old"})
    poll()
    # The layout has changed, and the operator has followed it.
    Watch.objects.update(options={"selector": "#new"})
    show(b"<p id=new>one</p>")
    poll()
    understood = reload(watch)
    show(b"<p id=new>two</p>")
    poll()

    assert (understood.state, understood.reason) == (WatchState.FETCHED, "")
    assert Report.objects.get().message == "+ two\n- one"


def test_many_finds_at_once_come_before_the_reviewers_over_several_polls(
    server: HostileServer, poll: Callable[[], int]
) -> None:
    items = [(str(number), f"Act {number}", "2024-01-01") for number in range(MOST_REPORTS + 20)]
    watch = make_watch(server.on("/list", listing(*items, ETag='"1"')))

    poll()
    first, filed = reload(watch), Report.objects.count()
    poll()
    second = reload(watch)

    assert (filed, Report.objects.count()) == (MOST_REPORTS, len(items))
    assert (first.reason, first.detail) == ("partial", "20 more finds come before the reviewers with the next polls")
    # By its version the source would have said that nothing is new.
    assert (first.etag, second.etag, second.reason) == ("", '"1"', "")


def test_feed_of_too_many_entries_is_read_as_far_as_anybody_follows(
    server: HostileServer, poll: Callable[[], int]
) -> None:
    watch = make_watch(
        feed(server, *(elements("x", str(number)) for number in range(5_100))), reader="feed", options={}
    )

    poll()

    assert (reload(watch).reason, Report.objects.count()) == ("partial", MOST_REPORTS)
    assert "Only the first 5000 rows were read." in reload(watch).detail


ODD: list[dict[str, Any]] = [
    {"title": "Sweden\u0000 votes\u202e", "url": "javascript:alert(1)"},
    {"title": "Sweden \ud800votes", "url": "//[broken"},
    {"title": "Sweden votes", "url": "https://" + "x" * 3000},
    {"title": "Sweden votes", "url": "data:text/html,<script>"},
]


@pytest.mark.parametrize("odd", ODD)
def test_find_is_kept_without_what_a_database_refuses_or_a_page_must_not_link(
    server: HostileServer, poll: Callable[[], int], odd: dict[str, Any]
) -> None:
    body = json.dumps([{"id": "1", **odd}]).encode()
    url = server.on("/list", lambda exchange: exchange.answer(body, Content_Type="application/json"))
    make_watch(url, options={"fields": {"id": "id", "title": "title", "url": "url"}})

    poll()

    report = Report.objects.get()
    assert report.proposal["title"] == "Sweden votes"
    assert report.evidence["url"] == report.proposal["sources"][0]["url"] == url


def test_entry_whose_name_is_no_address_leads_to_its_source(server: HostileServer, poll: Callable[[], int]) -> None:
    url = feed(server, elements("Sweden votes", "17"))
    make_watch(url, reader="feed", options={})

    poll()

    assert Report.objects.get().evidence["url"] == url


def test_find_with_an_address_within_its_site_leads_there(server: HostileServer, poll: Callable[[], int]) -> None:
    make_watch(feed(server, elements("Sweden votes", "1", "/news/1")), reader="feed", options={})

    poll()

    assert Report.objects.get().evidence["url"] == server.url("/news/1")
