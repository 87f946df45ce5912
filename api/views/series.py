"""How counts moved: the series of one accession, and the rounds of one day of signature."""

from typing import Any

from django.http.response import HttpResponseBase
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import Day, ListParameters
from api.serializers import RoundSerializer, SeriesSerializer
from api.views.base import ListView
from tracker.domain.exceptions import BadParameter
from tracker.readmodel.answers.series import round_rows, series_rows


class SeriesParameters(ListParameters):
    """The series of one accession."""

    since: Day | None = Field(None, description="The first day; that of the first act if missing.")
    until: Day | None = Field(None, description="The last day, up to `as_of`, which it is if missing.")


class SeriesList(ListView):
    """How the counts of one accession moved: a row for the first day, and one for each day of a change."""

    parameters = SeriesParameters
    serializer_class = SeriesSerializer
    filter_backends = []
    page = "/accessions/{key}/"
    key = "day"

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """One page of the series, or the way to its canonical address."""
        return self.read(lambda: self.canonical() or self.list(request, **named))

    def list(self, request: Request, *args: Any, **named: Any) -> Response:
        """One page of the series, if there is such an accession."""
        if named["code"] not in self.edition.accessions_by(self.day):
            raise self.missing()
        return super().list(request, *args, **named)

    def alternate(self, key: str = "") -> str | None:
        """The page of the accession."""
        return super().alternate(self.kwargs["code"])

    def get_queryset(self) -> Any:
        """The rows, by day."""
        code, last = self.kwargs["code"], self.query.until or self.day
        if last > self.day:
            raise BadParameter("until", str(last), f"the answer is as of {self.day}, and knows no later day")
        return series_rows(self.edition, code, self.query.since or self.edition.beginning(code), last)


class RoundList(ListView):
    """Protocols signed on one day, as one round: how many acts, and when the first and the last came."""

    serializer_class = RoundSerializer
    filter_backends = []
    page = "/compare/"

    def get_queryset(self) -> Any:
        """All of them, the newest first."""
        return round_rows(self.edition, self.day)
