"""What is asked before a fact of each kind goes public: for every kind one mistake, and the question that it meets.

The table is the one of docs/desk.md; the facts stand on Sweden as of 25 February 2024, the day before Hungary's vote.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tracker.actions import refusals_of, warnings_about
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import EventKind
from tracker.readmodel.record import Record, current_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY = date(2024, 2, 25)
AHEAD = {"date": "2024-03-20"}
SOURCE = {"url": "https://example.org/", "title": "T", "publisher": "P", "class": "media"}
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "desk.md"

SECOND = "is on record for"
FIRST = "comes first, and is not on record"
LATER = "comes later, and is on record for"
PLANNED = "lies ahead"
# Kind → who acts, what else is typed, and what is asked.
ASKED: dict[str, tuple[str, dict[str, Any], str]] = {
    "partnership_joined": ("SWE", AHEAD, PLANNED),
    "partnership_left": ("SWE", {"accession": "UKR", "actor": "UKR", "date": "1990-01-01"}, "comes first"),
    "dialogue_requested": ("SWE", AHEAD, PLANNED),
    "intensified_dialogue": ("SWE", {}, FIRST),
    "map_requested": ("SWE", AHEAD, PLANNED),
    "map_granted": ("SWE", {}, FIRST),
    "application": ("SWE", {"date": "2023-05-01"}, "Invitation"),
    "invitation": ("NATO", {"date": "2022-07-10"}, LATER),
    "accession_talks": ("NATO", {"date": "2022-05-01"}, "usually comes first, and is on record"),
    "letter_of_intent": ("SWE", {"date": "2022-05-01"}, "usually comes first, and is on record"),
    "protocol_signed": ("NATO", {"date": "2022-07-06"}, SECOND),
    "opinion": ("HUN", {"date": "2022-06-20"}, "The protocol was signed only on 2022-07-05"),
    "submitted": ("HUN", {"date": "2023-01-05"}, SECOND),
    "laid": ("GBR", {"date": "2022-07-07"}, SECOND),
    "referred": ("HUN", {"date": "2022-06-20"}, "The protocol was signed only on"),
    "committee_report": ("HUN", {"date": "2022-06-20"}, "The protocol was signed only on"),
    "committee_vote": ("HUN", {"date": "2024-02-25"}, "is a Sunday"),
    "chamber_vote": ("HUN", {"office": "National Assembly", "votes": {"yes": 6, "no": 188}}, "The vote was lost"),
    "executive_approval": ("HUN", {"date": "2022-06-20"}, "The protocol was signed only on"),
    "consent": ("HUN", {"date": "2022-07-07"}, "usually comes first, and is on record"),
    "assented": ("HUN", {"date": "2024-02-23"}, "usually comes first, and is not on record"),
    "published": ("HUN", {"date": "2022-06-20"}, "The protocol was signed only on"),
    "ratified": ("HUN", {"date": "2022-06-20"}, "The protocol was signed only on"),
    "deposited": ("HUN", {"date": "2024-02-23"}, "usually comes first, and is not on record"),
    "recalled": ("HUN", {"date": "2022-06-20"}, "The protocol was signed only on"),
    "reservation": ("HUN", {"date": "2022-06-20"}, "The protocol was signed only on"),
    "referendum": ("SWE", AHEAD, PLANNED),
    "protocol_in_force": ("NATO", {"date": "2024-02-23"}, "Not approved, as far as the record knows: Hungary"),
    "invitation_letter": ("NATO", {}, FIRST),
    "applicant_vote": ("SWE", {"date": "2024-02-24"}, "is a Saturday"),
    "applicant_ratified": ("SWE", {"date": "2022-06-20"}, "usually comes first, and is on record"),
    "applicant_assented": ("SWE", {"date": "2022-06-20"}, "usually comes first, and is on record"),
    "applicant_published": ("SWE", {"date": "2022-06-20"}, "usually comes first, and is on record"),
    "applicant_deposited": ("SWE", {}, FIRST),
    "acceded": ("SWE", {"date": "2024-02-23"}, FIRST),
    "flag_raised": ("SWE", {}, FIRST),
    "withdrawn": ("SWE", {"date": "2024-02-23"}, "It ends the accession of"),
    "structure_left": ("SWE", AHEAD, PLANNED),
    "structure_rejoined": ("SWE", AHEAD, PLANNED),
    "plan_postponed": ("HUN", AHEAD, PLANNED),
    "plan_cancelled": ("HUN", AHEAD, PLANNED),
    "statement": ("HUN", AHEAD, PLANNED),
    "meeting": ("HUN", AHEAD, PLANNED),
    "call": ("HUN", AHEAD, PLANNED),
    "agreement_signed": ("HUN", AHEAD, PLANNED),
    "objection": ("HUN", AHEAD, PLANNED),
    "condition_raised": ("HUN", AHEAD, PLANNED),
    "appointment": ("HUN", AHEAD, PLANNED),
    "other": ("HUN", AHEAD, PLANNED),
}  # fmt: skip


def test_table_names_every_kind() -> None:
    assert set(ASKED) == {kind.value for kind in EventKind}


@pytest.mark.parametrize("kind", ASKED)
def test_mistake_of_each_kind_meets_its_question(kind: str) -> None:
    actor, more, asked = ASKED[kind]
    told = {
        "key": "x",
        "confidence": "high",
        "accession": "SWE",
        "actor": actor,
        "kind": kind,
        "date": "2024-02-23",
        "title": "T",
    }
    fact = EventFact.model_validate({**told, "sources": [SOURCE], **more})

    doubts = warnings_about(fact, Record(current_edition()), TODAY)

    texts = [one.text for one in doubts] + [str(one) for one in refusals_of([fact]).values()]
    assert any(asked in text for text in texts), texts


def test_document_lists_what_is_asked_of_each_kind() -> None:
    rows = [line.split("|")[1].strip() for line in DOCUMENT.read_text().splitlines() if line.startswith("| `")]

    assert set(ASKED) <= {name.strip("`") for row in rows for name in row.split(", ")}
