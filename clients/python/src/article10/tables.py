"""Rows on a terminal: as a table that fits it, or as JSON, one row a line; and a progress bar."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def as_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """Each row as JSON, in a line of its own."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def as_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """The rows under these columns, cut to the width of the terminal; a dotted name reaches into a value."""
    cells = [[_cell(row, column) for column in columns] for row in rows]
    widths = [max([len(column), *(len(line[at]) for line in cells)]) for at, column in enumerate(columns)]
    widest = shutil.get_terminal_size((120, 24)).columns
    for line in ([*columns], ["-" * width for width in widths], *cells):
        text = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write(text.rstrip()[:widest] + "\n")


def _cell(row: Mapping[str, Any], column: str) -> str:
    value: Any = row
    for name in column.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def progress(done: int, of: int) -> None:
    """How far it has come, on the terminal only."""
    if not sys.stderr.isatty():
        return
    filled = 30 * done // of
    sys.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{of}" + ("\n" if done >= of else ""))
    sys.stderr.flush()
