"""The null character, which no database here keeps: refused where nobody types it, told where somebody did."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase

NUL: Final = "\0"
# What stands in its place, so that whoever typed it sees where it was.
_SHOWN: Final = "\ufffd"
# Programs are told by name which of their parameters, or which text of their document, holds one.
_FOR_PROGRAMS: Final = ("/api/", "/mcp/")
_TOLD: Final = "What you sent held a null character, which cannot be kept: � stands where it was. Look at it once more."


class Nulls:
    """The middleware; outside the sessions, which look for what a cookie says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer. Raises `BadRequest` where address, headers or cookies hold a null character."""
        if any(NUL in text for text in _around(request)):
            raise BadRequest("A null character cannot be looked for.")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Show in a form that was sent where its null characters were, and say so."""
        if request.method != "POST" or request.path_info.startswith(_FOR_PROGRAMS):
            return
        try:
            sent = request.POST
        except UnreadablePostError:
            # Half a body: whoever looks for the token in it finds none.
            return
        if any(NUL in text for text in _texts(sent)):
            request.POST = without_nulls(sent)  # type: ignore[assignment]
            messages.warning(request, _TOLD, fail_silently=True)


def without_nulls(sent: QueryDict) -> QueryDict:
    """The same fields, with a mark where a null character was."""
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        kept.setlist(name.replace(NUL, _SHOWN), [value.replace(NUL, _SHOWN) for value in values])
    kept._mutable = False
    return kept


def _around(request: HttpRequest) -> Iterator[str]:
    """Every text of the request but its body."""
    yield request.path_info
    yield from request.COOKIES.values()
    yield from (value for name, value in request.META.items() if name.startswith("HTTP_"))
    if not request.path_info.startswith(_FOR_PROGRAMS):
        yield from _texts(request.GET)


def _texts(sent: QueryDict) -> Iterator[str]:
    for name, values in sent.lists():
        yield name
        yield from values
