"""A statement as the parameters of an address, and back: the address of a check is its citation."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from tracker.domain.checking.clauses import Clause, Relation


def parameters_of(clause: Clause) -> dict[str, str]:
    """The statement as parameters, only those that say something, in a fixed order."""
    return {name: value for name, value in _all(clause) if value}


def _all(clause: Clause) -> Iterator[tuple[str, str]]:
    yield "accession", clause.accession
    yield "ally", clause.ally
    yield "subject", "allies" if clause.together else clause.party
    yield "act", clause.act.value
    yield from _days(clause)
    for name in ("negated", "first", "last"):
        yield name, "1" if getattr(clause, name) else ""
    for name in ("n", "at_least", "of", "signed", "rank", "days", "more_than"):
        yield name, _number(getattr(clause, name))
    yield "missing", ",".join(clause.missing) if clause.missing else ""
    yield "order", ",".join(clause.order)
    yield "tally", "-".join(map(_number, clause.tally)) if clause.tally else ""
    yield "since", clause.since.value if clause.since else ""
    for name in ("chamber", "outcome", "commitment", "status"):
        yield name, getattr(clause, name)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _days(clause: Clause) -> Iterator[tuple[str, str]]:
    window = clause.window
    match window.relation:
        case Relation.BEFORE if window.last:
            yield "before", str(window.last + timedelta(days=1))
        case Relation.AFTER if window.first:
            yield "after", str(window.first - timedelta(days=1))
        case Relation.WITHIN:
            yield from (("from", str(window.first)), ("until", str(window.last)))
        case Relation():
            yield window.relation.value, str(window.last)


def packed(parameters: Mapping[str, str]) -> str:
    """One of several forms, for the parameter `clause`: `accession:SWE;ally:TUR;act:approved;by:2023-12-31`."""
    return ";".join(f"{name}:{value.replace(',', ' ')}" for name, value in parameters.items())
