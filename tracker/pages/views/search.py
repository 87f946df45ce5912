"""Search: states by any of their names, events and commitments by their titles."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.language.names import fold
from tracker.pages.page import Page
from tracker.readmodel.commitments import commitments_by
from tracker.readmodel.events import events_by
from tracker.readmodel.name_search import find_parties, states_of

_TOLD = 30


class Search(Page):
    """What is on record under a word."""

    template_name = "search.html"
    section = "search"
    is_citable = False

    @property
    def title(self) -> str:
        return _("Search")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record, day = self.clock.record, self.clock.as_of
        query = " ".join(self.request.GET.get("q", "").replace("\x00", "").split())[:80]
        parties = find_parties(record.parties.values(), query)
        titled = events_by(record, day).filter(title__icontains=query).prefetch_related("citations").order_by("-latest")
        wanted = fold(query)
        return super().get_context_data(
            query=query,
            states=[one.code for one in parties if one.code in states_of(record.parties)],
            accessions=[one.code for one in parties if one.code in record.accessions],
            events=list(titled[:_TOLD]) if query else [],
            commitments=[one for one in commitments_by(record, day) if query and wanted in fold(one.fact.title)],
            **kwargs,
        )
