"""Addresses beside the resources of the record: this description, its pages, and the files of the data package."""

from typing import Any, Final

Json = dict[str, Any]

_HTML: Final[Json] = {"text/html": {"schema": {"type": "string"}}}
_OPENAPI: Final[Json] = {"application/vnd.oai.openapi+json": {"schema": {"type": "object", "additionalProperties": {}}}}
_NO_FILE: Final = {"description": "There is no package of that edition here, or no such file in it."}
_PROBLEM: Final[Json] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_NAME: Final[Json] = {
    "in": "path",
    "name": "name",
    "required": True,
    "description": "A file, as `package/` and `datapackage.json` name it.",
    "schema": {"type": "string", "pattern": r"^[A-Za-z0-9_]+(\.[a-z]+)?$"},
    "example": "datapackage.json",
}
_EDITION: Final[Json] = {
    "in": "path",
    "name": "edition",
    "required": True,
    "description": "An edition with the beginning of its root; a bare number leads to it, and `latest` to the newest.",
    "schema": {"type": "string", "pattern": "^(latest|[0-9]{1,12}(-[0-9a-f]{8})?)$"},
    "example": "2549-7ac562ac",
}


def add_beside(paths: Json) -> None:
    """Describe them, too."""
    paths["/api/v1/schema/"] = _get("get_schema", "This description, in OpenAPI 3.1.", _OPENAPI, "description")
    paths["/api/v1/docs/"] = _get("get_docs", "This description as a page, with forms to try it.", _HTML, "description")
    paths["/api/v1/docs/problems/"] = _get("get_docs_of_problems", "What each problem means.", _HTML, "description")
    files = _get(
        "get_package_file",
        "One file of a data package. It never changes: its tag is its SHA-256, and `Range` is obeyed.",
        {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        "package",
    )
    files["get"]["parameters"] = [_EDITION, _NAME]
    files["get"]["responses"] |= {
        "206": {"description": "The bytes that `Range` asks for."},
        "302": {"description": "The same file under the whole name of the edition."},
        "304": {"description": "You have it already."},
        "404": {**_NO_FILE, "content": _PROBLEM},
        "416": {"description": "`Range` names bytes that the file does not have.", "content": _PROBLEM},
    }
    paths["/data/package/{edition}/{name}"] = files


def _get(name: str, told: str, content: Json, tag: str) -> Json:
    refused = {"429": {"description": "Too many requests.", "content": _PROBLEM}}
    responses = {"200": {"description": told, "content": content}, **refused}
    return {"get": {**_operation(name, told, tag), "responses": responses}}


def _operation(name: str, told: str, tag: str) -> Json:
    return {"operationId": name, "summary": told, "description": told, "tags": [tag], "parameters": []}
