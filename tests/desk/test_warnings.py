"""One mistake is doubted in one way, whichever way it comes: typed, reported, accepted with others, or imported."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.conftest import LogIn
from tests.desk.drafts import draft, sent_by
from tests.desk.test_review import ACCEPT, NEW, address, report
from tracker.models import Event

pytestmark = pytest.mark.django_db

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
DOUBTED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "everything at once": (
        IN_FORCE,
        {"actor": "NATO", "kind": "protocol_in_force", "date": "2024-02-25"},
        "Not approved, as far as the record knows: Hungary.",
    ),
    "a vote": (
        TIE,
        {"actor": "Hungary", "kind": "chamber_vote", "date": "2024-02-26", "votes_yes": "97", "votes_no": "97"},
        "The vote is a tie, 97 to 97.",
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


@pytest.mark.parametrize("way", [typed, reported, with_others, imported], ids=lambda way: str(way.__name__))
@pytest.mark.parametrize(("proposal", "fields", "doubt"), DOUBTED.values(), ids=DOUBTED)
def test_the_same_doubt_is_told(
    reviewer: Client, way: Any, proposal: dict[str, Any], fields: dict[str, Any], doubt: str
) -> None:
    assert doubt in way(reviewer, proposal, fields)
    assert not Event.objects.filter(key=proposal["key"]).exists()
