"""The two clocks of a request to the API: from its parameters, or from the cursor of a walk that has begun."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest

from api.framework.cursors import Cursor
from tracker.domain.exceptions import BadParameter
from tracker.http.heads import head_of
from tracker.readmodel.clock import Clock, read_clock
from tracker.readmodel.record import Mark

_KEPT: Final = "_article10_clock"


def clock_of(request: HttpRequest) -> Clock:
    """The clock of the request, read once. Raises `BadParameter`."""
    clock: Clock | None = getattr(request, _KEPT, None)
    if clock is None:
        clock = _read(request.GET.dict(), head_of(request))
        setattr(request, _KEPT, clock)
    return clock


def _read(parameters: Mapping[str, str], newest: Mark | None) -> Clock:
    if not parameters.get("cursor"):
        return read_clock(parameters, newest)
    cursor = Cursor.read(parameters["cursor"])
    own = _clock_in(cursor, parameters["cursor"])
    if (parameters.get("as_of") or cursor.as_of) != cursor.as_of:
        raise BadParameter("as_of", parameters["as_of"], f"the cursor belongs to a walk as of {cursor.as_of}")
    if parameters.get("known_at"):
        return _check(cursor, read_clock(parameters))
    return own


def _clock_in(cursor: Cursor, text: str) -> Clock:
    try:
        return read_clock({"as_of": cursor.as_of, "known_at": str(cursor.edition)})
    except BadParameter as error:
        # The request said nothing of day and edition, so neither is its culprit.
        raise BadParameter("cursor", text, "its edition or its day is none that this site has handed out") from error


def _check(cursor: Cursor, clock: Clock) -> Clock:
    if clock.edition != cursor.edition:
        raise BadParameter("known_at", clock.known_at, f"the cursor belongs to a walk through edition {cursor.edition}")
    return clock
