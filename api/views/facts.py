"""States, events, sources, commitments, procedures and rectifications: what is on record."""

from collections.abc import Mapping, Sequence
from typing import Any

from api import parameters, shapes
from api.problems import Problem
from api.views.base import Asked, DetailView, Include, ListView, Row, matches
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
        return [
            row
            for row in state_rows(asked.edition, asked.clock.as_of).values()
            if matches(row, code=wanted.code)
            and wanted.member in {None, row["member"]}
            and wanted.applicant in {None, row["accession"] is not None}
            and _is_called(row, wanted.q)
        ]


class StateDetail(DetailView):
    """One state."""

    page = "/states/{key}/"
    shape = shapes.StateShape

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The state of that code."""
        return state_rows(asked.edition, asked.clock.as_of).get(named["code"])


def _is_called(row: Row, text: str | None) -> bool:
    return not text or any(text.casefold() in name["text"].casefold() for name in row["dated_names"])


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
        found = event_rows(asked.edition, asked.clock.as_of).values()
        return [row for row in found if _is_wanted(row, wanted) and _is_sourced_so(row, wanted)]


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


def _is_wanted(row: Row, wanted: parameters.EventsParameters) -> bool:
    return (
        matches(row, accession=wanted.accession, actor=wanted.actor, kind=wanted.kind, state=wanted.state)
        and matches(row, actor=wanted.ally)
        and (wanted.since is None or row["latest"] is None or row["latest"] >= wanted.since.isoformat())
        and (wanted.until is None or row["earliest"] is None or row["earliest"] <= wanted.until.isoformat())
        and (wanted.q is None or wanted.q.casefold() in f"{row['title']} {row['detail']}".casefold())
    )


def _is_sourced_so(row: Row, wanted: parameters.EventsParameters) -> bool:
    return (
        matches(row, confidence=wanted.confidence)
        and (wanted.tag is None or not set(wanted.tag).isdisjoint(row["tags"]))
        and (wanted.unsourced is None or wanted.unsourced is not bool(row["sources"]))
        and (wanted.source_class is None or any(one["class"] in wanted.source_class for one in row["sources"]))
    )


class SourceList(ListView):
    """All sources, each with the fact that it supports."""

    parameters = parameters.SourcesParameters
    shape = shapes.CitationShape

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, in the order in which the log tells them."""
        wanted = asked.parameters
        return [
            row
            for row in source_rows(asked.edition, asked.clock.as_of).values()
            if matches(row, accession=wanted.accession, fact=wanted.fact, fact_key=wanted.fact_key)
            and (wanted.source_class is None or row["class"] in wanted.source_class)
            and (wanted.publisher is None or wanted.publisher.casefold() in row["publisher"].casefold())
        ]


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
        return [
            row
            for row in commitment_rows(asked.edition, asked.clock.as_of).values()
            if matches(row, category=wanted.category, kind=wanted.kind, state=wanted.state)
            and _has_any(row["asked_by"], wanted.asked_by)
            and _has_any(row["owed_by"], wanted.owed_by)
            and _has_any([row["accession"], *row["also"]], wanted.accession)
        ]


class CommitmentDetail(DetailView):
    """One commitment, with every claim on it that had been made by that day."""

    shape = shapes.CommitmentShape
    page = "/commitments/{key}/"

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The commitment of that key."""
        return commitment_rows(asked.edition, asked.clock.as_of).get(named["key"])


def _has_any(codes: Sequence[str], wanted: Sequence[str] | None) -> bool:
    return wanted is None or not set(codes).isdisjoint(wanted)


class ProcedureList(ListView):
    """How an accession protocol becomes binding in each ally."""

    parameters = parameters.ProceduresParameters
    shape = shapes.ProcedureShape
    key = "ally"

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, by code."""
        wanted = asked.parameters
        return [
            row
            for row in procedure_rows(asked.edition, asked.clock.as_of).values()
            if matches(row, ally=wanted.ally) and wanted.parliament_votes in {None, row["parliament_votes"]}
        ]


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
        return [row for row in found if matches(row, subject=wanted.subject, key=wanted.key)]


class RectificationDetail(DetailView):
    """One rectification."""

    shape = shapes.RectificationShape

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The rectification of that number."""
        return rectification_rows(asked.edition, asked.clock.as_of).get(str(named["number"]))
