"""Whom an accession waits for: each ally that has not approved, in a sentence, and who acts next there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tracker.domain.standing import AccessionStanding, NextStep, RatificationStanding
from tracker.domain.vocabulary import AccessionStatus, Reached, Stage
from tracker.readmodel.ratifications import day_of_signature, say_ratification, steps_ahead
from tracker.readmodel.record import Record

# Of more allies than this the table tells; one by one they would be a second table above it.
_TOLD: Final = 5


@dataclass(frozen=True)
class Waiting:
    """One ally that has not approved: where it stands, the event that says so, and who acts next."""

    code: str
    name: str
    sentence: str
    event: str
    next: tuple[NextStep, ...]


def waiting_for(record: Record, standing: AccessionStanding, names: Mapping[str, str]) -> list[Waiting]:
    """The allies that a signed protocol certainly still waits for, if they are few. One query where there are any."""
    if standing.status is not AccessionStatus.SIGNED or not 0 < len(standing.pending) <= _TOLD:
        return []
    process, applicant = record.process(standing.code), names[standing.code]
    signed = day_of_signature(process)
    return [
        Waiting(
            code=code,
            name=names[code],
            sentence=say_ratification(one, names[code], applicant, signed),
            event=_resting_on(one),
            next=steps_ahead(record, process, one),
        )
        for code, one in ((code, standing.ratifications[code]) for code in standing.pending)
    ]


def _resting_on(one: RatificationStanding) -> str:
    """The key of the event that dates the furthest stage reached, if one does."""
    reached = [one.dates[stage] for stage in Stage if one.by(stage) is Reached.REACHED]
    return next((found.evidence[0] for found in reversed(reached) if found.evidence), "")
