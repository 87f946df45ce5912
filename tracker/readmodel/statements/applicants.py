"""Statements on applicants, members and the alliance: who applied, was invited, joined, and how many there were."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tracker.domain.checking import ANY_TIME, Clause, Matter, Relation, Window, window_of
from tracker.domain.vocabulary import Milestone
from tracker.readmodel.statements.part import Part
from tracker.readmodel.statements.who import Who, subjects_in

# The acts of applicants, the one that decides first.
_ACTS: Final = (
    Matter.RENAMED,
    Matter.REFERENDUM,
    Matter.REQUIRED,
    Matter.WITHDRAWN,
    Matter.INVITED,
    Matter.APPLIED,
    Matter.ACCEDED,
    Matter.IN_FORCE,
    Matter.SIGNED,
    Matter.MEMBER,
)
_MEMBERS: Final = re.compile(
    r"(?:NATO|alliance)[^.]*? (?:had|has|have|counted|numbered|grew to|to|of|with) (?P<n>\d+)"
    r"(?: members| states| allies|\b)|"
    r"(?P<m>\d+) (?:members|states|countries|allies) (?:were|are|belonged|made up|formed|in NATO|of NATO)",
    re.IGNORECASE,
)
_REQUIRED: Final = re.compile(r"(?P<n>\d+)")
_HAD_SIGNED: Final = re.compile(r"(?P<n>\d+) (?:allies |states |members )?(?:had )?signed", re.IGNORECASE)
_DAYS: Final = re.compile(r"(?P<n>\d+) days", re.IGNORECASE)


def applicant_clauses(part: Part, before: Sequence[Clause]) -> list[Clause] | None:
    """What is said of an applicant or of the alliance; None where there is no such act."""
    names = part.signs.act_names()
    if (days := _days_between(part, names)) is not None:
        return days
    if (members := _MEMBERS.search(part.rest)) and not part.signs.parties:
        return [Clause(Matter.MEMBERS, window=part.window, n=int(members["n"] or members["m"]))]
    act = next((act for act in _ACTS if act.value in names), None)
    if act is None:
        return None
    if act is Matter.REQUIRED:
        return _required(part)
    return _clauses(part, act, _who(part, act, before))


def _who(part: Part, act: Matter, before: Sequence[Clause]) -> Who:
    who = subjects_in(part.signs, part.edition, part.day, act_at=part.act_at(act.value), after=act is Matter.INVITED)
    if not who.applicants and before:
        return replace(who, applicants=tuple(dict.fromkeys(clause.accession for clause in before)))
    return who


def _clauses(part: Part, act: Matter, who: Who) -> list[Clause]:
    if act in {Matter.ACCEDED, Matter.APPLIED} and _is_house_vote(part):
        act = Matter.APPLICANT_VOTE
    if act is Matter.MEMBER and "since" in part.text.lower() and part.window.is_one_day:
        act = Matter.ACCEDED
    window = part.window if part.window != ANY_TIME else _window_of_another(part, act, who)
    negated = part.is_negated(part.act_at(act.value)) and not who.against and "without interruption" not in part.rest
    made = Clause(act, window=window, negated=negated, rank=part.place)
    clauses = [replace(made, accession=code) for code in who.applicants]
    return clauses + [replace(made, accession=code, negated=True) for code in who.against]


def _is_house_vote(part: Part) -> bool:
    """“The Finnish parliament voted to join”: the vote of a house, and not the act that it was about."""
    return part.signs.has("body") and re.search(r"\bvot(?:e[sd]?|ing)\b", part.rest) is not None


def _window_of_another(part: Part, act: Matter, who: Who) -> Window:
    """The days that the statement names by another act: when the protocol was signed, together with another state."""
    if who.actors and act is Matter.ACCEDED:
        membership = part.edition.memberships.get(who.actors[0])
        return _on(membership.since.latest if membership else None, Relation.ON)
    if not who.applicants:
        return ANY_TIME
    code, names = who.applicants[0], part.signs.act_names()
    if act is Matter.RENAMED and "signed" in names:
        return _on(_milestone(part, code, Milestone.SIGNED), Relation.BY)
    if act is Matter.REFERENDUM and "acceded" in names:
        relation = Relation.BEFORE if part.signs.has("after") else Relation.AFTER
        return _on(_milestone(part, code, Milestone.ACCEDED), relation)
    return ANY_TIME


def _on(day: date | None, relation: Relation) -> Window:
    return window_of(relation, day) if day else ANY_TIME


def _milestone(part: Part, code: str, milestone: Milestone) -> date | None:
    process = part.edition.processes.get(code)
    occurred = process.milestones[milestone].occurred if process else None
    return occurred.latest if occurred else None


def _required(part: Part) -> list[Clause]:
    who = subjects_in(part.signs, part.edition, part.day, act_at=part.act_at("required"), after=False)
    signed = _HAD_SIGNED.search(part.rest)
    found = _REQUIRED.search(_HAD_SIGNED.sub("", part.rest))
    if found is None:
        return []
    made = Clause(Matter.REQUIRED, window=part.window, of=int(found["n"]), signed=int(signed["n"]) if signed else None)
    negated = part.is_negated(part.act_at("required"))
    return [replace(made, accession=code, negated=negated) for code in who.applicants]


def _days_between(part: Part, names: set[str]) -> list[Clause] | None:
    """So many days between two acts of one accession; None where no such span is claimed."""
    found = _DAYS.search(part.rest)
    starts = [one for one in (Matter.SIGNED, Matter.APPLIED, Matter.INVITED) if one.value in names]
    ends_in_joining = "acceded" in names or re.search(r"\baccession\b|\bmembership\b", part.rest) is not None
    is_signing = re.search(r"\bsign(?:ing|ature|ed)\b", part.rest) is not None
    if not found or not (starts or is_signing) or not ends_in_joining:
        return None
    who = subjects_in(part.signs, part.edition, part.day, act_at=len(part.signs.words), after=False)
    number, over = int(found["n"]), part.signs.has("than")
    made = Clause(Matter.ACCEDED, since=starts[0] if starts else Matter.SIGNED)
    made = replace(made, more_than=number) if over else replace(made, days=number)
    return [replace(made, accession=code) for code in who.applicants]
