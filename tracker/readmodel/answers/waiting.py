"""Whom an accession waits for: each ally that has not approved, in a sentence, and who acts next there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tracker.domain.standing import AccessionStanding, NextStep, RatificationStanding
from tracker.domain.vocabulary import AccessionStatus, Reached, Stage
from tracker.readmodel.edition import Edition
from tracker.readmodel.ratifications import day_of_signature, say_ratification, steps_ahead

# Of more allies than this the table tells; one by one they would be a second table above it.
_MOST: Final = 5


@dataclass(frozen=True)
class Waiting:
    """One ally that has not approved: where it stands, the event that says so, and who acts next."""

    code: str
    name: str
    sentence: str
    event: str
    next: tuple[NextStep, ...]


def waiting_for(edition: Edition, standing: AccessionStanding, names: Mapping[str, str]) -> list[Waiting]:
    """The allies that a signed protocol certainly still waits for, if they are few."""
    if standing.status is not AccessionStatus.SIGNED or not 0 < len(standing.pending) <= _MOST:
        return []
    return [_waiting(edition, standing, ally, names) for ally in standing.pending]


def _waiting(edition: Edition, standing: AccessionStanding, ally: str, names: Mapping[str, str]) -> Waiting:
    ratification = standing.ratifications[ally]
    signed = day_of_signature(edition.processes[standing.code])
    return Waiting(
        code=ally,
        name=names[ally],
        sentence=say_ratification(ratification, names[ally], names[standing.code], signed),
        event=_resting_on(ratification),
        next=steps_ahead(edition, standing.code, ratification),
    )


def _resting_on(ratification: RatificationStanding) -> str:
    """The key of the event that dates the furthest stage reached, if one does."""
    reached = [ratification.dates[stage] for stage in Stage if ratification.by(stage) is Reached.REACHED]
    return next((dated.evidence[0] for dated in reversed(reached) if dated.evidence), "")
