"""The entrance: what there is."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from api.envelope import ROOT
from api.parameters import Parameters
from api.shapes import RootShape
from api.views.base import RecordView

RESOURCES = (
    "accessions",
    "ratifications",
    "states",
    "events",
    "sources",
    "commitments",
    "procedures",
    "changes",
    "rectifications",
    "compare",
    "snapshot",
    "package",
    "status",
    "reports",
    "schema",
    "docs",
)


class Root(RecordView):
    """What there is, and where."""

    parameters = Parameters
    shape = RootShape
    page = "/"

    def get(self, request: Request, **named: Any) -> Response:
        """The addresses of the resources."""
        asked = self.ask(request)
        data = {"name": "Article 10", "resources": {name: f"{ROOT}{name}/" for name in RESOURCES}}
        [told] = self.select(asked, [data])
        return self.answer(asked, told, alternate=self.twin(asked))
