"""Two pairs of eyes: where they are required, nothing that is public is one person's work alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape

from tests.desk.conftest import Browser, LogIn, account, verify
from tests.desk.drafts import SOURCE, THE_VOTE, confirm, rows, sent_by
from tests.desk.test_rectify import CLAIM, COMMITMENT, at
from tests.desk.test_review import FINLAND, NEW, OTHERWISE, accept, address, report
from tracker.domain.vocabulary import AuditAction, Proposes, ReportState
from tracker.models import Assessment, AuditEntry, Change, Commitment, Event, Party, Procedure, Report

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VOTE = "fi2022-hu-chamber-vote-orszaggyules"
SEEN = "This is what a reader found."


@pytest.fixture
def reviewer(february: None, log_in: LogIn, settings: Any) -> Client:
    settings.TWO_PAIRS_OF_EYES = True
    return log_in("reviewer")


@pytest.fixture
def second(february: None) -> Client:
    """Another reviewer, at another desk."""
    user = User.objects.create_user("another", is_staff=True)
    user.groups.set(account("reviewer").groups.all())
    client = Browser()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    verify(client, user)
    return client


def vote() -> Event:
    """Hungary's vote on Finland, as we tell it now."""
    return Event.objects.standing().get(key=VOTE)


def claim() -> Assessment:
    """The first claim on record that has a source."""
    return Assessment.objects.filter(citations__isnull=False, rectification=None).order_by("pk")[0]


def change(client: Client, page: str, **fields: Any) -> str:
    """Fill the page in, and save what its preview shows; where."""
    filled = sent_by(client.get(page)) | fields
    confirm(client, page, filled, **fields)
    return page


# Every way in which one person changes what is public, but for new events, which have been reports all along.
WAYS: dict[str, Callable[[Client], object]] = {
    "rectify an event": lambda desk: change(desk, at("rectify", vote()), date="2023-03-28", reason=SEEN),
    "take an event back": lambda desk: change(desk, at("retract", vote()), reason=SEEN),
    "cite for an event": lambda desk: change(desk, at("source", vote()), **rows("citations", SOURCE)),
    "enter a claim": lambda desk: change(
        desk,
        at("claim", Commitment.objects.order_by("pk")[0]),
        **CLAIM,
        **rows("citations", SOURCE),
        because="No name is given.",
    ),
    "rectify a claim": lambda desk: change(desk, at("rectify", claim()), note="In other words.", reason=SEEN),
    "take a claim back": lambda desk: change(desk, at("retract", claim()), reason=SEEN),
    "cite for a claim": lambda desk: change(desk, at("source", claim()), **rows("citations", SOURCE)),
    "enter a commitment": lambda desk: change(
        desk, "/admin/tracker/commitment/add/", **COMMITMENT, **rows("citations", SOURCE)
    ),
    "rectify a commitment": lambda desk: change(
        desk, at("rectify", Commitment.objects.order_by("pk")[0]), title="Otherwise", reason=SEEN
    ),
    "cite for a commitment": lambda desk: change(
        desk, at("source", Commitment.objects.order_by("pk")[0]), **rows("citations", SOURCE)
    ),
    "rectify a state": lambda desk: change(
        desk, at("rectify", Party.objects.get(pk="TUR")), capital="Elsewhere", reason=SEEN
    ),
    "rectify a procedure": lambda desk: change(
        desk, at("rectify", Procedure.objects.get(pk="HUN")), notes="Otherwise.", reason=SEEN
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_change_waits_for_another_and_is_then_made_as_it_was_filed(
    reviewer: Client, second: Client, way: Callable[[Client], object]
) -> None:
    before = Change.objects.count()

    way(reviewer)
    waiting = Report.objects.get()
    alone = Change.objects.count()
    confirm(second, f"/admin/tracker/report/{waiting.pk}/review/change/", {})

    waiting.refresh_from_db()
    assert (waiting.proposes, alone) == (Proposes.CHANGE, before)
    assert waiting.state == ReportState.ACCEPTED
    entry = Change.objects.order_by("position")[before]
    assert (entry.origin, entry.by and entry.by.username) == ("report", "another")
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {AuditAction.FILED, AuditAction.ACCEPTED}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_change_by_its_own_author_is_refused(reviewer: Client, way: Callable[[Client], object]) -> None:
    before = Change.objects.count()
    way(reviewer)

    page = reviewer.post(
        f"/admin/tracker/report/{Report.objects.get().pk}/review/change/", {"save": "", "seen": "x" * 64}
    )

    assert "is your own: another reviewer has to accept it" in page.content.decode()
    assert Change.objects.count() == before


def test_new_act_becomes_reports_and_nothing_else(reviewer: Client) -> None:
    before = Change.objects.count()

    confirm(reviewer, "/admin/tracker/event/add/", THE_VOTE)

    assert Change.objects.count() == before
    assert {one.proposal["kind"] for one in Report.objects.all()} == {"chamber_vote", "consent"}


def test_act_that_was_filed_and_rejected_is_not_said_to_wait(reviewer: Client, second: Client) -> None:
    confirm(reviewer, "/admin/tracker/event/add/", THE_VOTE)
    for one in Report.objects.all():
        second.post(f"/admin/tracker/report/{one.pk}/reject/", {"reason": "No."})

    again = confirm(reviewer, "/admin/tracker/event/add/", THE_VOTE)

    assert "has been reviewed already: Rejected" in again.content.decode()


def test_checked_nothing_new_stays_one_click_of_one_person(reviewer: Client) -> None:
    from_one = Change.objects.count()

    reviewer.post("/admin/tracker/ratification/1/checked/")

    assert Change.objects.count() <= from_one + 1
    assert not Report.objects.exists()


@pytest.mark.parametrize("way", ["event", "rectification"])
def test_report_accepted_as_it_was_filed_is_the_work_of_two(reviewer: Client, way: str) -> None:
    one = report(NEW if way == "event" else OTHERWISE, by=account("contributor"))

    accept(reviewer, one, way, **({"reason": "The minutes."} if way == "rectification" else {}))

    one.refresh_from_db()
    assert one.state == ReportState.ACCEPTED


@pytest.mark.parametrize("way", ["source", "conflict"])
def test_report_accepted_beside_the_record_is_the_work_of_two(reviewer: Client, way: str) -> None:
    one = report(FINLAND if way == "source" else OTHERWISE, by=account("contributor"))

    accept(reviewer, one, way)

    one.refresh_from_db()
    assert one.state == ReportState.ACCEPTED


@pytest.mark.parametrize("way", ["event", "rectification"])
def test_report_that_the_reviewer_changes_waits_for_another(reviewer: Client, second: Client, way: str) -> None:
    one = report(NEW if way == "event" else OTHERWISE, by=account("contributor"))
    before = Change.objects.count()
    more: dict[str, Any] = {"votes_yes": "150", "reason": "I say so."}

    accept(reviewer, one, way, **more)
    alone = Change.objects.count(), Report.objects.get().amended_by
    own = reviewer.post(address(one, way), sent_by(reviewer.get(address(one, way))) | {"reason": "R", "preview": ""})
    accept(second, one, way, reason="As changed.")

    assert alone == (before, User.objects.get(username="a-reviewer"))
    assert "is your own" in own.content.decode()
    one.refresh_from_db()
    assert one.state == ReportState.ACCEPTED
    assert one.event is not None
    assert Event.objects.filter(key=one.event.key).latest("version").votes_yes == 150


def test_find_of_a_watch_that_a_person_completes_waits_for_another(reviewer: Client) -> None:
    one = report({name: value for name, value in NEW.items() if name not in {"title", "office"}})
    before = Change.objects.count()

    accept(reviewer, one, "event")

    assert Change.objects.count() == before
    assert Report.objects.get().amended_by is not None


def test_change_that_nobody_may_make_any_more_is_refused_with_the_reason(reviewer: Client, second: Client) -> None:
    WAYS["rectify a state"](reviewer)
    first = Report.objects.get()
    change(reviewer, at("rectify", Party.objects.get(pk="TUR")), capital="Nowhere", reason=SEEN)
    confirm(second, f"/admin/tracker/report/{first.pk}/review/change/", {})

    page = second.post(f"/admin/tracker/report/{Report.objects.latest('pk').pk}/review/change/", {"preview": ""})

    assert "was already put right by rectification" in page.content.decode()


def test_queue_and_its_pages_show_a_change_that_waits(reviewer: Client, second: Client) -> None:
    WAYS["take an event back"](reviewer)
    one = Report.objects.get()
    pages = ["/admin/", "/admin/tracker/report/", f"/admin/tracker/report/{one.pk}/change/"]

    shown = {page: second.get(page).content.decode() for page in pages}
    led = second.get(f"/admin/tracker/report/{one.pk}/review/")
    many = second.post("/admin/tracker/report/accept/", {"pk": [one.pk], "preview": ""}).content.decode()
    answers = [second.get(address(one, way)).status_code for way in ("event", "source", "conflict", "rectification")]

    title = escape(vote().title)
    assert {page: title in text for page, text in shown.items()} == dict.fromkeys(pages, True)
    assert led.headers["Location"] == f"/admin/tracker/report/{one.pk}/review/change/"
    assert "It changes what is on record." in many
    assert answers == [404] * 4


def test_report_of_an_event_has_no_page_for_a_change(reviewer: Client) -> None:
    assert reviewer.get(f"/admin/tracker/report/{report(NEW).pk}/review/change/").status_code == 404
