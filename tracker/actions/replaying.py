"""Putting entries on record that were written elsewhere: the shipped log, as it is, with the rows that it tells of.

Nothing is judged and nothing is worked out here. What an entry says was allowed where it was first written, and what
follows from it stands in the entries after it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from tracker.actions.accessions import before_anything
from tracker.actions.changelog import record_lock, save_entries
from tracker.actions.citing import citation_rows, conflict_rows
from tracker.actions.commitments import (
    assessment_row,
    commitment_columns,
    put_commitment_right,
    put_statement_right,
    save_assessments,
    save_next_assessment,
    save_relations,
    statement_columns,
)
from tracker.actions.events import event_row, save_events, save_next_event
from tracker.actions.parties import (
    party_columns,
    procedure_columns,
    put_party_right,
    put_procedure_right,
    save_names,
    save_parts,
)
from tracker.actions.rectifications import rectification_columns
from tracker.domain.exceptions import OutOfTurn
from tracker.domain.facts import (
    AssessmentFact,
    CommitmentFact,
    EventFact,
    PartyFact,
    ProcedureFact,
    Source,
    StatementFact,
)
from tracker.domain.vocabulary import ChangeType
from tracker.models import (
    Accession,
    Assessment,
    Change,
    Citation,
    Commitment,
    Conflict,
    Event,
    Party,
    Procedure,
    Ratification,
    Rectification,
    Statement,
)

# What an entry on a ratification tells beside where the ally stands now.
_BESIDE: Final = frozenset({"accession", "ally", "from", "to", "moved"})


def replay_entries(entries: Sequence[Change], tick: Callable[[], object] = lambda: None) -> None:
    """Put the entries on record word for word, and the rows with them. `tick` is called once an entry.

    Raises `OutOfTurn` unless they follow on the end of the log.
    """
    with record_lock() as head:
        if entries and entries[0].position != head.position + 1:
            raise OutOfTurn(entries[0].position, head.position)
        replay = _Replay()
        for entry in entries:
            _WRITE[ChangeType(entry.type)](replay, entry)
            tick()
        replay.close()
        save_entries(head, entries)


class _Replay:
    """The rows that the entries tell of: events and claims are saved many at a time, copies once at the end."""

    def __init__(self) -> None:
        self.events: list[tuple[Event, EventFact]] = []
        self.claims: list[tuple[Assessment, AssessmentFact]] = []
        self.commitments = {row.key: row for row in Commitment.objects.all()}
        self.accessions = {row.code: row for row in Accession.objects.all()}
        self.ratifications = {(row.accession_id, row.ally_id): row for row in Ratification.objects.all()}

    def flush(self) -> None:
        """Save the rows that wait, so that an entry on one of them finds it."""
        save_events(self.events)
        save_assessments(self.claims)
        self.events, self.claims = [], []

    def close(self) -> None:
        """Save all rows that wait, and the copies."""
        self.flush()
        Accession.objects.bulk_update(self.accessions.values(), ["status", "standing", "settled_on"], batch_size=200)
        rows = self.ratifications.values()
        Ratification.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500)
        fields = ["required", "stage", "standing", "settled_on", "last_checked_at"]
        Ratification.objects.bulk_update([row for row in rows if row.pk], fields, batch_size=200)

    def ratification(self, entry: Change) -> Ratification:
        """The copy that the entry is about."""
        about = entry.payload["accession"], entry.payload["ally"]
        return self.ratifications.setdefault(
            about, Ratification(accession_id=about[0], ally_id=about[1], required=False)
        )

    def event(self, key: str) -> Event:
        """The account of the event that stands."""
        self.flush()
        return Event.objects.standing().prefetch_related("citations").get(key=key)

    def claim(self, key: str) -> Assessment:
        """The account of the claim that stands."""
        self.flush()
        return Assessment.objects.filter(rectification__isnull=True).with_parts().get(key=key)


def _stamp(entry: Change) -> dict[str, Any]:
    return {
        "recorded": entry.position,
        "recorded_at": entry.recorded_at,
        "recorded_by": entry.by,
        "origin": entry.origin,
    }


def _record_party(replay: _Replay, entry: Change) -> None:
    fact = PartyFact.model_validate(entry.payload["party"])
    save_names(Party.objects.create(code=fact.code, **_stamp(entry), **party_columns(fact)), fact)


def _record_procedure(replay: _Replay, entry: Change) -> None:
    fact = ProcedureFact.model_validate(entry.payload["procedure"])
    save_parts(Procedure.objects.create(ally_id=fact.ally, **_stamp(entry), **procedure_columns(fact)), fact)


def _open_accession(replay: _Replay, entry: Change) -> None:
    code, day = entry.payload["accession"], entry.recorded_at.date()
    # Saved at once, because events and commitments point to it; where it stands is told by later entries.
    replay.accessions[code] = Accession.objects.create(
        applicant_id=code, recorded=entry.position, standing=before_anything(code, day), settled_on=day
    )


def _change_accession(replay: _Replay, entry: Change) -> None:
    row = replay.accessions[entry.payload["accession"]]
    row.status, row.standing = entry.payload["to"], entry.payload["milestones"]
    row.settled_on = entry.recorded_at.date()


def _stand_ratification(replay: _Replay, entry: Change) -> None:
    row = replay.ratification(entry)
    row.required, row.settled_on = entry.type != ChangeType.REQUIREMENT_REMOVED, entry.recorded_at.date()
    standing = {name: value for name, value in entry.payload.items() if name not in _BESIDE}
    if standing:
        row.standing, row.stage = standing, standing["stage"]


def _check_ratification(replay: _Replay, entry: Change) -> None:
    moment = entry.payload["checked_at"]
    replay.ratification(entry).last_checked_at = datetime.fromisoformat(moment) if moment else None


def _record_event(replay: _Replay, entry: Change) -> None:
    fact = EventFact.model_validate(entry.payload["event"])
    replay.events.append((event_row(fact, _stamp(entry), entry.payload["version"]), fact))


def _source_event(replay: _Replay, entry: Change) -> None:
    event = replay.event(entry.payload["event"])
    _cite(entry, len(event.citations.all()), event=event)


def _record_commitment(replay: _Replay, entry: Change) -> None:
    fact = CommitmentFact.model_validate(entry.payload["commitment"])
    row = Commitment.objects.create(key=fact.key, **_stamp(entry), **commitment_columns(fact))
    save_relations(row, fact)
    Citation.objects.bulk_create(citation_rows(fact.sources, entry.position, commitment=row))
    Conflict.objects.bulk_create(conflict_rows(fact.conflicts, commitment=row))
    replay.commitments[fact.key] = row


def _source_commitment(replay: _Replay, entry: Change) -> None:
    if key := entry.payload.get("assessment"):
        claim = replay.claim(key)
        _cite(entry, len(claim.citations.all()), assessment=claim)
    else:
        commitment = replay.commitments[entry.payload["commitment"]]
        _cite(entry, commitment.citations.count(), commitment=commitment)


def _cite(entry: Change, first: int, **fact: Event | Assessment | Commitment) -> None:
    sources = [Source.model_validate(document) for document in entry.payload["sources"]]
    Citation.objects.bulk_create(citation_rows(sources, entry.position, first, **fact))


def _assess(replay: _Replay, entry: Change) -> None:
    fact = AssessmentFact.model_validate(entry.payload["assessment"])
    commitment = replay.commitments[entry.payload["commitment"]]
    replay.claims.append((assessment_row(commitment, fact, _stamp(entry), entry.payload["version"]), fact))


def _record_statement(replay: _Replay, entry: Change) -> None:
    fact = StatementFact.model_validate(entry.payload["statement"])
    Statement.objects.create(key=fact.key, **_stamp(entry), **statement_columns(fact))


def _rectify_statement(replay: _Replay, entry: Change) -> None:
    key, now = entry.payload["key"], entry.payload["now"]
    put_statement_right(Statement.objects.get(key=key), StatementFact.model_validate(now) if now else None)
    _rectify(entry)


def _rectify_event(replay: _Replay, entry: Change) -> None:
    event, now = replay.event(entry.payload["key"]), entry.payload["now"]
    replacement = save_next_event(event, EventFact.model_validate(now), _stamp(entry)) if now else None
    _rectify(entry, event=event, replacement=replacement)


def _rectify_assessment(replay: _Replay, entry: Change) -> None:
    claim, now = replay.claim(entry.payload["key"]), entry.payload["now"]
    replacement = save_next_assessment(claim, AssessmentFact.model_validate(now), _stamp(entry)) if now else None
    _rectify(entry, assessment=claim, new_assessment=replacement)


def _rectify_commitment(replay: _Replay, entry: Change) -> None:
    if entry.payload["now"] is not None:
        was, now = (CommitmentFact.model_validate(entry.payload[name]) for name in ("was", "now"))
        put_commitment_right(replay.commitments[now.key], was, now, entry.position)
    _rectify(entry)


def _rectify_party(replay: _Replay, entry: Change) -> None:
    fact = PartyFact.model_validate(entry.payload["now"])
    put_party_right(Party.objects.get(pk=fact.code), fact)
    _rectify(entry)


def _rectify_procedure(replay: _Replay, entry: Change) -> None:
    fact = ProcedureFact.model_validate(entry.payload["now"])
    put_procedure_right(Procedure.objects.get(pk=fact.ally), fact)
    _rectify(entry)


def _rectify(entry: Change, **links: Event | Assessment | None) -> None:
    Rectification.objects.create(
        position=entry.position,
        stood_until=entry.recorded_at,
        by=entry.by,
        origin=entry.origin,
        **rectification_columns(entry.payload),
        **links,
    )


_WRITE: Final[Mapping[ChangeType, Callable[[_Replay, Change], None]]] = {
    ChangeType.PARTY_RECORDED: _record_party,
    ChangeType.PROCEDURE_RECORDED: _record_procedure,
    ChangeType.ACCESSION_OPENED: _open_accession,
    ChangeType.ACCESSION_CHANGED: _change_accession,
    ChangeType.EVENT_RECORDED: _record_event,
    ChangeType.EVENT_SOURCED: _source_event,
    ChangeType.REQUIREMENT_ADDED: _stand_ratification,
    ChangeType.REQUIREMENT_REMOVED: _stand_ratification,
    ChangeType.STAGE_CHANGED: _stand_ratification,
    ChangeType.COMMITMENT_RECORDED: _record_commitment,
    ChangeType.COMMITMENT_SOURCED: _source_commitment,
    ChangeType.COMMITMENT_ASSESSED: _assess,
    ChangeType.STATEMENT_RECORDED: _record_statement,
    ChangeType.SOURCE_CHECKED: _check_ratification,
    ChangeType.CHECK_RETRACTED: _check_ratification,
    ChangeType.EVENT_RECTIFIED: _rectify_event,
    ChangeType.ASSESSMENT_RECTIFIED: _rectify_assessment,
    ChangeType.COMMITMENT_RECTIFIED: _rectify_commitment,
    ChangeType.STATEMENT_RECTIFIED: _rectify_statement,
    ChangeType.PROCEDURE_RECTIFIED: _rectify_procedure,
    ChangeType.PARTY_RECTIFIED: _rectify_party,
}
