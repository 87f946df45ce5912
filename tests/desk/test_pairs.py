"""What was made together is put right, taken back and sourced together; and commitments can be taken back."""

from typing import Any

import pytest
from django.test import Client

from tests.desk.conftest import LogIn
from tests.desk.drafts import THE_VOTE, confirm, draft, rows, sent_by
from tests.desk.test_enter import ADD
from tests.desk.test_rectify import at, standing
from tracker.actions import log_transaction, record_assessments
from tracker.domain.exceptions import AlreadyRectified
from tracker.models import Assessment, Commitment, Event, Rectification, Report
from tracker.models.facts_of_rows import assessment_fact
from tracker.readmodel import open_newest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VOTE, CONSENT = "se2024-hu-chamber-vote", "se2024-hu-consent"
REASON = {"reason": "The minutes have the 27th."}


@pytest.fixture
def reviewer(february: None, log_in: LogIn) -> Client:
    client = log_in("reviewer")
    confirm(client, ADD, THE_VOTE)
    return client


def filled(client: Client, name: str, key: str) -> dict[str, Any]:
    """What the browser sends from the page as it is first shown."""
    return sent_by(client.get(at(name, standing(key))))


@pytest.mark.parametrize("key", [VOTE, CONSENT])
def test_day_of_one_is_put_right_in_both(reviewer: Client, key: str) -> None:
    data = filled(reviewer, "rectify", key) | {"date": "2024-02-27", **REASON}

    page: Any = reviewer.post(at("rectify", standing(key)), data | {"preview": ""})
    told = page.context["preview"].lines
    confirm(reviewer, at("rectify", standing(key)), data)

    assert any(VOTE in line for line in told)
    assert any(CONSENT in line for line in told)
    assert {str(standing(one).occurred) for one in (VOTE, CONSENT)} == {"2024-02-27"}
    assert {one.reason for one in Rectification.objects.filter(key__in=[VOTE, CONSENT])} == {REASON["reason"]}


def test_one_that_is_left_behind_is_doubted(reviewer: Client) -> None:
    data = filled(reviewer, "rectify", VOTE) | {"date": "2024-02-27", **REASON}
    del data["pair-together"]

    page: Any = reviewer.post(at("rectify", standing(VOTE)), data | {"preview": ""})

    assert any("was made with it and stays at 2024-02-26" in one.text for one in page.context["preview"].warnings)


def test_what_only_the_vote_says_leaves_the_consent_alone(reviewer: Client) -> None:
    data = filled(reviewer, "rectify", VOTE) | {"votes_no": "7", **REASON}

    confirm(reviewer, at("rectify", standing(VOTE)), data)

    assert (standing(VOTE).votes_no, standing(CONSENT).version) == (7, 1)


def test_both_are_taken_back_together(reviewer: Client) -> None:
    data = filled(reviewer, "retract", VOTE) | REASON

    confirm(reviewer, at("retract", standing(VOTE)), data)

    assert not Event.objects.standing().filter(key__in=[VOTE, CONSENT]).exists()


def test_further_source_is_cited_for_both(reviewer: Client) -> None:
    source = {"url": "https://www.reuters.com/hungary", "title": "Hungary approves"}
    data = filled(reviewer, "source", CONSENT) | rows("citations", source)

    confirm(reviewer, at("source", standing(CONSENT)), data)

    assert [standing(key).citations.count() for key in (VOTE, CONSENT)] == [2, 2]


def test_both_wait_as_one_change_where_two_pairs_of_eyes_are_required(
    reviewer: Client, log_in: LogIn, settings: Any
) -> None:
    settings.TWO_PAIRS_OF_EYES = True
    confirm(
        reviewer, at("rectify", standing(VOTE)), filled(reviewer, "rectify", VOTE) | {"date": "2024-02-27", **REASON}
    )
    waiting = Report.objects.open().get()

    confirm(log_in("superuser"), f"/admin/tracker/report/{waiting.pk}/review/change/", {})

    assert {str(standing(one).occurred) for one in (VOTE, CONSENT)} == {"2024-02-27"}


def test_vote_of_another_day_is_no_pair(reviewer: Client) -> None:
    second = draft(accession="Sweden", actor="Hungary", kind="chamber_vote", date="2024-03-05", votes_yes="100")
    confirm(reviewer, ADD, second, because="A second reading.")

    assert "pair-together" not in filled(reviewer, "rectify", f"{VOTE}-2")


def test_commitment_is_taken_back_with_the_claims_on_it(reviewer: Client) -> None:
    commitment = Commitment.objects.filter(assessments__isnull=False).order_by("pk")[0]
    page = sent_by(reviewer.get(at("retract", commitment)))

    confirm(reviewer, at("retract", commitment), page | {"reason": "Nobody asked for it."})

    edition = open_newest()
    assert commitment.key not in edition.state.commitments
    assert not Assessment.objects.filter(commitment=commitment, rectification__isnull=True).exists()
    assert Rectification.objects.get(subject="commitment", key=commitment.key).retracts
    assert reviewer.get(f"/commitments/{commitment.key}/").status_code in {200, 404, 410}
    assert reviewer.get("/rectifications/").status_code == 200
    assert "retract" not in reviewer.get(f"/admin/tracker/commitment/{commitment.pk}/change/").content.decode()


def test_commitment_that_was_taken_back_takes_no_claim_and_no_second_retraction(reviewer: Client) -> None:
    claim = Assessment.objects.filter(rectification__isnull=True).with_parts().order_by("pk")[0]
    commitment = claim.commitment
    page = sent_by(reviewer.get(at("retract", commitment)))
    confirm(reviewer, at("retract", commitment), page | {"reason": "Nobody asked for it."})

    again: Any = reviewer.post(at("retract", commitment), page | {"reason": "Once more.", "preview": ""})
    new = assessment_fact(claim).model_copy(update={"key": "another"})

    assert "was already put right" in again.content.decode()
    with pytest.raises(AlreadyRectified), log_transaction() as log:
        record_assessments(log, [(commitment.key, new)])
