"""Answers as bytes: JSON always, and CSV of every list, fit for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rest_framework.renderers import BaseRenderer

from tracker.editions.writing import write_envelope, write_json

# A spreadsheet takes a cell that begins so for a formula, and runs it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class JSONRenderer(BaseRenderer):
    """Compact JSON."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The envelope as JSON."""
        return write_envelope(data)


class CSVRenderer(BaseRenderer):
    """The rows of a list as CSV, nested values in columns of their own."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The rows below the names of their columns."""
        rows = data["data"]
        return write_csv(rows if isinstance(rows, list) else [rows]).encode()


def write_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows as CSV; a first line names the columns, in the order in which they first occur."""
    flat = [flatten(row) for row in rows]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[row.get(name, "") for name in columns] for row in flat])
    return text.getvalue()


def flatten(row: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """The row with one level: `stages.approved.date`; lists of codes joined by a semicolon, others as JSON."""
    found: dict[str, str] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            found.update(flatten(value, f"{prefix}{name}."))
        else:
            found[f"{prefix}{name}"] = guard(_cell(value))
    return found


def guard(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if text.startswith(_FORMULA) else text


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
    return str(value)


def _list(values: Sequence[object]) -> str:
    if all(isinstance(one, str) for one in values):
        return ";".join(map(str, values))
    return write_json(values).decode()
