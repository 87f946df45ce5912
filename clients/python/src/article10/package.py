"""A data package that is unpacked: the tables, and who was missing on a day, without a site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class Package:
    """The folder of a data package."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not (self.folder / "datapackage.json").is_file():
            raise FileNotFoundError(f"{self.folder} has no datapackage.json: unpack a data package there.")

    def tables(self) -> list[str]:
        """The names of the tables."""
        return sorted(path.stem for path in self.folder.glob("*.jsonl"))

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, in its order."""
        file = self.folder / f"{table}.jsonl"
        if table not in self.tables():
            raise KeyError(f"There is no table {table}; there are {', '.join(self.tables())}.")
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def missing(self, accession: str, *, as_of: str, act: str = "approved") -> list[str]:
        """The allies that certainly had not done it by the day, by code."""
        return self._by_state(accession, as_of, act, "not_reached")

    def unknown(self, accession: str, *, as_of: str, act: str = "approved") -> list[str]:
        """The allies of which it is not known whether they had done it by the day, by code."""
        return self._by_state(accession, as_of, act, "unknown")

    def _by_state(self, accession: str, as_of: str, act: str, state: str) -> list[str]:
        rows = [row for row in self.rows("ratifications") if row["accession"] == accession]
        needed = [row for row in rows if _state(row, "required_from", as_of) == "reached"]
        return sorted(row["ally"] for row in needed if _state(row, act, as_of) == state)


def _state(row: Row, name: str, as_of: str) -> str:
    """Whether it had happened by the day, from the first and the last day on which it can have."""
    earliest, latest = row[f"{name}_earliest"], row[f"{name}_latest"]
    if earliest is None and latest is None:
        return "not_reached"
    if latest is not None and latest <= as_of:
        return "reached"
    return "not_reached" if earliest is not None and earliest > as_of else "unknown"
