"""The edge of the API: what holds for every answer, before and after the view.

It counts requests, answers 304 without asking a view, keeps whole answers by edition, compresses,
lets other sites read, and turns every error into a problem. It stands outside of sessions, languages
and all else that the pages need and the API does not.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

from api.clocks import clock_of
from api.conditions import has_it_already, names
from api.limits import Allowance, count
from api.problems import as_problem, problem, respond
from tracker.domain.exceptions import TrackerError
from tracker.http.compression import best_encoding, compress
from tracker.readmodel.clock import Clock
from tracker.readmodel.release_entries import SCHEMA_VERSION

PREFIX: Final = "/api/"
LONGEST: Final = 4000
_READS: Final = frozenset({"GET", "HEAD"})
_EXPOSED: Final = (
    "ETag, Link, Last-Modified, Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"
)
_KEPT_BYTES: Final = 64_000_000
_UTC: Final = ZoneInfo("UTC")
# A date has whole seconds, and editions may have less between them: none is told while another may bear the same.
_SETTLED: Final = timedelta(seconds=5)

Handler = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer, as it was first given."""

    body: bytes
    headers: Mapping[str, str]


class ResponseCache:
    """Whole answers in memory, by the tag of what they answer; the longest unused go first."""

    def __init__(self, room: int = _KEPT_BYTES) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str) -> Kept | None:
        """The answer, if it is still here."""
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
            return self._kept.get(tag)

    def put(self, tag: str, kept: Kept) -> None:
        """Keep the answer while there is room."""
        with self._lock:
            if tag in self._kept or len(kept.body) > self._room // 4:
                return
            self._kept[tag] = kept
            self._used += len(kept.body)
            while self._used > self._room:
                _, gone = self._kept.popitem(last=False)
                self._used -= len(gone.body)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._used = 0


response_cache: Final = ResponseCache()


class ApiMiddleware:
    """The middleware. Requests for anything but the API pass untouched."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, complete with its headers."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _preflight()
        allowance = count(request)
        if refused := _refuse(request, allowance):
            return _finish(refused, allowance)
        response = self._read(request) if request.method in _READS else self._write(request)
        return _finish(response, allowance)

    def _write(self, request: HttpRequest) -> HttpResponseBase:
        response = as_problem(self.get_response(request))
        if response.status_code == 301:
            # The way to the address with its slash: sent there again as it was, and not as a question.
            response.status_code = 308
        return response

    def _read(self, request: HttpRequest) -> HttpResponseBase:
        encoding = best_encoding(request.headers.get("Accept-Encoding", ""))
        tag = tag_of(request, encoding)
        if tag and names(request.headers.get("If-None-Match", ""), tag):
            return _not_modified(_validators(request, tag))
        kept = response_cache.get(tag) if tag else None
        response = HttpResponse(kept.body, headers=dict(kept.headers)) if kept else self._ask(request, tag, encoding)
        if response.status_code == 200 and has_it_already(request, response.headers):
            return _not_modified(response.headers)
        return _without_body(response) if request.method == "HEAD" else response

    def _ask(self, request: HttpRequest, tag: str, encoding: str) -> HttpResponseBase:
        response = as_problem(self.get_response(request))
        if not isinstance(response, HttpResponse):
            return response
        response.headers.pop("Vary", None)
        response.headers.pop("Content-Language", None)
        if response.status_code != 200:
            response.headers.setdefault("Cache-Control", "no-store" if response.status_code >= 400 else "max-age=60")
            return response
        compress(response, encoding)
        if tag and getattr(response, "kept_by_edition", False):
            _set_headers(response, _validators(request, tag))
            response_cache.put(tag, Kept(response.content, dict(response.items())))
        else:
            _tag_by_content(response)
        return response


def tag_of(request: HttpRequest, encoding: str) -> str:
    """The entity tag that the answer will have if it follows from the edition; empty if the clock cannot be read."""
    try:
        clock = clock_of(request)
    except TrackerError:
        # The view refuses it with the reason.
        return ""
    told = (
        clock.root,
        str(clock.as_of),
        SCHEMA_VERSION,
        request.get_full_path(),
        request.headers.get("Accept", ""),
        encoding,
    )
    return f'"{clock.edition}-{hashlib.sha256(chr(10).join(told).encode()).hexdigest()[:24]}"'


def _validators(request: HttpRequest, tag: str) -> dict[str, str]:
    clock = clock_of(request)
    headers = {"ETag": tag, "Cache-Control": _lifetime(request, clock)}
    if clock.recorded_at and timezone.now() - clock.recorded_at > _SETTLED:
        headers["Last-Modified"] = http_date(_last_modified(clock, clock.recorded_at).timestamp())
    return headers


def _last_modified(clock: Clock, recorded_at: datetime) -> datetime:
    """When the answer last changed: with its edition, or with the day, where it is today's."""
    if not clock.is_today:
        return recorded_at
    return max(recorded_at, datetime.combine(clock.today, time.min, _UTC))


def _lifetime(request: HttpRequest, clock: Clock) -> str:
    """How long a cache may keep the answer: for ever, all but, where both clocks are told."""
    pinned = "cursor" in request.GET or ("as_of" in request.GET and clock.known_at.isdigit())
    return "public, max-age=604800" if pinned else "public, max-age=30, stale-while-revalidate=300"


def _not_modified(headers: Mapping[str, str]) -> HttpResponse:
    told = {name: headers[name] for name in ("ETag", "Cache-Control", "Last-Modified") if name in headers}
    return HttpResponse(status=304, headers=told)


def _tag_by_content(response: HttpResponse) -> None:
    response.headers.setdefault("Cache-Control", "no-cache")
    if "no-store" not in response.headers["Cache-Control"]:
        response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    if not isinstance(response, HttpResponse):
        return response
    length = response.headers.get("Content-Length", str(len(response.content)))
    response.content = b""
    response.headers["Content-Length"] = length
    return response


def _refuse(request: HttpRequest, allowance: Allowance) -> HttpResponse | None:
    """The answer to what is refused unread; None for all else."""
    if allowance.spent:
        return _too_many(allowance)
    if len(request.get_full_path()) > LONGEST:
        return respond(problem(414, f"An address may have at most {LONGEST} characters."))
    return None


def _too_many(allowance: Allowance) -> HttpResponse:
    detail = f"{allowance.limit} requests a minute are allowed; go on in {allowance.reset} seconds."
    return respond(problem(429, detail), {"Retry-After": str(allowance.reset)})


def _set_headers(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        response.headers[name] = value


def _finish(response: HttpResponseBase, allowance: Allowance) -> HttpResponseBase:
    _set_headers(response, allowance.headers())
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
    return HttpResponse(status=204, headers=headers)
