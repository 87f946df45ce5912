"""How many days lay between two acts, as a statement claims it."""

from tracker.domain.checking import Truth, Why
from tracker.domain.checking.clauses import MILESTONE_OF
from tracker.domain.standing import StageDate
from tracker.readmodel.checking.finding import Asked


def days_between(asked: Asked, dated: StageDate) -> Truth:
    """Whether as many days lay between the milestone named and the act."""
    least, most = span_between(asked, dated)
    clause = asked.clause
    if least is None or most is None:
        return Truth(None, Why.NOT_ON_RECORD)
    if clause.more_than is not None:
        return _decide(least > clause.more_than, most > clause.more_than)
    if clause.days is None:
        return Truth(True)
    return _decide(least == most == clause.days, least <= clause.days <= most)


def _decide(sure: bool, possible: bool) -> Truth:
    if sure:
        return Truth(True)
    return Truth(None, Why.NOT_ON_RECORD) if possible else Truth(False, Why.WRONG_COUNT)


def span_between(asked: Asked, dated: StageDate) -> tuple[int | None, int | None]:
    """How many days at least and at most lay between the milestone named and the act; None where one has no end."""
    clause = asked.clause
    process = asked.edition.processes.get(clause.accession)
    start = process.milestones[MILESTONE_OF[clause.since]].occurred if process and clause.since else None
    end = dated.occurred
    if not (start and end and start.earliest and start.latest and end.earliest and end.latest):
        return None, None
    return (end.earliest - start.latest).days, (end.latest - start.earliest).days
