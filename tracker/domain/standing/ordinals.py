"""What a place in the count tells: whoever was “the 28th of 30” leaves room for so many before, and no more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.dates import PartialDate
from tracker.domain.standing.acts import Act
from tracker.domain.standing.milestones import NO_DATE, StageDate, Witness
from tracker.domain.vocabulary import EVIDENCE, Basis, Stage

# The dates of each stage, by ally.
Dates = Mapping[str, Mapping[Stage, StageDate]]


@dataclass(frozen=True, slots=True)
class Limit:
    """Between which days a stage lies by a place in the count; open at an end that is empty."""

    not_before: date | None = None
    not_after: StageDate = NO_DATE


def limits_by_ordinals(dates: Dates, acts_by_actor: Mapping[str, Sequence[Act]]) -> dict[str, dict[Stage, Limit]]:
    """What the places in the count that are on record limit, by ally and stage; nothing where they do not decide."""
    limits: dict[str, dict[Stage, Limit]] = {}
    for ally in dates:
        for act in acts_by_actor.get(ally, ()):
            stage = EVIDENCE.get(act.kind)
            if stage is None or act.ordinal is None:
                continue
            others = {one: dates[one][stage] for one in dates if one != ally}
            for limited, limit in ((ally, _own(act, act.ordinal, others)), *_of_others(act, act.ordinal, others)):
                limits.setdefault(limited, {})[stage] = limit
    return limits


def _own(act: Act, number: int, others: Mapping[str, StageDate]) -> Limit:
    """The day of the act itself: not before as many others may have been first, nor after more of them were."""
    first = sorted(_first(one) for one in others.values())
    last = sorted(_last(one) for one in others.values())
    before = first[number - 2] if 2 <= number <= len(first) + 1 else date.min
    after = last[number - 1] if number <= len(last) else date.max
    return Limit(before if before > date.min else None, _not_after(after, act))


def _of_others(act: Act, number: int, others: Mapping[str, StageDate]) -> Iterator[tuple[str, Limit]]:
    """The days of the others: all who can have been before were, or all who were not came no earlier."""
    day, earlier = act.occurred, number - 1
    if day.latest is not None:
        possible = [ally for ally, one in others.items() if _first(one) <= day.latest]
        if len(possible) == earlier:
            yield from ((ally, Limit(not_after=_not_after(day.latest, act))) for ally in possible)
    if day.earliest is not None:
        certain = {ally for ally, one in others.items() if _last(one) < day.earliest}
        if len(certain) == earlier:
            yield from ((ally, Limit(not_before=day.earliest)) for ally in others if ally not in certain)


def _first(dated: StageDate) -> date:
    return (dated.occurred and dated.occurred.earliest) or date.min


def _last(dated: StageDate) -> date:
    return (dated.occurred and dated.occurred.latest) or date.max


def _not_after(day: date, act: Act) -> StageDate:
    if day == date.max:
        return NO_DATE
    return StageDate(PartialDate.between(None, day), Basis.ORDINAL, (Witness.of(act),))
