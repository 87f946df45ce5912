"""Giving the facts back, as the files they came in."""

from collections import defaultdict
from pathlib import Path

from django.db.models import Min

from tracker.domain.facts import AssessmentFact, CommitmentFact, EventFact
from tracker.domain.vocabulary import Subject
from tracker.exchange.dataset.files import write_lines
from tracker.models import Assessment, Commitment, Event, Party, Procedure, Rectification, Statement
from tracker.models.facts_of_rows import (
    assessment_fact,
    commitment_fact,
    event_fact,
    party_fact,
    procedure_fact,
    statement_fact,
)


def export_dataset(folder: Path) -> dict[str, int]:
    """Write what stands on record into the folder, in the order it was first recorded; lines by file name.

    A fresh record gives the shipped files back byte for byte.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parties = (party_fact(row) for row in Party.objects.for_display().order_by("recorded"))
    procedures = (procedure_fact(row) for row in Procedure.objects.with_parts().order_by("recorded"))
    statements = (statement_fact(row) for row in Statement.objects.standing().order_by("recorded"))
    return {
        "parties.jsonl": write_lines(folder / "parties.jsonl", parties),
        "procedures.jsonl": write_lines(folder / "procedures.jsonl", procedures),
        "events.jsonl": write_lines(folder / "events.jsonl", standing_events()),
        "commitments.jsonl": write_lines(folder / "commitments.jsonl", standing_commitments()),
        "statements.jsonl": write_lines(folder / "statements.jsonl", statements),
    }


def standing_events() -> list[EventFact]:
    """The events that stand, in the order their keys came onto the record. A constant number of queries."""
    first = dict(Event.objects.values_list("key").annotate(first=Min("recorded")))
    rows = Event.objects.standing().with_parts()
    return [event_fact(row) for row in sorted(rows, key=lambda row: first[row.key])]


def standing_commitments() -> list[CommitmentFact]:
    """The commitments with the claims that stand, in the order they came onto the record."""
    first = dict(Assessment.objects.values_list("key").annotate(first=Min("recorded")))
    claims: dict[int, list[AssessmentFact]] = defaultdict(list)
    rows = Assessment.objects.filter(rectification__isnull=True).with_parts()
    for row in sorted(rows, key=lambda row: first[row.key]):
        claims[row.commitment_id].append(assessment_fact(row))
    taken_back = Rectification.objects.taken_back(Subject.COMMITMENT)
    commitments = Commitment.objects.exclude(key__in=taken_back).with_parts().order_by("recorded")
    return [commitment_fact(row, tuple(claims[row.pk])) for row in commitments]
