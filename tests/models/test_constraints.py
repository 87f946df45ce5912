"""Each rule that one row can break is broken once, and the database says which it was."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import timezone

from tests.facts import begin, commitment, on_record
from tracker.actions import log_transaction, record_commitment
from tracker.models import (
    Accession,
    Assessment,
    Chamber,
    Change,
    Citation,
    Commitment,
    CommitmentParty,
    Conflict,
    Event,
    IdempotentResponse,
    JobRun,
    LogHead,
    Party,
    PartyName,
    Procedure,
    ProcedureStep,
    Ratification,
    Rectification,
    Report,
    Token,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record() -> None:
    begin()
    with log_transaction(by=None) as log:
        record_commitment(log, commitment())


def stamp() -> dict[str, Any]:
    return {"recorded": 1, "recorded_at": timezone.now(), "origin": "editor"}


def party(**more: Any) -> None:
    Party.objects.create(**{"code": "XYZ", "kind": "state", **stamp(), **more})


def event(**more: Any) -> None:
    told = {
        "key": "e",
        "kind": "statement",
        "actor_id": "HUN",
        "title": "E",
        "confidence": "high",
        "date": "2022",
        "earliest": date(2022, 1, 1),
        "latest": date(2022, 12, 31),
        "precision": "year",
    }
    Event.objects.create(**{**told, **stamp(), **more})


def citation(**more: Any) -> None:
    told = {"event": on_record("se-signed"), "recorded": 1, "url": "https://example.org", "source_class": "media"}
    Citation.objects.create(**{**told, **more})


def assessment(**more: Any) -> None:
    told = {
        "key": "a",
        "commitment": Commitment.objects.get(),
        "by_id": "TUR",
        "status": "pledged",
        "basis": "stated",
        "date": "2022",
        "earliest": date(2022, 1, 1),
        "latest": date(2022, 12, 31),
        "precision": "year",
    }
    Assessment.objects.create(**{**told, **stamp(), **more})


def change(**more: Any) -> None:
    told = {"position": 10**6, "type": "event.recorded", "origin": "editor", "recorded_at": timezone.now()}
    Change.objects.create(**{**told, "payload": {}, **more})


def rectification(**more: Any) -> None:
    now = timezone.now()
    told = {
        "number": 1,
        "position": 10**6,
        "subject": "event",
        "event": on_record("se-signed"),
        "was": {},
        "reason": "R",
        "stood_from": now,
        "stood_until": now,
        "origin": "editor",
    }
    Rectification.objects.create(**{**told, **more})


def report(**more: Any) -> None:
    told = {"fingerprint": "f", "channel": "api", "proposal": {}, "filed_at": timezone.now()}
    Report.objects.create(**{**told, **more})


def twice_named() -> None:
    party(alpha2="XX")
    party(code="XYY", alpha2="XX")


def twice(make: Callable[..., None]) -> Callable[[], None]:
    def both() -> None:
        make()
        make()

    return both


def token(prefix: str = "a10_abcdefgh", **more: Any) -> None:
    now = timezone.now()
    owner, _ = User.objects.get_or_create(username="contributor")
    told = {"digest": "0" * 64, "created_at": now, "expires_at": now + timedelta(days=1)}
    Token.objects.create(**{"owner": owner, "name": "T", "prefix": prefix, **told, **more})


def answered_twice() -> None:
    report()
    token()
    for _ in range(2):
        IdempotentResponse.objects.create(
            token=Token.objects.get(), key="k", digest="0" * 64, report=Report.objects.get(), kept_at=timezone.now()
        )


BROKEN: dict[str, Callable[[], object]] = {
    "party_state_has_an_iso_code": lambda: party(code="xy"),
    "party_kind_is_known": lambda: party(kind="planet"),
    "accession_status_is_known": lambda: Accession.objects.create(applicant_id="FIN", recorded=1, status="lost"),
    "ratification_is_not_by_the_applicant": lambda: Ratification.objects.create(accession_id="SWE", ally_id="SWE"),
    "ratification_stage_is_known": lambda: Ratification.objects.filter(ally="HUN").update(stage="ratified"),
    "event_tally_has_votes_for": lambda: event(votes_no=1),
    "event_has_a_title": lambda: event(title=""),
    "event_has_a_key": lambda: event(key=""),
    "event_outcome_is_known": lambda: event(outcome="drawn"),
    "event_kind_is_known": lambda: event(kind="miracle"),
    "event_confidence_is_known": lambda: event(confidence="vague"),
    "event_date_is_an_interval": lambda: event(earliest=date(2023, 1, 1)),
    "assessment_date_is_an_interval": lambda: assessment(earliest=None, latest=None),
    "assessment_status_is_known": lambda: assessment(status="true"),
    "assessment_basis_is_known": lambda: assessment(basis="felt"),
    "citation_supports_one_fact": lambda: citation(event=None),
    "citation_address_is_of_the_web": lambda: citation(url="javascript:alert(1)"),
    "citation_archived_copy_is_of_the_web": lambda: citation(archived_url="javascript:alert(1)"),
    "citation_source_class_is_known": lambda: citation(source_class="rumour"),
    "conflict_concerns_one_fact": lambda: Conflict.objects.create(field="date", value="x", url="https://example.org"),
    "conflict_address_is_of_the_web": lambda: Conflict.objects.create(
        event=on_record("se-signed"), field="date", value="x", url="javascript:alert(1)"
    ),
    "commitment_kind_is_known": lambda: Commitment.objects.update(kind="wish"),
    "commitment_category_is_known": lambda: Commitment.objects.update(category="weather"),
    "commitment_confidence_is_known": lambda: Commitment.objects.update(confidence="some"),
    "commitment_party_role_is_known": lambda: CommitmentParty.objects.update(role="watches"),
    "procedure_confidence_is_known": lambda: Procedure.objects.update(confidence="some"),
    "procedure_step_kind_is_known": lambda: ProcedureStep.objects.update(kind="dance"),
    "change_position_is_positive": lambda: change(position=0),
    "change_shipped_data_tells_nobody": lambda: change(origin="dataset", notify=True),
    "change_type_is_known": lambda: change(type="something.else"),
    "token_expires_after_it_was_made": lambda: token(expires_at=timezone.now() - timedelta(days=1)),
    "token_keeps_a_digest": lambda: token(digest="a10_the-text-that-opens-the-door"),
    "log_head_is_alone": lambda: LogHead.objects.create(pk=2),
    "rectification_concerns_what_it_says": lambda: rectification(event=None),
    "rectification_has_a_reason": lambda: rectification(reason=""),
    "rectification_ends_after_it_began": lambda: rectification(stood_until=timezone.now().replace(year=2000)),
    "rectification_subject_is_known": lambda: rectification(subject="weather", event=None),
    "report_accepted_has_its_event": lambda: report(state="accepted", reviewed_at=timezone.now()),
    "report_rejected_has_its_reason": lambda: report(state="rejected", reviewed_at=timezone.now()),
    "report_reviewed_has_its_moment": lambda: report(reviewed_at=timezone.now()),
    "report_proposes_is_known": lambda: report(proposes="peace"),
    "report_channel_is_known": lambda: report(channel="pigeon"),
    "report_state_is_known": lambda: report(state="lost", reviewed_at=timezone.now()),
    "job_run_ends_after_it_began": lambda: JobRun.objects.create(
        name="j", started_at=timezone.now(), finished_at=timezone.now().replace(year=2000)
    ),
}
# SQLite names the columns of a unique constraint that was broken, PostgreSQL the constraint.
NOT_UNIQUE: dict[str, tuple[str, Callable[[], object]]] = {
    "party_two_letter_code_is_its_own": ("alpha2", twice_named),
    "party_name_order_is_its_own": ("order", lambda: PartyName.objects.create(party_id="HUN", language="en", text="H")),
    "ratification_once_per_ally": (
        "ally_id",
        lambda: Ratification.objects.create(accession_id="SWE", ally_id="HUN"),
    ),
    "event_version_is_its_own": ("version", twice(event)),
    "assessment_version_is_its_own": ("version", twice(assessment)),
    "commitment_party_once_per_role": (
        "role",
        lambda: CommitmentParty.objects.create(commitment=Commitment.objects.get(), party_id="TUR", role="asks"),
    ),
    "chamber_once_per_procedure": (
        "name",
        lambda: Chamber.objects.create(procedure_id="HUN", order=9, name="National Assembly", role="votes"),
    ),
    "procedure_step_order_is_its_own": (
        "order",
        lambda: ProcedureStep.objects.create(procedure_id="HUN", order=1, kind="submitted", body="Government"),
    ),
    "kept_answer_once_per_key": ("key", answered_twice),
    "token_prefix_is_its_own": ("prefix", twice(token)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_row_is_stopped_by_the_constraint(name: str) -> None:
    with pytest.raises(IntegrityError, match=name):
        BROKEN[name]()


@pytest.mark.parametrize("name", NOT_UNIQUE)
def test_a_second_row_is_stopped_by_the_constraint(name: str) -> None:
    column, make = NOT_UNIQUE[name]

    with pytest.raises(IntegrityError, match=f"{name}|{column}"):
        make()


@pytest.mark.parametrize(
    "model",
    [
        Party,
        Accession,
        Ratification,
        Event,
        Citation,
        Conflict,
        Assessment,
        Commitment,
        Rectification,
        Report,
        Token,
        IdempotentResponse,
    ],
)
def test_every_constraint_of_the_model_is_broken_here(model: type[Event]) -> None:
    names = {constraint.name for constraint in model._meta.constraints}

    assert names <= set(BROKEN) | set(NOT_UNIQUE)
