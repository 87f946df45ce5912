"""A find that agrees with the record, or no find at all, marks a ratification as checked, once a day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.facts import record_event
from tests.fetch.servers import HostileServer
from tests.watch.watches import listing, make_watch, no_robots
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import ChangeType, EventKind, Origin, ReportState, Stage
from tracker.fetch.fetching import Fetcher
from tracker.models import Change, Event, Ratification, Report, Watch
from tracker.watch.asking import Asker
from tracker.watch.operating import run_now
from tracker.watch.polling import Poller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def polite(server: HostileServer, settings: Settings) -> None:
    """A host that allows everything, and needs no pause."""
    settings.WATCH_GAP = 0
    no_robots(server)


def poll(fetcher: Fetcher, after: timedelta = timedelta(0)) -> datetime:
    """One run of the job, for every watch, at a moment of today."""
    now = datetime.now(UTC) + after
    for watch in Watch.objects.all():
        run_now(watch, now)
    Poller(now, Asker(fetcher)).poll_due()
    return now


def checks() -> list[tuple[str, str]]:
    """What the log says was looked at."""
    entries = Change.objects.filter(type=ChangeType.SOURCE_CHECKED).order_by("position")
    return list(entries.values_list("accession", "ally"))


def open_again() -> None:
    """Let Türkiye’s ratification of Sweden’s protocol be under way."""
    Ratification.objects.filter(accession="SWE", ally="TUR").update(stage=Stage.SUBMITTED)


def test_poll_when_nothing_is_new_marks_the_open_ratification_once_a_day(
    shipped: None, server: HostileServer, fetcher: Fetcher
) -> None:
    open_again()
    make_watch(server.on("/list", listing()), ally_id="TUR", accessions=["SWE"])

    poll(fetcher)
    now = poll(fetcher, timedelta(minutes=1))

    checked = Ratification.objects.get(accession="SWE", ally="TUR").last_checked_at
    assert checks() == [("SWE", "TUR")]
    assert checked is not None
    assert checked.date() == now.date()


def test_poll_when_something_waits_for_review_does_not_say_nothing_new(
    shipped: None, server: HostileServer, fetcher: Fetcher
) -> None:
    open_again()
    find = ("1", "Sweden’s accession to NATO: debate", "2024-01-22")
    make_watch(server.on("/list", listing(find)), ally_id="TUR", accessions=["SWE"])

    poll(fetcher)

    assert Report.objects.get().state == ReportState.FILED
    assert checks() == []


def test_poll_when_a_find_agrees_with_the_record_files_nothing_and_marks_it(
    shipped: None, server: HostileServer, fetcher: Fetcher
) -> None:
    event = Event.objects.standing().get(accession="SWE", actor="GBR", kind=EventKind.LAID)
    treaty = b"""{"value": {"id": "x", "name": "Protocol on the Accession of Sweden", "commonsLayingDate": "%s",
        "lordsLayingDate": null, "parliamentaryConclusion": null, "webLink": "https://example.org/x"}}"""
    body = treaty % event.date.encode()
    url = server.on("/x", lambda exchange: exchange.answer(body, Content_Type="application/json"))
    make_watch(url, reader="uk_treaties", ally_id="GBR", accessions=["SWE"], options={})

    poll(fetcher)

    assert Watch.objects.get().detail == ""
    assert Report.objects.count() == 0
    assert checks() == [("SWE", "GBR")]


def test_archived_copy_is_had_by_all_once_it_is_cited(
    shipped: None, server: HostileServer, fetcher: Fetcher, client: Client, settings: Settings
) -> None:
    find = ("1", "Sweden’s accession to NATO: a statement", "2024-01-22")
    make_watch(server.on("/list", listing(find)), accessions=["SWE"])
    poll(fetcher)
    source = Report.objects.get().proposal["sources"][0]
    path = reverse("archived-copy", args=[Report.objects.get().evidence["capture"]])
    before = client.get(path).status_code

    fact = {"key": "a-statement", "accession": "SWE", "actor": "TUR", "kind": "statement", "date": "2024-01-22"}
    told = EventFact.model_validate({**fact, "title": "A statement", "sources": [source], "confidence": "medium"})
    record_event(told, by=None, origin=Origin.REPORT)
    answer = client.get(path)

    assert source["archived_url"] == settings.BASE_URL + path
    assert before == 404
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"a statement" in answer.content


def test_act_that_was_planned_on_record_is_news_when_it_is_done(
    shipped: None, server: HostileServer, fetcher: Fetcher
) -> None:
    source = {"url": "https://a.example/plan", "title": "Plan", "publisher": "P", "class": "parliament"}
    plan = {"key": "a-plan", "accession": "SWE", "actor": "GBR", "kind": "laid", "date": "2099-01-05", "planned": True}
    told = EventFact.model_validate({**plan, "title": "To be laid", "sources": [source], "confidence": "medium"})
    record_event(told, by=None, origin=Origin.REPORT)
    body = b"""{"value": {"id": "x", "name": "Protocol on the Accession of Sweden", "commonsLayingDate": "%s",
        "parliamentaryConclusion": null}}"""
    url = server.on("/x", lambda exchange: exchange.answer(body % b"2099-01-05", Content_Type="application/json"))
    make_watch(url, reader="uk_treaties", ally_id="GBR", accessions=["SWE"], options={})

    poll(fetcher)

    assert Report.objects.get().proposal["kind"] == "laid"
