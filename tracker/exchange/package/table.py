"""One table of the data package, and a row of it as cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | int | bool | None
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns as `name:type`, its key, and what other tables its columns point to."""

    name: str
    title: str
    columns: str
    key: tuple[str, ...]
    points_to: Mapping[str, tuple[str, str]]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The columns with their types."""
        return [(name, kind or "string") for name, _, kind in (one.partition(":") for one in self.columns.split())]


def cells(table: Table, row: Row, write: Any) -> list[Cell]:
    """The row's values in the order of the columns; lists of codes joined, all else that is nested as JSON."""
    return [_cell(row.get(name), write) for name, _ in table.fields]


def _cell(value: object, write: Any) -> Cell:
    match value:
        case None | str() | bool() | int():
            return value
        case list() | tuple() if all(isinstance(one, str) for one in value):
            return ";".join(value)
    return str(write(value).decode())


def columns_of(table: Table) -> Sequence[str]:
    """The names of the columns."""
    return [name for name, _ in table.fields]
