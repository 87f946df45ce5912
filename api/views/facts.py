"""States, events, sources, commitments, procedures and rectifications: what is on record."""

from collections.abc import Mapping, Sequence
from typing import Any

from api import parameters, shapes
from api.problems import Problem
from api.views.base import Asked, DetailView, Include, ListView, Row
from tracker.domain.vocabulary import Subject
from tracker.readmodel.documents import (
    commitment_rows,
    event_rows,
    procedure_rows,
    rectification_rows,
    rectifications_of,
    source_rows,
    state_rows,
)
from tracker.readmodel.filters import COMMITMENTS, EVENTS, PROCEDURES, RECTIFICATIONS, SOURCES, STATES, select
from tracker.readmodel.name_search import find_parties


class StateList(ListView):
    """All states on record, with their names and their membership on that day."""

    parameters = parameters.StatesParameters
    shape = shapes.StateShape
    page = "/states/"
    page_takes = ("member", "q")
    key = "code"

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, by code."""
        wanted = asked.parameters
        called = _called(asked, wanted.q)
        return select(state_rows(asked.edition, asked.clock.as_of).values(), STATES, {**dict(wanted), "called": called})


class StateDetail(DetailView):
    """One state."""

    page = "/states/{key}/"
    shape = shapes.StateShape

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The state of that code."""
        return state_rows(asked.edition, asked.clock.as_of).get(named["code"])


def _called(asked: Asked[Any], text: str | None) -> set[str] | None:
    """The codes of the states that the page would find under that name; None where no name is asked for."""
    if text is None:
        return None
    return {party.code for party in find_parties(asked.edition.parties.values(), text)}


def _rectifications_of(asked: Asked[Any], row: Row) -> Sequence[Row]:
    return rectifications_of(asked.edition, Subject.EVENT, row["key"])


EVENT_PARTS: Mapping[str, Include] = {"rectifications": _rectifications_of}


class EventList(ListView):
    """All events that had happened, or may have happened, by that day."""

    parameters = parameters.EventsParameters
    shape = shapes.EventShape
    page = "/events/"
    page_takes = ("accession", "actor", "kind", "part", "unsourced")
    includes = EVENT_PARTS

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, in the order in which the log tells them."""
        return select(event_rows(asked.edition, asked.clock.as_of).values(), EVENTS, dict(asked.parameters))


class EventDetail(DetailView):
    """One event: its sources, what other sources say differently, and what was put right."""

    parameters = parameters.EventParameters
    shape = shapes.EventShape
    page = "/events/{key}/"
    includes = EVENT_PARTS

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The event of that key."""
        return event_rows(asked.edition, asked.clock.as_of).get(named["key"])

    def missing(self, asked: Asked[Any], **named: str) -> Problem:
        """Whether it never was on record, or was taken back."""
        taken_back = _rectifications_of(asked, dict(named))
        if not taken_back:
            return super().missing(asked, **named)
        number = taken_back[-1]["number"]
        detail = f"Rectification {number} took it back: {taken_back[-1]['reason']}"
        return Problem(410, detail, extra={"rectification": number})


class SourceList(ListView):
    """All sources, each with the fact that it supports."""

    parameters = parameters.SourcesParameters
    shape = shapes.CitationShape

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, in the order in which the log tells them."""
        return select(source_rows(asked.edition, asked.clock.as_of).values(), SOURCES, dict(asked.parameters))


class SourceDetail(DetailView):
    """One source of one fact."""

    shape = shapes.CitationShape

    def twin(self, asked: Asked[Any], key: str = "") -> str | None:
        """The page of the fact; a claim is told on the page of its commitment."""
        fact, cited, _number = key.split("~")
        state = asked.edition.state
        if fact == "assessment":
            fact, cited = "commitment", state.assessments[cited]["commitment"]
        return self.at(asked, f"/{fact}s/{cited}/")

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The source of that key."""
        return source_rows(asked.edition, asked.clock.as_of).get(named["key"])


class CommitmentList(ListView):
    """All commitments, with what each party had said of them by that day. There is no verdict of ours."""

    parameters = parameters.CommitmentsParameters
    shape = shapes.CommitmentShape
    page = "/commitments/"
    page_takes = ("party", "accession", "category", "kind", "claim")

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, in the order in which the log tells them."""
        return select(commitment_rows(asked.edition, asked.clock.as_of).values(), COMMITMENTS, dict(asked.parameters))


class CommitmentDetail(DetailView):
    """One commitment, with every claim on it that had been made by that day."""

    shape = shapes.CommitmentShape
    page = "/commitments/{key}/"

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The commitment of that key."""
        return commitment_rows(asked.edition, asked.clock.as_of).get(named["key"])


class ProcedureList(ListView):
    """How an accession protocol becomes binding in each ally."""

    parameters = parameters.ProceduresParameters
    shape = shapes.ProcedureShape
    key = "ally"

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, by code."""
        return select(procedure_rows(asked.edition, asked.clock.as_of).values(), PROCEDURES, dict(asked.parameters))


class ProcedureDetail(DetailView):
    """How an accession protocol becomes binding in one ally."""

    shape = shapes.ProcedureShape

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The procedure of that ally."""
        return procedure_rows(asked.edition, asked.clock.as_of).get(named["code"])


class RectificationList(ListView):
    """Every mistake that was put right: what was wrong, from when to when it stood, and why."""

    parameters = parameters.RectificationsParameters
    shape = shapes.RectificationShape
    page = "/rectifications/"
    key = "number"

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, by number."""
        rows = rectification_rows(asked.edition, asked.clock.as_of).values()
        return select(rows, RECTIFICATIONS, dict(asked.parameters))


class RectificationDetail(DetailView):
    """One rectification."""

    shape = shapes.RectificationShape
    page = "/rectifications/#{key}"

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The rectification of that number."""
        return rectification_rows(asked.edition, asked.clock.as_of).get(str(named["number"]))
