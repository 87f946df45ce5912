"""States, events, sources, commitments, procedures and rectifications: what is on record."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api import parameters, shapes
from api.problems import Problem
from api.selecting import Test, has, is_so, says, select, shares
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
            has("code", wanted.code),
            is_so("member", wanted.member),
            is_so("accession", wanted.applicant),
            has("code", _called(asked, wanted.q)),
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
            *(has(name, getattr(wanted, name)) for name in ("accession", "actor", "kind", "state", "confidence")),
            has("actor", wanted.ally),
            shares("tags", wanted.tag),
            _is_in_part(wanted.part),
            _may_be_since(wanted.since),
            _may_be_until(wanted.until),
            is_so("sources", None if wanted.unsourced is None else not wanted.unsourced),
            _is_cited_from(wanted.source_class),
            says(wanted.q, "title", "detail"),
        )


def _is_in_part(part: str | None) -> Test | None:
    return None if part is None else lambda row: (row["kind"] in PROCEDURE) is (part == "procedure")


def _may_be_since(day: date | None) -> Test | None:
    first = day.isoformat() if day else ""
    return (lambda row: row["latest"] is None or row["latest"] >= first) if first else None


def _may_be_until(day: date | None) -> Test | None:
    last = day.isoformat() if day else ""
    return (lambda row: row["earliest"] is None or row["earliest"] <= last) if last else None


def _is_cited_from(classes: Sequence[str] | None) -> Test | None:
    cited = has("class", classes)
    return cited and (lambda row: any(map(cited, row["sources"])))


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
            *(has(name, getattr(wanted, name)) for name in ("accession", "fact", "fact_key")),
            has("class", wanted.source_class),
            says(wanted.publisher, "publisher"),
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
            *(has(name, getattr(wanted, name)) for name in ("category", "kind", "state")),
            shares("asked_by", wanted.asked_by),
            shares("owed_by", wanted.owed_by),
            _either(shares("asked_by", wanted.party), shares("owed_by", wanted.party)),
            _is_called_by_some(wanted.claim),
            # Several accessions may share one commitment.
            _either(has("accession", wanted.accession), shares("also", wanted.accession)),
        )


class CommitmentDetail(DetailView):
    """One commitment, with every claim on it that had been made by that day."""

    shape = shapes.CommitmentShape
    page = "/commitments/{key}/"

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The commitment of that key."""
        return commitment_rows(asked.edition, asked.clock.as_of).get(named["key"])


def _either(one: Test | None, other: Test | None) -> Test | None:
    return one and other and (lambda row: one(row) or other(row))


def _is_called_by_some(claims: Sequence[str] | None) -> Test | None:
    called = has("status", claims)
    return called and (lambda row: any(map(called, row["claims"])))


class ProcedureList(ListView):
    """How an accession protocol becomes binding in each ally."""

    parameters = parameters.ProceduresParameters
    shape = shapes.ProcedureShape
    key = "ally"

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, by code."""
        wanted = asked.parameters
        found = procedure_rows(asked.edition, asked.clock.as_of).values()
        return select(found, has("ally", wanted.ally), is_so("parliament_votes", wanted.parliament_votes))


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
        return select(found, has("subject", wanted.subject), has("key", wanted.key))


class RectificationDetail(DetailView):
    """One rectification."""

    shape = shapes.RectificationShape
    page = "/rectifications/#{key}"

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The rectification of that number."""
        return rectification_rows(asked.edition, asked.clock.as_of).get(str(named["number"]))
