"""What the applicant, or the alliance on its accession, did; who was a member, and how many there were."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from tracker.domain.checking import Relation, Truth, Why, absent, agreed, falls_within, place_is, window_of
from tracker.domain.checking.clauses import MILESTONE_OF, Matter
from tracker.domain.checking.votes import tally_is
from tracker.domain.dates import PartialDate
from tracker.domain.standing import NO_DATE, StageDate
from tracker.domain.vocabulary import Basis, EventKind, Milestone, Reached
from tracker.readmodel.checking import sentences
from tracker.readmodel.checking.finding import Asked, Finding, undecided
from tracker.readmodel.checking.finding import seen as keys_seen
from tracker.readmodel.checking.spans import days_between
from tracker.readmodel.events import RecordedEvent

# The acts of the alliance on an accession are few and followed; what is not on record by a day was not by then.
_FOLLOWED: Final = frozenset({Matter.INVITED, Matter.SIGNED, Matter.IN_FORCE, Matter.ACCEDED, Matter.MEMBER})
_KINDS: Final = {Matter.APPLICANT_VOTE: EventKind.APPLICANT_VOTE, Matter.REFERENDUM: EventKind.REFERENDUM}


def of_milestone(asked: Asked) -> Finding:
    """Whether a turn of the accession was on the days claimed."""
    clause = asked.clause
    dated = _milestone(asked)
    if dated is None:
        return undecided(Why.OUTSIDE, sentences.outside())
    parts = [_happened(asked, dated)]
    if clause.rank is not None:
        parts.append(place_is(clause.accession, clause.rank, _joined(asked)))
    if clause.since is not None:
        parts.append(days_between(asked, dated))
    told = sentences.of_rank(asked, rank_of(asked)) if clause.rank is not None else sentences.of_milestone(asked, dated)
    if clause.since is not None:
        told = sentences.of_days(asked, dated)
    return Finding({clause.act: agreed(parts)}, told, keys_seen(dated, asked.as_of), _milestones(asked))


def _milestone(asked: Asked) -> StageDate | None:
    """When it was; None where the record is not about such a state at all."""
    code, act = asked.clause.accession, asked.clause.act
    if act in {Matter.ACCEDED, Matter.MEMBER}:
        return _membership(asked, code)
    process = asked.edition.processes.get(code)
    return process.milestones[MILESTONE_OF[act]] if process else None


def _membership(asked: Asked, code: str) -> StageDate | None:
    membership = asked.edition.memberships.get(code)
    if membership is not None:
        return StageDate(membership.since, Basis.ACT, membership.witnesses)
    # The members are all on record: whoever is not among them was none.
    return NO_DATE if code in asked.edition.states or asked.clause.act is Matter.MEMBER else None


def _milestones(asked: Asked) -> Mapping[str, StageDate]:
    process = asked.edition.processes.get(asked.clause.accession)
    if process is None:
        return {}
    return {one.value: process.milestones[one] for one in Milestone if one is not Milestone.WITHDRAWN}


def _happened(asked: Asked, dated: StageDate) -> Truth:
    clause, window = asked.clause, asked.clause.window
    if clause.act is Matter.MEMBER and window.relation in {Relation.WITHIN, Relation.ON} and window.first:
        if (window.last or asked.as_of) > asked.as_of:
            return Truth(None, Why.FUTURE)
        # Nobody has left the alliance so far: who was a member on the first of the days was one on all.
        window = window_of(Relation.BY, window.first)
    if dated.occurred is not None:
        return falls_within(dated.occurred, window, asked.as_of)
    return absent(window, asked.as_of, closed_until=asked.as_of if clause.act in _FOLLOWED else None)


def _joined(asked: Asked) -> dict[str, PartialDate | None]:
    return {code: one.since for code, one in asked.edition.memberships.items()}


def rank_of(asked: Asked) -> tuple[int, int] | None:
    """The best and the worst place that the state may have among the members, by day; None for what is none."""
    own = asked.edition.memberships.get(asked.clause.accession)
    if own is None or own.since.by(asked.as_of) is not Reached.REACHED:
        return None
    places = range(1, len(asked.edition.memberships) + 1)
    joined = _joined(asked)
    possible = [one for one in places if place_is(asked.clause.accession, one, joined).value is not False]
    return possible[0], possible[-1]


def of_members(asked: Asked) -> Finding:
    """How many members there were."""
    clause, count = asked.clause, len(asked.edition.members(asked.day))
    told = sentences.of_members(asked, count)
    if (clause.window.last or asked.as_of) > asked.as_of:
        return undecided(Why.FUTURE, told)
    claimed = clause.n if clause.n is not None else clause.at_least
    if claimed is None:
        return undecided(Why.NOT_ON_RECORD, told)
    right = count == claimed if clause.n is not None else count >= claimed
    newest = max(asked.edition.members(asked.day), key=lambda code: _since(asked, code), default="")
    keys = asked.edition.memberships[newest].evidence if newest else ()
    return Finding({clause.act: Truth(True) if right else Truth(False, Why.WRONG_COUNT)}, told, keys)


def _since(asked: Asked, code: str) -> str:
    return str(asked.edition.memberships[code].since.latest)


def of_required(asked: Asked) -> Finding:
    """How many allies a protocol needed: on a day, or in the end and at its signature."""
    clause = asked.clause
    process = asked.edition.processes.get(clause.accession)
    signed = process.milestones[Milestone.SIGNED].occurred if process else None
    if process is None or signed is None or signed.latest is None:
        return undecided(Why.OUTSIDE if process is None else Why.PREMISE, sentences.not_needed(asked, signed=False))
    force = process.in_force.occurred
    end = min(asked.day, force.latest) if force and force.latest else asked.day
    first, last = _required_on(asked, signed.latest), _required_on(asked, end)
    truths = {"in_the_end": _is_number(last, clause.of if clause.of is not None else clause.n)}
    if clause.signed is not None:
        truths = {"in_the_end": agreed([truths["in_the_end"], _is_number(first, clause.signed)])}
    elif clause.window.last is None and first != last and clause.of == first:
        truths["on_signature"] = Truth(True)
    return Finding(truths, sentences.of_required(asked, first, last))


def _required_on(asked: Asked, day: date) -> int:
    return len(asked.edition.standing(asked.clause.accession, day).required)


def _is_number(count: int, claimed: int | None) -> Truth:
    if claimed is None:
        return Truth(None, Why.NOT_ON_RECORD)
    return Truth(True) if count == claimed else Truth(False, Why.WRONG_DENOMINATOR)


def of_own_events(asked: Asked) -> Finding:
    """Votes in the applicant's parliament, and its referendums: what kind of act may be on record several times."""
    clause = asked.clause
    events = _own_events(asked)
    shown = [event for event in events if event.has_happened_by(asked.as_of)]
    keys = tuple(event.key for event in shown)
    told = sentences.of_own_events(asked, shown)
    if not events:
        return undecided(Why.NOT_ON_RECORD, told)
    return Finding({clause.act: _any_of(asked, events)}, told, keys)


def _own_events(asked: Asked) -> list[RecordedEvent]:
    kind = _KINDS[asked.clause.act]
    events: Sequence[RecordedEvent] = asked.edition.events_by_accession.get(asked.clause.accession, ())
    return [event for event in events if event.kind is kind and not event.is_planned]


def _any_of(asked: Asked, events: Sequence[RecordedEvent]) -> Truth:
    claimed = asked.clause.tally
    truths = [
        agreed([falls_within(event.occurred, asked.clause.window, asked.as_of), tally_is(event.act.votes, claimed)])
        for event in events
    ]
    return best_of(truths)


def best_of(truths: Sequence[Truth]) -> Truth:
    """True if one is; else not decided if one is; else false, for the reason of the one that stands last."""
    for value in (True, None):
        for truth in truths:
            if truth.value is value:
                return truth
    last = truths[-1]
    return Truth(False, last.why if len(truths) == 1 else Why.NO_SUCH_ACT)


def of_name(asked: Asked) -> Finding:
    """Whether a state had taken the name that it has now."""
    party = asked.edition.parties.get(asked.clause.accession)
    since = [name.since for name in party.names if name.since and name.language == "en"] if party else []
    if not since:
        return undecided(Why.NOT_ON_RECORD, sentences.outside())
    renamed = PartialDate.parse(max(since))
    truth = falls_within(renamed, asked.clause.window, asked.as_of)
    return Finding({asked.clause.act: truth}, sentences.of_name(asked, renamed))
