"""Which form an answer takes: what the address says, or else what the header likes best."""

from collections.abc import Iterable

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from api.framework.renderers import FORMATS
from api.problems import Problem
from api.reading import refuse


class Negotiation(DefaultContentNegotiation):
    """The framework's, except that weights count, and that a form which cannot be had is refused by name."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer for the form that the address asks for, else for the one that `Accept` likes best."""
        if form := request.query_params.get("format") or format_suffix:
            [renderer] = self.filter_renderers(renderers, form)
            return renderer, renderer.media_type
        by_type = {renderer.media_type: renderer for renderer in renderers}
        if not request.headers.get("Accept", "").strip(" ,"):
            # A header that says nothing takes anything.
            return next((renderer, name) for name, renderer in by_type.items())
        # Everything that we send is UTF-8, and many clients ask for just that.
        offered = [f"{name}{charset}" for name in by_type for charset in ("", "; charset=utf-8")]
        preferred = (request._request.get_preferred_type(offered) or "").partition(";")[0]
        if not preferred:
            raise Problem(406, f"This answer can be had as {' or '.join(by_type)}; `Accept` takes no such form.")
        return by_type[preferred], preferred

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str | None) -> list[BaseRenderer]:
        """The renderers for the form that the address asks for."""
        fitting = [renderer for renderer in renderers if renderer.format == format]
        if fitting:
            return fitting
        if format in FORMATS:
            raise Problem(
                406, f"This answer cannot be had as {format}; lists can be had as {' and as '.join(FORMATS)}."
            )
        detail = f"format: “{str(format)[:60]}” is no form that there is; write {' or '.join(FORMATS)}."
        raise refuse([{"parameter": "format", "detail": detail}])
