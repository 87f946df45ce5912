"""How an ally's parliament voted."""

from collections.abc import Sequence

from tracker.domain.checking import Truth, Why, agreed, falls_within
from tracker.domain.checking.clauses import Clause
from tracker.domain.checking.votes import tally_is
from tracker.domain.standing import StageDate
from tracker.domain.vocabulary import EventKind, Outcome, Reached, Stage
from tracker.language.names import fold
from tracker.readmodel.checking import sentences
from tracker.readmodel.checking.applicant_acts import best_of
from tracker.readmodel.checking.finding import Asked, Finding, undecided
from tracker.readmodel.events import RecordedEvent

_REJECTED = frozenset({"rejected", "lost", "no"})


def of_vote(asked: Asked) -> Finding:
    """Whether there was such a vote, with such numbers or such an end."""
    events = [event for event in _votes(asked) if event.has_happened_by(asked.as_of)]
    told = sentences.of_votes(asked, events)
    keys = tuple(event.key for event in events)
    if asked.clause.outcome:
        return Finding({asked.clause.act: _ended(asked, events)}, told, keys)
    if not events:
        return undecided(Why.NOT_ON_RECORD, told)
    truth = best_of([_is_so(asked, event) for event in events])
    if truth.value is False and any(_differs(event, asked.clause) for event in events):
        truth = Truth(None, Why.CONFLICT)
    return Finding({asked.clause.act: truth}, told, keys)


def _votes(asked: Asked) -> list[RecordedEvent]:
    clause = asked.clause
    events: Sequence[RecordedEvent] = asked.edition.events_by_accession.get(clause.accession, ())
    votes = [event for event in events if event.kind is EventKind.CHAMBER_VOTE and event.actor == clause.ally]
    wanted = fold(clause.chamber)
    named = [event for event in votes if wanted and wanted in fold(event.act.office)]
    return named or ([] if wanted else votes)


def _is_so(asked: Asked, event: RecordedEvent) -> Truth:
    day = falls_within(event.occurred, asked.clause.window, asked.as_of)
    return agreed([tally_is(event.act.votes, asked.clause.tally), day])


def _differs(event: RecordedEvent, clause: Clause) -> bool:
    """Whether another source gives the number that is claimed."""
    yes, no = clause.tally or (None, None)
    claimed = {("yes", str(yes)), ("no", str(no))} - {("yes", "None"), ("no", "None")}
    told = {(conflict["field"], conflict["value"]) for conflict in event.document["conflicts"] or ()}
    return not claimed.isdisjoint(told)


def _ended(asked: Asked, events: Sequence[RecordedEvent]) -> Truth:
    """Whether the house said no, or yes, on the days claimed."""
    ended = {event: asked.edition.outcome(event) for event in events}
    wanted = Outcome.LOST if asked.clause.outcome in _REJECTED else Outcome.CARRIED
    fitting = [event for event, outcome in ended.items() if outcome is wanted]
    if fitting:
        return best_of([falls_within(event.occurred, asked.clause.window, asked.as_of) for event in fitting])
    if any(outcome is not wanted and outcome is not Outcome.NOT_TOLD for outcome in ended.values()):
        return Truth(False, Why.NO_SUCH_ACT)
    return _by_approval(asked, wanted)


def _by_approval(asked: Asked, wanted: Outcome) -> Truth:
    """Where no vote of that house is on record, the approval of the ally says what it can."""
    approved = _approval(asked)
    if approved is None or approved.occurred is None:
        return Truth(None, Why.NOT_ON_RECORD)
    if wanted is Outcome.LOST:
        is_given = approved.by(asked.as_of) is Reached.REACHED
        return Truth(False, Why.NO_SUCH_ACT) if is_given else Truth(None, Why.NOT_ON_RECORD)
    return falls_within(approved.occurred, asked.clause.window, asked.as_of)


def _approval(asked: Asked) -> StageDate | None:
    if asked.clause.accession not in asked.edition.processes:
        return None
    one = asked.edition.standing(asked.clause.accession, asked.as_of).ratifications.get(asked.clause.ally)
    return one.dates[Stage.APPROVED] if one else None
