"""Which form an answer takes: what the address says, or else what the header likes best."""

from collections.abc import Iterable

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from api.parameters import refuse
from api.problems import Problem
from tracker.http.accept import best_of

_KNOWN = ("json", "csv")


class Negotiation(DefaultContentNegotiation):
    """The framework's, except that weights count, and that a form which cannot be had is refused by name."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer for the form that the address asks for, else for the one that `Accept` likes best."""
        if asked := request.query_params.get("format") or format_suffix:
            [found] = self.filter_renderers(renderers, asked)
            return found, found.media_type
        by_name = {one.media_type: one for one in renderers}
        chosen = best_of(request.headers.get("Accept", ""), tuple(by_name))
        if not chosen:
            raise Problem(406, f"This answer can be had as {' or '.join(by_name)}; `Accept` takes no such form.")
        return by_name[chosen], chosen

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str | None) -> list[BaseRenderer]:
        """The renderers for the form that the address asks for."""
        found = [one for one in renderers if one.format == format]
        if found:
            return found
        if format in _KNOWN:
            raise Problem(406, f"This answer cannot be had as {format}; lists can be had as json and as csv.")
        detail = f"format: “{str(format)[:60]}” is no form that there is; write {' or '.join(_KNOWN)}."
        raise refuse([{"parameter": "format", "detail": detail}])
