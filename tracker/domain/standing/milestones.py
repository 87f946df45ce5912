"""When something was reached, as an interval with what it rests on; and what may be said of it on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from tracker.domain.dates import PartialDate, first_of
from tracker.domain.standing.acts import Act
from tracker.domain.vocabulary import Basis, Reached

_SEEN: Final = (Reached.REACHED, Reached.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Witness:
    """An event that a date rests on, and when it happened."""

    key: str
    occurred: PartialDate | None = None

    @classmethod
    def of(cls, act: Act) -> Self:
        """The act as a witness."""
        return cls(act.key, act.occurred)

    def by(self, day: date) -> bool:
        """Whether the event may have happened by the end of that day."""
        return self.occurred is None or self.occurred.by(day) is not Reached.NOT_REACHED


@dataclass(frozen=True, slots=True)
class StageOnDay:
    """What could be said of a stage or a milestone on a day: no date, no event and no reason from later."""

    state: Reached
    occurred: PartialDate | None = None
    basis: Basis | None = None
    evidence: tuple[str, ...] = ()

    @property
    def inferred(self) -> bool:
        """Whether the date follows from something else than an act of this stage."""
        return self.basis not in {None, Basis.ACT}

    @property
    def is_seen(self) -> bool:
        """Whether it had been reached by that day, or may have been."""
        return self.state in _SEEN


@dataclass(frozen=True, slots=True)
class StageDate:
    """When a stage was reached, why we say so, and the events that this rests on, whatever the day.

    Without an interval nothing on record says that the stage was ever reached. `opened_by` are the
    events that an inferred interval begins with.
    """

    occurred: PartialDate | None
    basis: Basis = Basis.ACT
    witnesses: tuple[Witness, ...] = ()
    opened_by: tuple[Witness, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """The keys of the events."""
        return tuple(one.key for one in self.witnesses)

    @property
    def inferred(self) -> bool:
        """Whether the date follows from something else than an act of this stage."""
        return self.occurred is not None and self.basis is not Basis.ACT

    def by(self, day: date) -> Reached:
        """Whether the stage had been reached by the end of that day."""
        return Reached.NOT_ON_RECORD if self.occurred is None else self.occurred.by(day)

    def on(self, day: date) -> StageOnDay:
        """What could be said of the stage at the end of that day; every surface shows this, and no more.

        What was not reached has no date yet. What may have been reached has its first possible day,
        and only the events that may have happened by then.
        """
        state = self.by(day)
        if self.occurred is None or state is Reached.NOT_REACHED:
            return StageOnDay(state)
        if state is Reached.REACHED:
            return StageOnDay(state, self.occurred, self.basis, _keys_by(self.witnesses, day))
        return self._unknown_on(day, self.occurred.earliest)

    def _unknown_on(self, day: date, earliest: date | None) -> StageOnDay:
        occurred = PartialDate.between(earliest, None) if earliest else None
        if self.basis in {Basis.ACT, Basis.NARROWED}:
            return StageOnDay(Reached.UNKNOWN, occurred, Basis.ACT, _keys_by(self.witnesses, day))
        # The later act that ends the interval had not happened, or might not have: it is no reason yet.
        evidence = _keys_by(self.opened_by, day)
        return StageOnDay(Reached.UNKNOWN, occurred, Basis.VOTES if evidence else None, evidence)


NO_DATE: Final = StageDate(None)


def date_by(acts: Sequence[Act]) -> StageDate:
    """The date that these acts give: when the first of them happened."""
    if not acts:
        return NO_DATE
    return StageDate(first_of(act.occurred for act in acts), Basis.ACT, tuple(Witness.of(act) for act in acts))


def _keys_by(witnesses: Sequence[Witness], day: date) -> tuple[str, ...]:
    return tuple(one.key for one in witnesses if one.by(day))
