"""The check itself: each statement is looked up by what it is about, and the answers are combined."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tracker.domain.checking import Truth, Verdict, Why, combined, turned_round, verdict_of
from tracker.domain.checking.clauses import Clause, Matter
from tracker.readmodel.checking.ally_acts import of_allies
from tracker.readmodel.checking.applicant_acts import (
    of_members,
    of_milestone,
    of_name,
    of_own_events,
    of_required,
)
from tracker.readmodel.checking.claims import of_claim, of_judgement
from tracker.readmodel.checking.finding import Asked, Finding
from tracker.readmodel.checking.votes import of_vote
from tracker.readmodel.edition import Edition

_DECIDED_BY: Final[Mapping[Matter, Callable[[Asked], Finding]]] = {
    **dict.fromkeys((Matter.SUBMITTED, Matter.APPROVED, Matter.ASSENTED, Matter.DEPOSITED, Matter.RATIFIED), of_allies),
    **dict.fromkeys((Matter.APPLIED, Matter.INVITED, Matter.SIGNED, Matter.IN_FORCE, Matter.WITHDRAWN), of_milestone),
    **dict.fromkeys((Matter.ACCEDED, Matter.MEMBER), of_milestone),
    **dict.fromkeys((Matter.APPLICANT_VOTE, Matter.REFERENDUM), of_own_events),
    **dict.fromkeys((Matter.COMMITMENT, Matter.CAUSE), of_judgement),
    Matter.MEMBERS: of_members,
    Matter.REQUIRED: of_required,
    Matter.VOTE: of_vote,
    Matter.RENAMED: of_name,
    Matter.CLAIM: of_claim,
}


@dataclass(frozen=True)
class CheckedClause:
    """One statement with its verdict, and what was found."""

    asked: Asked
    finding: Finding
    verdict: Verdict
    why: Why


@dataclass(frozen=True)
class Check:
    """The verdict on one or several statements together."""

    clauses: tuple[CheckedClause, ...]
    verdict: Verdict
    why: Why


def check(edition: Edition, clauses: Sequence[Clause], as_of: date) -> Check:
    """The verdict on the statements, all of which are claimed, with what that edition shows by that day."""
    checked = tuple(_check_one(Asked(edition, clause, as_of)) for clause in clauses)
    return Check(checked, *combined((one.verdict, one.why) for one in checked))


def _check_one(asked: Asked) -> CheckedClause:
    finding = _DECIDED_BY[asked.clause.act](asked)
    if asked.clause.negated:
        finding = replace(finding, truths=_all_turned(finding.truths))
    return CheckedClause(asked, finding, *verdict_of(list(finding.truths.values())))


def _all_turned(truths: Mapping[str, Truth]) -> dict[str, Truth]:
    return {name: turned_round(truth) for name, truth in truths.items()}
