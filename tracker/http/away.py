"""What is said while the database is away: that it will pass, in the form that the reader asked in."""

import json
from typing import Final

from django.http import HttpRequest, HttpResponse

_SOON: Final = "10"
_PROBLEM: Final = {
    "type": "/api/v1/docs/problems/#unavailable",
    "title": "The record cannot be read just now",
    "status": 503,
    "detail": "The database is away. Nothing is lost; ask again in a few seconds.",
}
# Without anything that would have to be read or looked up first.
_PAGE: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots"
content="noindex"><title>Back in a moment · Article 10</title></head><body><main><h1>Back in a moment</h1>
<p>The record cannot be read just now. Nothing is lost. Please try again in a few seconds.</p></main></body></html>
"""


def unavailable(request: HttpRequest) -> HttpResponse:
    """The answer 503, with when to come again."""
    headers = {"Retry-After": _SOON, "Cache-Control": "no-store"}
    if request.path_info.startswith("/api/"):
        headers["Access-Control-Allow-Origin"] = "*"
        return HttpResponse(json.dumps(_PROBLEM), "application/problem+json", status=503, headers=headers)
    return HttpResponse(_PAGE, status=503, headers=headers)
