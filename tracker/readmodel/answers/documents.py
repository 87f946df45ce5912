"""One noun at one edition on one day, as a document: what the API answers and what the data package holds.

Every function takes the edition and the day, and gives rows in a total order that never changes
within that edition: by the position at which the log said it, or by code.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import override

from tracker.domain.canonical import Row
from tracker.domain.dates import PartialDate
from tracker.domain.facts import Source
from tracker.domain.firmness import firmness_document
from tracker.domain.standing import (
    AccessionStanding,
    RatificationStanding,
)
from tracker.domain.standing.documents import accession_document, date_document, ratification_document
from tracker.domain.vocabulary import PlanState, Reached, Subject
from tracker.language.sentences import answer
from tracker.readmodel.answers.coverage import coverage_on
from tracker.readmodel.commitments import say_standing, with_voices
from tracker.readmodel.commitments.rows import commitment_row, statement_row
from tracker.readmodel.days.as_of import (
    date_by,
    names_by,
    shown_on,
    sources_by,
    turn_on,
    turns_in,
    without_later,
)
from tracker.readmodel.edition import Edition
from tracker.readmodel.events import RecordedEvent
from tracker.readmodel.fold import Document, without, write_moment
from tracker.readmodel.ratifications import last_check, steps_ahead


def accession_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Where each accession that had begun by that day stood, by code."""
    return edition.once("accessions", day, lambda: _accession_rows(edition, day))


def _accession_rows(edition: Edition, day: date) -> dict[str, Row]:
    names, standings = edition.english(day), edition.standings(day)
    return {
        code: _accession_row(standings[code], names, coverage_on(edition, day, code).own)
        for code in edition.accessions_by(day)
    }


def _accession_row(standing: AccessionStanding, names: Mapping[str, str], newest: PartialDate | None) -> Row:
    """Where one accession stood, with the answer in one sentence."""
    return Row(
        code=standing.code,
        applicant=standing.code,
        name=names.get(standing.code, standing.code),
        **accession_document(standing),
        complete_up_to=str(newest) if newest else None,
        answer=answer(standing, names),
    )


def ratification_rows(edition: Edition, day: date, codes: Iterable[str] = ()) -> Mapping[str, Row]:
    """Where each ally stood on each of these protocols, or on all, by `SWE/TUR`; also allies needed only later."""
    wanted = sorted(set(codes)) or list(edition.processes)
    return {key: row for code in wanted for key, row in _rows_of_protocol(edition, code, day).items()}


def _rows_of_protocol(edition: Edition, code: str, day: date) -> dict[str, Row]:
    return edition.once(
        f"ratifications/{code}",
        day,
        lambda: {
            f"{code}/{ally}": _ratification_row(edition, code, found)
            for ally, found in sorted(edition.standing(code, day).ratifications.items())
        },
    )


def _ratification_row(edition: Edition, code: str, standing: RatificationStanding) -> Row:
    checked = last_check(edition, code, standing.ally, standing.as_of)
    return Row(
        key=f"{code}/{standing.ally}",
        accession=code,
        ally=standing.ally,
        **ratification_document(standing),
        last_checked_at=write_moment(checked) if checked else None,
        next=_next(edition, code, standing),
    )


def _next(edition: Edition, code: str, standing: RatificationStanding) -> list[dict[str, str]]:
    steps = steps_ahead(edition, code, standing) if standing.required else ()
    return [{"kind": step.kind.value, "office": without_later(step.office, standing.as_of)} for step in steps]


def state_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each state that had a name by that day, with its names and its membership, by code."""
    return edition.once("states", day, lambda: _state_rows(edition, day))


def _state_rows(edition: Edition, day: date) -> dict[str, Row]:
    states = (edition.state.parties[code] for code in sorted(edition.states) if edition.names(code, day))
    return {party["code"]: _state_row(edition, party, day) for party in states}


def _state_row(edition: Edition, party: Document, day: date) -> Row:
    code = party["code"]
    names = edition.names(code, day)
    membership = edition.memberships.get(code)
    is_member = membership is not None and membership.on(day)
    return Row(
        code=code,
        alpha2=party["alpha2"],
        name=names.get("en", code),
        names=names,
        dated_names=names_by(party["names"], day),
        capital=party["capital"],
        founding_member=party["founding_member"] if is_member else None,
        member=is_member,
        member_since=date_document(date_by(membership.since, day) if membership else None),
        accession=code if code in edition.accessions_by(day) else None,
        sources=sources_by(party["sources"], day),
        recorded=party["recorded"],
        recorded_at=party["recorded_at"],
    )


def event_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each event, and whether it had happened by that day, by key."""
    return edition.once("events", day, lambda: _event_rows(edition, day))


def _event_rows(edition: Edition, day: date) -> dict[str, Row]:
    """The rows, of which all but those of plans are found by how many of the event's own days have come."""
    found: dict[str, Row] = {}
    for event, turns, rows in edition.always("events by turns", lambda: [_by_turns(one) for one in edition.events]):
        turn = turn_on(turns, day)
        row = rows.get(turn)
        if row is None:
            row = _event_row(edition, event, day)
            if not event.is_planned:
                rows[turn] = row
        found[event.key] = row
    return found


def _by_turns(event: RecordedEvent) -> tuple[RecordedEvent, tuple[date, ...], dict[int, Row]]:
    """The event, the days from which it is told in another way, and room for its row between each two of them."""
    own = {day for day in (event.occurred.earliest, event.occurred.latest) if day is not None}
    return event, tuple(sorted({*own, *turns_in(event.document)})), {}


def _event_row(edition: Edition, event: RecordedEvent, day: date) -> Row:
    """One event. All days on which it is shown alike share the row; one of later days is told whole."""
    state, plan = event.occurred.by(day), edition.plan(event, day)
    if plan is not None:
        # A plan is no act: from its day on nobody knows, until something recorded beside it says so.
        state = Reached.UNKNOWN if plan is PlanState.UNKNOWN else Reached.NOT_REACHED
    if state is Reached.NOT_REACHED:
        return edition.always(f"event {event.key} later {plan}", lambda: _later_event_row(edition, event, plan))
    turn = turn_on(edition.always(f"turns {event.key}", lambda: turns_in(event.document)), day)
    return edition.always(f"event {event.key} {state} {turn}", lambda: _event_row_on(edition, event, state, day))


def _later_event_row(edition: Edition, event: RecordedEvent, plan: PlanState | None) -> Row:
    more = _rare(edition, event, plan)
    whole = {**event.document, **date_document(event.occurred), "state": Reached.NOT_REACHED.value}
    return Row({**more, **whole, "outcome": more["outcome"], "firmness": _firmness(whole)})


def _event_row_on(edition: Edition, event: RecordedEvent, state: Reached, day: date) -> Row:
    shown = {**shown_on(event.document, day), "state": state.value, **date_document(date_by(event.occurred, day))}
    more = _rare(edition, event, edition.plan(event, day))
    return Row({**more, **shown, "outcome": more["outcome"], "firmness": _firmness(shown)})


def _firmness(shown: Mapping[str, Any]) -> dict[str, Any]:
    """What the sources that are shown amount to."""
    return firmness_document(Source.model_validate(one) for one in shown["sources"])


def _rare(edition: Edition, event: RecordedEvent, plan: PlanState | None) -> dict[str, Any]:
    """The keys that most events leave out, and what follows from one for a vote or a plan."""
    outcome = edition.outcome(event)
    return {
        **dict.fromkeys(("announced", "follows", "step", "referendum", "ordinal")),
        "also": [],
        "planned": False,
        "outcome": outcome.value if outcome else None,
        "plan": plan.value if plan else None,
    }


def commitment_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each commitment, with what each party had said of it by that day, by key."""
    return edition.once("commitments", day, lambda: _commitment_rows(edition, day))


def _commitment_rows(edition: Edition, day: date) -> dict[str, Row]:
    recorded = sorted(edition.commitments, key=lambda commitment: _first_said(commitment.document))
    names = edition.english(day)
    # The pages ask for the rows as well, in their language: a document has one.
    with override("en"):
        return {
            commitment.key: Row(
                **commitment_row(commitment, day), answer=say_standing(with_voices(commitment, day), names)
            )
            for commitment in recorded
        }


def statement_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each statement, with its speakers and what hangs from it, by key."""
    return edition.once("statements", day, lambda: _statement_rows(edition, day))


def _statement_rows(edition: Edition, day: date) -> dict[str, Row]:
    recorded = sorted(edition.statements.values(), key=lambda statement: _first_said(statement.document))
    return {statement.key: statement_row(statement, day) for statement in recorded}


def rectification_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each rectification, by number; ours is the only clock that it has."""
    return edition.always("rectifications", lambda: {str(row["number"]): row for row in _rectification_rows(edition)})


def rectifications_of(edition: Edition, subject: Subject, key: str) -> list[Row]:
    """The rectifications of one fact, by number."""
    return edition.always("rectifications of", lambda: _by_fact(edition)).get((str(subject), key), [])


def _by_fact(edition: Edition) -> dict[tuple[str, str], list[Row]]:
    by_fact: dict[tuple[str, str], list[Row]] = {}
    for row in rectification_rows(edition, date.max).values():
        by_fact.setdefault((row["subject"], row["key"]), []).append(row)
    return by_fact


def _rectification_rows(edition: Edition) -> list[Row]:
    return [_rectification(one) for one in sorted(edition.state.rectifications.values(), key=_first_said)]


def _rectification(document: Document) -> Row:
    stood = {
        "stood_from": write_moment(datetime.fromisoformat(document["stood_from"])),
        "stood_until": document["recorded_at"],
        "retracts": document["now"] is None,
    }
    return Row(number=document["rectification"], **without(document, "rectification", "stood_from"), **stood)


def _first_said(document: Document) -> int:
    return int(document["recorded"])
