"""Facts reduced to what standing can rest on: an event to its acts, a procedure to its rules."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from tracker.domain.dates import PartialDate
from tracker.domain.facts import EventFact, ProcedureFact, ProcedureVersion
from tracker.domain.standing.acts import Act
from tracker.domain.standing.procedures import Chamber, Rules, Step
from tracker.domain.vocabulary import Outcome

_CARRIED: Final = {Outcome.CARRIED: True, Outcome.LOST: False}


def acts_of(fact: EventFact, recorded: int) -> tuple[Act, ...]:
    """The event as standing sees it: one act for each accession that it served."""
    return spread(act_of(fact, recorded), fact.also)


def act_of(fact: EventFact, recorded: int) -> Act:
    """The event as an act on the accession that it names as its own."""
    return Act(
        key=fact.key,
        kind=fact.kind,
        actor=fact.actor,
        occurred=fact.occurred,
        accession=fact.accession,
        office=fact.office,
        carried=said_to_be_carried(fact.outcome or ""),
        recorded=recorded,
        votes=fact.votes,
        planned=fact.planned,
        announced=PartialDate.parse(fact.announced) if fact.announced else None,
        follows=fact.follows,
        step=fact.step,
        ordinal=fact.ordinal.number if fact.ordinal else None,
    )


def said_to_be_carried(outcome: str) -> bool | None:
    """Whether the source says that the vote was carried, or lost; None where it does not say."""
    return _CARRIED.get(Outcome(outcome)) if outcome else None


def spread(act: Act, also: Iterable[str]) -> tuple[Act, ...]:
    """The act, and the same act on each other accession that it served."""
    return (act, *(replace(act, accession=code) for code in also))


def rules_of(fact: ProcedureFact) -> Rules:
    """The ally's procedure as rules, with those of earlier times."""
    return replace(_rules_of(fact.ally, fact), earlier=tuple(_rules_of(fact.ally, one) for one in fact.earlier))


def _rules_of(ally: str, version: ProcedureVersion) -> Rules:
    return Rules(
        ally=ally,
        steps=tuple(
            Step(one.order, one.kind, one.body, one.alternative, one.optional, one.group, one.path)
            for one in version.steps
        ),
        chambers=tuple(
            Chamber(frozenset({one.name, one.native} - {""}), one)
            for one in version.chambers
            if one.name in version.chambers_that_vote
        ),
        since=version.first_day,
        until=version.last_day,
        paths={(code, taken.group): taken.path for taken in version.paths_taken for code in taken.accessions},
    )
