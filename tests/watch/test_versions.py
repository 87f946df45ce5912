"""A find has versions: what a source says anew under a known name goes before a reviewer."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from tests.facts import accept_report
from tests.fetch.servers import HostileServer
from tests.watch.watches import make_watch, no_robots, reload
from tracker.actions import file_report, reject_report
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import ChangeType, ReportChannel, ReportState, SourceClass, Stage, WatchState
from tracker.fetch.fetching import Fetcher
from tracker.models import Change, Ratification, Report, Watch
from tracker.sources.findings import Finding, Suggestion
from tracker.sources.steady import steady
from tracker.watch.asking import Asker
from tracker.watch.operating import run_now
from tracker.watch.polling import Poller
from tracker.watch.proposing import file_all, match_findings
from tracker.watch.reading import Sourced

pytestmark = pytest.mark.django_db

Poll = Callable[[], None]
TEXT = {"csv": "text/csv", "json": "application/json", "feed": "application/rss+xml", "html_part": "text/html"}


@pytest.fixture(autouse=True)
def polite(server: HostileServer, settings: Settings) -> None:
    """A host that allows everything, and needs no pause."""
    settings.WATCH_GAP = 0
    no_robots(server)


@pytest.fixture
def poll(fetcher: Fetcher) -> Poll:
    """One run of the job after another, a day apart, the first of them today: the log has real moments."""
    turns = iter(range(100))

    def run() -> None:
        now = datetime.now(UTC) + next(turns) * timedelta(days=1)
        for watch in Watch.objects.all():
            run_now(watch, now)
        Poller(now, Asker(fetcher)).poll_due()

    return run


def show(server: HostileServer, reader: str, body: str) -> str:
    """Let the source publish that."""
    return server.on("/source", lambda exchange: exchange.answer(body.encode(), Content_Type=TEXT[reader]))


def rss(*entries: tuple[str, str], day: str = "Mon, 05 Feb 2024 12:00:00 +0100") -> str:
    items = "".join(
        f"<item><guid>{guid}</guid><title>{title}</title><pubDate>{day}</pubDate></item>" for guid, title in entries
    )
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


def page(*lines: str) -> str:
    return f"<html><body><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul></body></html>"


def open_ratification() -> None:
    """Let Türkiye’s ratification of Sweden’s protocol be under way."""
    Ratification.objects.filter(accession="SWE", ally="TUR").update(stage=Stage.SUBMITTED, last_checked_at=None)


def checked() -> list[tuple[str, str]]:
    """What the log says was looked at."""
    entries = Change.objects.filter(type=ChangeType.SOURCE_CHECKED).order_by("position")
    return list(entries.values_list("accession", "ally"))


def test_title_corrected_under_a_known_name_is_put_beside_the_report_that_was_rejected(
    shipped: None, server: HostileServer, poll: Poll
) -> None:
    open_ratification()
    watch = make_watch(
        show(server, "feed", rss(("urn:x:1", "Meclis to decide on Sweden"))),
        reader="feed", options={}, ally_id="TUR", accessions=["SWE"],
    )  # fmt: skip
    poll()
    first = Report.objects.get()
    reject_report(first.pk, reason="Only announced.", by=_reviewer())
    show(server, "feed", rss(("urn:x:1", "Meclis has decided on Sweden")))

    poll()

    second = Report.objects.open().get()
    assert reload(watch).state == WatchState.CHANGED
    assert second.find == first.find == first.fingerprint
    assert second.evidence["changed"] == {"title": ["Meclis to decide on Sweden", "Meclis has decided on Sweden"]}
    assert second.message.startswith("The source has changed what it says. title: “Meclis to decide on Sweden” → ")
    assert checked() == []


def test_change_of_what_became_an_event_is_set_beside_that_event(
    shipped: None, server: HostileServer, poll: Poll
) -> None:
    url = show(server, "json", _row(title="Sweden: a statement", date="2024-01-22"))
    make_watch(url, ally_id="TUR", accessions=["SWE"])
    poll()
    report = Report.objects.get()
    told = {**report.proposal, "key": "tr-says", "kind": "statement", "actor": "TUR", "accession": "SWE"}
    accept_report(report.pk, EventFact.model_validate(told), by=_reviewer())
    show(server, "json", _row(title="Sweden: a statement", date="2024-01-23"))

    poll()

    assert Report.objects.open().get().proposal["key"] == "tr-says"
    assert Report.objects.open().get().evidence["changed"] == {"date": ["2024-01-22", "2024-01-23"]}


@pytest.mark.parametrize("reader", ["csv", "json"])
def test_table_whose_rows_move_on_makes_a_report_of_each_status(server: HostileServer, poll: Poll, reader: str) -> None:
    fields = {"id": "id", "title": "title", "summary": "status"}
    statuses = ["signed", "signed", "before parliament", "deposited", "deposited"]
    make_watch(server.url("/source"), reader=reader, options={"fields": fields})
    counts = []
    for status in statuses:
        row = {"id": "TUR-SWE", "title": "Türkiye on Sweden", "status": status}
        show(server, reader, json.dumps([row]) if reader == "json" else f"id,title,status\n{','.join(row.values())}\n")
        poll()
        counts.append(Report.objects.count())

    assert counts == [1, 1, 2, 3, 3]


def test_relative_times_counters_and_the_order_of_lines_are_no_news(server: HostileServer, poll: Poll) -> None:
    watch = make_watch(
        show(server, "html_part", page("1 hours ago: Senate approves", "Session · 12 views", "Budget")),
        reader="html_part", options={"selector": "ul"}, language="en",
    )  # fmt: skip
    poll()
    for hour in range(2, 5):
        lines = ["Budget", f"{hour} hours ago: Senate approves", f"Session · {hour},003 views"]
        show(server, "html_part", page(*lines))
        poll()

    assert Report.objects.count() == 0
    assert reload(watch).state == WatchState.FETCHED


def test_day_of_publication_that_goes_along_with_the_clock_is_no_change(server: HostileServer, poll: Poll) -> None:
    make_watch(server.url("/source"), reader="feed", options={})
    for turn in range(4):
        today = datetime.now(UTC) + turn * timedelta(days=1)
        show(server, "feed", rss(("urn:x:1", "Sweden votes"), day=today.strftime("%a, %d %b %Y %H:%M:%S +0000")))
        poll()

    assert Report.objects.count() == 1


def test_day_of_publication_that_is_corrected_is_a_change(server: HostileServer, poll: Poll) -> None:
    make_watch(show(server, "feed", rss(("urn:x:1", "Sweden votes"))), reader="feed", options={})
    poll()
    show(server, "feed", rss(("urn:x:1", "Sweden votes"), day="Tue, 06 Feb 2024 12:00:00 +0100"))
    poll()

    assert Report.objects.count() == 2


def test_source_that_takes_its_correction_back_says_so_but_not_for_ever(server: HostileServer, poll: Poll) -> None:
    make_watch(server.url("/source"), reader="feed", options={})
    counts = []
    for turn in range(8):
        show(server, "feed", rss(("urn:x:1", "Senate approves" if turn % 2 else "Senate to vote")))
        poll()
        counts.append(Report.objects.count())

    assert counts == [1, 2, 3, 4, 4, 4, 4, 4]


def test_entries_that_share_one_name_are_all_found_and_told_once(server: HostileServer, poll: Poll) -> None:
    entries = [("urn:site", f"Act {number}") for number in range(4)]
    make_watch(show(server, "feed", rss(*entries)), reader="feed", options={})
    poll()
    show(server, "feed", rss(("urn:site", "Act 4"), *entries[:3]))
    poll()
    poll()

    assert sorted(report.proposal["title"] for report in Report.objects.all()) == [f"Act {n}" for n in range(5)]


@pytest.mark.parametrize(
    "proposal",
    [
        {"title": "Something of Türkiye’s", "actor": "TUR"},
        {"title": "Somebody’s vote on Sweden", "accession": "SWE", "kind": "chamber_vote"},
        {"title": "Türkiye on Sweden", "accession": "SWE", "actor": "TUR"},
    ],
)
def test_nothing_new_is_not_said_while_a_report_waits_that_may_be_about_it(
    shipped: None, server: HostileServer, poll: Poll, proposal: dict[str, str]
) -> None:
    open_ratification()
    make_watch(show(server, "json", "[]"), ally_id="TUR", accessions=["SWE"])
    report = file_report(proposal, fingerprint="a-word", channel=ReportChannel.API, by=None)
    poll()
    before = checked()
    Report.objects.filter(pk=report.pk).update(state=ReportState.REJECTED, reason="x", reviewed_at=datetime.now(UTC))
    poll()

    assert (before, checked()) == ([], [("SWE", "TUR")])


def test_nothing_new_is_not_said_at_the_first_look_at_a_page(shipped: None, server: HostileServer, poll: Poll) -> None:
    open_ratification()
    make_watch(
        show(server, "html_part", page("Senate approves")),
        reader="html_part", options={"selector": "ul"}, ally_id="TUR", accessions=["SWE"],
    )  # fmt: skip
    poll()
    first = checked()
    poll()

    assert (first, checked()) == ([], [("SWE", "TUR")])


def _row(**told: str) -> str:
    return json.dumps([{"id": "1", **told}])


def _reviewer() -> User:
    return User.objects.get_or_create(username="a-reviewer")[0]


NAMES = st.sampled_from(["a", "b"])
WORDS = st.sampled_from(["Senate to vote", "Senate votes", "Senate votes · 12 comments", "Senate rejects"])
READINGS = st.lists(st.lists(st.tuples(NAMES, WORDS), max_size=4), min_size=1, max_size=6)
_examples = count()


def said(example: int, name: str, title: str) -> Sourced:
    """A find of that name which says that, in a source of this example’s own."""
    return Sourced(Finding(f"{example}-{name}", title, "", "", None, title, "", Suggestion(), "en"), "0" * 64)


@given(readings=READINGS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reviewers_have_all_that_was_ever_said_and_nothing_over_and_over(
    db: None, readings: list[list[tuple[str, str]]]
) -> None:
    example = next(_examples)
    watch = Watch(key="any", url="https://example.org/", source_class=SourceClass.MEDIA, publisher="P")
    for reading in readings:
        finds = list({(name, steady(title, "en")): said(example, name, title) for name, title in reading}.values())
        now = datetime.now(UTC)
        file_all([proposal for proposal in match_findings(watch, finds, now) if proposal.result.is_news])

        assert not any(proposal.result.is_news for proposal in match_findings(watch, finds, now))
        for find in finds:
            reports = Report.objects.filter(find=f"watch:{find.finding.fingerprint}")
            words = [steady(report.evidence["said"]["title"], "en") for report in reports]
            assert 1 <= words.count(steady(find.finding.title, "en")) <= 2
