"""The outermost middleware: an answer that is kept is given after one cheap query, and nothing further in takes part.

An answer is kept where its view says so (`keepable`): then it follows from its address, the edition and the day. What
many ask for at once is made once. With the database away, what is at hand is given as it is.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from tracker.http import answers
from tracker.http.answers import SECONDS, Answer, best_of, form_in, key_of, made_of
from tracker.http.away import unavailable
from tracker.http.compression import compress
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
        key = key_of(request.META, request.scheme or "", _form_of(request))
        near = answers.memory.get(key)
        head = read_head()
        if head is None:
            told(request, "stale" if near else "away")
            return _conditional(request, near) if near else unavailable(request)
        request.head = head  # type: ignore[attr-defined]
        now = made_of(head.root)
        if near is None or not near.holds(now):
            near = answers.find_shared(key, now)
        if near is not None:
            told(request, "kept")
            return _conditional(request, near)
        return self._make(request, key, now)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """503 where a view has found the database away: it is no fault of the view, and will pass."""
        return unavailable(request) if isinstance(error, OperationalError | InterfaceError) else None

    def _make(self, request: HttpRequest, key: str, of: str) -> HttpResponseBase:
        """The answer made now, unless another is making it and is soon done."""
        if request.path_info in self._unkept:
            told(request, "made")
            return self.get_response(request)
        if not answers.is_first(key, of) and (made := _wait(key, of)):
            told(request, "waited")
            return _conditional(request, made)
        told(request, "made")
        is_kept = False
        try:
            response = self.get_response(request)
            if not isinstance(response, HttpResponse) or not getattr(response, "is_keepable", False):
                self._remember_unkept(request.path_info)
                return response
            _finish(request, response)
            is_kept = _keep(request, response, key, of)
            return _conditional_of(request, response)
        finally:
            if not is_kept:
                # Else whoever waits finds the answer itself.
                answers.done(key, of)

    def _remember_unkept(self, path: str) -> None:
        self._unkept[path] = None
        if len(self._unkept) > _UNKEPT:
            self._unkept.popitem(last=False)


def _keep(request: HttpRequest, response: HttpResponse, key: str, of: str) -> bool:
    """Whether the answer is one to keep; then it is kept, but for what is its first reader's own."""
    if response.status_code != 200 or request.method != "GET" or response.cookies:
        return False
    headers = {name: value for name, value in response.items() if name not in _ITS_OWN}
    answers.keep(key, Answer(of, time.time() + SECONDS, headers, response.content))
    return True


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


def _form_of(request: HttpRequest) -> str:
    """The form that is asked for: a page has two, what the API has follows from `Accept`."""
    if request.path_info.startswith("/api/"):
        return form_in(request.META.get("HTTP_ACCEPT", ""))
    return MARKDOWN if wants_markdown(request) else ""


def _wait(key: str, of: str) -> Answer | None:
    """What another is making, if it is there in time."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        time.sleep(_STEP)
        if made := answers.find_shared(key, of):
            return made
        if answers.is_first(key, of):
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
