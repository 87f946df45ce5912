"""What there is to publish, by day, and what the record should say by then. Pure: facts in, facts and standings out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from tracker.domain.facts import EventFact
from tracker.domain.standing import (
    AccessionStanding,
    Act,
    Rules,
    act_of,
    memberships_in,
    process_of,
    rules_of,
    stand_accession,
)
from tracker.domain.vocabulary import MILESTONE_OF, EventKind
from tracker.exchange.dataset import Dataset

FIRST: Final = date(2022, 5, 1)
LAST: Final = date(2024, 3, 31)
APPLICANT: Final = "SWE"
# Sweden's protocol needed one ally more from the day on which Finland had become one.
COMPANION: Final = "FIN"


@dataclass(frozen=True)
class Story:
    """The shipped facts, cut into what was known before the first day and what each day brought."""

    dataset: Dataset
    first: date = FIRST
    last: date = LAST

    @cached_property
    def before(self) -> Dataset:
        """What was on record before the first day; what is owed, and who said so, has no part in the story."""
        events = [fact for fact in self.dataset.events if day_of(fact) < self.first]
        return replace(self.dataset, events=events, commitments=[], statements=[])

    @cached_property
    def by_day(self) -> Mapping[date, Sequence[EventFact]]:
        """What each day brings, in the order of the day."""
        found: dict[date, list[EventFact]] = defaultdict(list)
        for fact in self.dataset.events:
            if self.first <= day_of(fact) <= self.last and _belongs(fact):
                found[day_of(fact)].append(fact)
        return {day: sorted(found[day], key=_order) for day in sorted(found)}

    def expected(self, day: date) -> AccessionStanding:
        """Where Sweden stood on that day, by the facts that had been published by then."""
        published = (fact for one, facts in self.by_day.items() if one <= day for fact in facts)
        return self._standing([*self.before.events, *published], day)

    def expected_of_all(self, day: date) -> AccessionStanding:
        """Where Sweden stood on that day, by all that the shipped facts say of it."""
        return self._standing(self.dataset.events, day)

    def _standing(self, facts: Iterable[EventFact], day: date) -> AccessionStanding:
        acts = [self._acts[fact.key] for fact in facts]
        memberships = memberships_in([act for act in acts if act.kind is EventKind.ACCEDED])
        process = process_of(APPLICANT, [act for act in acts if act.accession == APPLICANT])
        return stand_accession(process, memberships, self._rules, day)

    @cached_property
    def _acts(self) -> dict[str, Act]:
        return {fact.key: act_of(fact, recorded=0) for fact in self.dataset.events}

    @cached_property
    def _rules(self) -> dict[str, Rules]:
        return {fact.ally: rules_of(fact) for fact in self.dataset.procedures}


def day_of(fact: EventFact) -> date:
    """The day on which a source can tell of it: the last on which it can have happened."""
    return fact.occurred.latest or fact.occurred.earliest or date.max


def _belongs(fact: EventFact) -> bool:
    return fact.accession == APPLICANT or (fact.accession == COMPANION and fact.kind in MILESTONE_OF)


def _order(fact: EventFact) -> tuple[bool, str]:
    """Milestones first: an act on a protocol presupposes its signature of the same day."""
    return fact.kind not in MILESTONE_OF, fact.key
