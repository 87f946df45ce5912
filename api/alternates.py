"""What of a request its page takes too, so that an answer can lead to the page that shows the same."""

from collections.abc import Iterable

from pydantic import BaseModel


def for_page(parameters: BaseModel, names: Iterable[str]) -> dict[str, str]:
    """Of these parameters those that were given, as a page reads them: one value each; several mean nothing there."""
    given = {name: _single(getattr(parameters, name)) for name in names if name in parameters.model_fields_set}
    return {name: value for name, value in given.items() if value is not None}


def _single(value: object) -> str | None:
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return str(value[0]) if len(value) == 1 else None
    return str(value)
