"""Before the framework: an answer in this process's memory is given after one look at the head of the log.

To build a request and to pass it down and back through every middleware is most of what such an answer costs. Here is
nothing but the look-up; whatever is in any way unusual goes on to the framework, whose edge (`tracker.http.edge`) keeps
what is found here.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from tracker.http import answers
from tracker.http.answers import Answer, form_in, key_of, made_of
from tracker.http.client_address import scheme_of
from tracker.http.guards import headers_for
from tracker.http.heads import root_now
from tracker.http.markdown import SUFFIX, TYPE
from tracker.http.requests import count, number_of
from tracker.http.traffic import ANSWERS

Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

# Conditions other than a single tag, and bodies: the framework knows what to do.
_UNUSUAL: Final = frozenset(
    {"HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_MODIFIED_SINCE", "HTTP_TRANSFER_ENCODING"}
)
# What 304 says of the answer that it confirms (RFC 9110, section 15.4.5), and that another site may read it.
_CONFIRMED: Final = frozenset(
    {"Access-Control-Allow-Origin", "Cache-Control", "ETag", "Expires", "Last-Modified", "Vary"}
)


class Front:
    """An application of WSGI, with what is at hand before it."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """The kept answer, or what the application says."""
        began = time.perf_counter()
        answer = _at_hand(environ)
        if answer is None:
            return self.application(environ, start_response)
        is_known = "HTTP_IF_NONE_MATCH" in environ
        path = environ["PATH_INFO"]
        headers = [(name, value) for name, value in answer.headers.items() if not is_known or name in _CONFIRMED]
        start_response(
            "304 Not Modified" if is_known else "200 OK",
            [*headers, *headers_for(path).items(), ("X-Request-ID", number_of(environ))],
        )
        ANSWERS.labels("kept").inc()
        count(environ["REQUEST_METHOD"], path, 304 if is_known else 200, time.perf_counter() - began)
        return [] if is_known else [answer.body]


def _at_hand(environ: Environ) -> Answer | None:
    """The answer, if it is in memory and of the newest edition, and the request is of the plainest kind."""
    form = _form_of(environ)
    if form is None:
        return None
    answer = answers.memory.get(key_of(environ, scheme_of(environ), form))
    if answer is None or environ.get("HTTP_IF_NONE_MATCH", answer.headers.get("ETag")) != answer.headers.get("ETag"):
        return None
    root = root_now()
    return answer if root and answer.holds(made_of(root)) else None


def _form_of(environ: Environ) -> str | None:
    """The form that is asked for, as the edge has it in its keys; None for a request that is not plain."""
    if environ["REQUEST_METHOD"] != "GET" or environ.get("CONTENT_LENGTH", "") not in {"", "0"}:
        return None
    if not _UNUSUAL.isdisjoint(environ):
        return None
    path, accepted = environ["PATH_INFO"], environ.get("HTTP_ACCEPT", "")
    if path.startswith("/api/"):
        return form_in(accepted)
    return None if path.endswith(SUFFIX) or TYPE in accepted.lower() else ""
