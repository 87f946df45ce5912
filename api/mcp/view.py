"""The endpoint: one message in a POST, one answer in its response. It opens no stream and keeps no session."""

import json
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request

from api.mcp.protocol import PARSE_ERROR, answer
from api.problems import Problem
from api.views.base import CountedView
from tracker.domain.canonical import write_json

_LARGEST: Final = 64_000


class Agents(CountedView):
    """The tools for agents."""

    http_method_names = ["post", "options"]
    schema = None

    def post(self, request: Request) -> HttpResponse:
        """The answer to one message; 202 to a notification."""
        _check_origin(request)
        body = request._request.body
        if len(body) > _LARGEST:
            raise Problem(413, "A message has at most 64 kB.")
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            return _respond({"jsonrpc": "2.0", "id": None, "error": {"code": PARSE_ERROR, "message": "Send JSON."}})
        told = answer(message)
        return HttpResponse(status=202) if told is None else _respond(told)


def _respond(document: object) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(write_json(document), content_type="application/json", headers=headers)


def _check_origin(request: Request) -> None:
    """A page of another site may not ask through a reader's browser, which may stand inside a closed network."""
    origin = request.headers.get("Origin", "")
    here = {request._request.get_host(), urlsplit(settings.BASE_URL).netloc}
    if origin and urlsplit(origin).netloc not in here:
        raise Problem(403, "Pages of other sites may not ask here; ask from a program.")
