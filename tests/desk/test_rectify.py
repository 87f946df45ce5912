"""Mistakes put right from the event itself, claims and commitments, and the click that says nothing is new."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.desk.conftest import LogIn
from tests.desk.drafts import SOURCE, confirm, rows, sent_by
from tracker.domain.vocabulary import AuditAction
from tracker.models import Assessment, AuditEntry, Change, Commitment, Event, Ratification, Rectification, Report
from tracker.readmodel import open_newest
from tracker.readmodel.ratifications import last_check
from tracker.readmodel.record import current_edition

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VOTE = "fi2022-hu-chamber-vote-orszaggyules"


@pytest.fixture
def reviewer(february: None, log_in: LogIn) -> Client:
    return log_in("reviewer")


def at(name: str, row: Any) -> str:
    """The address of a page about that row."""
    return f"/admin/tracker/{row._meta.model_name}/{row.pk}/{name}/"


def standing(key: str) -> Event:
    """The event as we tell it now."""
    return Event.objects.standing().get(key=key)


def test_rectify_replaces_the_event_in_the_open(reviewer: Client) -> None:
    event = standing(VOTE)
    filled = sent_by(reviewer.get(at("rectify", event)))
    change = {"date": "2023-03-28", "reason": "The minutes say so.", "reported_by": "A reader"}

    confirm(reviewer, at("rectify", event), filled | change, **change)

    found = Rectification.objects.get(event=event)
    assert (found.reason, found.reported_by) == ("The minutes say so.", "A reader")
    assert str(standing(VOTE).occurred) == "2023-03-28"
    assert standing(VOTE).citations.count() == event.citations.count()
    assert Change.objects.get(position=found.position).type == "event.rectified"


def test_rectify_says_beforehand_what_it_will_change(reviewer: Client) -> None:
    event = standing(VOTE)
    filled = sent_by(reviewer.get(at("rectify", event)))

    page: Any = reviewer.post(
        at("rectify", event), filled | {"date": "2023-03-28", "reason": "Minutes.", "preview": ""}
    )

    assert f"of “{VOTE}”: date: 2023-03-27 → 2023-03-28." in page.context["preview"].lines[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": "Because."}, "says the same as the record"),
        ({"date": "2023-03-28"}, "This field is required"),
        ({"date": "2023-03-28", "reason": "Because.", "votes_yes": "300"}, "more than the 199 seats"),
    ],
)
def test_rectify_refuses_at_its_field_and_nothing_has_moved(reviewer: Client, change: Any, said: str) -> None:
    event = standing(VOTE)
    filled = sent_by(reviewer.get(at("rectify", event)))

    page = reviewer.post(at("rectify", event), filled | change | {"save": ""})

    assert said in page.content.decode()
    assert not Rectification.objects.filter(event=event).exists()


def test_rectify_when_another_was_first_is_refused(reviewer: Client) -> None:
    event = standing(VOTE)
    filled = sent_by(reviewer.get(at("rectify", event)))
    first = {"date": "2023-03-28", "reason": "Minutes."}
    confirm(reviewer, at("rectify", event), filled | first, **first)

    page = reviewer.post(at("rectify", event), filled | first | {"date": "2023-03-29", "preview": ""})

    assert "was already put right by rectification" in page.content.decode()


def test_rectify_when_two_pairs_of_eyes_are_required_waits_for_a_reviewer(reviewer: Client, settings: Any) -> None:
    settings.TWO_PAIRS_OF_EYES = True
    event = standing(VOTE)
    filled = sent_by(reviewer.get(at("rectify", event)))
    change = {"date": "2023-03-28", "reason": "Minutes."}

    confirm(reviewer, at("rectify", event), filled | change, **change)

    assert Report.objects.get().message == "Minutes."
    assert str(standing(VOTE).occurred) == "2023-03-27"


def test_retract_leaves_nothing_in_its_place(reviewer: Client) -> None:
    event = standing(VOTE)

    confirm(reviewer, at("retract", event), {"reason": "It was a rumour."}, reason="It was a rumour.")

    assert Rectification.objects.get(event=event).now is None
    assert not Event.objects.standing().filter(key=VOTE).exists()


def test_add_a_source_cites_it(reviewer: Client) -> None:
    event = standing(VOTE)

    confirm(reviewer, at("source", event), rows("citations", SOURCE))

    assert event.citations.filter(url=SOURCE["url"]).exists()


def test_add_a_source_without_one_is_refused(reviewer: Client) -> None:
    page = reviewer.post(at("source", standing(VOTE)), rows("citations") | {"preview": ""})

    assert "has no source" in page.content.decode()


def test_checked_is_one_click_and_is_logged(reviewer: Client) -> None:
    row = Ratification.objects.get(accession="SWE", ally="HUN")

    answer = reviewer.post(at("checked", row), {"next": "/admin/"})

    row.refresh_from_db()
    assert answer.headers["Location"] == "/admin/"
    assert row.last_checked_at is not None
    assert Change.objects.latest("position").type == "source.checked"


def test_check_that_was_a_mistake_is_taken_back_in_the_open_and_the_one_before_it_holds(reviewer: Client) -> None:
    row = Ratification.objects.get(accession="SWE", ally="HUN")
    for _ in range(2):
        reviewer.post(at("checked", row), {"next": "/admin/"})
    first, second = Change.objects.filter(type="source.checked", ally="HUN").order_by("position")
    page = reviewer.get(at("change", row)).content.decode()
    undo = f"/admin/tracker/ratification/{row.pk}/checked/{second.position}/"

    silent = reviewer.post(undo, {"reason": " "})
    between = current_edition()
    done = reviewer.post(undo, {"reason": "Another ally was meant."})

    entry = Change.objects.latest("position")
    row.refresh_from_db()
    assert undo in page
    assert (silent.status_code, between) == (200, second.position)
    assert done.headers["Location"] == at("change", row)
    assert (entry.type, entry.payload["retracted"], entry.notify) == ("check.retracted", second.position, False)
    assert entry.payload["reason"] == "Another ally was meant."
    assert row.last_checked_at == first.recorded_at
    assert last_check(open_newest(), "SWE", "HUN", date.max) == first.recorded_at
    assert AuditEntry.objects.latest("pk").action == AuditAction.UNCHECKED


def test_check_is_taken_back_once_and_the_last_one_leaves_none(reviewer: Client) -> None:
    row = Ratification.objects.get(accession="SWE", ally="HUN")
    reviewer.post(at("checked", row), {"next": "/admin/"})
    undo = f"/admin/tracker/ratification/{row.pk}/checked/{current_edition()}/"
    reviewer.post(undo, {"reason": "A slip."})
    edition = current_edition()

    again = reviewer.post(undo, {"reason": "A slip."})

    row.refresh_from_db()
    assert row.last_checked_at is None
    assert last_check(open_newest(), "SWE", "HUN", date.max) is None
    assert (again.status_code, current_edition()) == (302, edition)


CLAIM = {"by": "Türkiye", "status": "disputed", "basis": "stated", "date": "2024-02-01", "note": "Not enough."}


def test_claim_goes_on_record_under_its_partys_name(reviewer: Client) -> None:
    commitment = Commitment.objects.order_by("pk")[0]

    before = Assessment.objects.count()

    # Nobody is on record as having said so: that is asked about first.
    asked = confirm(reviewer, at("claim", commitment), CLAIM | rows("citations", SOURCE))
    silent = Assessment.objects.count()
    confirm(reviewer, at("claim", commitment), CLAIM | rows("citations", SOURCE), because="No name is given.")

    assert ("because" in asked.context["saving"].errors, silent) == (True, before)
    claim = Assessment.objects.latest("recorded")
    assert (claim.commitment_id, claim.by_id, claim.status) == (commitment.pk, "TUR", "disputed")


def test_claim_without_a_source_is_refused(reviewer: Client) -> None:
    commitment = Commitment.objects.order_by("pk")[0]

    page = reviewer.post(at("claim", commitment), CLAIM | rows("citations") | {"save": ""})

    assert "has no source" in page.content.decode()


def test_claim_can_be_put_right_and_taken_back(reviewer: Client) -> None:
    first = Assessment.objects.order_by("recorded")[0]
    filled = sent_by(reviewer.get(at("rectify", first)))
    change = {"note": "In other words.", "reason": "Misquoted."}
    if not first.citations.exists():
        filled |= rows("citations", SOURCE)
    confirm(reviewer, at("rectify", first), filled | change, **change)
    second = Assessment.objects.get(key=first.key, version=2)

    confirm(reviewer, at("retract", second), {"reason": "Never said."}, reason="Never said.")

    assert second.note == "In other words."
    assert Rectification.objects.get(assessment=second).now is None


COMMITMENT = {
    "title": "Sweden is to do this",
    "kind": "condition",
    "category": "other",
    "accession": "Sverige",
    "asked_by": "Hungary",
    "owed_by": "Sweden",
    "text": "A speech",
    "text_date": "2024-02-01",
}


def test_commitment_goes_on_record_without_any_verdict(reviewer: Client) -> None:
    confirm(reviewer, "/admin/tracker/commitment/add/", COMMITMENT | rows("citations", SOURCE))

    commitment = Commitment.objects.get(key="se-sweden-is-to-do-this")
    assert sorted(commitment.parties.values_list("party", "role")) == [("HUN", "asks"), ("SWE", "owes")]
    assert not commitment.assessments.exists()


def test_promise_can_be_of_ones_own_accord_and_a_condition_is_somebodys(reviewer: Client) -> None:
    unasked = COMMITMENT | {"asked_by": ""} | rows("citations", SOURCE)

    refused = reviewer.post("/admin/tracker/commitment/add/", unasked | {"preview": ""})
    confirm(reviewer, "/admin/tracker/commitment/add/", unasked | {"kind": "commitment"})

    assert "A condition is always somebody’s: say who asks." in refused.content.decode()
    commitment = Commitment.objects.get(key="se-sweden-is-to-do-this")
    assert list(commitment.parties.values_list("party", "role")) == [("SWE", "owes")]
