"""One mistake is doubted in one way, whichever way it comes: typed, reported, with others, imported, by a program."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.conftest import LogIn
from tests.desk.drafts import draft, sent_by
from tests.desk.test_review import ACCEPT, NEW, address, report
from tracker.actions import issue_token
from tracker.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

IN_FORCE = NEW | {
    "key": "se2024-in-force",
    "actor": "NATO",
    "kind": "protocol_in_force",
    "date": "2024-02-25",
    "office": "",
    "votes": None,
    "title": "Sweden’s protocol enters into force",
}
TIE = NEW | {"votes": {"yes": 97, "no": 97}}
LOST = NEW | {"votes": {"yes": 6, "no": 188}}
SUNDAY = NEW | {"date": "2024-02-25"}
AHEAD = NEW | {"date": "2099-02-26"}
UNSIGNED = NEW | {"date": "2022-06-07"}
DEPOSIT = NEW | {"kind": "deposited", "date": "2024-02-23", "office": "", "votes": None}
MEMBER = IN_FORCE | {"actor": "SWE", "kind": "acceded"}
WITHDRAWN = IN_FORCE | {"actor": "SWE", "kind": "withdrawn"}
VOTE = {"actor": "Hungary", "kind": "chamber_vote", "date": "2024-02-26", "votes_yes": "188", "votes_no": "6"}
DOUBTED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "everything at once": (
        IN_FORCE,
        {"actor": "NATO", "kind": "protocol_in_force", "date": "2024-02-25"},
        "Not approved, as far as the record knows: Hungary.",
    ),
    "a vote": (
        TIE,
        VOTE | {"votes_yes": "97", "votes_no": "97"},
        "The vote is a tie, 97 to 97.",
    ),
    "a lost vote": (
        LOST,
        VOTE | {"votes_yes": "6", "votes_no": "188"},
        "The vote was lost, as it is told: it moves no stage.",
    ),
    "a weekend": (SUNDAY, VOTE | {"date": "2024-02-25"}, "is a Sunday: parliaments rarely vote then."),
    "a day ahead": (
        AHEAD,
        VOTE | {"date": "2099-02-26"},
        "lies ahead: it goes on record as planned, and counts for nothing.",
    ),
    "before the signature": (UNSIGNED, VOTE | {"date": "2022-06-07"}, "The protocol was signed only on 2022-07-05."),
    "a deposit without consent": (
        DEPOSIT,
        {"actor": "Hungary", "kind": "deposited", "date": "2024-02-23"},
        "“Completion of approval” usually comes first, and is not on record.",
    ),
    "a turn too early": (
        MEMBER,
        {"actor": "Sweden", "kind": "acceded", "date": "2024-02-25"},
        "“Entry into force of the protocol” comes first, and is not on record.",
    ),
    "a withdrawal": (
        WITHDRAWN,
        {"actor": "Sweden", "kind": "withdrawn", "date": "2024-02-25"},
        "no ally’s act after it is expected.",
    ),
}


@pytest.fixture
def reviewer(february: None, log_in: LogIn) -> Client:
    return log_in("reviewer")


def typed(client: Client, proposal: dict[str, Any], fields: dict[str, Any]) -> str:
    """What the form says, where the fact is entered."""
    page = client.post("/admin/tracker/event/add/", draft(accession="Sweden", **fields) | {"preview": ""})
    return page.content.decode()


def reported(client: Client, proposal: dict[str, Any], fields: dict[str, Any]) -> str:
    """What the page of one report says."""
    page = address(report(proposal), "event")
    return client.post(page, sent_by(client.get(page)) | {"preview": ""}).content.decode()


def with_others(client: Client, proposal: dict[str, Any], fields: dict[str, Any]) -> str:
    """What the page says that accepts many at once; it leaves the doubtful ones."""
    return client.post(ACCEPT, {"pk": [report(proposal).pk], "preview": ""}).content.decode()


def imported(client: Client, proposal: dict[str, Any], fields: dict[str, Any]) -> str:
    """What is said of the row of a file."""
    file = SimpleUploadedFile("events.jsonl", json.dumps(proposal).encode())
    return client.post("/admin/tracker/event/import/", {"file": file}, follow=True).content.decode()


def sent_by_a_program(client: Client, proposal: dict[str, Any], fields: dict[str, Any]) -> str:
    """What the API answers to a report."""
    bearer = f"Bearer {issue_token(owner=User.objects.create_user('program'), name='tests')[1]}"
    body = json.dumps({"event": {name: value for name, value in proposal.items() if value is not None}})
    answer = client.post("/api/v1/reports/", body, "application/json", headers={"Authorization": bearer})
    return "\n".join(answer.json()["data"]["doubts"])


@pytest.mark.parametrize(
    "way", [typed, reported, with_others, imported, sent_by_a_program], ids=lambda way: str(way.__name__)
)
@pytest.mark.parametrize(("proposal", "fields", "doubt"), DOUBTED.values(), ids=DOUBTED)
def test_the_same_doubt_is_told(
    reviewer: Client, way: Any, proposal: dict[str, Any], fields: dict[str, Any], doubt: str
) -> None:
    assert doubt in way(reviewer, proposal, fields)
    assert not Event.objects.filter(key=proposal["key"]).exists()
