"""Accessions and ratifications: where each applicant and each ally stood."""

from collections.abc import Sequence
from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import (
    AccessionParameters,
    AccessionsParameters,
    RatificationParameters,
    RatificationsParameters,
    ScenarioParameters,
)
from api.serializers import AccessionSerializer, RatificationSerializer, Row, ScenarioSerializer
from api.views.base import DetailView, ListView
from tracker.readmodel.answers.documents import accession_rows, ratification_rows
from tracker.readmodel.answers.scenarios import scenario_row
from tracker.readmodel.filters import ACCESSIONS, RATIFICATIONS


class AccessionList(ListView):
    """All accessions: who has applied, how far each has come, and whom it still waits for."""

    serializer_class = AccessionSerializer
    filters = ACCESSIONS
    parameters = AccessionsParameters
    page = "/accessions/"
    key = "code"

    def get_queryset(self) -> Any:
        """All of them, by code."""
        return accession_rows(self.edition, self.day).values()


class AccessionDetail(DetailView):
    """One accession: its status, its milestones, and how many of the allies it needs have come how far."""

    serializer_class = AccessionSerializer
    parameters = AccessionParameters
    page = "/accessions/{key}/"

    def row(self, **named: Any) -> Row | None:
        """The accession of that code."""
        return accession_rows(self.edition, self.day).get(named["code"])


class ScenarioDetail(DetailView):
    """What would follow if allies acted in the order given, each as early as it could: a scenario, and no forecast."""

    serializer_class = ScenarioSerializer
    parameters = ScenarioParameters
    page = "/accessions/{key}/scenario/"
    page_takes = ("act",)

    def row(self, **named: Any) -> Row | None:
        """The scenario of the accession of that code."""
        with self.in_its_language():
            return scenario_row(self.edition, named["code"], self.query.act, self.day)


class RatificationList(ListView):
    """All ratifications: one ally's progress with one accession protocol."""

    serializer_class = RatificationSerializer
    filters = RATIFICATIONS
    parameters = RatificationsParameters
    page = "/accessions/"

    def get_queryset(self) -> Any:
        """Those of the protocols that are asked for, by accession and ally."""
        return self.of_protocols(self.query.accession)

    def of_protocols(self, codes: Sequence[str] | None) -> Sequence[Row]:
        """The ratifications of these protocols; of all for None."""
        known = [code for code in codes or () if code in self.edition.processes]
        if codes and not known:
            return []
        return list(ratification_rows(self.edition, self.day, known).values())


class NestedRatificationList(RatificationList):
    """The ratifications of one accession protocol; none before it is signed."""

    page = "/accessions/{key}/"

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """One page of the list, or the way to its canonical address."""
        return self.read(lambda: self.canonical() or self.list(request, **named))

    def list(self, request: Request, *args: Any, **named: Any) -> Response:
        """One page of the list, if there is such an accession."""
        if named["code"] not in self.edition.state.accessions:
            raise self.missing()
        return super().list(request, *args, **named)

    def alternate(self, key: str = "") -> str | None:
        """The page of the accession."""
        return super().alternate(self.kwargs["code"])

    def get_queryset(self) -> Any:
        """Those of that protocol, by ally."""
        return self.of_protocols([self.kwargs["code"]])


class RatificationDetail(DetailView):
    """One ally's progress with one accession protocol: the date of each stage, what it rests on, and who acts next."""

    serializer_class = RatificationSerializer
    parameters = RatificationParameters
    page = "/accessions/{key}/"

    def row(self, **named: Any) -> Row | None:
        """The ratification of that accession by that ally."""
        if named["code"] not in self.edition.processes:
            return None
        rows = ratification_rows(self.edition, self.day, [named["code"]])
        return rows.get(f"{named['code']}/{named['ally']}")
