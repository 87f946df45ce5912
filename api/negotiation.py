"""Which form an answer takes: what the address says, or else what the header accepts."""

from collections.abc import Iterable

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer

from api.parameters import refuse
from api.problems import Problem

_KNOWN = ("json", "csv")


class Negotiation(DefaultContentNegotiation):
    """The framework's, except that a form which cannot be had is refused by name."""

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str | None) -> list[BaseRenderer]:
        """The renderers for the form that the address asks for."""
        found = [one for one in renderers if one.format == format]
        if found:
            return found
        if format in _KNOWN:
            raise Problem(406, f"This answer cannot be had as {format}; lists can be had as json and as csv.")
        detail = f"format: “{str(format)[:60]}” is no form that there is; write {' or '.join(_KNOWN)}."
        raise refuse([{"parameter": "format", "detail": detail}])
