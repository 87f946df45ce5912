"""Reports: what a source is said to show, sent by a program, read by a person before anything becomes public."""

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from pydantic import BaseModel, ConfigDict, Field
from rest_framework.request import Request
from rest_framework.response import Response

from api.envelope import ROOT
from api.framework.authentication import BearerAuthentication, token_of
from api.framework.pagination import NumberPagination
from api.framework.parsers import ReportParser, check_size
from api.framework.permissions import HasScope
from api.parameters import Limit, Number, TimelessParameters
from api.problems import Problem
from api.reading import read_parameters
from api.serializers import InputSerializer, ReportSerializer
from api.views.base import DetailView, ListView, RecordView
from tracker.actions import KeyUsedOtherwise, propose_event, propose_once
from tracker.domain.canonical import write_canonical
from tracker.domain.exceptions import TrackerError, UnknownParty
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import Proposes
from tracker.models import Report
from tracker.models.tokens import READ_REPORTS, WRITE_REPORTS

_LONGEST_KEY: Final = 200


class NoParameters(BaseModel):
    """What is sent stands in the body alone."""

    model_config = ConfigDict(extra="forbid")


class ReportsParameters(TimelessParameters):
    """The list of one's own reports."""

    after: Number = Field(0, description="The number of the last report that you have.")
    limit: Limit = Field(50, description="How many at a time.")


class Draft(BaseModel):
    """A report as it is sent: an event as it should stand on record, and a word to the reviewer."""

    model_config = ConfigDict(extra="forbid")

    event: EventFact
    message: str = Field("", max_length=2000)


class DraftSerializer(InputSerializer):
    """What is sent, and how it is filed."""

    model = Draft

    def create(self, validated_data: Draft) -> tuple[Report, bool]:
        """The report, and whether it is new. Raises a problem that names what the record could not take."""
        try:
            return self._propose(validated_data, self.context["request"])
        except TrackerError as refusal:
            raise refused(refusal, validated_data.event) from refusal

    def _propose(self, draft: Draft, request: Request) -> tuple[Report, bool]:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return propose_event(draft.event, message=draft.message, by=token_of(request).owner)
        if len(key) > _LONGEST_KEY or not key.isprintable() or not key.isascii():
            detail = f"Idempotency-Key: write at most {_LONGEST_KEY} printable ASCII characters."
            raise Problem(400, detail, errors=[{"parameter": "Idempotency-Key", "detail": detail}])
        digest = hashlib.sha256(write_canonical(request.data)).hexdigest()
        return propose_once(draft.event, message=draft.message, token=token_of(request), key=key, digest=digest)


class ReportView(RecordView):
    """The base of both: one's own reports only, and never kept by a cache."""

    authentication_classes = [BearerAuthentication]
    permission_classes = [HasScope]
    parser_classes = [ReportParser]
    serializer_class = ReportSerializer
    parameters: ClassVar[type[BaseModel]] = TimelessParameters
    scopes: Mapping[str, str] = {"GET": READ_REPORTS, "HEAD": READ_REPORTS, "POST": WRITE_REPORTS}
    follows_from_edition = False

    def get_queryset(self) -> QuerySet[Report]:
        """The events that the owner of the token has filed, by whichever way; a change of the record is no event."""
        filed = Report.objects.filter(filed_by=token_of(self.request).owner, proposes=Proposes.EVENT)
        return filed.select_related("event")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer, which no cache may keep."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store" if response.status_code < 400 else "no-store")
        return response


class ReportList(ReportView, ListView):
    """One's own reports, and filing another."""

    http_method_names = ["get", "head", "post", "options"]
    renderer_classes = RecordView.renderer_classes
    filter_backends = []
    pagination_class = NumberPagination
    parameters = ReportsParameters
    key = "id"

    def number_of(self, report: Report) -> int:
        """The number of a report."""
        return report.pk

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """The reports of the token’s owner, oldest first."""
        return super().get(request, **named)

    def post(self, request: Request, **named: Any) -> Response:
        """File a report. 201 where it is new, 200 where the same was filed before."""
        read_parameters(NoParameters, request.query_params)
        check_size(request._request)
        draft = DraftSerializer(data=request.data, context=self.get_serializer_context())
        draft.is_valid(raise_exception=True)
        report, is_new = draft.save()
        address = f"{ROOT}reports/{report.pk}/"
        response = self.answer(self.get_serializer(report).data, own=address)
        response.status_code = 201 if is_new else 200
        response.headers["Location"] = address
        return response


class ReportDetail(ReportView, DetailView):
    """One of one's own reports, and what became of it."""

    def row(self, **named: Any) -> Any:
        """The report of that number. Numbers beyond what the database counts with are nobody's."""
        return self.get_queryset().filter(pk=min(named["number"], 2**62)).first()

    def missing(self) -> Problem:
        """The problem where there is no such report of one's own."""
        return Problem(404, f"You have filed no report {self.kwargs['number']}.")

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """The report of that number."""
        return super().get(request, **named)


# What the record calls otherwise than a report does.
_SENT_AS: Final[Mapping[str, str]] = {"citations": "sources"}


def refused(refusal: TrackerError, event: EventFact) -> Problem:
    """The problem where the record could not take the event; it names the field as it was sent."""
    detail = str(refusal)
    if isinstance(refusal, KeyUsedOtherwise):
        return Problem(422, detail, kind="key-used-otherwise", errors=[{"parameter": refusal.field, "detail": detail}])
    field = _field_of(refusal.code, event) if isinstance(refusal, UnknownParty) else refusal.field
    errors = [{"field": f"event.{_SENT_AS.get(field, field)}", "detail": detail}] if field else []
    return Problem(409, detail, errors=errors)


def _field_of(code: str, event: EventFact) -> str:
    """Where the event names that party."""
    if code in event.others:
        return "with"
    return "accession" if code == event.accession and code != event.actor else "actor"
