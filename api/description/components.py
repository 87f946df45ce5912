"""The documents in the description of the API, by name: each shape, and each in its envelope."""

import json
import re
from typing import Any, Final, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api import shapes
from api.description.beside import add_beside
from api.description.meanings import explain
from api.description.unions import tell_apart
from api.views.reports import Draft
from tracker.domain.checking import Matter

REF: Final = "#/components/schemas/{model}"

Json = dict[str, Any]
Mode = Literal["serialization", "validation"]


def ref(model: type[BaseModel]) -> Json:
    """The reference to a shape."""
    return {"$ref": REF.format(model=name_of(model))}


def name_of(model: type[BaseModel]) -> str:
    """What a shape is called in the description."""
    return _short(model.__name__)


def envelope_name(shape: type[BaseModel], *, many: bool) -> str:
    """What the envelope of one document, or of several, is called."""
    return f"{name_of(shape)}{'List' if many else 'Answer'}"


_ROWS: Final = tuple(
    getattr(shapes, f"{name}Shape")
    for name in [
        "Accession",
        "Scenario",
        "Ratification",
        "State",
        "Event",
        "Citation",
        "Commitment",
        "Statement",
        "Procedure",
        "Rectification",
        "Hit",
        "Check",
        "Vocabulary",
        "Change",
        "Compare",
        "Series",
        "Round",
        "Snapshot",
        "Status",
        "Package",
        "Root",
        "Report",
    ]
)


_SENT: Final = {
    "Draft": "ReportDraft",
    "EventFact": "EventDraft",
    "ReferendumFact": "ReferendumDraft",
    "Source": "SourceDraft",
    "Tally": "TallyDraft",
    "Differing": "DifferingDraft",
}
_DATE: Final = {
    "type": "string",
    "description": "EDTF level 1: 2022-10-23, 2022-10, 2022, or an interval of two of these.",
    "examples": ["2022-10-23"],
}
_LATER: Final = "With `include=later`: of this page of the list, what came after the day."
_TOKEN: Final = {
    "type": "http",
    "scheme": "bearer",
    "description": "A personal token, which an editor of the instance makes and shows once.",
}


def add_components(result: Json, **_context: Any) -> Json:
    """Put in the shapes that the operations refer to, and each in its envelope."""
    answered = (*_ROWS, shapes.Meta, shapes.Links, shapes.ProblemShape)
    models: list[tuple[type[BaseModel], Mode]] = [*((one, "serialization") for one in answered), (Draft, "validation")]
    _, definitions = models_json_schema(models, ref_template=REF)
    schemas = {_short(name): _open(schema) for name, schema in definitions["$defs"].items()}
    if len(schemas) < len(definitions["$defs"]):
        raise ValueError("Two documents of the description have the same name.")
    schemas["PartialDate"] = _DATE
    schemas["Matter"] = {"type": "string", "enum": [matter.value for matter in Matter], "description": Matter.__doc__}
    for name in _SENT.values():
        _let_be_null(schemas[name]["properties"])
    tell_apart(schemas)
    explain(schemas)
    for shape in _ROWS:
        # All fields are always there; with `fields=` those that are asked for, as that parameter says.
        for many in (False, True):
            schemas[envelope_name(shape, many=many)] = _envelope(shape, many=many)
    add_beside(result["paths"])
    _drop_unused(schemas, result["paths"])
    # Whoever reads needs no key; filing a report does, and says so itself.
    result["security"] = []
    result["components"] = {"schemas": dict(sorted(schemas.items())), "securitySchemes": {"token": _TOKEN}}
    return result


def _let_be_null(properties: Json) -> None:
    """What may be left out may be null as well, as it is in an answer that is sent back."""
    for name, schema in properties.items():
        if schema.get("default") == "" and name != "message":
            bare = {key: value for key, value in schema.items() if key != "default"}
            properties[name] = {"anyOf": [bare, {"type": "null"}], "default": None}


def _drop_unused(schemas: Json, paths: Json) -> None:
    """Leave out what nothing refers to, directly or through others."""
    used: set[str] = set()
    waiting = _refs(paths)
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting |= _refs(schemas[name])
    for name in set(schemas) - used:
        del schemas[name]


def _refs(part: object) -> set[str]:
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(part)))


def _short(name: str) -> str:
    if name.endswith("Shape"):
        return name.removesuffix("Shape")
    # What may be sent has defaults, where what is answered is complete.
    return _SENT.get(name, name)


def _open(schema: Any) -> Any:
    """The schema with short names, and open to fields that a later version adds, as the promise of stability says."""
    match schema:
        case dict():
            kept = {
                name: _open(value)
                for name, value in schema.items()
                if not (name == "additionalProperties" and value is False) and name != "title"
            }
            if isinstance(ref := kept.get("$ref"), str):
                kept["$ref"] = REF.format(model=_short(ref.rpartition("/")[2]))
            # A property that is itself called title is none of ours to drop.
            return {**kept, "title": _open(schema["title"])} if isinstance(schema.get("title"), dict) else kept
        case list():
            return [_open(one) for one in schema]
    return schema


def _envelope(shape: type[BaseModel], *, many: bool) -> Json:
    one = ref(shape)
    later = {"later": {"type": "array", "items": one, "description": _LATER}}
    return {
        "type": "object",
        "required": ["data", "meta", "links"],
        "properties": {
            "data": {"type": "array", "items": one} if many else one,
            **(later if many and "later" in shape.model_fields else {}),
            "meta": {"$ref": REF.format(model="Meta")},
            "links": {"$ref": REF.format(model="Links")},
        },
    }
