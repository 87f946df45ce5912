"""What is counted of requests, for the monitoring: by kind and status, how long they took, how they were answered."""

from typing import Final

from django.http import HttpRequest
from prometheus_client import Counter, Histogram

# Few labels: an address for each page would be a series for each page.
REQUESTS: Final = Counter("article10_requests", "Answers given.", ["kind", "status"])
SECONDS: Final = Histogram(
    "article10_request_seconds",
    "How long answers took.",
    ["kind"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
ANSWERS: Final = Counter(
    "article10_answers",
    "How reads were answered: kept, made, waited (for another who made it), stale or away (the database was).",
    ["how"],
)
REFUSED: Final = Counter("article10_refused", "Requests refused before they were looked at.", ["why"])

_KINDS: Final = (("/api/", "api"), ("/static/", "static"), ("/admin/", "desk"), ("/data/package/", "package"))


def kind_of(path: str) -> str:
    """Which part of the site is asked."""
    return next((kind for start, kind in _KINDS if path.startswith(start)), "page")


def told(request: HttpRequest, how: str) -> None:
    """Count how a read was answered."""
    ANSWERS.labels(how).inc()
    request.answered = how  # type: ignore[attr-defined]
