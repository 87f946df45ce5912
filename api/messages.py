"""What would be right, in words for people, where pydantic finds something wrong with a parameter or a field."""

from collections.abc import Mapping
from typing import Any, Final

_WOULD_BE_RIGHT: Final[Mapping[str, str]] = {
    "bool_parsing": "write true or false",
    "dict_type": "write an object",
    "enum": "write {expected}",
    "extra_forbidden": "there is no such field",
    "greater_than_equal": "write at least {ge}",
    "int_type": "write a whole number, without quotation marks",
    "less_than_equal": "write at most {le}",
    "list_type": "write a list",
    "literal_error": "write {expected}",
    "missing": "it is missing",
    "model_type": "write an object",
    "string_pattern_mismatch": "it has the form {pattern}",
    "string_too_long": "write at most {max_length} characters",
    "string_too_short": "write at least {min_length} characters",
    "string_type": "write a text",
    "string_unicode": "write a text in which every character is a whole one",
    "too_long": "write at most {max_length} values",
    "tuple_type": "write a list",
}


def describe(error: Mapping[str, Any]) -> str:
    """What would be right instead of what this error of pydantic is about."""
    advice = _WOULD_BE_RIGHT.get(error["type"])
    if advice is None:
        return str(error["msg"]).removeprefix("Value error, ")
    return advice.format_map(error.get("ctx", {}))
