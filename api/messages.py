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
    "string_too_long": "write at most {max_length} characters",
    "string_too_short": "write at least {min_length} characters",
    "string_type": "write a text",
    "string_unicode": "write a text in which every character is a whole one",
    "too_long": "write at most {max_length} values",
    "tuple_type": "write a list",
}


# By the pattern that a text has to have.
_EXAMPLES: Final[Mapping[str, str]] = {
    r"^[A-Z]{2,8}$": "write a code such as TUR",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "write a key such as se2022-tr-consent",
    r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$": "write a key such as se2022-tr-consent, or a code such as TUR",
    r"^-?[a-z0-9_]+$": "write a field, with a minus for the greatest first: -date",
    r"^\d{1,5}$": "write a whole number of at most 5 digits",
    r"^\d{0,5}-\d{0,5}$": "write votes for and against: 287-55",
}


def describe(error: Mapping[str, Any]) -> str:
    """What would be right instead of what this error of pydantic is about."""
    advice = _WOULD_BE_RIGHT.get(error["type"]) or _EXAMPLES.get(error.get("ctx", {}).get("pattern", ""))
    if advice is None:
        return str(error["msg"]).removeprefix("Value error, ")
    return advice.format_map(error.get("ctx", {}))
