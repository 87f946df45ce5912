"""What fields and words mean, put into the description from where the record says it."""

from typing import Any, Final

from django.db.models import TextChoices

from tracker.domain import vocabulary
from tracker.domain.checking import Verdict, Why
from tracker.exchange.package.column_docs import MEANINGS

Json = dict[str, Any]
_WORDS: Final = {
    name: words
    for name, words in {**vars(vocabulary), "Verdict": Verdict, "Why": Why}.items()
    if isinstance(words, type) and issubclass(words, TextChoices)
}


def explain(schemas: Json) -> None:
    """Say of each word what it is called, and of each field without a description what the data package says of it."""
    for name, schema in schemas.items():
        if name in _WORDS and "enum" in schema:
            labels = {word.value: str(word.label) for word in _WORDS[name]}
            schema["x-enumDescriptions"] = labels
            schema["x-enum-descriptions"] = [labels[value] for value in schema["enum"]]
        for field, told in schema.get("properties", {}).items():
            if "description" not in told and "$ref" not in told and field in MEANINGS:
                told["description"] = MEANINGS[field]
