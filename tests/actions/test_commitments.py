"""Claims on commitments: once, attributed, in the log; and every refusal."""

from datetime import date

import pytest

from tests.facts import assess, begin, claim, commitment, on_record
from tracker.actions import Justification, correct_commitment, log_transaction, record_commitment
from tracker.domain.exceptions import KeyTaken, TrackerError, UnknownCommitment, UnknownParty, Unsourced
from tracker.domain.facts import AssessmentFact
from tracker.domain.standing import Assessed, claims_on
from tracker.domain.vocabulary import Claim, ClaimBasis
from tracker.models import Assessment, Change, Commitment
from tracker.readmodel.record import current_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> None:
    begin()
    with log_transaction(by=None) as log:
        record_commitment(log, commitment(also=["FIN"]))


@pytest.mark.usefixtures("asked")
def test_a_claim_is_recorded_once_and_logged_with_its_party() -> None:
    first = assess("stop-support", claim(), by=None)
    edition = current_edition()

    second = assess("stop-support", claim(), by=None)

    entry = Change.objects.get(type="commitment.assessed")
    assert second == first
    assert current_edition() == edition
    assert (entry.ally, entry.commitment, entry.payload["assessment"]) == ("TUR", "stop-support", claim().document())


@pytest.mark.usefixtures("asked")
def test_a_commitment_is_recorded_once_with_its_sides() -> None:
    with log_transaction(by=None) as log:
        record_commitment(log, commitment(title="Told anew"))

    found = Commitment.objects.get()
    assert found.title == "No support"
    assert [(one.party_id, one.role) for one in found.parties.all()] == [("TUR", "asks"), ("SWE", "owes")]
    assert [one.pk for one in found.also.all()] == ["FIN"]


@pytest.mark.usefixtures("asked")
def test_a_claim_under_the_key_of_a_claim_on_another_commitment_is_refused() -> None:
    with log_transaction(by=None) as log:
        record_commitment(log, commitment("other"))
    assess("stop-support", claim(), by=None)

    with pytest.raises(KeyTaken):
        assess("other", claim(), by=None)

    assert Assessment.objects.get().commitment.key == "stop-support"


@pytest.mark.usefixtures("asked")
def test_a_commitment_can_be_corrected_to_an_accession_that_is_not_open_yet() -> None:
    with log_transaction(by=None) as log:
        record_commitment(log, commitment("of-finland", also=[]))

    with log_transaction(by=None) as log:
        correct_commitment(log, commitment("of-finland", accession="NOR", also=["SWE"]), Justification("A slip."))

    found = Commitment.objects.get(key="of-finland")
    assert (found.accession_id, [one.pk for one in found.also.all()]) == ("NOR", ["SWE"])
    assert Change.objects.filter(type="accession.opened", accession="NOR").count() == 1


REFUSED: list[tuple[type[TrackerError], str, AssessmentFact]] = [
    (Unsourced, "stop-support", claim(sources=[], confidence="high")),
    (UnknownParty, "stop-support", claim(by="XYZ")),
    (UnknownCommitment, "no-such-commitment", claim()),
]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("refusal", "key", "fact"), REFUSED)
def test_a_refused_claim_leaves_nothing_behind(refusal: type[TrackerError], key: str, fact: AssessmentFact) -> None:
    edition = current_edition()

    with pytest.raises(refusal):
        assess(key, fact, by=None)

    assert current_edition() == edition
    assert Assessment.objects.count() == 0


@pytest.mark.usefixtures("asked")
def test_a_party_without_an_event_can_speak() -> None:
    assess("stop-support", claim("stop-support-nato-1", by="NATO", status="in_progress"), by=None)

    assert Assessment.objects.get().by_id == "NATO"
    assert not hasattr(on_record("se-signed"), "verdict")


def said(by: str, status: Claim, on: str, recorded: int) -> Assessed:
    fact = claim(date=on)
    return Assessed(f"{by}-{on}", by, status, ClaimBasis.STATED, fact.occurred, recorded)


def test_each_party_has_its_own_last_word_and_none_is_merged() -> None:
    spoken = [
        said("TUR", Claim.DISPUTED, "2022-08-26", 1),
        said("SWE", Claim.FULFILLED, "2022-09-01", 2),
        said("TUR", Claim.IN_PROGRESS, "2023-07-10", 3),
    ]

    early = claims_on(spoken, date(2022, 12, 31))
    late = claims_on(spoken, date(2023, 10, 30))

    assert [(one.by, one.latest.status) for one in early] == [("SWE", Claim.FULFILLED), ("TUR", Claim.DISPUTED)]
    assert [(one.by, one.latest.status) for one in late] == [("SWE", Claim.FULFILLED), ("TUR", Claim.IN_PROGRESS)]
    assert [one.status for one in late[1].earlier] == [Claim.DISPUTED]


def test_nobody_is_quoted_before_they_certainly_spoke() -> None:
    assert claims_on([said("TUR", Claim.DISPUTED, "2022-11", 1)], date(2022, 11, 15)) == ()
