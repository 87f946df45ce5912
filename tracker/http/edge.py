"""The outermost middleware: an answer that is kept is given after one cheap query, and nothing further in takes part.

An answer is kept where its view says so (`keepable`): then it follows from its address, the edition and the day. What
many ask for at once is made once. With the database away, what is at hand is given as it is.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from tracker.http import answers
from tracker.http.answers import SECONDS, Answer
from tracker.http.away import unavailable
from tracker.http.compression import best_encoding, compress
from tracker.http.heads import read_head
from tracker.http.markdown import TYPE as MARKDOWN
from tracker.http.markdown import wants_markdown
from tracker.http.traffic import told

Handler = Callable[[HttpRequest], HttpResponseBase]

_READS: Final = frozenset({"GET", "HEAD"})
# What is never kept, and need not wait for a look at the database.
_OTHERS: Final = ("/admin/", "/static/", "/metrics/", "/archive/", "/data/package/", "/push-worker.js")
# Conditions under which an answer is refused; who sends them has it made.
_UNUSUAL: Final = frozenset({"HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"})
# A page not at hand that somebody else is making is waited for so long, in such steps.
_PATIENCE: Final = 8.0
_STEP: Final = 0.02
_UNKEPT: Final = 500
# Of a language or a session no kept answer depends: the language stands in the address, and no page greets anybody.
_NOT_A_REASON: Final = frozenset({"accept-language"})
_ITS_OWN: Final = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy")

best_of = lru_cache(maxsize=512)(best_encoding)


def keepable(response: HttpResponseBase) -> None:
    """Say of an answer that it follows from its address, the edition and the day alone."""
    response.is_keepable = True  # type: ignore[attr-defined]


class Edge:
    """The middleware."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        # Paths under which an answer was found not to be kept: nobody waits for those.
        self._unkept: OrderedDict[str, None] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer: from here, from the other processes, or made now."""
        if not _may_be_kept(request):
            return self.get_response(request)
        key = _key_of(request)
        near = answers.memory.get(key)
        head = read_head()
        if head is None:
            told(request, "stale" if near else "away")
            return _conditional(request, near) if near else unavailable(request)
        request.head = head  # type: ignore[attr-defined]
        made_of = f"{head.root} {timezone.now().date()} {settings.RELEASE}"
        if near is None or not near.holds(made_of):
            near = answers.find_shared(key, made_of)
        if near is not None:
            told(request, "kept")
            return _conditional(request, near)
        return self._make(request, key, made_of)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """503 where a view has found the database away: it is no fault of the view, and will pass."""
        return unavailable(request) if isinstance(error, OperationalError | InterfaceError) else None

    def _make(self, request: HttpRequest, key: str, made_of: str) -> HttpResponseBase:
        """The answer made now, unless another is making it and is soon done."""
        if request.path_info in self._unkept:
            told(request, "made")
            return self.get_response(request)
        if not answers.is_first(key, made_of) and (made := _wait(key, made_of)):
            told(request, "waited")
            return _conditional(request, made)
        told(request, "made")
        try:
            response = self.get_response(request)
            return self._keep(request, response, key, made_of)
        finally:
            answers.done(key, made_of)

    def _keep(self, request: HttpRequest, response: HttpResponseBase, key: str, made_of: str) -> HttpResponseBase:
        if not isinstance(response, HttpResponse) or not getattr(response, "is_keepable", False):
            self._remember_unkept(request.path_info)
            return response
        _finish(request, response)
        if response.status_code == 200 and request.method == "GET" and not response.cookies:
            headers = {name: value for name, value in response.items() if name not in _ITS_OWN}
            answers.keep(key, Answer(made_of, time.time() + SECONDS, headers, response.content))
        return _conditional_of(request, response)

    def _remember_unkept(self, path: str) -> None:
        self._unkept[path] = None
        if len(self._unkept) > _UNKEPT:
            self._unkept.popitem(last=False)


def _finish(request: HttpRequest, response: HttpResponse) -> None:
    """Compress and tag the answer; one of the API comes compressed and tagged."""
    vary = [part.strip() for part in response.headers.get("Vary", "").split(",") if part.strip()]
    vary = [name for name in vary if name.lower() not in _NOT_A_REASON]
    if "ETag" not in response.headers:
        encoding = best_of(request.headers.get("Accept-Encoding", ""))
        digest = hashlib.sha256(response.content).hexdigest()[:32]
        compress(response, encoding)
        response.headers["ETag"] = f'"{digest}{"-" + encoding if encoding else ""}"'
        response.headers["Content-Length"] = str(len(response.content))
        vary = list(dict.fromkeys([*vary, "Accept-Encoding"]))
    response.headers["Vary"] = ", ".join(vary)


def _may_be_kept(request: HttpRequest) -> bool:
    is_read = request.method in _READS and not request.path_info.startswith(_OTHERS)
    return is_read and _UNUSUAL.isdisjoint(request.META)


def _key_of(request: HttpRequest) -> str:
    """What the answer is looked up by: the address as it was sent, and the form that is asked for."""
    meta = request.META
    if request.path_info.startswith("/api/"):
        form = meta.get("HTTP_ACCEPT", "")
    else:
        form = MARKDOWN if wants_markdown(request) else ""
    encoding = best_of(meta.get("HTTP_ACCEPT_ENCODING", ""))
    host = meta.get("HTTP_HOST", "")
    return "\n".join((request.scheme or "", host, request.path_info, meta.get("QUERY_STRING", ""), encoding, form))


def _wait(key: str, made_of: str) -> Answer | None:
    """What another is making, if it is there in time."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        time.sleep(_STEP)
        if made := answers.find_shared(key, made_of):
            return made
        if answers.is_first(key, made_of):
            # It was not kept, or its maker is gone: this one is next.
            return None
    return None


def _conditional(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    return _conditional_of(request, answer.response())


def _conditional_of(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The answer, or 304 to who has it."""
    if not ("HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META):
        return response
    changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    return get_conditional_response(request, response.headers.get("ETag"), changed, response) or response
