"""Statements on what allies did on a protocol: one of them, some, all or none."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from tracker.domain.checking import Clause, Matter
from tracker.readmodel.statements.part import Part
from tracker.readmodel.statements.who import Who, who_in

_ACTS: Final = ("deposited", "assented", "submitted", "approved", "ratified")
_VOTES: Final = ("vote", "rejected")
_TALLY: Final = re.compile(
    r"(?:(?P<yes>\d+) (?:votes? )?(?:to|for and|in favou?r and|against|for,) (?P<no>\d+)(?: against)?|"
    r"(?<![\d-])(?P<y>\d+)[–-](?P<n>\d+)(?![\d-]))"
)
_UNANIMOUS: Final = re.compile(
    r"\bunanim\w+|without (?:a single |any )?(?:vote against|votes against|dissent|opposition)"
)
_OF: Final = re.compile(r"(?P<n>\d+) (?:out )?of (?:the |its |nato[’']s |all )?(?P<of>\d+)", re.IGNORECASE)
_ALL_BUT: Final = re.compile(r"\ball but (?P<but>\d+) of (?:the |its )?(?P<of>\d+)", re.IGNORECASE)
_DAYS: Final = re.compile(r"\d+ days", re.IGNORECASE)
_ALL: Final = re.compile(r"\ball (?:the |of the |its )?(?P<of>\d+)", re.IGNORECASE)
_SOME: Final = re.compile(
    r"(?P<n>\d+) (?:\w+ )?(?:allies|ally|members|parliaments|states|instruments|countries|capitals)", re.IGNORECASE
)
_EXCEPT: Final = re.compile(r"\b(?:but|except|apart from|but for)\b", re.IGNORECASE)
_STILL_OUT: Final = re.compile(
    r"\bhold(?:ing)? ?-?outs?\b|\bheld out\b|outstanding|still missing|yet to", re.IGNORECASE
)
_HOUSES: Final = (
    "Congress of Deputies",
    "Chamber of Deputies",
    "House of Representatives",
    "House of Commons",
    "House of Lords",
    "Senate",
    "Bundesrat",
    "Bundestag",
    "Sejm",
)


def ally_clauses(part: Part, before: Sequence[Clause]) -> list[Clause] | None:
    """What is said of allies; None where the part is about an applicant or the alliance."""
    names = part.signs.act_names()
    if not names & {*_ACTS, *_VOTES} or _is_of_applicant(part, names):
        return None
    act = _act(part, names)
    who = _who(part, before)
    if not who.applicants:
        return []
    if act is Matter.VOTE:
        return _votes(part, who)
    if part.signs.has("everybody", "nobody", "only") and (counts := _together(part, who, act)):
        return counts
    return _each(part, who, act)


def _is_of_applicant(part: Part, names: set[str]) -> bool:
    """Whether the words of an ally's act stand in a sentence about an applicant: “needed the consent of 31”."""
    if _DAYS.search(part.rest) or names & {"required", "renamed", "referendum", "withdrawn"}:
        return True
    if "acceded" in names and "instrument of accession" in part.rest.lower():
        return True
    if names & {"acceded", "applied", "invited"} and not names & {"deposited", "assented", "submitted", "ratified"}:
        return True
    return "signed" in names and not names & {*_ACTS}


def _act(part: Part, names: set[str]) -> Matter:
    if _TALLY.search(_without_of(part)) or _UNANIMOUS.search(part.rest.lower()) or "rejected" in names:
        return Matter.VOTE
    first = [one.label.removeprefix("act:") for one in part.signs.acts() if one.label.removeprefix("act:") in _ACTS]
    if first and first[0] == Matter.APPROVED and _chamber(part) and not part.signs.has("everybody", "nobody", "only"):
        # One house of several is not the approval of the ally; it may be the half of it.
        return Matter.VOTE
    return Matter(first[0]) if first else Matter.VOTE


def _without_of(part: Part) -> str:
    return _OF.sub("", part.rest)


def _who(part: Part, before: Sequence[Clause]) -> Who:
    who = who_in(part.signs, part.edition, part.day, act_at=part.act_at(*_ACTS, *_VOTES))
    if not who.applicants and before:
        who = replace(who, applicants=tuple(dict.fromkeys(clause.accession for clause in before)))
    if not who.actors and before and not part.signs.has("everybody", "nobody"):
        who = replace(who, actors=tuple(dict.fromkeys(clause.ally for clause in before if clause.ally)))
    return who


def _votes(part: Part, who: Who) -> list[Clause]:
    tally = _tally(part)
    outcome = "" if tally else "rejected" if "rejected" in part.signs.act_names() else "carried"
    negated = bool(outcome) and part.is_negated(part.act_at("rejected", *_ACTS))
    made = Clause(
        Matter.VOTE, window=part.window, tally=tally, chamber=_chamber(part), outcome=outcome, negated=negated
    )
    return [replace(made, accession=code, ally=ally) for code in who.applicants for ally in who.actors]


def _chamber(part: Part) -> str:
    """The house that is named by its own name."""
    return next((house for house in _HOUSES if house.lower() in part.rest.lower()), "")


def _tally(part: Part) -> tuple[int | None, int | None] | None:
    found = _TALLY.search(_without_of(part))
    if found:
        return int(found["yes"] or found["y"]), int(found["no"] or found["n"])
    return (None, 0) if _UNANIMOUS.search(part.rest.lower()) else None


def _each(part: Part, who: Who, act: Matter) -> list[Clause]:
    made = Clause(
        act,
        window=part.window,
        negated=part.is_negated(part.act_at(*_ACTS)),
        first=part.signs.has("first"),
        last=part.signs.has("last"),
        rank=part.place,
    )
    return [replace(made, accession=code, ally=ally) for code in who.applicants for ally in who.actors]


def _together(part: Part, who: Who, act: Matter) -> list[Clause]:
    made = Clause(act, window=part.window, together=True)
    said = _numbers(part, who)
    if said is None:
        return []
    clauses = [replace(made, accession=code, **said) for code in who.applicants]
    if part.signs.has("only") and "n" in said and who.actors:
        clauses += [
            replace(made, together=False, accession=code, ally=ally) for code in who.applicants for ally in who.actors
        ]
    return clauses


def _numbers(part: Part, who: Who) -> dict[str, Any] | None:
    """What is claimed of how many; None where the part is about single allies after all."""
    if part.signs.has("nobody"):
        return {"n": 0}
    if (said := _of_so_many(part)) is not None:
        return said
    if part.signs.has("only"):
        return _only(part, who)
    if found := _SOME.search(part.rest):
        return _counted(part, int(found["n"]), None)
    return None if who.actors else {"negated": part.is_negated(part.act_at(*_ACTS))}


def _of_so_many(part: Part) -> dict[str, Any] | None:
    """So many of so many, or all of them."""
    if found := _ALL_BUT.search(part.rest):
        return {"n": int(found["of"]) - int(found["but"]), "of": int(found["of"])}
    if found := _OF.search(part.rest):
        return _counted(part, int(found["n"]), int(found["of"]))
    if found := _ALL.search(part.rest):
        return {"n": int(found["of"]), "of": int(found["of"]), "negated": part.is_negated(part.act_at(*_ACTS))}
    return None


def _counted(part: Part, number: int, of: int | None) -> dict[str, Any]:
    """So many had; or had not, of so many."""
    if part.is_negated(part.act_at(*_ACTS)) and of is not None:
        number = of - number
    name = "at_least" if part.signs.has("least") else "n"
    return {name: number, "of": of}


def _only(part: Part, who: Who) -> dict[str, Any] | None:
    if not who.actors:
        return None
    turned = part.is_negated(len(part.signs.words)) or _STILL_OUT.search(part.rest)
    if turned or _EXCEPT.search(part.rest):
        return {"missing": who.actors}
    return {"n": len(who.actors)}
