"""Why a row is no fact, in the sentences in which the desk speaks."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

_SENTENCES: Final[Mapping[str, str]] = {
    "missing": "{field} is missing",
    "extra_forbidden": "“{field}” means nothing here",
    "string_too_short": "{field} is empty",
    "string_too_long": "{field} has more than {max_length} characters",
    "int_parsing": "{field}: “{input}” is no number",
    "int_type": "{field}: “{input}” is no number",
    "greater_than_equal": "{field}: {input} is less than {ge}",
    "less_than_equal": "{field}: {input} is more than {le}",
    "string_type": "{field} is no text",
    "tuple_type": "{field} is no list",
    "model_type": "{field} is none that has fields of its own",
    "value_error": "{field}: {error}",
}
_PATTERNS: Final[Mapping[str, str]] = {
    "key": "key: “{input}” is none; small letters of a to z, digits, and hyphens between them",
    "actor": "actor: “{input}” is no state or organisation that we know; a name, or a code such as TUR",
    "accession": "accession: “{input}” is no state that we know; a name, or a code such as SWE",
}
_LONGEST: Final = 500
_SHOWN: Final = 60


def sentences(error: ValidationError) -> str:
    """What is wrong with the row, thing by thing."""
    return "; ".join(_sentence(detail) for detail in error.errors())[:_LONGEST]


def _sentence(detail: Mapping[str, Any]) -> str:
    field, given = _field(detail["loc"]), _shown(detail["input"])
    context = {**detail.get("ctx", {}), "field": field, "input": given}
    if detail["type"] in {"enum", "literal_error"}:
        return f"{field}: “{given}” is none of its words{_advice(given, str(context.get('expected', '')))}"
    if detail["type"] == "string_pattern_mismatch":
        return _PATTERNS.get(field, "{field}: “{input}” is in another form").format_map(context)
    sentence = _SENTENCES.get(detail["type"])
    return sentence.format_map(context) if sentence else f"{field}: {detail['msg']}"


def _advice(given: str, expected: str) -> str:
    """The word that was probably meant, or all there are where they are few."""
    words = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    likely = difflib.get_close_matches(given.lower().replace(" ", "_"), words, n=1, cutoff=0.6)
    if likely:
        return f"; did you mean “{likely[0]}”?"
    return f"; these are: {', '.join(words)}" if len(words) <= 10 else ""


def _field(place: Sequence[int | str]) -> str:
    parts = [f"{part + 1}" if isinstance(part, int) else str(part) for part in place]
    return " ".join(parts) or "the row"


def _shown(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
