"""What is refused before anything of it is read, the headers that every answer bears, and the null character."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase

from tracker.http.traffic import REFUSED

Handler = Callable[[HttpRequest], HttpResponseBase]

KILOBYTE: Final = 1024
# The largest body by the beginning of the address, the longest beginning first: a public page takes none.
LIMITS: Final = (
    ("/admin/login/", 64 * KILOBYTE),
    # A file to import has at most five million bytes; the form around it takes a little, and says no to a file that is
    # only a little too large.
    ("/admin/", 6_000_000),
    ("/api/", 128 * KILOBYTE),
    ("/mcp/", 128 * KILOBYTE),
    # A file takes no body, and who sends one is told so by the method that was wrong.
    ("/data/package/", 64 * KILOBYTE),
    ("/subscribe/", 64 * KILOBYTE),
)
# Where programs ask: to them every error is a problem.
_FOR_PROGRAMS: Final = ("/api/", "/data/package/", "/mcp/")
# Of other sites' pages, who may show what: the answers that are made for it, and nothing else.
_FOR_OTHERS: Final = ("/api/", "/data/package/", "/static/")
_ENDS_FOR_OTHERS: Final = ("/embed/", "/badge.svg", "/share.png", ".atom", ".json", ".ics")
_NOTHING_OF_THE_DEVICE: Final = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    "midi=(), payment=(), usb=(), browsing-topics=()"
)


def limit_of(path: str) -> int:
    """How many bytes a body may have that is sent there."""
    # The address of a subscription has its language in front.
    within = path[3:] if path[3:].startswith("/subscribe/") else path
    return next((most for start, most in LIMITS if within.startswith(start)), 0)


class Guards:
    """The middleware."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or a refusal of the body that was not read."""
        status = _refusal(request)
        response = _refused(request, status) if status else self.get_response(request)
        for name, value in headers_for(request.path_info).items():
            response.headers.setdefault(name, value)
        return response


def _refusal(request: HttpRequest) -> int:
    """411 where the size is not told, 400 where it is no size, 413 where it is too large, and 0."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return 411
    told = request.META.get("CONTENT_LENGTH") or "0"
    if not (told.isascii() and told.isdecimal()):
        return 400
    return 413 if len(told) > 12 or int(told) > limit_of(request.path_info) else 0


_WORDS: Final = {
    400: "The size of the request cannot be read.",
    411: "Say how large the request is (Content-Length).",
    413: "The request is larger than this address takes.",
}
# What a person at the desk does next, by the beginning of the address.
_NEXT: Final = (
    (
        "/admin/tracker/event/import/",
        "A file to import has at most 5 MB: go back, split it and send the parts.",
    ),
    ("/admin/", "Go back, shorten what you sent, and send it again."),
)


def _in_words(path: str, status: int) -> str:
    """What was wrong, how much is taken, and what to do: for a page, in plain text."""
    if status != 413:
        return _WORDS[status]
    what_next = next((words for start, words in _NEXT if path.startswith(start)), "")
    return f"{_WORDS[413]} It takes {limit_of(path):,} bytes; nothing was read or kept. {what_next}".strip()


def _refused(request: HttpRequest, status: int) -> HttpResponse:
    REFUSED.labels(str(status)).inc()
    # What was not read cannot be skipped: the connection ends with the answer.
    headers = {"Connection": "close", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if not request.path_info.startswith(_FOR_PROGRAMS):
        words = _in_words(request.path_info, status)
        return HttpResponse(f"{words}\n", "text/plain; charset=utf-8", status=status, headers=headers)
    kind = "too-large" if status == 413 else "bad-request"
    problem = {"type": f"/api/v1/docs/problems/#{kind}", "title": _WORDS[status], "status": status}
    headers["Access-Control-Allow-Origin"] = "*"
    return HttpResponse(json.dumps(problem), "application/problem+json", status=status, headers=headers)


@lru_cache(maxsize=2048)
def headers_for(path: str) -> Mapping[str, str]:
    """What every answer at that address bears: what its page may use of the device, and which sites may show it."""
    is_for_others = path.startswith(_FOR_OTHERS) or path.endswith(_ENDS_FOR_OTHERS)
    return {
        "Permissions-Policy": _NOTHING_OF_THE_DEVICE,
        "Cross-Origin-Resource-Policy": "cross-origin" if is_for_others else "same-origin",
    }


# The null character, which no database here keeps: refused where nobody types it, shown where somebody did.
NUL: Final = "\0"
# What stands in its place, so that whoever typed it sees where it was.
_SHOWN: Final = "\ufffd"
# Programs are told by name which of their parameters, or which text of their document, holds one.
_NAMED_THERE: Final = ("/api/", "/mcp/")
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
        if request.method != "POST" or request.path_info.startswith(_NAMED_THERE):
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
    if not request.path_info.startswith(_NAMED_THERE):
        yield from _texts(request.GET)


def _texts(sent: QueryDict) -> Iterator[str]:
    for name, values in sent.lists():
        yield name
        yield from values
