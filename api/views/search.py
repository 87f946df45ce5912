"""Search: what is on record under the words that somebody typed, as on the page."""

from typing import Any

from pydantic import Field

from api import serializers
from api.parameters import ListParameters, Many, Text
from api.views.base import ListView
from tracker.readmodel.filters import equals_any, select
from tracker.readmodel.search.finding import HitKind
from tracker.readmodel.search.rows import search_rows


class SearchParameters(ListParameters):
    """A search."""

    q: Text | None = Field(
        None,
        description="Names in any language, words in any order, or a question such as “who is missing”.",
    )
    kind: Many[HitKind] | None = Field(None, description="Only what is of one of these kinds.")


class SearchList(ListView):
    """What the words find, the best first: answers to questions, parties by any name, then facts by their words."""

    filter_backends = []
    parameters = SearchParameters
    serializer_class = serializers.HitSerializer
    page = "/search/"
    page_takes = ("q",)

    def get_queryset(self) -> Any:
        """The hits; none where nothing is looked for."""
        rows = search_rows(self.edition, self.day, self.query.q) if self.query.q else []
        return select(rows, {"kind": equals_any("kind")}, self.asked())
