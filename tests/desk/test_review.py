"""Reports beside the record: accepted in four ways, rejected with a reason, by whom and by whom not."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.desk.conftest import LogIn
from tests.desk.drafts import confirm, hidden, sent_by
from tests.facts import event, record_event
from tracker.actions import ChangeRequest, file_change_request, file_report
from tracker.domain.vocabulary import ReportChannel, ReportState, Subject, Verb
from tracker.models import AuditEntry, Change, Event, Ratification, Rectification, Report
from tracker.readmodel.record import current_edition

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ACCEPT = "/admin/tracker/report/accept/"
VOTE = "fi2022-hu-chamber-vote-orszaggyules"
SOURCE = {
    "url": "https://www.parlament.hu/vote",
    "title": "The vote",
    "publisher": "National Assembly",
    "class": "parliament",
}
NEW = {
    "key": "se2024-hu-chamber-vote",
    "accession": "SWE",
    "actor": "HUN",
    "office": "National Assembly",
    "kind": "chamber_vote",
    "date": "2024-02-26",
    "votes": {"yes": 188, "no": 6},
    "title": "Hungary votes on Sweden",
    "sources": [SOURCE],
    "confidence": "high",
}
# The record has 182 to 6 for Hungary's vote on Finland, on 27 March 2023.
FINLAND = NEW | {"key": "a-report", "accession": "FIN", "date": "2023-03-27", "votes": {"yes": 182, "no": 6}}
OTHERWISE = FINLAND | {"votes": {"yes": 183, "no": 6}}


@pytest.fixture
def reviewer(february: None, log_in: LogIn) -> Client:
    return log_in("reviewer")


def report(proposal: dict[str, Any], by: User | None = None) -> Report:
    """A report that waits."""
    fingerprint = hashlib.sha256(str(proposal).encode()).hexdigest()
    return file_report(proposal, fingerprint=fingerprint, channel=ReportChannel.API, by=by)


def address(one: Report, way: str) -> str:
    """Where it is accepted in that way."""
    return f"/admin/tracker/report/{one.pk}/review/{way}/"


@pytest.mark.parametrize(("proposal", "way"), [(NEW, "event"), (FINLAND, "source"), (OTHERWISE, "rectification")])
def test_review_leads_to_the_way_that_suits_the_record(reviewer: Client, proposal: dict[str, Any], way: str) -> None:
    one = report(proposal)

    answer = reviewer.get(f"/admin/tracker/report/{one.pk}/review/")

    assert answer.headers["Location"] == address(one, way)


def accept(client: Client, one: Report, way: str, **more: Any) -> Any:
    """Preview what the page offers, and accept it."""
    page = client.get(address(one, way))
    return confirm(client, address(one, way), sent_by(page) | more, **more)


def test_accept_as_event_puts_the_proposal_on_record(reviewer: Client) -> None:
    one = report(NEW)

    accept(reviewer, one, "event")

    one.refresh_from_db()
    assert (one.state, one.event and one.event.key) == (ReportState.ACCEPTED, "se2024-hu-chamber-vote")
    assert Change.objects.filter(event="se2024-hu-chamber-vote").get().origin == "report"


def test_accept_as_source_cites_it_beside_the_others(reviewer: Client) -> None:
    one = report(FINLAND)

    accept(reviewer, one, "source")

    one.refresh_from_db()
    assert one.event is not None
    assert one.event.key == "fi2022-hu-chamber-vote-orszaggyules"
    assert one.event.citations.filter(url=SOURCE["url"]).exists()


def test_contradiction_is_shown_side_by_side(reviewer: Client) -> None:
    one = report(OTHERWISE)

    page = reviewer.get(address(one, "rectification"))

    text = page.content.decode()
    assert "The record says something else" in text
    assert "<td>183 yes, 6 no</td><td>182 yes, 6 no</td>" in text
    marked = text.partition('id="id_votes_yes"')[2]
    assert "They differ.</strong> The report: 183 yes, 6 no. The record: 182 yes, 6 no." in marked


def test_accept_as_rectification_replaces_what_we_said(reviewer: Client) -> None:
    one = report(OTHERWISE)

    accept(reviewer, one, "rectification", reason="The minutes say 183.")

    found = Rectification.objects.latest("number")
    assert found.replacement is not None
    assert (found.reason, found.replacement.votes_yes) == ("The minutes say 183.", 183)


def test_accept_as_conflict_keeps_our_value_and_tells_the_other(reviewer: Client) -> None:
    one = report(OTHERWISE)

    accept(reviewer, one, "conflict")

    event = Event.objects.standing().get(key="fi2022-hu-chamber-vote-orszaggyules")
    assert event.votes_yes == 182
    assert [(row.field, row.value) for row in event.conflicts.all()][-1] == ("votes", "183 yes, 6 no")


def test_reject_needs_a_reason_and_keeps_it(reviewer: Client) -> None:
    one = report(NEW)
    before = Change.objects.count()

    silent = reviewer.post(f"/admin/tracker/report/{one.pk}/reject/", {"reason": " "})
    reviewer.post(f"/admin/tracker/report/{one.pk}/reject/", {"reason": "A rumour."})

    one.refresh_from_db()
    assert silent.status_code == 200
    assert (one.state, one.reason) == (ReportState.REJECTED, "A rumour.")
    assert Change.objects.count() == before


def test_second_reviewer_is_told_that_another_was_first(reviewer: Client) -> None:
    one = report(NEW)
    page = reviewer.get(address(one, "event"))
    shown = reviewer.post(address(one, "event"), sent_by(page) | {"preview": ""})
    again = sent_by(shown) | {"save": "", "seen": hidden(shown)}
    reviewer.post(address(one, "event"), again)

    second = reviewer.post(address(one, "event"), again)

    assert "has been reviewed already: Accepted" in second.content.decode()
    assert Event.objects.filter(key="se2024-hu-chamber-vote").count() == 1


def test_own_report_when_two_pairs_of_eyes_are_required_is_refused(reviewer: Client, settings: Any) -> None:
    settings.TWO_PAIRS_OF_EYES = True
    one = report(NEW, by=User.objects.get(username="a-reviewer"))

    page = reviewer.get(address(one, "event"))
    answer = reviewer.post(address(one, "event"), sent_by(page) | {"preview": ""})

    assert "is your own: another reviewer has to accept it" in answer.content.decode()


def ticked(page: Any) -> dict[str, Any]:
    """What the page sends when everything on it is accepted as shown."""
    candidates = page.context["candidates"]
    seen = {f"seen-{one.report.pk}": one.digest for one in candidates}
    return {"pk": [one.report.pk for one in candidates], **seen, "save": ""}


def tried(reviewer: Client, *reports: Report) -> Any:
    """The page that shows what accepting these would do."""
    return reviewer.post(ACCEPT, {"pk": [one.pk for one in reports], "preview": ""})


def test_accept_many_puts_the_new_ones_on_record_and_tells_of_the_others(reviewer: Client) -> None:
    keys = [report(one).pk for one in (NEW, OTHERWISE, {"title": "Half a report"})]
    chosen = {"action": "accept_selected", "_selected_action": keys}

    # The browser sends the same rows on to the page that the list leads to.
    page = reviewer.post("/admin/tracker/report/", chosen, follow=True)
    reviewer.post(ACCEPT, ticked(page))

    text = page.content.decode()
    assert "Hungary on Sweden: before parliament" in text
    assert "The record has such an event already" in text
    assert "Something is missing in it" in text
    assert list(Report.objects.order_by("pk").values_list("state", flat=True)) == ["accepted", "filed", "filed"]


def test_accept_many_without_having_looked_accepts_none(reviewer: Client) -> None:
    one = report(NEW)

    answer = reviewer.post(ACCEPT, {"pk": [one.pk], "save": ""}, follow=True)

    assert "The record has moved since you looked" in answer.content.decode()
    assert not Event.objects.filter(key=NEW["key"]).exists()


def test_accept_many_of_two_reports_of_one_act_accepts_the_first(reviewer: Client) -> None:
    reports = [report(NEW), report(NEW | {"key": "the-same-again"})]
    page = tried(reviewer, *reports)

    reviewer.post(ACCEPT, ticked(page))

    assert [Report.objects.get(pk=one.pk).state for one in reports] == ["accepted", "filed"]
    assert not Event.objects.filter(key="the-same-again").exists()


def test_accept_many_leaves_what_is_doubtful_to_a_page_that_asks_for_a_reason(reviewer: Client) -> None:
    one = report(NEW | {"date": "2024-02-25"})

    page = tried(reviewer, one)

    assert "is a Sunday: parliaments rarely vote then." in page.content.decode()


def test_accept_as_event_with_the_consent_that_it_completes_records_both(reviewer: Client) -> None:
    accept(reviewer, report(NEW), "event", completes="on")

    kinds = Event.objects.filter(accession="SWE", actor="HUN", date="2024-02-26").values_list("kind", flat=True)
    assert sorted(kinds) == ["chamber_vote", "consent"]


def test_accept_as_rectification_cites_the_source_of_the_report(reviewer: Client) -> None:
    accept(reviewer, report(OTHERWISE), "rectification", reason="The minutes say 183.")

    event = Event.objects.standing().get(key="fi2022-hu-chamber-vote-orszaggyules")
    assert event.citations.filter(url=SOURCE["url"]).exists()


def test_accept_keeps_what_the_form_has_no_field_for(reviewer: Client) -> None:
    accept(reviewer, report(NEW | {"tags": ["late"]}), "event")

    assert Event.objects.get(key=NEW["key"]).tags == ["late"]


def test_queue_takes_as_many_queries_for_twenty_as_for_two(
    reviewer: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        report(NEW | {"key": f"report-{number}"})

    with django_assert_max_num_queries(25):
        reviewer.get("/admin/tracker/report/")


@pytest.mark.parametrize(
    "strange",
    [
        {"votes": "many"},
        {"with": "all"},
        {"sources": "here"},
        {"sources": ["x"]},
        {"date": 7},
        {"kind": []},
        {"key": {}},
    ],
)
def test_review_of_a_strange_proposal_shows_a_page(reviewer: Client, strange: dict[str, Any]) -> None:
    one = report(OTHERWISE | strange)

    answers = [
        reviewer.get(f"/admin/tracker/report/{one.pk}/review/", follow=True),
        reviewer.get(address(one, "event")),
    ]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_accept_many_does_what_was_shown_or_nothing(reviewer: Client) -> None:
    one = report(NEW)
    page = tried(reviewer, one)
    # Between the look and the click somebody else records that the bill was submitted.
    record_event(event("se-hu-sent", "submitted", "HUN", "2022-07-14"))

    answer = reviewer.post(ACCEPT, ticked(page), follow=True)

    assert "The record has moved since you looked" in answer.content.decode()
    assert not Event.objects.filter(key=NEW["key"]).exists()


@pytest.fixture
def broken_trail() -> Iterator[None]:
    """An audit trail that cannot be written, as when the connection is lost at that moment."""

    def lose(**options: Any) -> None:
        raise ConnectionError("lost")

    pre_save.connect(lose, sender=AuditEntry)
    yield
    pre_save.disconnect(lose, sender=AuditEntry)


@pytest.mark.parametrize("way", ["event", "many", "reject", "checked"])
def test_nothing_is_done_without_its_entry_in_the_audit_trail(
    reviewer: Client, way: str, request: pytest.FixtureRequest
) -> None:
    one = report(NEW)
    ratification = Ratification.objects.get(accession="SWE", ally="HUN")
    form = sent_by(reviewer.get(address(one, "event")))
    shown = reviewer.post(address(one, "event"), form | {"preview": ""})
    sent = {
        "event": (address(one, "event"), sent_by(shown) | {"save": "", "seen": hidden(shown)}),
        "many": (ACCEPT, ticked(tried(reviewer, one))),
        "reject": (f"/admin/tracker/report/{one.pk}/reject/", {"reason": "Another Sweden."}),
        "checked": (reverse("admin:tracker_ratification_checked", args=[ratification.pk]), {}),
    }
    edition = current_edition()
    request.getfixturevalue("broken_trail")

    with pytest.raises(ConnectionError):
        reviewer.post(*sent[way])

    assert current_edition() == edition
    assert Report.objects.get(pk=one.pk).state == ReportState.FILED
    assert not Event.objects.filter(key=NEW["key"]).exists()


# What a person may open without changing anything: no lock on the log, no trial of an act.
@pytest.mark.parametrize("way", ["", "event/", "source/", "conflict/", "rectification/", "change/", "many"])
def test_looking_takes_no_lock_and_writes_nothing(reviewer: Client, way: str) -> None:
    proposal = NEW if way in {"", "many", "event/"} else OTHERWISE
    one = file_retraction() if way == "change/" else report(proposal)
    page = f"{ACCEPT}?pk={one.pk}" if way == "many" else f"/admin/tracker/report/{one.pk}/review/{way}"

    with CaptureQueriesContext(connection) as queries:
        answer = reviewer.get(page)

    assert answer.status_code in {200, 302}
    # The session alone may be written: it counts the time until a person has to log in again.
    written = [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    assert [sql for sql in written if '"tracker_' in sql] == []


def file_retraction() -> Report:
    """A change of the record that waits for a second person."""
    change = ChangeRequest(verb=Verb.RETRACT, subject=Subject.EVENT, key=VOTE, title="The vote", reason="A rumour.")
    return file_change_request(change, by=User.objects.get(username="a-reviewer"))


def test_later_version_of_a_find_stands_beside_the_earlier_one_and_its_event(reviewer: Client) -> None:
    find: dict[str, Any] = {"channel": ReportChannel.WATCH, "by": None, "find": "watch:x"}
    first = file_report(NEW, fingerprint="watch:x", **find)
    accept(reviewer, first, "event")
    changed = {"changed": {"date": ["2024-02-26", "2024-02-27"]}}
    later = file_report(NEW | {"date": "2024-02-27"}, fingerprint="watch:x:1", evidence=changed, **find)

    queue = reviewer.get("/admin/tracker/report/").content.decode()
    answer = reviewer.get(f"/admin/tracker/report/{later.pk}/review/", follow=True)

    assert "contradicts; the source has changed what it says" in queue
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == address(later, "rectification")
    assert "The source has changed what it says" in page
    assert "<td>2024-02-26</td><td>2024-02-27</td>" in page
    assert f"Report {first.pk}: Hungary votes on Sweden" in page
    assert "on record as" in page


def test_earlier_version_of_a_find_says_that_the_source_has_said_something_else_since(reviewer: Client) -> None:
    find: dict[str, Any] = {"channel": ReportChannel.WATCH, "by": None, "find": "watch:x"}
    first = file_report(NEW, fingerprint="watch:x", **find)
    file_report(NEW | {"title": "Hungary postpones"}, fingerprint="watch:x:1", **find)

    page = reviewer.get(f"/admin/tracker/report/{first.pk}/reject/").content.decode()

    assert "The source has said something else since, under the same name" in page
    assert "Hungary postpones" in page


def test_outcome_that_a_source_tells_goes_on_record_though_the_form_does_not_ask_for_it(reviewer: Client) -> None:
    one = report(NEW | {"votes": {"yes": 100, "no": 90}, "outcome": "lost"})

    accept(reviewer, one, "event", because="The presiding officer declared it lost.")

    assert Event.objects.get(key=NEW["key"]).outcome == "lost"
