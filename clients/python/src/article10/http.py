"""One request: asked again after a lost connection or a fault, as late as the site says; never after a refusal."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any, Final

TRIES: Final = 5
TIMEOUT: Final = 60


class Refused(Exception):
    """The site refuses the request; `problem` says which parameter and what would be right."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.problem = dict(problem)
        super().__init__(str(problem.get("detail") or f"the site answers {status}"))


class Unreachable(Exception):
    """The site did not answer, however often it was asked."""


def address_of(site: str, path: str, parameters: Mapping[str, Any]) -> str:
    """The whole address; several values stand in one parameter, and what is None is left out."""
    given = {name: _written(value) for name, value in parameters.items() if value is not None}
    query = f"?{urllib.parse.urlencode(given, safe=',:')}" if given else ""
    return f"{site.rstrip('/')}{path}{query}"


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(str, value)) if isinstance(value, list | tuple | set) else str(value)


def fetch(address: str) -> bytes:
    """The body of the answer. Raises `Refused` and `Unreachable`."""
    if not address.startswith(("http://", "https://")):
        raise Unreachable(f"{address}: no address of a site")
    because, wait = "", 0.0
    for turn in range(TRIES):
        if turn:
            time.sleep(wait)
        try:
            with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310 - looked at above
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            because, wait = f"the site answers {error.code}", _wait(error, turn)
        except (OSError, http.client.HTTPException) as error:
            because, wait = str(error), 2.0**turn
    raise Unreachable(f"{address}: {because}")


def _wait(error: urllib.error.HTTPError, turn: int) -> float:
    """How many seconds to wait. Raises `Refused` where asking again would change nothing."""
    if error.code != 429 and error.code < 500:
        raise Refused(error.code, _problem(error)) from error
    told = error.headers.get("Retry-After", "")
    return float(told) if told.isdigit() else 2.0**turn


def _problem(error: urllib.error.HTTPError) -> Mapping[str, Any]:
    try:
        found = json.loads(error.read())
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
