"""States, events, sources, commitments, procedures and rectifications: what is on record."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api import parameters, shapes
from api.problems import Problem
from api.selecting import Test, has, is_so, says, select, shares
from api.views.base import Asked, DetailView, Include, ListView, Row
from tracker.editions.documents import (
    commitment_rows,
    event_rows,
    procedure_rows,
    rectification_rows,
    source_rows,
    state_rows,
)


class StateList(ListView):
    """All states on record, with their names and their membership on that day."""

    parameters = parameters.StatesParameters
    shape = shapes.StateShape
    page = "/states/"
    key = "code"

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, by code."""
        wanted = asked.parameters
        return select(
            state_rows(asked.edition, asked.clock.as_of).values(),
            has("code", wanted.code),
            is_so("member", wanted.member),
            is_so("accession", wanted.applicant),
            _is_called(wanted.q),
        )


class StateDetail(DetailView):
    """One state."""

    page = "/states/{key}/"
    shape = shapes.StateShape

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The state of that code."""
        return state_rows(asked.edition, asked.clock.as_of).get(named["code"])


def _is_called(text: str | None) -> Test | None:
    named = says(text, "text")
    return named and (lambda row: any(map(named, row["dated_names"])))


def _rectifications_of(asked: Asked[Any], row: Row) -> list[Row]:
    rows = rectification_rows(asked.edition, asked.clock.as_of).values()
    return [one for one in rows if one["subject"] == "event" and one["key"] == row["key"]]


EVENT_PARTS: Mapping[str, Include] = {"rectifications": _rectifications_of}


class EventList(ListView):
    """All events that had happened, or may have happened, by that day."""

    parameters = parameters.EventsParameters
    shape = shapes.EventShape
    page = "/changes/"
    includes = EVENT_PARTS

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, in the order in which the log tells them."""
        wanted = asked.parameters
        return select(
            event_rows(asked.edition, asked.clock.as_of).values(),
            *(has(name, getattr(wanted, name)) for name in ("accession", "actor", "kind", "state", "confidence")),
            has("actor", wanted.ally),
            shares("tags", wanted.tag),
            _may_be_since(wanted.since),
            _may_be_until(wanted.until),
            is_so("sources", None if wanted.unsourced is None else not wanted.unsourced),
            _is_cited_from(wanted.source_class),
            says(wanted.q, "title", "detail"),
        )


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

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The source of that key."""
        return source_rows(asked.edition, asked.clock.as_of).get(named["key"])


class CommitmentList(ListView):
    """All commitments, with what each party had said of them by that day. There is no verdict of ours."""

    parameters = parameters.CommitmentsParameters
    shape = shapes.CommitmentShape
    page = "/commitments/"

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, in the order in which the log tells them."""
        wanted = asked.parameters
        return select(
            commitment_rows(asked.edition, asked.clock.as_of).values(),
            *(has(name, getattr(wanted, name)) for name in ("category", "kind", "state")),
            shares("asked_by", wanted.asked_by),
            shares("owed_by", wanted.owed_by),
            _belongs_to(wanted.accession),
        )


class CommitmentDetail(DetailView):
    """One commitment, with every claim on it that had been made by that day."""

    shape = shapes.CommitmentShape
    page = "/commitments/{key}/"

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The commitment of that key."""
        return commitment_rows(asked.edition, asked.clock.as_of).get(named["key"])


def _belongs_to(codes: Sequence[str] | None) -> Test | None:
    """Several accessions may share one commitment."""
    own, shared = has("accession", codes), shares("also", codes)
    return own and shared and (lambda row: own(row) or shared(row))


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

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The rectification of that number."""
        return rectification_rows(asked.edition, asked.clock.as_of).get(str(named["number"]))
