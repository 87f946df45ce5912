"""States, events, sources, commitments, procedures and rectifications: what is on record."""

from collections.abc import Mapping
from typing import Any

from api import parameters, serializers
from api.problems import Problem
from api.serializers import Row
from api.views.base import DetailView, ListView
from tracker.domain.vocabulary import Subject
from tracker.readmodel.answers.documents import (
    commitment_rows,
    event_rows,
    rectification_rows,
    rectifications_of,
    state_rows,
    statement_rows,
)
from tracker.readmodel.answers.sources import source_rows
from tracker.readmodel.filters import COMMITMENTS, EVENTS, PROCEDURES, RECTIFICATIONS, SOURCES, STATEMENTS, STATES
from tracker.readmodel.procedures import procedure_rows
from tracker.readmodel.search.parties import find_parties


class StateList(ListView):
    """All states on record, with their names and their membership on that day."""

    parameters = parameters.StatesParameters
    serializer_class = serializers.StateSerializer
    filters = STATES
    page = "/states/"
    page_takes = ("member", "q")
    key = "code"

    def get_queryset(self) -> Any:
        """All of them, by code."""
        return state_rows(self.edition, self.day).values()

    def asked(self) -> Mapping[str, Any]:
        """The parameters, and the codes that the name stands for."""
        return {**super().asked(), "called": self._called(self.query.q)}

    def _called(self, text: str | None) -> set[str] | None:
        """The codes of the states that the page would find under that name; None where no name is asked for."""
        if text is None:
            return None
        return {party.code for party in find_parties(self.edition.parties.values(), text)}


class StateDetail(DetailView):
    """One state."""

    parameters = parameters.ToldParameters
    page = "/states/{key}/"
    serializer_class = serializers.StateSerializer

    def row(self, **named: Any) -> Row | None:
        """The state of that code."""
        return state_rows(self.edition, self.day).get(named["code"])


class EventList(ListView):
    """All events that had happened, or may have happened, by that day."""

    parameters = parameters.EventsParameters
    serializer_class = serializers.EventSerializer
    filters = EVENTS
    page = "/events/"
    page_takes = ("accession", "actor", "kind", "part", "unsourced")

    def get_queryset(self) -> Any:
        """All of them, in the order in which the log tells them."""
        return event_rows(self.edition, self.day).values()


class EventDetail(DetailView):
    """One event: its sources, what other sources say differently, and what was put right."""

    parameters = parameters.EventParameters
    serializer_class = serializers.EventSerializer
    page = "/events/{key}/"

    def row(self, **named: Any) -> Row | None:
        """The event of that key."""
        return event_rows(self.edition, self.day).get(named["key"])

    def missing(self) -> Problem:
        """Whether it never was on record, was taken back, or stands and is of a later day."""
        taken_back = rectifications_of(self.edition, Subject.EVENT, self.kwargs["key"])
        if not taken_back or self.kwargs["key"] in self.edition.state.events:
            return super().missing()
        number = taken_back[-1]["number"]
        detail = f"Rectification {number} took it back: {taken_back[-1]['reason']}"
        return Problem(410, detail, extra={"rectification": number})


class SourceList(ListView):
    """All sources, each with the fact that it supports."""

    parameters = parameters.SourcesParameters
    serializer_class = serializers.CitationSerializer
    filters = SOURCES

    def get_queryset(self) -> Any:
        """All of them, in the order in which the log tells them."""
        return source_rows(self.edition, self.day).values()


class SourceDetail(DetailView):
    """One source of one fact."""

    serializer_class = serializers.CitationSerializer

    def alternate(self, key: str = "") -> str | None:
        """The page of the fact; a claim is told on the page of its commitment."""
        fact, cited, _number = key.split("~")
        if fact == "assessment":
            fact, cited = "commitment", self.edition.state.assessments[cited]["commitment"]
        return self.at(f"/{fact}s/{cited}/") if fact in {"event", "commitment"} else None

    def row(self, **named: Any) -> Row | None:
        """The source of that key."""
        return source_rows(self.edition, self.day).get(named["key"])


class CommitmentList(ListView):
    """All commitments, with what each party had said of them by that day. There is no verdict of ours."""

    parameters = parameters.CommitmentsParameters
    serializer_class = serializers.CommitmentSerializer
    filters = COMMITMENTS
    page = "/commitments/"
    page_takes = ("party", "accession", "category", "kind", "claim")

    def get_queryset(self) -> Any:
        """All of them, in the order in which the log tells them."""
        return commitment_rows(self.edition, self.day).values()


class CommitmentDetail(DetailView):
    """One commitment, with every claim on it that had been made by that day."""

    parameters = parameters.ToldParameters
    serializer_class = serializers.CommitmentSerializer
    page = "/commitments/{key}/"

    def row(self, **named: Any) -> Row | None:
        """The commitment of that key."""
        return commitment_rows(self.edition, self.day).get(named["key"])


class StatementList(ListView):
    """All statements made by that day: who spoke, where and how, and the claims and relations that hang from each."""

    parameters = parameters.StatementsParameters
    serializer_class = serializers.StatementSerializer
    filters = STATEMENTS

    def get_queryset(self) -> Any:
        """All of them, in the order in which the log tells them."""
        return statement_rows(self.edition, self.day).values()


class StatementDetail(DetailView):
    """One statement."""

    serializer_class = serializers.StatementSerializer

    def row(self, **named: Any) -> Row | None:
        """The statement of that key."""
        return statement_rows(self.edition, self.day).get(named["key"])


class ProcedureList(ListView):
    """How an accession protocol becomes binding in each ally."""

    parameters = parameters.ProceduresParameters
    serializer_class = serializers.ProcedureSerializer
    filters = PROCEDURES
    key = "ally"

    def get_queryset(self) -> Any:
        """All of them, by code."""
        return procedure_rows(self.edition, self.day).values()


class ProcedureDetail(DetailView):
    """How an accession protocol becomes binding in one ally."""

    serializer_class = serializers.ProcedureSerializer

    def row(self, **named: Any) -> Row | None:
        """The procedure of that ally."""
        return procedure_rows(self.edition, self.day).get(named["code"])


class RectificationList(ListView):
    """Every mistake that was put right: what was wrong, from when to when it stood, and why."""

    parameters = parameters.RectificationsParameters
    serializer_class = serializers.RectificationSerializer
    filters = RECTIFICATIONS
    page = "/rectifications/"
    key = "number"

    def get_queryset(self) -> Any:
        """All of them, by number."""
        return rectification_rows(self.edition, self.day).values()


class RectificationDetail(DetailView):
    """One rectification."""

    parameters = parameters.TimelessParameters
    serializer_class = serializers.RectificationSerializer
    page = "/rectifications/"

    def alternate(self, key: str = "") -> str | None:
        """The page of the corrections that begins with this one."""
        page = super().alternate()
        return page and f"{page}{'&' if '?' in page else '?'}before={int(key) + 1}#{int(key)}"

    def row(self, **named: Any) -> Row | None:
        """The rectification of that number."""
        return rectification_rows(self.edition, self.day).get(str(named["number"]))
