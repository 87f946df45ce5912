"""Documents of the record as serializers: the one adapter between the shapes of pydantic and the framework.

A shape says what a document looks like, describes the API and holds the tests to it. A row of an
edition has that shape already and is never validated again; the serializer picks fields and adds parts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Final, Protocol

from pydantic import BaseModel, ValidationError
from rest_framework.serializers import BaseSerializer

from api import shapes
from api.framework.renderers import Path, paths_of
from api.messages import describe
from api.problems import Problem
from api.reading import check_fields
from tracker.domain.vocabulary import Reached, Subject
from tracker.models import Report
from tracker.readmodel import Edition
from tracker.readmodel.answers.documents import (
    commitment_rows,
    event_rows,
    ratification_rows,
    rectifications_of,
)
from tracker.readmodel.answers.hindsight_rows import (
    later_of_accession,
    later_of_commitment,
    later_of_event,
    later_of_ratification,
    later_of_state,
)
from tracker.readmodel.answers.in_words import accession_in, commitment_in, state_in
from tracker.readmodel.days.as_of import is_told_on
from tracker.readmodel.fold import write_moment
from tracker.readmodel.log.snapshot import ENTRY_COLUMNS, entry_document
from tracker.readmodel.procedures import procedure_rows

Row = Mapping[str, Any]
# A part that comes along when it is asked for: what it is of one row, on that day of that edition.
Part = Callable[[Edition, date, Row], object]
Telling = Callable[[Edition, Row, date, str], Row]


class Asked(Protocol):
    """What a serializer needs to know of its view."""

    edition: Edition
    day: date
    query: Any


class DocumentSerializer(BaseSerializer[Any]):
    """A document with the fields that are asked for, and with the parts that come along."""

    shape: ClassVar[type[shapes.Shape]]
    parts: ClassVar[Mapping[str, Part]] = {}
    # What is told in words, in another language than English.
    told_in: ClassVar[tuple[Telling, ...]] = ()

    @property
    def asked(self) -> Asked:
        """The view, which has read the request."""
        view: Asked = self.context["view"]
        return view

    @cached_property
    def wanted_parts(self) -> Mapping[str, Part]:
        """The parts that are asked for."""
        return {name: self.parts[name] for name in getattr(self.asked.query, "include", ())}

    @cached_property
    def wanted_fields(self) -> tuple[str, ...]:
        """The names of the fields that are asked for; none for all. Raises a problem that names an unknown one."""
        named = getattr(self.asked.query, "fields", None)
        if not named:
            return ()
        known, shape = shapes.fields_of(self.shape), self.shape
        return check_fields(named, known, lambda name: paths_of(shape, [name]), self.parts, tuple(self.wanted_parts))

    def check(self) -> None:
        """Raise a problem where a field is asked for that there is not."""
        _ = self.wanted_fields

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields that the answer has."""
        absent = self.parts.keys() - self.wanted_parts.keys()
        return self.wanted_fields or tuple(name for name in shapes.fields_of(self.shape) if name not in absent)

    def to_representation(self, instance: Any) -> Row:
        """The row as it is answered."""
        row: Row = instance
        language: str = getattr(self.asked.query, "lang", None) or ""
        for tell in self.told_in if language else ():
            row = {**row, **tell(self.asked.edition, row, self.asked.day, language)}
        if self.wanted_parts:
            edition, day = self.asked.edition, self.asked.day
            row = {**row, **{name: part(edition, day, row) for name, part in self.wanted_parts.items()}}
        return picked(row, [tuple(name.split(".")) for name in self.wanted_fields]) if self.wanted_fields else row


def picked(row: Row, paths: Iterable[Path]) -> Row:
    """What lies at these paths in the row, in its place: `stages.approved.date` without the other dates."""
    below: dict[str, list[Path]] = {}
    for head, *rest in paths:
        below.setdefault(head, []).append(tuple(rest))
    return {
        name: row[name] if () in rests or row[name] is None else picked(row[name], rests)
        for name, rests in below.items()
    }


class InputSerializer(BaseSerializer[Any]):
    """What is sent, read by its shape: strict, and with the place of each mistake."""

    model: ClassVar[type[BaseModel]]

    def save(self, **kwargs: Any) -> Any:
        """What came of it: a document is handed on whole, and not as keywords."""
        self.instance = self.create(self.validated_data)
        return self.instance

    def run_validation(self, data: Any = None) -> Any:
        """The document. Raises a problem that names each field that is wrong."""
        try:
            return self.model.model_validate(data)
        except ValidationError as error:
            errors = [
                {"field": ".".join(map(str, mistake["loc"])) or "body", "detail": describe(mistake)}
                for mistake in error.errors()[:50]
            ]
            raise Problem(422, f"{errors[0]['field']}: {errors[0]['detail']}", errors=errors) from error


def _ratifications(edition: Edition, day: date, row: Row) -> list[Row]:
    rows = ratification_rows(edition, day, [row["code"]]).values()
    return [ratification for ratification in rows if ratification["required"]]


def _commitments(edition: Edition, day: date, row: Row) -> list[Row]:
    rows = commitment_rows(edition, day).values()
    return [one for one in rows if row["code"] in {one["accession"], *one["also"]} and _happened(one)]


def _events(edition: Edition, day: date, row: Row) -> list[Row]:
    ally = row.get("ally")
    wanted = row["accession"] if ally else row["code"]
    rows = event_rows(edition, day).values()
    return [one for one in rows if one["accession"] == wanted and ally in {None, one["actor"]} and _happened(one)]


def _procedure(edition: Edition, day: date, row: Row) -> Row | None:
    return procedure_rows(edition, day).get(row["ally"])


def _happened(row: Row) -> bool:
    return bool(row["state"] != Reached.NOT_REACHED)


def _later_of_accession(edition: Edition, day: date, row: Row) -> object:
    return later_of_accession(edition, row["code"], day)


def _later_of_ratification(edition: Edition, day: date, row: Row) -> object:
    return later_of_ratification(edition, row["accession"], row["ally"], day)


def _later_of_event(edition: Edition, day: date, row: Row) -> object:
    return later_of_event(edition, row["key"], day)


def _later_of_commitment(edition: Edition, day: date, row: Row) -> object:
    return later_of_commitment(edition, row["key"], day)


def _later_of_state(edition: Edition, day: date, row: Row) -> object:
    return later_of_state(edition, row["code"], day)


def _rectifications(edition: Edition, day: date, row: Row) -> list[Row]:
    return [one for one in rectifications_of(edition, Subject.EVENT, row["key"]) if is_told_on(one, day)]


class AccessionSerializer(DocumentSerializer):
    """Where one accession stood."""

    shape = shapes.AccessionShape
    parts = {
        "ratifications": _ratifications,
        "commitments": _commitments,
        "events": _events,
        "later": _later_of_accession,
    }
    told_in = (accession_in,)


class ScenarioSerializer(DocumentSerializer):
    """What would follow if allies acted."""

    shape = shapes.ScenarioShape


class RatificationSerializer(DocumentSerializer):
    """Where one ally stood on one protocol."""

    shape = shapes.RatificationShape
    parts = {"events": _events, "procedure": _procedure, "later": _later_of_ratification}


class EventSerializer(DocumentSerializer):
    """One event."""

    shape = shapes.EventShape
    parts = {"rectifications": _rectifications, "later": _later_of_event}


class StateSerializer(DocumentSerializer):
    """One state."""

    shape = shapes.StateShape
    told_in = (state_in,)
    parts = {"later": _later_of_state}


class CitationSerializer(DocumentSerializer):
    """One source of one fact."""

    shape = shapes.CitationShape


class CommitmentSerializer(DocumentSerializer):
    """One commitment, and what each party says of it."""

    shape = shapes.CommitmentShape
    told_in = (commitment_in,)
    parts = {"later": _later_of_commitment}


class StatementSerializer(DocumentSerializer):
    """One statement, with who spoke and what hangs from it."""

    shape = shapes.StatementShape


class ProcedureSerializer(DocumentSerializer):
    """How an accession protocol becomes binding in one ally."""

    shape = shapes.ProcedureShape


class HitSerializer(DocumentSerializer):
    """One thing that a search found."""

    shape = shapes.HitShape


class VocabularySerializer(DocumentSerializer):
    """One word of a vocabulary."""

    shape = shapes.VocabularyShape


class CheckSerializer(DocumentSerializer):
    """A statement and its verdict."""

    shape = shapes.CheckShape


class RectificationSerializer(DocumentSerializer):
    """One mistake that was put right."""

    shape = shapes.RectificationShape


class ChangeSerializer(DocumentSerializer):
    """One entry of the log."""

    shape = shapes.ChangeShape

    def to_representation(self, instance: Any) -> Row:
        """The row of the table as it is answered."""
        return super().to_representation(entry_row(instance))


COLUMNS: Final = (*ENTRY_COLUMNS, "root")


def entry_row(values: Sequence[Any]) -> Row:
    """An entry of the log as a document, from these columns of its table; with the root of the log up to it."""
    columns = dict(zip(COLUMNS, values, strict=True))
    return {**entry_document(columns), "root": columns["root"]}


class SeriesSerializer(DocumentSerializer):
    """Where an accession stood from one day on."""

    shape = shapes.SeriesShape


class RoundSerializer(DocumentSerializer):
    """The protocols of one day."""

    shape = shapes.RoundShape


class CompareSerializer(DocumentSerializer):
    """One round."""

    shape = shapes.CompareShape


class SnapshotSerializer(DocumentSerializer):
    """Everything public at one edition."""

    shape = shapes.SnapshotShape


class PackageSerializer(DocumentSerializer):
    """The files of a data package."""

    shape = shapes.PackageShape


class StatusSerializer(DocumentSerializer):
    """How fresh this site is."""

    shape = shapes.StatusShape


class RootSerializer(DocumentSerializer):
    """What there is, and where."""

    shape = shapes.RootShape


class ReportSerializer(DocumentSerializer):
    """A report of one's own, and what became of it."""

    shape = shapes.ReportShape

    def to_representation(self, instance: Report) -> Row:
        """The report as a document."""
        return super().to_representation(_report_row(instance))


def _report_row(report: Report) -> Row:
    return {
        "id": report.pk,
        "state": report.state,
        "filed_at": write_moment(report.filed_at),
        "event": report.proposal,
        "message": report.message or None,
        "reviewed_at": write_moment(report.reviewed_at) if report.reviewed_at else None,
        "reason": report.reason or None,
        "recorded_event": report.event.key if report.event else None,
        "doubts": list(report.evidence.get("doubts", [])),
    }
