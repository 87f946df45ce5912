"""Who was an ally, and since when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.dates import PartialDate, first_of
from tracker.domain.standing.acts import Act, counting
from tracker.domain.standing.milestones import Witness
from tracker.domain.vocabulary import EventKind, Reached


@dataclass(frozen=True, slots=True)
class Membership:
    """One state's membership, from its accession on; no ally has left so far."""

    ally: str
    since: PartialDate
    witnesses: tuple[Witness, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """The keys of the events that say so."""
        return tuple(one.key for one in self.witnesses)

    def on(self, day: date) -> bool:
        """Whether the state certainly was an ally by the end of that day."""
        return self.since.by(day) is Reached.REACHED


def memberships_in(acts: Iterable[Act]) -> dict[str, Membership]:
    """The memberships that the acts show, by ally in order of code."""
    joined: dict[str, list[Act]] = defaultdict(list)
    for act in counting(acts):
        if act.kind is EventKind.ACCEDED:
            joined[act.actor].append(act)
    return {
        ally: Membership(ally, first_of(act.occurred for act in acts_of_ally), tuple(map(Witness.of, acts_of_ally)))
        for ally, acts_of_ally in sorted(joined.items())
    }
