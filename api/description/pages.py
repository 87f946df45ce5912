"""The description of the API, for programs and for people: from own assets, under the strict policy of the site."""

from functools import cache

from django.http import HttpResponse
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.description.schema import FILE
from api.problems import TITLES
from api.views.base import CountedView


@cache
def _schema() -> bytes:
    return FILE.read_bytes()


class Schema(CountedView):
    """The description in OpenAPI 3.1."""

    http_method_names = ["get", "head", "options"]
    schema = None

    def get(self, request: Request) -> HttpResponse:
        """The file that the repository keeps and that CI compares with the code."""
        return HttpResponse(
            _schema(),
            content_type="application/vnd.oai.openapi+json",
            headers={"Cache-Control": "public, max-age=3600"},
        )


class Documentation(CountedView):
    """The description as a page, with forms to try it."""

    http_method_names = ["get", "head", "options"]
    renderer_classes = [TemplateHTMLRenderer]
    template_name = "api/docs.html"
    schema = None

    def get(self, request: Request) -> Response:
        """The page."""
        return Response()


class Problems(Documentation):
    """What each kind of problem means."""

    template_name = "api/problems.html"

    def get(self, request: Request) -> Response:
        """The page, with the kinds."""
        return Response({"kinds": [(kind, title, MEANINGS[kind]) for kind, title in TITLES.items()]})


MEANINGS = {
    "bad-request": "The request cannot be read. Look at its encoding, its headers and its brackets.",
    "bad-parameter": "A parameter is unknown, given twice, or means nothing. `errors` says what would be right.",
    "not-authenticated": "Send `Authorization: Bearer` with a personal token in force; an editor makes one.",
    "not-allowed": "The token is in force and lacks the scope. Ask for one that has it.",
    "not-found": "The address leads nowhere, or to something that was not on record in the edition asked for.",
    "gone": "It was on record and was taken back. `rectification` is the number of the rectification that says why.",
    "wrong-method": "The header `Allow` says which methods this address takes.",
    "not-acceptable": "Everything can be had as JSON; lists also as CSV.",
    "refused": "The record could not take this, whoever sent it. `errors` names the field and the reason.",
    "key-used-otherwise": "The same Idempotency-Key came with another request within a day. Take a new key.",
    "precondition-failed": "`If-Match` or `If-Unmodified-Since` names another answer than the one that there is now.",
    "no-such-range": "`Range` names bytes that the file does not have. `Content-Range` says how many there are.",
    "too-large": "A report has at most 64 kB.",
    "address-too-long": "An address may have at most 4000 characters; ask for fewer codes at a time.",
    "wrong-media-type": "Reports are sent as `application/json`.",
    "invalid": "The report cannot be read as an event. `errors` names each field.",
    "not-understood": "The sentence came to no form that can be checked. Write the form: accession, ally, act, day.",
    "too-many-requests": "Wait as many seconds as `Retry-After` says.",
    "unavailable": "The database is away for a moment. Ask again after as many seconds as `Retry-After` says.",
    "fault": "A mistake of ours, noted with its circumstances. Trying again later may help.",
}
