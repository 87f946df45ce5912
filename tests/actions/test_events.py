"""Recording events: once, in the log, with the standing that follows; each refusal leaves all as it was."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.facts import (
    SOURCE,
    add_source,
    begin,
    check_ratification,
    consent,
    event,
    on_record,
    record_event,
    rectify_event,
)
from tracker.actions import ChangeRequest, apply_change_request, dry_run, log_transaction, record_events
from tracker.domain.exceptions import (
    KeyTaken,
    NoProtocol,
    NoSuchRatification,
    NotAnApplicant,
    NotInProcess,
    NotOnRecord,
    NotTheirs,
    TallyTooLarge,
    TrackerError,
    UnknownParty,
    Unsourced,
    VotesWithoutAVote,
)
from tracker.domain.facts import EventFact, Source
from tracker.domain.vocabulary import Origin, Stage, Subject, Verb
from tracker.models import Accession, Change, Event, Ratification
from tracker.readmodel.record import current_edition

pytestmark = pytest.mark.django_db


def test_record_event_moves_the_stage_and_tells_the_log() -> None:
    begin()

    record_event(consent(), by=None)

    assert Ratification.objects.get(ally="HUN").stage == Stage.APPROVED
    recorded, moved = Change.objects.order_by("-position")[:2][::-1]
    assert (recorded.type, recorded.event, recorded.late) == ("event.recorded", "se-hun-consent", True)
    assert recorded.payload["event"] == consent().document()
    assert (moved.type, moved.ally, moved.payload["from"], moved.payload["to"]) == (
        "stage.changed",
        "HUN",
        "signed",
        "approved",
    )


def test_record_event_twice_with_one_key_records_once() -> None:
    begin()
    first = record_event(consent(), by=None)
    edition = current_edition()

    second = record_event(consent(), by=None)

    assert second == first
    assert current_edition() == edition


def test_a_job_that_repeats_what_was_put_right_since_records_nothing() -> None:
    begin(consent(date="2024-02-16"))
    rectify_event("se-hun-consent", consent(date="2024-02-26"), reason="A slip.", by=None)
    edition = current_edition()

    found = record_event(consent(date="2024-02-16"), by=None)

    assert (found.version, current_edition()) == (2, edition)


def test_record_event_keeps_every_part_of_the_fact() -> None:
    begin()
    fact = consent(
        office="National Assembly",
        votes={"yes": 188, "no": 6},
        conflicts=[{"field": "no", "value": "7", "url": "https://example.org/other"}],
        tags=["vote"],
        detail="Told at length.",
        others=["TUR", "NOR"],
    )

    record_event(fact, by=None)

    row = on_record(fact.key)
    assert (row.votes_yes, row.votes_no, row.votes_abstain) == (188, 6, None)
    assert sorted(row.others.values_list("code", flat=True)) == ["NOR", "TUR"]
    assert [one.value for one in row.conflicts.all()] == ["7"]
    assert [one.url for one in row.citations.all()] == [SOURCE["url"]]


def test_positions_are_dense_and_entries_ordered() -> None:
    begin(consent())

    positions = list(Change.objects.order_by("position").values_list("position", flat=True))

    assert positions == list(range(1, current_edition() + 1))


def test_a_state_that_joins_is_required_from_that_day_and_the_log_says_so() -> None:
    begin(event("fi-signed", "protocol_signed", "NATO", "2022-07-05", "FIN"))

    record_event(event("fi-acceded", "acceded", "FIN", "2023-04-04", "FIN"), by=None)

    added = Change.objects.get(type="requirement.added", accession="SWE", ally="FIN")
    assert added.payload["required_from"]["date"] == "2023-04-04"
    assert Ratification.objects.filter(accession="SWE", required=True).count() == 5


def test_entry_into_force_infers_every_deposit() -> None:
    begin(consent())

    record_event(event("se-in-force", "protocol_in_force", "NATO", "2024-03-07"), by=None)

    deposits = [row.standing["stages"]["deposited"] for row in Ratification.objects.filter(accession="SWE")]
    assert {one["basis"] for one in deposits} == {"in_force"}
    assert Accession.objects.get(pk="SWE").status == "in_force"


def test_a_statement_moves_nothing_and_is_one_entry() -> None:
    begin()
    edition = current_edition()

    record_event(event("se-statement", "statement", "HUN", "2023-01-01"), by=None)

    assert current_edition() == edition + 1


REFUSED: list[tuple[type[TrackerError], EventFact]] = [
    (Unsourced, consent(sources=[])),
    (KeyTaken, event("se-signed", "protocol_signed", "NATO", "2022-07-06")),
    (NotTheirs, event("se-tr-acceded", "acceded", "TUR", "2024-03-07")),
    (NotTheirs, event("se-tr-signed", "protocol_signed", "TUR", "2022-07-05")),
    (NoProtocol, event("x-consent", "consent", "TUR", "2022-07-05", None)),
    (NoProtocol, event("x-acceded", "acceded", "FIN", "2022-07-05", None)),
    (NotAnApplicant, event("nato-application", "application", "NATO", "2022-07-05", "NATO")),
    (NotAnApplicant, event("us-statement", "statement", "TUR", "2022-07-05", "USA")),
    (NotInProcess, event("se-tr-deposited", "deposited", "TUR", "2022-06-20")),
    (NotInProcess, event("fi-tr-deposited", "deposited", "TUR", "2022-06-20", "FIN")),
    (NoSuchRatification, event("se-se-deposited", "deposited", "SWE", "2023-06-20")),
    (UnknownParty, event("se-x", "statement", "XYZ", "2023-01-01")),
    (UnknownParty, event("se-y", "statement", "HUN", "2023-01-01", others=["XYZ"])),
    (UnknownParty, event("xx-z", "statement", "HUN", "2023-01-01", "XYZ")),
    (NotInProcess, consent(date="2022-05-17")),
    (NotInProcess, consent(ally="HUN", date="1948")),
    (NoSuchRatification, event("se-fi-consent", "consent", "FIN", "2023-03-01")),
    (NoSuchRatification, event("se-nato-consent", "consent", "NATO", "2023-03-01")),
    (
        TallyTooLarge,
        event(
            "se-vote",
            "chamber_vote",
            "HUN",
            "2024-02-26",
            office="National Assembly",
            votes={"yes": 188, "no": 6, "abstain": 6},
        ),
    ),
    (VotesWithoutAVote, event("se-sent", "submitted", "HUN", "2022-07-14", votes={"yes": 1})),
]


@pytest.mark.parametrize(
    ("refusal", "fact"), REFUSED, ids=lambda one: getattr(one, "key", getattr(one, "__name__", ""))
)
def test_a_refused_event_leaves_nothing_behind(refusal: type[TrackerError], fact: EventFact) -> None:
    begin()
    before = (current_edition(), Event.objects.count(), Accession.objects.count())

    with pytest.raises(refusal):
        record_event(fact, by=None)

    assert (current_edition(), Event.objects.count(), Accession.objects.count()) == before


def test_an_invitee_may_approve_before_it_becomes_an_ally() -> None:
    begin(event("fi-signed", "protocol_signed", "NATO", "2022-07-05", "FIN"))

    record_event(event("se-fi-consent", "consent", "FIN", "2023-03-01"), by=None)

    assert on_record("se-fi-consent").actor_id == "FIN"


def test_an_ally_may_vote_before_the_signature() -> None:
    begin(event("fi-application", "application", "FIN", "2022-05-18", "FIN"))

    record_event(event("fi-no-vote", "chamber_vote", "NOR", "2022-06-16", "FIN"), by=None)

    assert not Ratification.objects.filter(accession="FIN").exists()


def test_a_tally_of_before_the_known_sizes_is_not_refused() -> None:
    begin()
    fact = event(
        "se-vote",
        "chamber_vote",
        "HUN",
        "1999-02-09",
        None,
        office="National Assembly",
        votes={"yes": 330},
        treaty="NAT-1949",
    )

    record_event(fact, by=None)

    assert on_record("se-vote").votes_yes == 330


def test_shipped_general_knowledge_may_lack_a_source_and_nothing_else_may() -> None:
    begin()
    fact = consent(sources=[], confidence="low")

    with pytest.raises(Unsourced):
        record_event(fact, by=None)
    record_event(fact, by=None, origin=Origin.DATASET)

    assert on_record(fact.key).citations.count() == 0


def test_one_bad_event_of_a_batch_refuses_the_batch() -> None:
    begin()
    edition = current_edition()

    with pytest.raises(Unsourced), log_transaction(by=None) as log:
        record_events(log, [consent(), consent(ally="TUR", sources=[])])

    assert current_edition() == edition


def test_a_dry_run_tells_what_would_happen_and_keeps_nothing() -> None:
    begin()
    edition = current_edition()

    entries = dry_run(lambda log: record_events(log, [consent()]), by=None)

    assert [entry.type for entry in entries] == ["event.recorded", "stage.changed"]
    assert current_edition() == edition
    assert not Event.objects.filter(key="se-hun-consent").exists()


def test_add_source_cites_a_new_address_once() -> None:
    begin(consent())
    source = Source.model_validate({**SOURCE, "url": "https://example.org/better"})

    assert add_source("se-hun-consent", source, by=None)
    assert not add_source("se-hun-consent", source, by=None)

    assert [one.url for one in on_record("se-hun-consent").citations.all()] == [SOURCE["url"], source.url]
    assert Change.objects.filter(type="event.sourced").count() == 1


def test_a_source_for_nothing_is_refused() -> None:
    source = Source.model_validate(SOURCE)
    request = ChangeRequest(
        verb=Verb.CITE, subject=Subject.EVENT, key="no-such-event", title="A source", sources=(source,)
    )

    with pytest.raises(NotOnRecord), log_transaction() as log:
        apply_change_request(log, request)


def test_check_ratification_is_logged_with_its_moment() -> None:
    begin()

    check_ratification("SWE", "HUN", by=None)

    row = Ratification.objects.get(ally="HUN")
    entry = Change.objects.latest("position")
    assert row.last_checked_at == entry.recorded_at
    assert (entry.type, entry.accession, entry.ally, entry.notify) == ("source.checked", "SWE", "HUN", False)


def test_check_of_no_ratification_is_refused() -> None:
    begin()

    with pytest.raises(NotOnRecord):
        check_ratification("SWE", "FIN", by=None)


def test_recording_takes_as_many_queries_however_much_is_on_record() -> None:
    begin()
    with CaptureQueriesContext(
        connection,
    ) as few:
        record_event(consent("HUN"), by=None)
    for number in range(30):
        record_event(event(f"se-statement-{number}", "statement", "TUR", "2023-01-01"), by=None)

    with CaptureQueriesContext(connection) as many:
        record_event(consent("TUR"), by=None)

    assert len(many) == len(few)
