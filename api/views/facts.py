"""States, events, sources, commitments, procedures and rectifications: what is on record."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api import parameters, serializers
from api.problems import Problem
from api.serializers import Row, rectifications_of
from api.views.base import DetailView, ListView
from tracker.domain.facts import PartyFact
from tracker.readmodel.documents import (
    commitment_rows,
    event_rows,
    procedure_rows,
    rectification_rows,
    source_rows,
    state_rows,
)
from tracker.readmodel.events import PROCEDURE
from tracker.readmodel.filters import Test, any_of, contains, either, equals_any, intersects, is_truthy
from tracker.readmodel.name_search import find_parties


class StateList(ListView):
    """All states on record, with their names and their membership on that day."""

    parameters = parameters.StatesParameters
    serializer_class = serializers.StateSerializer
    page = "/states/"
    page_takes = ("member", "q")
    key = "code"

    def get_queryset(self) -> Any:
        """All of them, by code."""
        return state_rows(self.edition, self.day).values()

    def tests(self, wanted: Any) -> Sequence[Test | None]:
        """By code, membership, accession and name."""
        return (
            equals_any("code", wanted.code),
            is_truthy("member", wanted.member),
            is_truthy("accession", wanted.applicant),
            equals_any("code", self._called(wanted.q)),
        )

    def _called(self, text: str | None) -> set[str] | None:
        """The codes of the states that the page would find under that name; None where no name is asked for."""
        if text is None:
            return None
        parties = (PartyFact.model_validate(_bare(party)) for party in self.edition.state.parties.values())
        return {party.code for party in find_parties(parties, text)}


def _bare(party: Mapping[str, Any]) -> Row:
    return {name: party[name] for name in ("code", "kind", "alpha2", "names")}


class StateDetail(DetailView):
    """One state."""

    page = "/states/{key}/"
    serializer_class = serializers.StateSerializer

    def row(self, **named: Any) -> Row | None:
        """The state of that code."""
        return state_rows(self.edition, self.day).get(named["code"])


class EventList(ListView):
    """All events that had happened, or may have happened, by that day."""

    parameters = parameters.EventsParameters
    serializer_class = serializers.EventSerializer
    page = "/events/"
    page_takes = ("accession", "actor", "kind", "part", "unsourced")

    def get_queryset(self) -> Any:
        """All of them, in the order in which the log tells them."""
        return event_rows(self.edition, self.day).values()

    def tests(self, wanted: Any) -> Sequence[Test | None]:
        """By who acted, what, when, and by the sources."""
        return (
            *(equals_any(name, getattr(wanted, name)) for name in ("accession", "actor", "kind", "state")),
            equals_any("confidence", wanted.confidence),
            equals_any("actor", wanted.ally),
            intersects("tags", wanted.tag),
            _is_in_part(wanted.part),
            _may_be_since(wanted.since),
            _may_be_until(wanted.until),
            is_truthy("sources", None if wanted.unsourced is None else not wanted.unsourced),
            any_of("sources", equals_any("class", wanted.source_class)),
            contains(wanted.q, "title", "detail"),
        )


def _is_in_part(part: str | None) -> Test | None:
    return None if part is None else lambda row: (row["kind"] in PROCEDURE) is (part == "procedure")


def _may_be_since(day: date | None) -> Test | None:
    first = day.isoformat() if day else ""
    return (lambda row: row["latest"] is None or row["latest"] >= first) if first else None


def _may_be_until(day: date | None) -> Test | None:
    last = day.isoformat() if day else ""
    return (lambda row: row["earliest"] is None or row["earliest"] <= last) if last else None


class EventDetail(DetailView):
    """One event: its sources, what other sources say differently, and what was put right."""

    parameters = parameters.EventParameters
    serializer_class = serializers.EventSerializer
    page = "/events/{key}/"

    def row(self, **named: Any) -> Row | None:
        """The event of that key."""
        return event_rows(self.edition, self.day).get(named["key"])

    def missing(self) -> Problem:
        """Whether it never was on record, or was taken back."""
        taken_back = rectifications_of(self.edition, self.day, self.kwargs)
        if not taken_back:
            return super().missing()
        number = taken_back[-1]["number"]
        detail = f"Rectification {number} took it back: {taken_back[-1]['reason']}"
        return Problem(410, detail, extra={"rectification": number})


class SourceList(ListView):
    """All sources, each with the fact that it supports."""

    parameters = parameters.SourcesParameters
    serializer_class = serializers.CitationSerializer

    def get_queryset(self) -> Any:
        """All of them, in the order in which the log tells them."""
        return source_rows(self.edition, self.day).values()

    def tests(self, wanted: Any) -> Sequence[Test | None]:
        """By the fact that they support, and by who publishes."""
        return (
            *(equals_any(name, getattr(wanted, name)) for name in ("accession", "fact", "fact_key")),
            equals_any("class", wanted.source_class),
            contains(wanted.publisher, "publisher"),
        )


class SourceDetail(DetailView):
    """One source of one fact."""

    serializer_class = serializers.CitationSerializer

    def alternate(self, key: str = "") -> str | None:
        """The page of the fact; a claim is told on the page of its commitment."""
        fact, cited, _number = key.split("~")
        if fact == "assessment":
            fact, cited = "commitment", self.edition.state.assessments[cited]["commitment"]
        return self.at(f"/{fact}s/{cited}/")

    def row(self, **named: Any) -> Row | None:
        """The source of that key."""
        return source_rows(self.edition, self.day).get(named["key"])


class CommitmentList(ListView):
    """All commitments, with what each party had said of them by that day. There is no verdict of ours."""

    parameters = parameters.CommitmentsParameters
    serializer_class = serializers.CommitmentSerializer
    page = "/commitments/"
    page_takes = ("party", "accession", "category", "kind", "claim")

    def get_queryset(self) -> Any:
        """All of them, in the order in which the log tells them."""
        return commitment_rows(self.edition, self.day).values()

    def tests(self, wanted: Any) -> Sequence[Test | None]:
        """By what it is about, who asks and owes, and what is said of it."""
        return (
            *(equals_any(name, getattr(wanted, name)) for name in ("category", "kind", "state")),
            intersects("asked_by", wanted.asked_by),
            intersects("owed_by", wanted.owed_by),
            either(intersects("asked_by", wanted.party), intersects("owed_by", wanted.party)),
            any_of("claims", equals_any("status", wanted.claim)),
            # Several accessions may share one commitment.
            either(equals_any("accession", wanted.accession), intersects("also", wanted.accession)),
        )


class CommitmentDetail(DetailView):
    """One commitment, with every claim on it that had been made by that day."""

    serializer_class = serializers.CommitmentSerializer
    page = "/commitments/{key}/"

    def row(self, **named: Any) -> Row | None:
        """The commitment of that key."""
        return commitment_rows(self.edition, self.day).get(named["key"])


class ProcedureList(ListView):
    """How an accession protocol becomes binding in each ally."""

    parameters = parameters.ProceduresParameters
    serializer_class = serializers.ProcedureSerializer
    key = "ally"

    def get_queryset(self) -> Any:
        """All of them, by code."""
        return procedure_rows(self.edition, self.day).values()

    def tests(self, wanted: Any) -> Sequence[Test | None]:
        """By ally, and whether parliament votes."""
        return equals_any("ally", wanted.ally), is_truthy("parliament_votes", wanted.parliament_votes)


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
    page = "/rectifications/"
    key = "number"

    def get_queryset(self) -> Any:
        """All of them, by number."""
        return rectification_rows(self.edition, self.day).values()

    def tests(self, wanted: Any) -> Sequence[Test | None]:
        """By what was put right."""
        return equals_any("subject", wanted.subject), equals_any("key", wanted.key)


class RectificationDetail(DetailView):
    """One rectification."""

    serializer_class = serializers.RectificationSerializer
    page = "/rectifications/#{key}"

    def row(self, **named: Any) -> Row | None:
        """The rectification of that number."""
        return rectification_rows(self.edition, self.day).get(str(named["number"]))
