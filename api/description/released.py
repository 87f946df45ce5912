"""The description as it was last released: what clients rely on, whatever has been committed since."""

import json
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).resolve().parents[1] / "released.json"
# What explains and promises nothing. As names of fields, these words are kept.
_WORDS: Final = frozenset({"description", "summary", "example", "examples", "externalDocs", "title", "tags"})
# Under these stand names, and no words of the description's own.
_OF_NAMES: Final = frozenset({"properties", "schemas", "paths", "responses", "patternProperties"})


def read_released() -> dict[str, Any]:
    """What was promised at the last release."""
    promise: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return promise


def write_released(description: dict[str, Any]) -> None:
    """Promise from now on what the description says."""
    FILE.write_text(json.dumps(promise_of(description), indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def promise_of(description: dict[str, Any]) -> dict[str, Any]:
    """The description without its explanations, which may be put better at any time."""
    parts = ("info", "paths", "components")
    bare: dict[str, Any] = {name: _without_words(description[name], name in _OF_NAMES) for name in parts}
    return {**bare, "info": {"version": description["info"]["version"]}}


def _without_words(part: Any, of_names: bool) -> Any:
    if isinstance(part, list):
        return [_without_words(one, False) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {name: value for name, value in part.items() if of_names or name not in _WORDS}
    return {name: _without_words(value, not of_names and name in _OF_NAMES) for name, value in kept.items()}
