"""What one ally, or all of them, did on a protocol."""

from collections.abc import Callable, Mapping
from datetime import date

from tracker.domain.checking import Truth, Why, absent, agreed, counted, falls_within, is_last, missing_are, number_is
from tracker.domain.checking.clauses import READINGS, STAGE_OF, Clause, Matter
from tracker.domain.checking.together import Counted, in_that_order, place_is
from tracker.domain.dates import PartialDate
from tracker.domain.standing import StageDate
from tracker.domain.vocabulary import Milestone, Reached, Stage
from tracker.readmodel.checking import sentences
from tracker.readmodel.checking.finding import Asked, Finding, seen, undecided
from tracker.readmodel.checking.spans import days_between
from tracker.readmodel.ratifications import last_check


def readings_of(act: Matter) -> tuple[Matter, ...]:
    """The acts that the word may mean."""
    return READINGS if act is Matter.RATIFIED else (act,)


def of_allies(asked: Asked) -> Finding:
    """What is said of an ally, of several in an order, or of all of them."""
    clause = asked.clause
    if clause.accession not in asked.edition.processes:
        return undecided(Why.OUTSIDE, sentences.outside())
    if clause.order:
        return _in_order(asked)
    return _together(asked) if clause.together else _of_one(asked)


def _dates(asked: Asked, act: Matter) -> Mapping[str, StageDate]:
    """When each ally did it, by code."""
    standing = asked.edition.standing(asked.clause.accession, asked.as_of)
    return {ally: one.dates[STAGE_OF[act]] for ally, one in standing.ratifications.items()}


def _spans(dates: Mapping[str, StageDate]) -> dict[str, PartialDate | None]:
    return {ally: dated.occurred for ally, dated in dates.items()}


def _of_one(asked: Asked) -> Finding:
    clause = asked.clause
    standing = asked.edition.standing(clause.accession, asked.as_of)
    one = standing.ratifications.get(clause.ally)
    if one is None:
        return _not_needed(asked)
    truths = {act: _truth_of_one(asked, act) for act in readings_of(clause.act)}
    stages = {stage.value: one.dates[stage] for stage in Stage if stage is not Stage.SIGNED}
    evidence = [key for act in truths for key in seen(one.dates[STAGE_OF[act]], asked.as_of)]
    if clause.last or clause.first:
        evidence += _witnesses_of_edge(asked, tuple(truths))
    told = sentences.of_ally(asked, stages, tuple(truths))
    if clause.last or clause.first:
        told = sentences.of_edge(asked, {act: edge_of(asked, act) for act in truths})
    return Finding(_by_name(truths), told, tuple(dict.fromkeys(evidence)), stages)


def _not_needed(asked: Asked) -> Finding:
    """The protocol was not signed, or did not need that state: then it did nothing on it."""
    clause, process = asked.clause, asked.edition.processes[asked.clause.accession]
    truth = absent(clause.window, asked.as_of, closed_until=asked.as_of)
    signed = process.milestones[Milestone.SIGNED].by(asked.as_of) is Reached.REACHED
    why = Why.WRONG_PARTY if signed else Why.PREMISE
    truths = {act: Truth(truth.value, why if truth.value is False else truth.why) for act in readings_of(clause.act)}
    return Finding(_by_name(truths), sentences.not_needed(asked, signed=signed))


def _truth_of_one(asked: Asked, act: Matter) -> Truth:
    clause, dates = asked.clause, _dates(asked, act)
    dated = dates[clause.ally]
    parts = [_happened(asked, dated)]
    if clause.last or clause.first:
        parts.append(is_last(clause.ally, _spans(dates), first=clause.first))
    if clause.rank is not None:
        parts.append(place_is(clause.ally, clause.rank, _spans(dates)))
    if clause.since is not None:
        parts.append(days_between(asked, dated))
    return agreed(parts)


def _happened(asked: Asked, dated: StageDate) -> Truth:
    clause = asked.clause
    if dated.occurred is not None:
        return falls_within(dated.occurred, clause.window, asked.as_of)
    checked = last_check(asked.edition, clause.accession, clause.ally, asked.as_of)
    return absent(clause.window, asked.as_of, closed_until=checked.date() if checked else None)


def edge_of(asked: Asked, act: Matter) -> tuple[tuple[str, ...], PartialDate | None]:
    """Who may have been the last (or the first) to act, and when that was; nothing where a day is missing."""
    spans = {ally: span for ally, span in _spans(_dates(asked, act)).items() if span}
    first = asked.clause.first
    possible = tuple(ally for ally in spans if is_last(ally, spans, first=first).value is not False)
    return possible, spans[possible[0]] if len(possible) == 1 else None


def _witnesses_of_edge(asked: Asked, acts: tuple[Matter, ...]) -> list[str]:
    keys: list[str] = []
    for act in acts:
        possible, _span = edge_of(asked, act)
        if len(possible) == 1:
            keys += seen(_dates(asked, act)[possible[0]], asked.as_of)
    return keys


def _in_order(asked: Asked) -> Finding:
    acts = readings_of(asked.clause.act)
    truths = {act: in_that_order(asked.clause.order, _spans(_dates(asked, act))) for act in acts}
    keys = [key for act in acts for ally in asked.clause.order for key in _keys(asked, act, ally)]
    return Finding(_by_name(truths), sentences.of_order(asked, _dates(asked, acts[0])), tuple(dict.fromkeys(keys)))


def _keys(asked: Asked, act: Matter, ally: str) -> tuple[str, ...]:
    dated = _dates(asked, act).get(ally)
    return seen(dated, asked.as_of) if dated else ()


def _together(asked: Asked) -> Finding:
    by_act = {act: counted_by(asked, act, asked.day) for act in readings_of(asked.clause.act)}
    truths = {act: _truth_together(asked, act, by) for act, by in by_act.items()}
    told = sentences.of_counts(asked, by_act)
    return Finding(_by_name(truths), told, counted={act.value: by for act, by in by_act.items()})


def counted_by(asked: Asked, act: Matter, day: date) -> Counted:
    """Who of the allies needed on that day had done it by then."""
    standing = asked.edition.standing(asked.clause.accession, day)
    return counted({one.ally: one.by(STAGE_OF[act]) for one in standing.required})


def _truth_together(asked: Asked, act: Matter, by: Counted) -> Truth:
    clause = asked.clause
    if (clause.window.last or asked.as_of) > asked.as_of:
        return Truth(None, Why.FUTURE)
    if clause.of is not None and clause.of != by.required:
        return Truth(False, Why.WRONG_DENOMINATOR)
    if not by.required:
        return _before_signature(asked, act)
    return agreed(part(by) for part in _claims_of_number(clause))


def _before_signature(asked: Asked, act: Matter) -> Truth:
    """Nobody is needed on what is not signed; some parliaments vote before that all the same."""
    by_then = {dated.by(asked.day) for dated in _dates(asked, act).values()}
    if asked.clause.n != 0 or Reached.REACHED in by_then:
        return Truth(False, Why.PREMISE if asked.clause.n != 0 else Why.WRONG_COUNT)
    return Truth(None, Why.NOT_ON_RECORD) if Reached.UNKNOWN in by_then else Truth(True)


def _claims_of_number(clause: Clause) -> list[Callable[[Counted], Truth]]:
    claims: list[Callable[[Counted], Truth]] = []
    if clause.missing is not None:
        missing = clause.missing
        claims.append(lambda by: missing_are(by, missing))
    if clause.n is not None:
        number = clause.n
        claims.append(lambda by: number_is(by, number))
    if clause.at_least is not None:
        least = clause.at_least
        claims.append(lambda by: number_is(by, least, or_more=True))
    return claims or [lambda by: number_is(by, by.required)]


def _by_name(truths: Mapping[Matter, Truth]) -> dict[str, Truth]:
    return {act.value: truth for act, truth in truths.items()}
