"""One statement after the other: which act, by whom, on whose accession, by which day."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tracker.domain.checking import ANY_TIME, Clause, Matter, Relation, Window
from tracker.domain.exceptions import TrackerError
from tracker.domain.text import tidy
from tracker.readmodel.edition import Edition
from tracker.readmodel.statements.allies import ally_clauses
from tracker.readmodel.statements.applicants import applicant_clauses
from tracker.readmodel.statements.assertions import saying_clauses
from tracker.readmodel.statements.days import NoSuchDay, days_in
from tracker.readmodel.statements.numbers import in_figures
from tracker.readmodel.statements.part import Part
from tracker.readmodel.statements.signs import signs_in

LONGEST: Final = 300
_NOT_AFTER: Final = "".join(f"(?<!{word})" for word in ("ally", "allies", "member", "members", "all", "one", "states"))
_SPLIT: Final = re.compile(
    rf"; |, but (?!not )|{_NOT_AFTER} but (?!not |for )|, whereas | while |,? and (?=(?:then )?[a-z]+ed\b)"
)
_ASIDE: Final = re.compile(r"[()]")


class NotUnderstood(TrackerError):
    """The words could not be read as a statement on record; `read` is what they came to, `missing` what is lacking."""

    field = "q"

    def __init__(self, missing: str, read: Sequence[Clause] = ()) -> None:
        self.missing = missing
        self.read = tuple(read)
        super().__init__(f"The statement is not understood: {missing}. Write it as a form: accession, ally, act, by.")


def read_statement(text: str, edition: Edition, as_of: date) -> list[Clause]:
    """The statement as one form or several, all of which it claims. Raises `NotUnderstood`."""
    plain = in_figures(_ASIDE.sub(", ", " ".join(tidy(text).split())))
    clauses: list[Clause] = []
    for part in _parts(plain, edition, as_of):
        clauses += _read(part, clauses)
    if not clauses:
        raise NotUnderstood("it names no act, such as approved, deposited or joined")
    return clauses


def _parts(text: str, edition: Edition, as_of: date) -> list[Part]:
    """The parts that say something of their own; a part without an act belongs to the one after it."""
    parts: list[Part] = []
    held = ""
    for piece in _SPLIT.split(text):
        part = _part(f"{held} {piece}".strip(), edition, as_of)
        if part.signs.acts() or part.signs.is_about("judgement") or part.signs.is_about("cause"):
            parts.append(part)
            held = ""
        else:
            held = part.text
    if held and parts:
        parts[-1] = _part(f"{parts[-1].text} {held}", edition, as_of)
    elif held:
        parts.append(_part(held, edition, as_of))
    return _with_days(parts)


def _with_days(parts: Sequence[Part]) -> list[Part]:
    """The parts, each with the day of the whole where it names none of its own."""
    windows = [part.window for part in parts if part.window != ANY_TIME]
    shared = windows[-1] if len(windows) == 1 else ANY_TIME
    return [part if part.window != ANY_TIME else replace(part, window=shared) for part in parts]


def _part(text: str, edition: Edition, as_of: date) -> Part:
    try:
        windows, rest = days_in(text)
    except NoSuchDay as error:
        raise NotUnderstood(f"there is no such day as {error}") from error
    window = windows[0] if windows else ANY_TIME
    day = str(min(window.last or as_of, as_of))
    return Part(text, rest, signs_in(rest, day), window, edition, as_of)


def _read(part: Part, before: Sequence[Clause]) -> list[Clause]:
    if (beyond := part.beyond) and not part.is_of_motives:
        words = " ".join(part.signs.word(place) for place in beyond[0].places)
        raise NotUnderstood(f"“{words}” has no place in a form", before)
    for kind in (saying_clauses, ally_clauses, applicant_clauses):
        if (found := kind(part, before)) is not None:
            if not found:
                raise NotUnderstood("it does not say whose accession, or who acted", before)
            return [_stood_so(part, clause) for clause in found]
    raise NotUnderstood("it names no act, such as approved, deposited or joined", before)


def _stood_so(part: Part, clause: Clause) -> Clause:
    """“On that day it had approved” says that it stood so, and not that it was done on that day."""
    window = clause.window
    if window.relation is not Relation.ON or not _is_state(part, clause):
        return clause
    return replace(clause, window=Window(Relation.AT, None, window.last))


def _is_state(part: Part, clause: Clause) -> bool:
    if clause.act in {Matter.MEMBER, Matter.MEMBERS, Matter.REQUIRED}:
        return True
    return part.signs.has("had") or clause.together or clause.negated
