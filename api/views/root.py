"""The entrance: what there is."""

from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from api.envelope import ROOT
from api.serializers import RootSerializer
from api.views.base import RecordView
from tracker.readmodel.answers.coverage import coverage_on

RESOURCES = (
    "accessions",
    "ratifications",
    "states",
    "events",
    "sources",
    "commitments",
    "statements",
    "procedures",
    "changes",
    "rectifications",
    "compare",
    "rounds",
    "search",
    "check",
    "vocabularies",
    "snapshot",
    "package",
    "status",
    "reports",
    "schema",
    "docs",
)


class Root(RecordView):
    """What there is, and where."""

    serializer_class = RootSerializer
    page = "/"

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """The addresses of the resources."""
        return self.read(self._entrance)

    def _entrance(self) -> Response:
        newest = coverage_on(self.edition, self.day).whole
        row = {
            "name": "Article 10",
            "complete_up_to": str(newest) if newest else None,
            "resources": {name: f"{ROOT}{name}/" for name in RESOURCES},
        }
        return self.answer(self.get_serializer(row).data, alternate=self.alternate())
