"""The frame around every request: its number, which its jobs and log lines bear too, and its place in the metrics."""

import logging
import re
import time
import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, Final

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tracker.http.traffic import REQUESTS, SECONDS, kind_of

logger = logging.getLogger("article10.requests")

_GIVEN: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_HEADER: Final = "article10_request"
# Slower than that, and somebody should see which.
SLOW: Final = 2.0

request_id: Final[ContextVar[str]] = ContextVar("request_id", default="")


class Requests:
    """The outermost middleware but for the probes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with the number of its request."""
        began = time.perf_counter()
        number = number_of(request.META)
        token = request_id.set(number)
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = number
            count(request.method or "", request.path_info, response.status_code, time.perf_counter() - began)
        finally:
            request_id.reset(token)
        return response


def number_of(meta: Mapping[str, Any]) -> str:
    """The number that our proxy gave; from nobody else would it be worth anything."""
    given = meta.get("HTTP_X_REQUEST_ID", "") if settings.PROXY_HOPS else ""
    return given if _GIVEN.fullmatch(given) else uuid.uuid4().hex


def count(method: str, path: str, status: int, seconds: float) -> None:
    """Put an answer into the metrics, and into the log if it was a fault or slow."""
    kind = kind_of(path)
    REQUESTS.labels(kind, status).inc()
    SECONDS.labels(kind).observe(seconds)
    if status >= 500 or seconds > SLOW:
        # The path without its parameters, in which people may have written what they look for.
        logger.warning("%s %s: %d after %.2f s", method, path, status, seconds)


def hand_on(headers: dict[str, Any] | None = None, **_rest: Any) -> None:
    """Give a job's message the number of the request that it comes from, and the moment, by which its wait is seen."""
    if headers is not None:
        headers[_HEADER] = request_id.get()
        headers["sent_at"] = time.time()


def take_over(task: Any = None, **_rest: Any) -> None:
    """Let the log lines of a job bear the number of its request, or its own where no request is behind it."""
    headers = getattr(task.request, "headers", None) or {}
    request_id.set(headers.get(_HEADER) or getattr(task.request, _HEADER, "") or str(task.request.id or ""))


def let_go(**_rest: Any) -> None:
    """Forget the number with the job."""
    request_id.set("")


def connect() -> None:
    """Have Celery call the three."""
    before_task_publish.connect(hand_on, dispatch_uid="hand_on")
    task_prerun.connect(take_over, dispatch_uid="take_over")
    task_postrun.connect(let_go, dispatch_uid="let_go")
