"""Documents whose type is told by one of their fields: each case by itself, so that a client narrows by it."""

import re
from typing import Any, Final

from api import shapes
from api.shapes import changelog
from tracker.domain.vocabulary import ChangeType, Subject

Json = dict[str, Any]
_REF: Final = "#/components/schemas/{}"
# What a rectification puts right → the document that was told of it.
_TOLD: Final = {
    Subject.EVENT: changelog.EventToldShape,
    Subject.ASSESSMENT: changelog.AssessmentToldShape,
    Subject.STATEMENT: changelog.StatementToldShape,
    Subject.COMMITMENT: changelog.CommitmentToldShape,
    Subject.PROCEDURE: changelog.ProcedureToldShape,
    Subject.PARTY: changelog.PartyToldShape,
}
_RECTIFYING: Final = ("Rectification", "Rectified", "RectificationKept")


def tell_apart(schemas: Json) -> None:
    """Let an entry of the log be told by its type, and what puts something right by what it puts right."""
    for name in _RECTIFYING:
        cases = {
            subject.value: (f"{subject.value.capitalize()}{name}", _was_and_now(_name_of(told)))
            for subject, told in _TOLD.items()
        }
        _split(schemas, name, "subject", cases)
    entries = {}
    for kind, shape in shapes.PAYLOADS.items():
        words = re.split(r"[._]", kind.value)
        entries[kind.value] = (f"{''.join(map(str.capitalize, words))}Entry", {"payload": _ref(_payload(kind, shape))})
    _split(schemas, "Change", "type", entries)


def _payload(kind: ChangeType, shape: type) -> str:
    subject, _, act = kind.value.partition(".")
    return f"{subject.capitalize()}Rectified" if act == "rectified" else _name_of(shape)


def _was_and_now(told: str) -> Json:
    return {
        "was": _ref(told),
        "now": {"anyOf": [_ref(told), {"type": "null"}], "description": "Null where it was taken back."},
    }


def _split(schemas: Json, name: str, field: str, cases: dict[str, tuple[str, Json]]) -> None:
    """Put a whole document for each value of the field in place of one with a union inside."""
    whole = schemas[name]
    for value, (case, own) in cases.items():
        properties = {**whole["properties"], **own, field: {"type": "string", "const": value}}
        description = f"{whole['description'].splitlines()[0]} `{field}` is `{value}`."
        schemas[case] = {**whole, "description": description, "properties": properties}
    mapping = {value: _REF.format(case) for value, (case, _own) in cases.items()}
    schemas[name] = {
        "description": whole["description"],
        "oneOf": [{"$ref": ref} for ref in mapping.values()],
        "discriminator": {"propertyName": field, "mapping": mapping},
    }


def _name_of(shape: type) -> str:
    return shape.__name__.removesuffix("Shape")


def _ref(name: str) -> Json:
    return {"$ref": _REF.format(name)}
