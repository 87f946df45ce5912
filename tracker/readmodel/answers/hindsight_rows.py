"""What came after a day, as is known now: for who asks for it, and always under a name of its own."""

from datetime import date
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.standing.documents import date_document, later_document
from tracker.domain.vocabulary import Milestone, Reached, Stage, Subject
from tracker.readmodel.answers.documents import rectifications_of
from tracker.readmodel.days.as_of import hidden_on, is_told_on, names_by, sources_by
from tracker.readmodel.edition import Edition

Later = dict[str, Any]


def later_of_accession(edition: Edition, code: str, day: date) -> Later:
    """The milestones that were passed after the day, or may have been."""
    standing = edition.standing(code, day)
    dated = {milestone: later_document(standing.milestones[milestone], day) for milestone in Milestone}
    return {"milestones": {milestone.value: later for milestone, later in dated.items() if later}}


def later_of_ratification(edition: Edition, code: str, ally: str, day: date) -> Later:
    """The stages that were reached after the day, or may have been."""
    dates = edition.standing(code, day).ratifications[ally].dates
    dated = {stage: later_document(dates[stage], day) for stage in Stage}
    return {"stages": {stage.value: later for stage, later in dated.items() if later}}


def later_of_event(edition: Edition, key: str, day: date) -> Later:
    """What the day could not show of the event."""
    event = edition.event(key)
    if event is None:
        return {}
    untold = [one for one in rectifications_of(edition, Subject.EVENT, key) if not is_told_on(one, day)]
    put_right: Later = {"rectifications": untold} if untold else {}
    return {**hidden_on(event.document, day), **_date_after(event.occurred, day), **put_right}


def _date_after(occurred: PartialDate, day: date) -> Later:
    return {} if occurred.by(day) is Reached.REACHED else {"occurred": date_document(occurred)}


def later_of_commitment(edition: Edition, key: str, day: date) -> Later:
    """What the day could not show of the commitment, and the claims made since."""
    commitment = next(one for one in edition.commitments if one.key == key)
    claims = [dict(one.document) for one in commitment.claims if one.assessed.occurred.by(day) is not Reached.REACHED]
    return {**hidden_on(commitment.document, day), **({"assessments": claims} if claims else {})}


def later_of_state(edition: Edition, code: str, day: date) -> Later:
    """The membership and the names that came after the day, and the sources published since."""
    party, membership = edition.state.parties[code], edition.memberships.get(code)
    shown, read = names_by(party["names"], day), sources_by(party["sources"], day)
    later: Later = {
        "dated_names": [name for name in party["names"] if name not in shown],
        "sources": [source for source in party["sources"] if source not in read],
    }
    if membership and membership.since.by(day) is not Reached.REACHED:
        later["member_since"] = date_document(membership.since)
    return {name: value for name, value in later.items() if value}
