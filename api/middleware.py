"""What holds for every answer to a program, also where no view was asked.

Other sites may read, answers are compressed and tagged, who has one already is told so, and every
error is a problem. It stands outside of sessions, languages and all else that the pages need and the API does not.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers, set_response_etag

from api.caching import conditional
from api.problems import as_problem, problem, respond
from tracker.http.compression import best_encoding, compress

# The API, the files that it hands out, and the door for agents.
PREFIXES: Final = ("/api/", "/data/package/", "/mcp/")
LONGEST: Final = 4000
_READS: Final = frozenset({"GET", "HEAD"})
_EXPOSED: Final = (
    "ETag, Link, Last-Modified, Location, Retry-After, Accept-Ranges, Content-Range, "
    "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy, Article10-Edition, Article10-As-Of, "
    "Content-Disposition"
)

Handler = Callable[[HttpRequest], HttpResponseBase]


class ApiMiddleware:
    """The middleware. Requests for pages pass untouched."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, complete with its headers."""
        if not request.path.startswith(PREFIXES):
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _preflight()
        if len(request.get_full_path()) > LONGEST and _is_answered(request):
            return _finish(respond(problem(414, f"An address may have at most {LONGEST} characters.")))
        response = self.get_response(request)
        return _finish(_read(request, response) if request.method in _READS else _written(response))


def _is_answered(request: HttpRequest) -> bool:
    """Whether the address takes the method: one that it does not take is refused as that, however long the address."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return True
    names = getattr(getattr(view, "view_class", None), "http_method_names", None)
    return names is None or str(request.method).lower() in names


def _written(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code == 301:
        # The way to the address with its slash: sent there again as it was, and not as a question.
        response.status_code = 308
    return as_problem(response)


def _read(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response = as_problem(response)
    if isinstance(response, HttpResponse) and response.status_code == 200:
        response.headers.setdefault("Cache-Control", "no-cache")
        compress(response, best_encoding(request.headers.get("Accept-Encoding", "")))
        if "ETag" not in response.headers and "no-store" not in response.headers["Cache-Control"]:
            set_response_etag(response)
        # What an answer makes of its headers is judged last, when all of them are there.
        response = as_problem(conditional(request, response))
    elif response.status_code != 304:
        response.headers.setdefault("Cache-Control", "no-store" if response.status_code >= 400 else "max-age=60")
    return _without_body(response) if request.method == "HEAD" else response


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        length = response.headers.get("Content-Length", str(len(response.content)))
        response.content = b""
        response.headers["Content-Length"] = length
    return response


def _finish(response: HttpResponseBase) -> HttpResponseBase:
    # No answer depends on the language or the session of a reader.
    for name in ("Vary", "Content-Language"):
        response.headers.pop(name, None)
    if not getattr(response, "content", b"whole") and response.status_code != 200:
        # What has no body is of no type: a cache would put it on the answer that it has.
        response.headers.pop("Content-Type", None)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ("Accept", "Accept-Encoding"))
    return response


def _preflight() -> HttpResponse:
    """Other sites may read; to write takes a token, which has no place in a browser."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
        "Access-Control-Max-Age": "86400",
    }
    response = HttpResponse(status=204, headers=headers)
    del response.headers["Content-Type"]
    return response
