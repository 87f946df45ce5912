"""The one writer of CSV (RFC 4180), for the API, the data package and the desk: no cell of it is a formula."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Final

# A spreadsheet takes a cell that begins so for a formula, and runs it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The rows below the names of their columns, line by line."""
    yield _line(columns)
    for row in rows:
        yield _line(map(cell_of, row))


def cell_of(value: object) -> str:
    """The value as a cell; a text that a spreadsheet would run has an apostrophe before it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if value is None else str(value)


def bare(cell: str) -> str:
    """The cell without the sign that kept it from being a formula."""
    return cell[1:].strip() if cell.startswith("'") and cell[1:2] in _FORMULA else cell.strip()


def _line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
