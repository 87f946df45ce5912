"""Which rows of a list a request asks for, by the parameters that its view declares."""

from typing import Any

from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from tracker.readmodel.filters import select


class ParameterFilter(BaseFilterBackend):
    """The rows that pass the tests of the view. The usual library filters querysets; these rows are in memory."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The rows that the parameters ask for, in their order."""
        return select(queryset, view.filters, view.asked())
