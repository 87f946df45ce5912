"""A copy of the whole record, byte for byte what the site's snapshot is at its edition; and the same as SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from article10.client import ROOT, Client
from article10.folding import add
from article10.http import address_of, fetch

Told = Callable[[int, int], None]


class Gap(Exception):
    """A position of the log is missing: the copy has to begin anew."""


def mirror(client: Client, file: Path, told: Told = lambda done, of: None) -> int:
    """Bring the copy up to date, or make it; the edition that it then has. A run that is cut off loses nothing."""
    now = client.get("status/", fields="edition")
    newest, version = now["data"]["edition"], now["meta"]["schema_version"]
    # Another version may have further tables, which no entry tells of: such a copy begins anew.
    if not file.exists() or json.loads(file.read_bytes())["meta"]["schema_version"] != version:
        save(json.loads(fetch(address_of(client.site, f"{ROOT}snapshot/", {}))), file)
    record = json.loads(file.read_bytes())
    first = record["meta"]["edition"]
    for entry in client.changes(after=first):
        if entry["position"] != record["meta"]["edition"] + 1:
            raise Gap(f"position {record['meta']['edition'] + 1} is missing")
        add(record, entry)
        told(entry["position"] - first, max(newest - first, 1))
    save(record, file)
    return int(record["meta"]["edition"])


def save(record: Any, file: Path) -> None:
    """Write the copy as the API writes it: compact, keys in order."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    temporary = file.with_name(file.name + ".new")
    temporary.write_bytes(text.encode())
    temporary.replace(file)


def to_sqlite(file: Path, database: Path) -> int:
    """The copy as a database: a table for each noun, with its key, and the document as JSON; how many rows it has."""
    record = json.loads(file.read_bytes())
    database.unlink(missing_ok=True)
    rows = 0
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)")
        connection.executemany("INSERT INTO meta VALUES (?, ?)", [(n, str(v)) for n, v in record["meta"].items()])
        for table, documents in record["data"].items():
            connection.execute(f'CREATE TABLE "{table}" (key TEXT PRIMARY KEY, document TEXT NOT NULL)')
            values = [(key, json.dumps(document, ensure_ascii=False)) for key, document in documents.items()]
            connection.executemany(f'INSERT INTO "{table}" VALUES (?, ?)', values)  # noqa: S608 - the site's nouns
            rows += len(values)
    connection.close()
    return rows
