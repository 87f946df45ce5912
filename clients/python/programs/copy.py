"""A copy of the whole record as a database, brought up to date: `python copy.py http://localhost:8000 folder`."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from article10 import Client, mirror, to_sqlite


def main(site: str, folder: Path) -> None:
    """The copy, its database, and one question to it."""
    folder.mkdir(parents=True, exist_ok=True)
    file, database = folder / "record.json", folder / "record.sqlite"
    edition: int = mirror(Client(site), file)
    rows: int = to_sqlite(file, database)
    with closing(sqlite3.connect(database)) as copy:
        tables = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    sys.stdout.write(f"edition {edition}, {rows} rows in {', '.join(tables)}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
