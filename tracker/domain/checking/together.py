"""Numbers and places claimed of many: how many had acted, who was missing, who came before whom."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tracker.domain.checking.verdicts import Truth, Why
from tracker.domain.dates import PartialDate
from tracker.domain.vocabulary import Reached


@dataclass(frozen=True, slots=True)
class Counted:
    """Who of those that are needed had acted by a day, who had not, and of whom it is not known."""

    reached: frozenset[str]
    unknown: frozenset[str]
    not_reached: frozenset[str]

    @property
    def required(self) -> int:
        """How many are needed."""
        return len(self.reached) + len(self.unknown) + len(self.not_reached)

    def document(self) -> dict[str, int]:
        """The three numbers."""
        return {
            "reached": len(self.reached),
            "unknown": len(self.unknown),
            "not_reached": len(self.not_reached),
            "required": self.required,
        }


def counted(answers: Mapping[str, Reached]) -> Counted:
    """The answers of those that are needed, by code."""
    sets = {
        answer: frozenset(code for code, one in answers.items() if one is answer)
        for answer in (Reached.REACHED, Reached.UNKNOWN, Reached.NOT_REACHED)
    }
    return Counted(sets[Reached.REACHED], sets[Reached.UNKNOWN], sets[Reached.NOT_REACHED])


def number_is(by: Counted, claimed: int, *, or_more: bool = False) -> Truth:
    """Whether that many had acted, or that many at least."""
    least, most = len(by.reached), len(by.reached) + len(by.unknown)
    if most < claimed or (least > claimed and not or_more):
        return Truth(False, Why.LATER if most < claimed == by.required else Why.WRONG_COUNT)
    is_sure = least >= claimed if or_more else least == most
    return Truth(True) if is_sure else Truth(None, Why.NOT_ON_RECORD)


def missing_are(by: Counted, claimed: Collection[str]) -> Truth:
    """Whether these had not acted, and all others had."""
    said = frozenset(claimed)
    if said & by.reached or by.not_reached - said or said - by.not_reached - by.unknown:
        return Truth(False, Why.WRONG_COUNT)
    return Truth(None, Why.NOT_ON_RECORD) if by.unknown else Truth(True)


def place_is(of: str, claimed: int, dates: Mapping[str, PartialDate | None]) -> Truth:
    """Whether that one was the first, the second and so on; who shares a day shares the places of it."""
    own = dates.get(of)
    if own is None or own.earliest is None or own.latest is None:
        return Truth(None, Why.NOT_ON_RECORD)
    others = [occurred for party, occurred in dates.items() if party != of]
    best = 1 + sum(_is_before(occurred, own) for occurred in others)
    worst = len(others) + 1 - sum(_is_before(own, occurred) for occurred in others)
    if not best <= claimed <= worst:
        return Truth(False, Why.WRONG_COUNT)
    return Truth(True) if best == worst else Truth(None, Why.NOT_ON_RECORD)


def in_that_order(parties: Iterable[str], dates: Mapping[str, PartialDate | None]) -> Truth:
    """Whether each acted before the next."""
    spans = [dates.get(party) for party in parties]
    pairs = list(pairwise(spans))
    if any(first and second and _is_before(second, first) for first, second in pairs):
        return Truth(False, Why.WRONG_ORDER)
    sure = all(first and second and _is_before(first, second) for first, second in pairs)
    return Truth(True) if sure else Truth(None, Why.NOT_ON_RECORD)


def _is_before(first: PartialDate | None, second: PartialDate | None) -> bool:
    return bool(first and second and first.latest and second.earliest and first.latest < second.earliest)
