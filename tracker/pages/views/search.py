"""Search: states by any of their names, events and commitments by their titles."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.language.names import fold
from tracker.pages.page import Page
from tracker.readmodel.commitments import commitments_by
from tracker.readmodel.events import events_by
from tracker.readmodel.name_search import find_parties

_MOST = 30


class Search(Page):
    """What is on record under a word."""

    template_name = "search.html"
    section = "search"
    is_citable = False

    @property
    def title(self) -> str:
        return _("Search")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record, day = self.record, self.clock.as_of
        query = " ".join(self.request.GET.get("q", "").replace("\x00", "").split())[:80]
        codes = [party.code for party in find_parties(record.parties.values(), query)]
        wanted = fold(query)
        titled = [event for event in events_by(record.events, day) if query and wanted in fold(event.title)]
        commitments = commitments_by(record.commitments, day)
        return super().get_context_data(
            query=query,
            states=[code for code in codes if code in record.states],
            accessions=[code for code in codes if code in record.accessions],
            events=titled[: -_MOST - 1 : -1],
            commitments=[one for one in commitments if query and wanted in fold(one.fact.title)],
            **kwargs,
        )
