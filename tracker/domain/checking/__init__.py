"""Whether what somebody says of an act and a day is so: pure functions of dated intervals, with three answers.

A statement is *true* or *false* only where every day that the record leaves open says so. Nothing in here reads a
database, a language or today's date.
"""

from tracker.domain.checking.clauses import ANY_TIME, Clause, Matter, Relation, Window, window_of
from tracker.domain.checking.together import counted, missing_are, number_is, place_is
from tracker.domain.checking.truth import absent, agreed, both, falls_within, is_last, turned_round
from tracker.domain.checking.verdicts import Truth, Verdict, Why, combined, verdict_of

__all__ = [
    "ANY_TIME",
    "Clause",
    "Matter",
    "Relation",
    "Truth",
    "Verdict",
    "Why",
    "Window",
    "absent",
    "agreed",
    "both",
    "combined",
    "counted",
    "falls_within",
    "is_last",
    "missing_are",
    "number_is",
    "place_is",
    "turned_round",
    "verdict_of",
    "window_of",
]
