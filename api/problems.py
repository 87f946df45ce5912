"""Every error as a problem document (RFC 9457): what is wrong, which parameter, and what would be right."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, HttpResponseBase
from rest_framework import exceptions

from tracker.domain.canonical import write_json
from tracker.domain.exceptions import BadParameter, TrackerError
from tracker.http.away import unavailable

logger = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
DOCUMENTATION: Final = "/api/v1/docs/problems/"

# What each kind of problem is called; the name is the anchor of its explanation.
TITLES: Final[Mapping[str, str]] = {
    "bad-request": "The request cannot be read",
    "bad-parameter": "A parameter cannot be answered",
    "not-authenticated": "A token is needed",
    "not-allowed": "The token does not allow this",
    "not-found": "There is nothing at this address",
    "gone": "This was taken back",
    "wrong-method": "This address does not take that method",
    "not-acceptable": "The answer cannot be had in that form",
    "refused": "The record refuses this",
    "key-used-otherwise": "The idempotency key belongs to another request",
    "precondition-failed": "A condition of the request does not hold",
    "no-such-range": "The file has no such part",
    "too-large": "The request is too large",
    "address-too-long": "The address is too long",
    "wrong-media-type": "The request is in a form that is not read",
    "invalid": "The report cannot be read as an event",
    "not-understood": "The statement is not understood",
    "too-many-requests": "Too many requests",
    "fault": "A fault of ours",
    "unavailable": "The record cannot be read just now",
}
_BY_STATUS: Final[Mapping[int, str]] = {
    400: "bad-request",
    401: "not-authenticated",
    403: "not-allowed",
    404: "not-found",
    405: "wrong-method",
    406: "not-acceptable",
    409: "refused",
    410: "gone",
    412: "precondition-failed",
    413: "too-large",
    414: "address-too-long",
    415: "wrong-media-type",
    416: "no-such-range",
    422: "invalid",
    429: "too-many-requests",
    503: "unavailable",
}
_DETAIL: Final[Mapping[int, str]] = {
    404: "Nothing is on record under this address. /api/v1/ lists what there is.",
    500: "The fault has been noted. Try again later; if it stays, report the address and the moment.",
}


class Problem(exceptions.APIException):
    """A refusal with its own status, to be raised by a view.

    `errors` names each culprit: `{"parameter": …, "detail": …}` or `{"field": …, "detail": …}`.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        kind: str = "",
        errors: Sequence[Mapping[str, str]] = (),
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status_code = status
        self.document = problem(status, detail, kind=kind, errors=errors, **(extra or {}))
        self.headers = dict(headers or {})


def problem(
    status: int, detail: str, *, kind: str = "", errors: Sequence[Mapping[str, str]] = (), **extra: Any
) -> dict[str, Any]:
    """The problem document."""
    kind = kind or _BY_STATUS.get(status, "fault" if status >= 500 else "bad-request")
    return {
        "type": f"{DOCUMENTATION}#{kind}",
        "title": TITLES[kind],
        "status": status,
        "detail": detail,
        **({"errors": list(errors)} if errors else {}),
        **extra,
    }


def bad_parameter(refusal: BadParameter) -> dict[str, Any]:
    """The problem of one parameter."""
    return problem(
        400, str(refusal), kind="bad-parameter", errors=[{"parameter": refusal.name, "detail": str(refusal)}]
    )


def respond(document: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The problem as an answer."""
    return HttpResponse(
        write_json(document), status=document["status"], content_type=MEDIA_TYPE, headers=dict(headers or {})
    )


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponseBase:
    """The answer to whatever a view raised. A fault is logged in full and told in general."""
    match error:
        case Problem():
            return respond(error.document, error.headers)
        case TrackerError():
            return respond(_of_refusal(error))
        case Http404() | PermissionDenied():
            return respond(of_status(404 if isinstance(error, Http404) else 403))
        case exceptions.Throttled():
            return _too_many(context["view"].throttles, error)
        case exceptions.APIException():
            return _of_framework(error)
    return _of_fault(error, context["request"])


def _of_fault(error: Exception, request: Any) -> HttpResponse:
    if isinstance(error, OperationalError | InterfaceError):
        return unavailable(request._request)
    logger.error("The API failed at %s", request.path, exc_info=error)
    return respond(of_status(500))


def _of_refusal(refusal: TrackerError) -> dict[str, Any]:
    if isinstance(refusal, BadParameter):
        return bad_parameter(refusal)
    errors = [{"field": refusal.field, "detail": str(refusal)}] if refusal.field else []
    return problem(409, str(refusal), errors=errors)


def _of_framework(error: exceptions.APIException) -> HttpResponse:
    # What the framework sets on its way here: how to authenticate.
    challenge = getattr(error, "auth_header", "")
    if challenge and isinstance(error, exceptions.AuthenticationFailed):
        challenge += ' error="invalid_token"'
    headers = {"WWW-Authenticate": challenge} if challenge else {}
    return respond(problem(error.status_code, _flat(error.detail)), headers)


def _too_many(throttles: Sequence[Any], error: exceptions.Throttled) -> HttpResponse:
    limit = min(throttle.num_requests for throttle in throttles)
    seconds = str(getattr(error, "wait", ""))
    detail = f"{limit} requests a minute are allowed; go on in {seconds} seconds."
    return respond(problem(429, detail), {"Retry-After": seconds})


def of_status(status: int) -> dict[str, Any]:
    """The problem of a status about which nothing else is known."""
    return problem(status, _DETAIL.get(status, HTTPStatus(status).description or HTTPStatus(status).phrase))


# What a client needs of an error besides the problem.
_KEPT: Final = ("Allow", "WWW-Authenticate", "Content-Range", "Accept-Ranges")


def as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """The same error as a problem, where something other than the API made it; any other answer as it is."""
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
        return response
    kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
    return respond(of_status(response.status_code), kept)


def _flat(detail: Any) -> str:
    if isinstance(detail, list | tuple):
        return " ".join(map(_flat, detail))
    if isinstance(detail, dict):
        return " ".join(f"{name}: {_flat(value)}" for name, value in detail.items())
    return str(detail)
