"""How a vote ended: as its source says, or by its tally and the majority that the chamber needed on that day."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from tracker.domain.dates import PartialDate
from tracker.domain.facts import ChamberFact, MajorityRule, Tally
from tracker.domain.vocabulary import Majority, MajorityBase, Outcome

_PART: Final = {
    Majority.SIMPLE: Fraction(1, 2),
    Majority.ABSOLUTE: Fraction(1, 2),
    Majority.TWO_THIRDS: Fraction(2, 3),
    Majority.THREE_QUARTERS: Fraction(3, 4),
}

# Where nothing is said of the majority, more have to vote for than against.
_USUAL: Final = MajorityRule(share=Majority.SIMPLE, of=MajorityBase.VOTING)

# The procedures described the round that began in 2022. What size a chamber had before that is known
# only where an earlier size is listed; elsewhere a large tally is doubtful, and no more.
_SIZES_KNOWN_SINCE: Final = date(2022, 1, 1)


def outcome_of(said: Outcome | None, tally: Tally | None, chamber: ChamberFact | None, on: PartialDate) -> Outcome:
    """How the vote ended. What the source says goes before what follows from the numbers."""
    if said in {Outcome.CARRIED, Outcome.LOST}:
        return said or Outcome.NOT_TOLD
    if tally is None:
        return Outcome.NOT_TOLD
    rule = chamber.majority if chamber else None
    return _by_tally(tally, rule or _USUAL, seats_on(chamber, on) if chamber else None)


def _by_tally(tally: Tally, rule: MajorityRule, seats: int | None) -> Outcome:
    if rule.at_least is not None and tally.yes < rule.at_least:
        return Outcome.LOST
    fewest, most = _counted(tally, rule.of, seats)
    if fewest is not None and not _is_enough(tally.yes, fewest, rule.share):
        return Outcome.LOST
    if most is not None and _is_enough(tally.yes, most, rule.share):
        return Outcome.CARRIED
    # Too little of the tally is on record to say.
    return Outcome.NOT_TOLD


def _counted(tally: Tally, of: MajorityBase, seats: int | None) -> tuple[int | None, int | None]:
    """Of how many the majority is counted: at least and at most, where that is known."""
    if of is MajorityBase.MEMBERS:
        return seats, seats
    named = [tally.no, tally.abstain] if of is MajorityBase.PRESENT else [tally.no]
    fewest = tally.yes + sum(count or 0 for count in named)
    return fewest, seats if None in named else fewest


def _is_enough(yes: int, of: int, share: Majority) -> bool:
    part = _PART[share]
    # A half has to be passed; of two thirds and three quarters it is enough to reach them.
    return yes > of * part if part == Fraction(1, 2) else yes >= of * part


def seats_on(chamber: ChamberFact, on: PartialDate) -> int | None:
    """How many seats the chamber can have had on that day; None where the size on that day is not known."""
    sizes = [seats for seats in _sizes(chamber, on) if seats is not None]
    known = chamber.seats_earlier or (on.earliest is not None and on.earliest >= _SIZES_KNOWN_SINCE)
    return max(sizes, default=None) if known else None


def _sizes(chamber: ChamberFact, on: PartialDate) -> Iterator[int | None]:
    """The sizes that the chamber had at some time between the two ends of the date."""
    since = date.min
    for size in chamber.seats_earlier:
        until = PartialDate.parse(size.until).earliest or date.min
        if (on.earliest or date.min) < until and since <= (on.latest or date.max):
            yield size.seats
        since = until
    if since <= (on.latest or date.max):
        yield chamber.seats
