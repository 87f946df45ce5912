"""States, events, sources, commitments, procedures and rectifications: what is on record."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api import parameters, shapes
from api.problems import Problem
from api.views.base import Asked, DetailView, Include, ListView, Row
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
from tracker.readmodel.filters import Test, any_of, contains, either, equals_any, intersects, is_truthy, select
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
        return select(
            state_rows(asked.edition, asked.clock.as_of).values(),
            equals_any("code", wanted.code),
            is_truthy("member", wanted.member),
            is_truthy("accession", wanted.applicant),
            equals_any("code", _called(asked, wanted.q)),
        )


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
    parties = (PartyFact.model_validate(_bare(party)) for party in asked.edition.state.parties.values())
    return {party.code for party in find_parties(parties, text)}


def _bare(party: Mapping[str, Any]) -> Row:
    return {name: party[name] for name in ("code", "kind", "alpha2", "names")}


def _rectifications_of(asked: Asked[Any], row: Row) -> list[Row]:
    rows = rectification_rows(asked.edition, asked.clock.as_of).values()
    return [one for one in rows if one["subject"] == "event" and one["key"] == row["key"]]


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
        wanted = asked.parameters
        return select(
            event_rows(asked.edition, asked.clock.as_of).values(),
            *(
                equals_any(name, getattr(wanted, name))
                for name in ("accession", "actor", "kind", "state", "confidence")
            ),
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
        wanted = asked.parameters
        return select(
            source_rows(asked.edition, asked.clock.as_of).values(),
            *(equals_any(name, getattr(wanted, name)) for name in ("accession", "fact", "fact_key")),
            equals_any("class", wanted.source_class),
            contains(wanted.publisher, "publisher"),
        )


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
        wanted = asked.parameters
        return select(
            commitment_rows(asked.edition, asked.clock.as_of).values(),
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
        wanted = asked.parameters
        found = procedure_rows(asked.edition, asked.clock.as_of).values()
        return select(found, equals_any("ally", wanted.ally), is_truthy("parliament_votes", wanted.parliament_votes))


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
        wanted = asked.parameters
        found = rectification_rows(asked.edition, asked.clock.as_of).values()
        return select(found, equals_any("subject", wanted.subject), equals_any("key", wanted.key))


class RectificationDetail(DetailView):
    """One rectification."""

    shape = shapes.RectificationShape
    page = "/rectifications/#{key}"

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The rectification of that number."""
        return rectification_rows(asked.edition, asked.clock.as_of).get(str(named["number"]))
