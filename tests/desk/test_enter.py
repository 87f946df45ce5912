"""Entering an act: what it will change is told before it does, and each refusal stands at its field."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.desk.conftest import LogIn
from tests.desk.drafts import SOURCE, THE_VOTE, confirm, draft, rows, sent_by
from tracker.domain.vocabulary import AuditAction
from tracker.models import AuditEntry, Change, Event, Ratification, Report
from tracker.models.facts_of_rows import event_fact

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ABOUT = "on the accession of Sweden (26 February 2024)"
ADD = "/admin/tracker/event/add/"


@pytest.fixture
def reviewer(february: None, log_in: LogIn) -> Client:
    return log_in("reviewer")


def complaints(page: Any) -> dict[str, list[str]]:
    """What the page complains of, by field."""
    found: dict[str, list[str]] = dict(page.context["parts"]["draft"].errors)
    for form in page.context["parts"]["citations"]:
        found.update(form.errors)
    if general := page.context["parts"]["citations"].non_form_errors():
        found["citations"] = list(general)
    return found


def lines(page: Any) -> list[str]:
    """What the preview says."""
    assert page.context["preview"], complaints(page)
    return list(page.context["preview"].lines)


def preview(client: Client, data: dict[str, Any]) -> HttpResponse:
    """The answer to a draft."""
    return client.post(ADD, data | {"preview": ""})  # type: ignore[return-value]


def test_preview_of_the_last_ally_says_in_words_what_will_happen_and_keeps_nothing(reviewer: Client) -> None:
    before = Change.objects.count()

    told = lines(preview(reviewer, THE_VOTE))

    assert told == [
        f"On record: National Assembly: completion of approval, {ABOUT}, as “se2024-hu-consent”.",
        f"On record: National Assembly: vote in plenary, {ABOUT}, as “se2024-hu-chamber-vote”.",
        "Hungary on Sweden: before parliament → approved (26 February 2024).",
        "Sweden: 30 → 31 of 31 approved.",
    ]
    assert Change.objects.count() == before
    assert not Event.objects.filter(key="se2024-hu-chamber-vote").exists()


def test_preview_when_the_host_is_known_fills_in_publisher_and_class(reviewer: Client) -> None:
    page = preview(reviewer, THE_VOTE)

    shown = sent_by(page)
    assert shown["citations-0-publisher"] == "National Assembly of Hungary"
    assert shown["citations-0-source_class"] == "parliament"
    assert (shown["actor"], shown["office"], shown["key"]) == ("Hungary", "National Assembly", "se2024-hu-chamber-vote")


def test_save_after_the_preview_records_vote_and_consent_together(reviewer: Client) -> None:
    before = Change.objects.count()

    answer = confirm(reviewer, ADD, THE_VOTE)

    vote = Event.objects.get(key="se2024-hu-chamber-vote")
    consent = Event.objects.get(key="se2024-hu-consent")
    assert answer.headers["Location"] == f"/admin/tracker/event/{vote.pk}/change/"
    assert (vote.votes_yes, vote.votes_no, consent.votes_yes) == (188, 6, None)
    assert vote.recorded_at == consent.recorded_at
    assert Ratification.objects.get(accession="SWE", ally="HUN").stage == "approved"
    assert Change.objects.count() == before + 3
    assert AuditEntry.objects.filter(action=AuditAction.RECORDED, subject=vote.key).exists()


def test_save_without_the_preview_shows_it_and_keeps_nothing(reviewer: Client) -> None:
    page = reviewer.post(ADD, THE_VOTE | {"save": ""})

    assert lines(page)
    assert not Event.objects.filter(key="se2024-hu-chamber-vote").exists()


def test_save_of_another_draft_than_the_previewed_one_shows_the_preview_again(reviewer: Client) -> None:
    page: Any = preview(reviewer, THE_VOTE)
    changed = sent_by(page) | {"votes_yes": "187", "save": "", "seen": page.context["preview"].digest}

    again = reviewer.post(ADD, changed)

    assert lines(again)
    assert not Event.objects.filter(key="se2024-hu-chamber-vote").exists()


def test_save_twice_refuses_the_key_the_second_time(reviewer: Client) -> None:
    page: Any = preview(reviewer, THE_VOTE)
    data = sent_by(page) | {"save": "", "seen": page.context["preview"].digest}
    reviewer.post(ADD, data)

    again = reviewer.post(ADD, data)

    assert "on record already" in complaints(again)["key"][0]
    assert Event.objects.filter(key="se2024-hu-chamber-vote").count() == 1


MINOR = {"minor": "on", "note": "A better source will follow."}


def test_save_as_minor_tells_nobody_and_keeps_the_public_note(reviewer: Client) -> None:
    confirm(reviewer, ADD, THE_VOTE | MINOR, **MINOR)

    entry = Change.objects.filter(event="se2024-hu-chamber-vote").get()
    assert (entry.notify, entry.note) == (False, "A better source will follow.")


REFUSED = {
    "no source": (THE_VOTE | rows("citations"), "citations", "has no source"),
    "unknown name": (THE_VOTE | {"actor": "Atlantis"}, "actor", "no state or organisation on record"),
    "not a date": (THE_VOTE | {"date": "26.02.2024"}, "date", "Write 2022-10-23"),
    "no such day": (THE_VOTE | {"date": "2024-02-30"}, "date", "that month has 29 days"),
    "too early": (THE_VOTE | {"date": "1990-01-01"}, "date", "cannot be"),
    "no part in it": (THE_VOTE | {"actor": "Ukraine", "office": "Rada"}, "actor", "no ratification Sweden/Ukraine"),
    "too many votes": (THE_VOTE | {"votes_yes": "288"}, "votes_yes", "more than the 199 seats"),
    "too many votes then": (
        draft(
            accession="Turkey", actor="United Kingdom", kind="chamber_vote", date="1952-01-30",
            office="House of Commons", votes_yes="626",
        ),
        "votes_yes", "more than the 625 seats of the House of Commons on that day",
    ),
    "against without for": (THE_VOTE | {"votes_yes": ""}, "votes_yes", "begins with the votes for"),
    "votes on no vote": (THE_VOTE | {"kind": "assented", "completes": ""}, "votes_yes", "is not a vote"),
    "kind of another": (THE_VOTE | {"kind": "invitation", "completes": ""}, "kind", "nothing that Hungary can"),
    "completes with a lost vote": (THE_VOTE | {"votes_yes": "6", "votes_no": "188"}, "completes", "completes nothing"),
    "completes with a tie": (THE_VOTE | {"votes_yes": "97", "votes_no": "97"}, "completes", "completes nothing"),
    "short address": (draft({**SOURCE, "url": "https://t.co/x"}), "url", "shortens addresses"),
    "archive that tells nothing": (draft({**SOURCE, "url": "https://perma.cc/ABCD-1234"}), "url", "archives pages"),
    "completes without a vote": (THE_VOTE | {"kind": "laid", "votes_yes": ""}, "completes", "Only a vote"),
    "which chamber": (THE_VOTE | {"actor": "Italy"}, "office", "Say which chamber voted: "),
    "organisation accedes": (THE_VOTE | {"accession": "NATO"}, "accession", "cannot accede"),
    "key with spaces": (THE_VOTE | {"key": "The Vote"}, "key", "small letters and digits"),
    "key taken": (THE_VOTE | {"key": "se2022-hu-submitted"}, "key", "on record already"),
    "negative votes": (THE_VOTE | {"votes_no": "-1"}, "votes_no", "greater than or equal to 0"),
    "address of a script": (draft({**SOURCE, "url": "javascript:alert(1)"}), "url", "beginning with https"),
    "host nobody knows": (draft({**SOURCE, "url": "https://example.org/x"}), "publisher", "We do not know the host"),
    "published on no day": (draft(SOURCE | {"published": "yesterday"}), "published", "not a date"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "field", "said"), REFUSED.values(), ids=REFUSED)
def test_refusal_stands_at_its_field_and_nothing_has_moved(
    reviewer: Client, data: dict[str, Any], field: str, said: str
) -> None:
    before = Change.objects.count()

    page = reviewer.post(ADD, data | {"save": ""})

    assert page.status_code == 200
    assert said in " ".join(complaints(page)[field])
    assert Change.objects.count() == before


ACT = {"votes_yes": "", "votes_no": "", "completes": ""}
DOUBTED = {
    "weekend": (THE_VOTE | {"date": "2024-02-25"}, "is a Sunday"),
    "future": (THE_VOTE | {"date": "2099-02-26"}, "lies ahead"),
    "before the signature": (THE_VOTE | {"date": "2022-06-07"}, "The protocol was signed only on 2022-07-05"),
    "deposit without consent": (THE_VOTE | ACT | {"kind": "deposited"}, "“Completion of approval” usually comes first"),
    "before the submission": (THE_VOTE | ACT | {"date": "2022-07-07", "kind": "consent"}, "usually comes first"),
    "a second one": (THE_VOTE | ACT | {"kind": "submitted", "date": "2023-01-05"}, "is on record for"),
    "a tie": (THE_VOTE | {"votes_yes": "97", "votes_no": "97", "completes": ""}, "The vote is a tie, 97 to 97"),
    "a lost vote": (THE_VOTE | {"votes_yes": "6", "votes_no": "188", "completes": ""}, "The vote was lost"),
    "in force without a deposit": (
        draft(accession="Sweden", actor="NATO", kind="protocol_in_force", date="2024-02-25"),
        "Not approved, as far as the record knows: Hungary. No deposit is on record of Albania, ",
    ),
    "signed twice": (
        draft(accession="Sweden", actor="NATO", kind="protocol_signed", date="2022-07-06"),
        "“Signature of the protocol” is on record for 2022-07-05 already",
    ),
    "a member before the protocol is in force": (
        draft(accession="Sweden", actor="Sweden", kind="acceded", date="2024-02-25"),
        "“Entry into force of the protocol” comes first, and is not on record",
    ),
    "invited after the signature": (
        draft(accession="Sweden", actor="NATO", kind="invitation", date="2022-07-10"),
        "“Signature of the protocol” comes later, and is on record for 2022-07-05",
    ),
    "withdrawn": (
        draft(accession="Sweden", actor="Sweden", kind="withdrawn", date="2024-02-25"),
        "It ends the accession of Sweden",
    ),
    "above a size that is not of that day": (
        draft(
            accession="Turkey", actor="Netherlands", kind="chamber_vote", date="1952-01-30",
            office="House of Representatives", votes_yes="101",
        ),
        "101 votes are more than the 100 seats on record for the House of Representatives",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "said"), DOUBTED.values(), ids=DOUBTED)
def test_doubt_has_to_be_confirmed_with_a_reason(reviewer: Client, data: dict[str, Any], said: str) -> None:
    page: Any = preview(reviewer, data)
    warnings = " ".join(doubt.text for doubt in page.context["preview"].warnings)
    agreed = sent_by(page) | {"save": "", "seen": page.context["preview"].digest}

    unconfirmed: Any = reviewer.post(ADD, agreed)
    confirmed = reviewer.post(ADD, agreed | {"because": "The gazette says so."})

    assert said in warnings
    assert "because" in unconfirmed.context["saving"].errors
    assert confirmed.status_code == 302
    assert AuditEntry.objects.filter(detail__because="The gazette says so.").exists()


def test_contributor_files_what_a_reviewer_records(february: None, log_in: LogIn) -> None:
    before = Change.objects.count()

    answer = confirm(log_in("contributor"), ADD, THE_VOTE)

    assert answer.headers["Location"] == "/admin/tracker/report/"
    assert [report.proposal["kind"] for report in Report.objects.open().order_by("pk")] == ["chamber_vote", "consent"]
    assert Change.objects.count() == before


def test_reviewer_when_two_pairs_of_eyes_are_required_files_a_report(reviewer: Client, settings: Any) -> None:
    settings.TWO_PAIRS_OF_EYES = True

    confirm(reviewer, ADD, THE_VOTE)

    assert Report.objects.open().count() == 2
    assert not Event.objects.filter(key="se2024-hu-chamber-vote").exists()


ASKED = {
    "asked_question": "Do you agree?",
    "asked_yes": "637882",
    "asked_no": "327463",
    "asked_electorate": "1613321",
    "asked_turnout": "60.4 %",
    "asked_threshold": "A majority of those voting.",
    "asked_valid": "yes",
    "asked_binding": "no",
}


def test_a_referendum_is_entered_put_right_and_shown_to_readers(reviewer: Client) -> None:
    fields = draft(accession="UKR", actor="UKR", kind="referendum", date="2024-02-11", key="asked-then", **ASKED)
    confirm(reviewer, "/admin/tracker/event/add/", fields, because="Read twice.")
    entered = Event.objects.standing().get(key="asked-then")

    page = f"/admin/tracker/event/{entered.pk}/rectify/"
    sent = sent_by(reviewer.get(page)) | {"asked_valid": "no", "reason": "The turnout was too low."}
    confirm(reviewer, page, sent, reason="The turnout was too low.")

    told = event_fact(Event.objects.standing().get(key="asked-then")).referendum
    assert told is not None
    assert (told.question, told.yes, told.electorate) == ("Do you agree?", 637882, 1613321)
    assert (told.turnout, told.valid, told.binding) == ("60.4 %", False, False)
    shown = reviewer.get("/events/asked-then/").content.decode()
    for words in ("Do you agree?", "637,882", "60.4 %", "not valid", "consultative"):
        assert words in shown


def test_a_place_in_the_count_is_entered_and_shown(reviewer: Client) -> None:
    fields = draft(accession="SWE", actor="NOR", kind="deposited", date="2022-07-06", key="third", ordinal="3 / 30")
    confirm(reviewer, "/admin/tracker/event/add/", fields, because="Read twice.")

    told = event_fact(Event.objects.standing().get(key="third")).ordinal
    assert told is not None
    assert (told.number, told.of) == (3, 30)
    assert "3 / 30" in reviewer.get("/events/third/").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ordinal": "third"}, "Write the place as 19/30"),
        ({"ordinal": "31/30"}, "lies between the first and the last"),
        ({"ordinal": "3", "kind": "statement"}, "Only acts by which an ally comes further are counted"),
        ({"asked_turnout": "60 %"}, "What the people were asked is told of a referendum"),
    ],
)
def test_a_place_or_an_answer_that_cannot_be_is_refused(reviewer: Client, given: dict[str, str], said: str) -> None:
    fields = draft(accession="SWE", actor="NOR", kind="deposited", date="2022-07-06") | given

    page = reviewer.post("/admin/tracker/event/add/", fields | {"preview": ""})

    assert said in page.content.decode()
