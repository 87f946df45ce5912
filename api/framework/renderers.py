"""Answers as bytes: JSON always, and CSV of every list, fit for a spreadsheet."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel
from rest_framework import renderers

from tracker.domain.canonical import write_envelope, write_json
from tracker.exchange.csv_writing import csv_lines


class JSONRenderer(renderers.JSONRenderer):
    """The framework's, written a row at a time: a row of an edition is written once, however often it is asked for."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The envelope as JSON."""
        return write_envelope(data)


class CSVRenderer(renderers.BaseRenderer):
    """The rows of a list as CSV, nested values in columns of their own."""

    media_type = "text/csv"
    format = "csv"
    # A spreadsheet has no next page.
    holds_all = True
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The rows below the names of their columns; the same columns on each page, also where there are no rows."""
        view = (renderer_context or {})["view"]
        serializer = view.get_serializer()
        text = write_csv(data["data"], paths_of(serializer.shape, serializer.columns))
        return text.encode("utf-8-sig" if getattr(view.query, "bom", False) else "utf-8")


# The forms of every list, the first being what is sent to whom nothing else is asked by. A form that is added here is
# negotiated, described and refused by name; `api.parameters` says what `format=` may be.
OF_LISTS: Final[tuple[type[renderers.BaseRenderer], ...]] = (JSONRenderer, CSVRenderer)
FORMATS: Final = tuple(renderer.format for renderer in OF_LISTS)

Path = tuple[str, ...]


@cache
def paths_of(shape: type[BaseModel], names: tuple[str, ...] | None = None) -> tuple[Path, ...]:
    """Where the value of each column lies in a document of that shape: all of them, or those below these fields."""
    nested = {field.alias or name: _shape_in(field.annotation) for name, field in shape.model_fields.items()}
    paths: list[Path] = []
    for name in nested if names is None else names:
        below = nested[name]
        paths += [(name, *path) for path in paths_of(below)] if below else [(name,)]
    return tuple(paths)


def _shape_in(annotation: Any) -> type[BaseModel] | None:
    """The shape of a nested document, be it there or null; None for all that stands in one cell."""
    kinds = [kind for kind in (get_args(annotation) or (annotation,)) if kind is not NoneType]
    is_shape = len(kinds) == 1 and get_origin(annotation) in {None, UnionType, Union} and isinstance(kinds[0], type)
    return kinds[0] if is_shape and issubclass(kinds[0], BaseModel) else None


def write_csv(rows: Iterable[Mapping[str, Any]], paths: Sequence[Path]) -> str:
    """The rows as CSV, one level deep: `stages.approved.date`; lists of codes joined by a semicolon, others as JSON."""
    cells = ([_cell(_value(row, path)) for path in paths] for row in rows)
    return "".join(csv_lines([".".join(path) for path in paths], cells))


def _value(row: Mapping[str, Any], path: Path) -> object:
    value: Any = row
    for name in path:
        value = None if value is None else value.get(name)
    return value


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case list():
            return _list(value)
        case dict():
            return write_json(value).decode()
    return str(value)


def _list(values: Sequence[object]) -> str:
    if all(isinstance(value, str) for value in values):
        return ";".join(map(str, values))
    return write_json(values).decode()
