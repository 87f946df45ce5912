"""Reports: what a source is said to show, sent by a program, read by a person before anything becomes public."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import BearerAuthentication, HasScope, token_of
from api.clocks import clock_of
from api.envelope import ROOT, envelope
from api.parameters import Limit, Number, Parameters, read_parameters
from api.parsing import ReportParser, check_size
from api.problems import Problem
from api.sayings import say
from api.shapes import ReportShape
from api.views.base import RecordView, Row
from tracker.actions.api_reports import KeyUsedOtherwise, propose_event, propose_once
from tracker.domain.canonical import write_canonical
from tracker.domain.exceptions import TrackerError, UnknownParty
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import Proposes
from tracker.models import Report
from tracker.models.tokens import READ_REPORTS, WRITE_REPORTS
from tracker.readmodel.fold import write_moment

_LONGEST_KEY: Final = 200


class NoParameters(BaseModel):
    """What is sent stands in the body alone."""

    model_config = ConfigDict(extra="forbid")


class ReportsParameters(Parameters):
    """The list of one's own reports."""

    after: Number = Field(0, description="The number of the last report that you have.")
    limit: Limit = Field(50, description="How many at a time.")


class Draft(BaseModel):
    """A report as it is sent: an event as it should stand on record, and a word to the reviewer."""

    model_config = ConfigDict(extra="forbid")

    event: EventFact
    message: str = Field("", max_length=2000)


class ReportView(RecordView):
    """The base of both: one's own reports only, and never kept by a cache."""

    authentication_classes = [BearerAuthentication]
    permission_classes = [HasScope]
    parser_classes = [ReportParser]
    shape = ReportShape
    scopes: Mapping[str, str] = {"GET": READ_REPORTS, "HEAD": READ_REPORTS, "POST": WRITE_REPORTS}

    def tell(self, request: Request, data: Any, *, status: int = 200, following: str | None = None) -> Response:
        """The data in their envelope."""
        links = {"self": request.get_full_path(), "next": following}
        headers = {"Cache-Control": "private, no-store"}
        return Response(envelope(data, clock_of(request._request), links), status=status, headers=headers)


class ReportList(ReportView):
    """One's own reports, and filing another."""

    http_method_names = ["get", "head", "post", "options"]
    parameters = ReportsParameters

    def get(self, request: Request, **named: str) -> Response:
        """The reports of the token’s owner, oldest first."""
        asked = self.ask(request)
        wanted = asked.parameters
        found = _own(request).filter(pk__gt=wanted.after)
        rows = [report_row(one) for one in found.order_by("pk")[: wanted.limit + 1]]
        page = rows[: wanted.limit]
        following = asked.link(after=page[-1]["id"]) if len(rows) > wanted.limit else None
        return self.tell(request, self.select(asked, page), following=following)

    def post(self, request: Request, **named: str) -> Response:
        """File a report. 201 where it is new, 200 where the same was filed before."""
        read_parameters(NoParameters, request.query_params)
        check_size(request._request)
        draft = read_draft(request.data)
        try:
            report, new = self._propose(request, draft)
        except TrackerError as refusal:
            raise refused(refusal, draft.event) from refusal
        response = self.tell(request, report_row(report), status=201 if new else 200)
        response.headers["Location"] = f"{ROOT}reports/{report.pk}/"
        return response

    def _propose(self, request: Request, draft: Draft) -> tuple[Report, bool]:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return propose_event(draft.event, message=draft.message, by=token_of(request).owner)
        if len(key) > _LONGEST_KEY or not key.isprintable() or not key.isascii():
            detail = f"Idempotency-Key: write at most {_LONGEST_KEY} printable ASCII characters."
            raise Problem(400, detail, errors=[{"parameter": "Idempotency-Key", "detail": detail}])
        digest = hashlib.sha256(write_canonical(request.data)).hexdigest()
        return propose_once(draft.event, message=draft.message, token=token_of(request), key=key, digest=digest)


class ReportDetail(ReportView):
    """One of one's own reports, and what became of it."""

    def get(self, request: Request, **named: Any) -> Response:
        """The report of that number."""
        asked = self.ask(request)
        # Numbers beyond what the database counts with are nobody's.
        found = _own(request).filter(pk=min(named["number"], 2**62)).first()
        if found is None:
            raise Problem(404, f"You have filed no report {named['number']}.")
        [data] = self.select(asked, [report_row(found)])
        return self.tell(request, data)


def _own(request: Request) -> QuerySet[Report]:
    """The events that the owner of the token has filed, by whichever way; a change of the record is no event."""
    return Report.objects.select_related("event").filter(filed_by=token_of(request).owner, proposes=Proposes.EVENT)


def read_draft(document: object) -> Draft:
    """The report that was sent. Raises a problem that names each field that is wrong."""
    try:
        return Draft.model_validate(document)
    except ValidationError as error:
        errors = [
            {"field": ".".join(map(str, one["loc"])) or "body", "detail": say(one)} for one in error.errors()[:50]
        ]
        detail = f"{errors[0]['field']}: {errors[0]['detail']}"
        raise Problem(422, detail, errors=errors) from error


# What the record calls otherwise than a report does.
_SENT_AS: Final[Mapping[str, str]] = {"citations": "sources"}


def refused(refusal: TrackerError, event: EventFact) -> Problem:
    """The problem where the record could not take the event; it names the field as it was sent."""
    told = str(refusal)
    if isinstance(refusal, KeyUsedOtherwise):
        return Problem(422, told, kind="key-used-otherwise", errors=[{"parameter": refusal.field, "detail": told}])
    field = _field_of(refusal.code, event) if isinstance(refusal, UnknownParty) else refusal.field
    errors = [{"field": f"event.{_SENT_AS.get(field, field)}", "detail": told}] if field else []
    return Problem(409, told, errors=errors)


def _field_of(code: str, event: EventFact) -> str:
    """Where the event names that party."""
    if code in event.others:
        return "with"
    return "accession" if code == event.accession and code != event.actor else "actor"


def report_row(report: Report) -> Row:
    """The report as a document."""
    return {
        "id": report.pk,
        "state": report.state,
        "filed_at": write_moment(report.filed_at),
        "event": report.proposal,
        "message": report.message or None,
        "reviewed_at": write_moment(report.reviewed_at) if report.reviewed_at else None,
        "reason": report.reason or None,
        "recorded_event": report.event.key if report.event else None,
    }
