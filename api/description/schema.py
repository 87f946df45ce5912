"""The description of the API (OpenAPI 3.1), made of what the views declare: parameters, shapes, pages of a walk.

`make openapi` writes it to `api/openapi.json`, which is what `/api/v1/schema/` serves.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from drf_spectacular.openapi import AutoSchema

from api import shapes
from api.description.components import REF, envelope_name, ref
from api.description.names import operation_id
from api.problems import MEDIA_TYPE
from api.views.base import ListView, RecordView
from api.views.log import Compare
from api.views.reports import Draft, ReportView

FILE: Final = Path(__file__).parents[1] / "openapi.json"
EXAMPLES: Final = Path(__file__).parents[1] / "examples.json"

_ALWAYS: Final = ("400", "406", "414", "429", "500")
_ERRORS: Final = {
    "400": "A parameter is unknown or has a value that cannot be answered; `errors` names it.",
    "401": "There is no token, or it is not in force.",
    "403": "The token does not have the scope.",
    "404": "There is nothing at this address in this edition.",
    "406": "The answer cannot be had in the form that `Accept` asks for.",
    "409": "The record could not take this event; `errors` names the field.",
    "410": "This was taken back; `rectification` says by which one.",
    "413": "The report is too large.",
    "414": "The address is too long.",
    "415": "Reports are sent as `application/json`.",
    "422": "The sentence, or the report, cannot be read; or the idempotency key belongs to another report.",
    "429": "Too many requests; `Retry-After` says when to go on.",
    "500": "A fault of ours.",
}
_PATH: Final = {
    "code": ("The code of a state; two letters or lower case lead to the canonical address.", "^[A-Za-z]{2,8}$", "SWE"),
    "ally": ("The code of an ally.", "^[A-Za-z]{2,8}$", "TUR"),
    "key": ("The key of a fact.", "^[a-z0-9]+(?:[-~][a-z0-9]+)*$", "se2022-tr-consent"),
}
_NUMBERS: Final = {"position": "A position of the log.", "number": "The number."}
# Of other resources than events and accessions.
_KEYS: Final = {
    "/api/v1/sources/{key}/": "event~se2022-tr-consent~0",
    "/api/v1/statements/{key}/": "vilnius-press-statement-2023-07-10",
    "/api/v1/commitments/{key}/": "mk-gr-interim-accord",
    "/api/v1/procedures/{code}/": "TUR",
    "/api/v1/states/{code}/": "TUR",
}

Json = dict[str, Any]


class Described(AutoSchema):
    """One operation, from what its view declares."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> Json | None:
        """The operation."""
        view, posts = self.view, method == "POST"
        if not isinstance(view, RecordView):
            return None
        handler = getattr(view, method.lower())
        doc = (type(view).__doc__ or "") if not posts else (handler.__doc__ or "")
        operation: Json = {
            "operationId": operation_id(path, method),
            "summary": doc.splitlines()[0] + (" As CSV." if path.endswith(".csv") else ""),
            "description": f"{' '.join(doc.split())} {' '.join((handler.__doc__ or '').split())}",
            "tags": [re.split(r"[/.]", path.removeprefix("/api/v1/"))[0] or "root"],
            "parameters": [*_path_parameters(path), *(_post_headers() if posts else _query_parameters(view, path))],
            "responses": _responses(view, path, posts),
        }
        if posts:
            operation["requestBody"] = _body()
        if isinstance(view, ReportView):
            operation["security"] = [{"token": []}]
        return operation


def _path_parameters(path: str) -> list[Json]:
    found = []
    for name in re.findall(r"{(\w+)}", path):
        if name in _NUMBERS:
            schema: Json = {"type": "integer", "minimum": 0}
            told: Json = {"description": _NUMBERS[name], "example": 1}
        else:
            description, pattern, example = _PATH[name]
            schema = {"type": "string", "pattern": pattern}
            told = {"description": description, "example": _KEYS.get(path, example)}
        found.append({"in": "path", "name": name, "required": True, "schema": schema, **told})
    return found


def _query_parameters(view: RecordView, path: str) -> list[Json]:
    """What the operation takes. Each form has an operation of its own, so that each answer has one type."""
    properties = view.parameters.model_json_schema(ref_template=REF)["properties"]
    properties.get("format", {})["anyOf"] = [{"enum": ["json"], "type": "string"}, {"type": "null"}]
    needless = {"format", "cursor", "total"} if path.endswith(".csv") else {"bom"}
    return [_query_parameter(name, schema) for name, schema in properties.items() if name not in needless]


def _query_parameter(name: str, schema: Json) -> Json:
    told = {key: value for key, value in schema.items() if key not in {"title", "description", "default"}}
    options = [one for one in told.pop("anyOf", [{}]) if one.get("type") != "null"]
    found = {**told, **options[0]}
    if "default" in schema and schema["default"] not in (None, []):
        found = {**found, "default": schema["default"]}
    # An empty value says nothing, as from a form that was left blank.
    parameter = {"in": "query", "name": name, "allowEmptyValue": True, "schema": found}
    parameter["description"] = schema.get("description", "")
    # Several values may be repeated, as clients do by themselves, or stand in one parameter, separated by commas.
    return {**parameter, "explode": True, "style": "form"} if found.get("type") == "array" else parameter


def _post_headers() -> list[Json]:
    return [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "description": "Any text of yours: the same within a day gives the same report, so you may send again.",
            "schema": {"type": "string", "maxLength": 200, "minLength": 1, "pattern": "^[!-~]+$"},
        }
    ]


def _body() -> Json:
    example = _examples().get("file_report", {})
    return {"required": True, "content": {"application/json": {"schema": ref(Draft), "example": example}}}


def _responses(view: RecordView, path: str, posts: bool) -> Json:
    if posts:
        told = {"200": "The report that was filed before.", "201": "The report that was filed."}
        good = {status: _good(view, path, text, posted=True) for status, text in told.items()}
        for answer in good.values():
            answer["headers"]["Location"] = {"schema": {"type": "string"}, "description": "Where the report is."}
        return {**good, **_problems("401", "403", "409", "413", "415", "422")}
    unchanged = {"304": {"description": "You have it already: `If-None-Match` has its `ETag`."}}
    return {"200": _good(view, path, "The answer."), **unchanged, **_moved(path), **_problems(*_errors(view, path))}


def _moved(path: str) -> Json:
    if "{code}" not in path:
        return {}
    location = {"Location": {"schema": {"type": "string"}}}
    return {"301": {"description": "The canonical address, with codes of three letters.", "headers": location}}


def _errors(view: RecordView, path: str) -> list[str]:
    found = ["404"] if "{" in path or path.endswith("/package/") else []
    found += ["422"] if path.endswith("/check/") else []
    found += ["410"] if path.endswith("/events/{key}/") else []
    return found + (["401", "403"] if isinstance(view, ReportView) else [])


def _problems(*statuses: str) -> Json:
    content = {MEDIA_TYPE: {"schema": ref(shapes.ProblemShape)}}
    return {
        one: {"description": _ERRORS[one], "headers": _ERROR_HEADERS.get(one, {}), "content": content}
        for one in sorted({*_ALWAYS, *statuses})
    }


_ERROR_HEADERS: Final[Mapping[str, Json]] = {
    "401": {"WWW-Authenticate": {"schema": {"type": "string"}, "description": "`Bearer`."}},
    "429": {"Retry-After": {"schema": {"type": "integer"}, "description": "After how many seconds to go on."}},
}


def _good(view: RecordView, path: str, description: str, *, posted: bool = False) -> Json:
    if path.endswith(".csv"):
        disposed = {"Content-Disposition": {"schema": {"type": "string"}, "description": "A name with both clocks."}}
        content = {"text/csv": {"schema": {"type": "string"}}}
        return {"description": "All rows, as CSV.", "headers": {**_headers(), **disposed}, "content": content}
    many = isinstance(view, ListView | Compare) and not posted
    media: Json = {"schema": {"$ref": REF.format(model=envelope_name(view.serializer_class.shape, many=many))}}
    if example := _examples().get(operation_id(path)):
        media["example"] = example
    told: Json = {"description": description, "headers": _headers(), "content": {"application/json": media}}
    links = _links(path) if many else {}
    return {**told, "links": links} if links else told


def _headers() -> Json:
    texts = {
        name: {"schema": {"type": "string"}}
        for name in ("ETag", "Last-Modified", "Link", "Article10-Edition", "Article10-As-Of")
    }
    left = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
    return {**texts, **{name: {"schema": {"type": "integer", "minimum": 0}} for name in left}}


_LINKED: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "list_accessions": ("get_accession", {"code": "code"}),
    "list_ratifications": ("get_ratification", {"code": "accession", "ally": "ally"}),
    "list_states": ("get_state", {"code": "code"}),
    "list_events": ("get_event", {"key": "key"}),
    "list_sources": ("get_source", {"key": "key"}),
    "list_commitments": ("get_commitment", {"key": "key"}),
    "list_procedures": ("get_procedure", {"code": "ally"}),
    "list_changes": ("get_change", {"position": "position"}),
}


def _links(path: str) -> Json:
    found = _LINKED.get(operation_id(path))
    if found is None:
        return {}
    target, names = found
    parameters = {name: f"$response.body#/data/0/{field}" for name, field in names.items()}
    return {"one": {"operationId": target, "parameters": parameters}}


@cache
def _examples() -> Json:
    found: Json = json.loads(EXAMPLES.read_text(encoding="utf-8")) if EXAMPLES.is_file() else {}
    return found
