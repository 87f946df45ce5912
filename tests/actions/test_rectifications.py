"""Putting mistakes right in the open: the new version, the log, both clocks; and every refusal."""

from datetime import date

import pytest

from tests.facts import (
    assess,
    begin,
    claim,
    commitment,
    consent,
    event,
    on_record,
    party,
    procedure,
    record_event,
    rectify_assessment,
    rectify_event,
    retract_assessment,
    retract_event,
)
from tracker.actions import (
    Justification,
    correct_commitment,
    correct_party,
    correct_procedure,
    log_transaction,
    record_commitment,
)
from tracker.domain.exceptions import (
    AlreadyRectified,
    NotAnApplicant,
    NothingToRectify,
    NotOnRecord,
    ReasonMissing,
    TallyTooLarge,
)
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import Reached, Stage, Subject
from tracker.models import Assessment, Change, Commitment, Event, Party, Procedure, Ratification, Rectification
from tracker.readmodel import open_edition
from tracker.readmodel.record import Record, current_edition, mark_of

pytestmark = pytest.mark.django_db


def approval(edition: int, day: str) -> Reached:
    mark = mark_of(edition)
    standing = open_edition(mark.edition, mark.root).standing("SWE", date.fromisoformat(day))
    return standing.ratifications["HUN"].by(Stage.APPROVED)


def test_rectify_event_replaces_it_on_our_clock_only() -> None:
    begin(consent(date="2024-02-16"))
    before = current_edition()

    rectify_event("se-hun-consent", consent(date="2024-02-26"), reason="A slip of the pen.", by=None)

    assert approval(before, "2024-02-20") is Reached.REACHED
    assert approval(current_edition(), "2024-02-20") is Reached.NOT_REACHED
    assert approval(current_edition(), "2024-02-26") is Reached.REACHED


def test_rectify_event_is_numbered_and_says_what_stood_from_when_to_when() -> None:
    begin(consent(date="2024-02-16"))

    found = rectify_event(
        "se-hun-consent", consent(date="2024-02-26"), reason="A slip.", by=None, reported_by="A reader"
    )

    assert (found.number, found.subject, found.key) == (1, Subject.EVENT, "se-hun-consent")
    assert found.was == consent(date="2024-02-16").document()
    assert found.now == consent(date="2024-02-26").document()
    assert found.stood_from <= found.stood_until
    assert found.position == on_record("se-hun-consent").recorded
    assert on_record("se-hun-consent").version == 2
    assert Event.objects.filter(key="se-hun-consent").count() == 2


def test_the_log_tells_of_the_rectification_and_of_the_stage_it_moved() -> None:
    begin(consent(date="2024-02-16"))
    edition = current_edition()

    rectify_event("se-hun-consent", consent(date="2024-02-26"), reason="A slip.", by=None)

    entries = list(Change.objects.after(edition))
    assert [entry.type for entry in entries] == ["event.rectified", "stage.changed"]
    assert entries[0].payload["now"] == consent(date="2024-02-26").document()
    assert entries[1].payload["stages"]["approved"]["date"] == "2024-02-26"


def test_retract_event_leaves_nothing_in_its_place() -> None:
    begin(consent())

    found = retract_event("se-hun-consent", reason="It was another ally.", by=None)

    assert found.retracts
    assert Ratification.objects.get(ally="HUN").stage == Stage.SIGNED
    assert not Event.objects.standing().filter(key="se-hun-consent").exists()


def test_a_retracted_key_is_not_recorded_again() -> None:
    begin(consent())
    retract_event("se-hun-consent", reason="Wrong.", by=None)
    edition = current_edition()

    with pytest.raises(AlreadyRectified, match="rectification 1"):
        record_event(consent(), by=None)

    assert current_edition() == edition


def test_an_event_can_move_to_an_accession_that_is_not_open_yet() -> None:
    begin(event("se-statement", "statement", "HUN", "2023-01-01"))

    rectify_event(
        "se-statement", event("se-statement", "statement", "HUN", "2023-01-01", "FIN"), reason="On Finland.", by=None
    )

    assert on_record("se-statement").accession_id == "FIN"
    assert Change.objects.filter(type="accession.opened", accession="FIN").count() == 1


def test_a_version_that_never_was_cannot_be_put_right() -> None:
    begin(consent())

    with pytest.raises(NotOnRecord, match="version 5"):
        retract_event("se-hun-consent", reason="Wrong.", by=None, version=5)


def test_retracting_an_accession_takes_the_requirement_back() -> None:
    begin(
        event("fi-signed", "protocol_signed", "NATO", "2022-07-05", "FIN"),
        event("fi-acceded", "acceded", "FIN", "2023-04-04", "FIN"),
    )

    retract_event("fi-acceded", reason="Too early.", by=None)

    assert not Ratification.objects.get(accession="SWE", ally="FIN").required
    assert Change.objects.filter(type="requirement.removed", ally="FIN").count() == 1


def test_what_replaced_a_mistake_can_be_put_right_in_turn() -> None:
    begin(consent(date="2024-02-16"))
    rectify_event("se-hun-consent", consent(date="2024-02-25"), reason="A slip.", by=None)

    second = rectify_event("se-hun-consent", consent(date="2024-02-26"), reason="Another.", by=None)

    assert second.number == 2
    assert on_record("se-hun-consent").version == 3


def test_the_second_rectification_of_the_same_version_is_refused() -> None:
    begin(consent(date="2024-02-16"))
    rectify_event("se-hun-consent", consent(date="2024-02-26"), reason="A slip.", by=None, version=1)
    edition = current_edition()

    with pytest.raises(AlreadyRectified, match="rectification 1"):
        rectify_event("se-hun-consent", consent(date="2024-02-27"), reason="A slip.", by=None, version=1)

    assert current_edition() == edition


def test_a_retracted_event_cannot_be_rectified() -> None:
    begin(consent())
    retract_event("se-hun-consent", reason="Wrong.", by=None)

    with pytest.raises(AlreadyRectified, match="rectification 1"):
        rectify_event("se-hun-consent", consent(date="2024-02-27"), reason="No.", by=None)


REFUSED: list[tuple[type[Exception], EventFact, str]] = [
    (NothingToRectify, consent(), "A reason."),
    (ReasonMissing, consent(date="2024-02-27"), "  "),
    (
        TallyTooLarge,
        event("se-hun-consent", "consent", "HUN", "2024-02-26", office="National Assembly", votes={"yes": 250}),
        "A reason.",
    ),
]


@pytest.mark.parametrize(("refusal", "fact", "reason"), REFUSED)
def test_a_refused_rectification_leaves_nothing_behind(refusal: type[Exception], fact: EventFact, reason: str) -> None:
    begin(consent())
    edition = current_edition()

    with pytest.raises(refusal):
        rectify_event("se-hun-consent", fact, reason=reason, by=None)

    assert current_edition() == edition
    assert Rectification.objects.count() == 0


def test_what_is_not_on_record_cannot_be_put_right() -> None:
    begin()

    with pytest.raises(NotOnRecord):
        retract_event("no-such-event", reason="A reason.", by=None)


def test_a_claim_is_put_right_and_taken_back() -> None:
    begin()
    with log_transaction(by=None) as log:
        record_commitment(log, commitment())
    assess("stop-support", claim(status="fulfilled"), by=None)
    edition = current_edition()

    rectify_assessment("stop-support-tur-1", claim(status="disputed"), reason="Misread.", by=None)
    retract_assessment("stop-support-tur-1", reason="Not said at all.", by=None)

    assert [one.status for one in Assessment.objects.known_at(edition)] == ["fulfilled"]
    assert list(Assessment.objects.known_at(current_edition())) == []
    assert list(Rectification.objects.order_by("number").values_list("subject", flat=True)) == ["assessment"] * 2


def test_a_commitment_keeps_what_it_said_in_the_rectification() -> None:
    begin()
    with log_transaction(by=None) as log:
        record_commitment(log, commitment())
    edition = current_edition()

    with log_transaction(by=None) as log:
        correct_commitment(log, commitment(title="No support at all"), Justification("The text says so."))

    assert Commitment.objects.get().title == "No support at all"
    assert Record(edition).rectified_since(Subject.COMMITMENT)["stop-support"]["title"] == "No support"


def test_a_procedure_is_read_as_each_edition_told_it() -> None:
    begin()
    edition = current_edition()

    with log_transaction(by=None) as log:
        correct_procedure(log, procedure("HUN", seats=200), Justification("One seat more."))
    with log_transaction(by=None) as log:
        correct_procedure(log, procedure("HUN", seats=201), Justification("And another."))

    assert Record(edition).procedures["HUN"].chambers[0].seats == 199
    assert Record(edition + 1).procedures["HUN"].chambers[0].seats == 200
    assert Procedure.objects.get().chambers.get().seats == 201


def test_a_party_is_put_right() -> None:
    begin()
    named = party("TUR").model_copy(update={"capital": "Ankara"})

    with log_transaction(by=None) as log:
        correct_party(log, named, Justification("The capital was missing."))
    with pytest.raises(NothingToRectify), log_transaction(by=None) as log:
        correct_party(log, named, Justification("Again."))

    assert Party.objects.get(pk="TUR").capital == "Ankara"


def test_what_was_put_right_before_is_not_put_right_from_an_older_account() -> None:
    begin()
    capitals = [party("TUR").model_copy(update={"capital": name}) for name in ("First", "Second", "Third")]
    with log_transaction(by=None) as log:
        first = correct_party(log, capitals[0], Justification("One."), version=1)
    with pytest.raises(AlreadyRectified), log_transaction(by=None) as log:
        correct_party(log, capitals[1], Justification("Two."), version=1)

    with log_transaction(by=None) as log:
        second = correct_party(log, capitals[2], Justification("Three."), version=2)

    assert second.stood_from == first.stood_until
    assert Party.objects.get(pk="TUR").capital == "Third"


def test_a_state_with_an_accession_cannot_have_founded_the_alliance() -> None:
    begin()

    with pytest.raises(NotAnApplicant), log_transaction(by=None) as log:
        correct_party(log, party("SWE", founding_member=True), Justification("Why."))

    assert Party.objects.get(pk="SWE").founding_member is False
