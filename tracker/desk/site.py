"""The editor's desk as a site: who may come in, for how long, and what stands on its first page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from tracker.desk.access.permissions import CHANGING, has_permission, is_verified
from tracker.desk.access.second_factor import second_factor
from tracker.desk.access.tokens import EndTokenPage, TokensPage
from tracker.desk.start import board
from tracker.http.client_address import guesses

_BEGAN = "began"


class Desk(AdminSite):
    """Where editors work."""

    site_header = "Article 10: the editor’s desk"
    site_title = "Article 10"
    index_title = "The desk"
    index_template = "admin/desk/start.html"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A page of the desk, which nobody can ask for what no database can look for."""
        inner: Callable[..., HttpResponseBase] = super().admin_view(view, cacheable)

        @wraps(inner)
        def page(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            if any("\0" in value for values in request.GET.lists() for value in (values[0], *values[1])):
                raise BadRequest("A null character cannot be looked for.")
            return inner(request, *args, **named)

        return page

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**(extra_context or {}), **board(request)})

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the session is that of a member of staff, and not too old."""
        if not super().has_permission(request):
            return False
        if is_too_old(request):
            logout(request)
            return False
        return True

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path("second-factor/", self.admin_view(second_factor), name="second_factor"),
            path("tokens/", self.admin_view(TokensPage.as_view()), name="tokens"),
            path("tokens/<int:pk>/end/", self.admin_view(EndTokenPage.as_view()), name="token_end"),
        ]
        return [*own, *super().get_urls()]

    def each_context(self, request: Any) -> dict[str, Any]:
        """What every page of the desk needs; among it, whether the person could do more with the second factor."""
        waiting = not is_verified(request) and any(has_permission(request, one) for one in CHANGING)
        return {**super().each_context(request), "second_factor_waits": waiting}

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's log-in; who may change something is led to the second factor after it.

        Closed for a while to a network that tries name after name, which the lock-out of each name would let pass.
        """
        if request.method == "POST" and guesses(request):
            context = {**self.each_context(request), "by_network": True}
            return TemplateResponse(request, "admin/locked_out.html", context, status=429)
        response = super().login(request, extra_context)
        came_in = isinstance(response, HttpResponseRedirect) and request.method == "POST"
        if came_in and any(has_permission(request, one) for one in CHANGING):
            query = urlencode({"next": response.headers["Location"]})
            return HttpResponseRedirect(f"{reverse('admin:second_factor')}?{query}")
        return response


def is_too_old(request: HttpRequest) -> bool:
    """Whether the session began longer ago than any session may last. Notes when it began, the first time."""
    now = timezone.now()
    began = request.session.setdefault(_BEGAN, now.isoformat())
    lasted: timedelta = now - datetime.fromisoformat(began)
    at_most: timedelta = settings.SESSION_LASTS_AT_MOST
    return lasted > at_most
