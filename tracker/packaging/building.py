"""Building the data package of an edition, in memory, file by file."""

import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from typing import Any, Final

from tracker.editions import Edition
from tracker.editions.writing import LICENSE, SCHEMA_VERSION, write_canonical, write_json, write_snapshot
from tracker.packaging.tables import TABLES, Row, Table, cells, columns_of, rows_of

ARCHIVE: Final = "article10.zip"
_SQL: Final = {"integer": "INTEGER", "boolean": "INTEGER"}
# A spreadsheet takes a cell that begins so for a formula, and runs it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LICENCE: Final = {
    "name": LICENSE,
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def build_package(edition: Edition) -> dict[str, bytes]:
    """The files of the package by name. The same edition gives the same bytes, whenever and wherever it is built."""
    state = edition.state
    if state.recorded_at is None:
        return {}
    rows = rows_of(edition, state.recorded_at.date())
    files: dict[str, bytes] = {}
    for table in TABLES:
        files[f"{table.name}.csv"] = _csv(table, rows[table.name])
        files[f"{table.name}.jsonl"] = b"".join(write_json(_document(table, row)) + b"\n" for row in rows[table.name])
    files["article10.sqlite"] = _sqlite(rows)
    files["snapshot.json"] = write_snapshot(state)
    files["CITATION.txt"] = _citation(edition).encode()
    files["datapackage.json"] = _describe(edition, files)
    files["SHA256SUMS"] = "".join(f"{_hash(body)}  {name}\n" for name, body in sorted(files.items())).encode()
    files[ARCHIVE] = _zip(files)
    return files


def _document(table: Table, row: Row) -> dict[str, Any]:
    return {name: row.get(name) for name in columns_of(table)}


def _csv(table: Table, rows: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns_of(table))
    writer.writerows([_told(value) for value in cells(table, row, write_canonical)] for row in rows)
    return text.getvalue().encode()


def _told(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _sqlite(rows: dict[str, list[Row]]) -> bytes:
    with sqlite3.connect(":memory:") as database:
        for table in TABLES:
            database.execute(_create(table))
            places = ", ".join("?" for _ in table.fields)
            database.executemany(
                f'INSERT INTO "{table.name}" VALUES ({places})',  # noqa: S608
                [cells(table, row, write_canonical) for row in rows[table.name]],
            )
        database.commit()
        return database.serialize()


def _create(table: Table) -> str:
    columns = [f'"{name}" {_SQL.get(kind, "TEXT")}' for name, kind in table.fields]
    key = ", ".join(f'"{name}"' for name in table.key)
    points = [
        f'FOREIGN KEY ("{name}") REFERENCES "{other}" ("{column}")' for name, (other, column) in table.points_to.items()
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join([*columns, f"PRIMARY KEY ({key})", *points])})'


def _describe(edition: Edition, files: dict[str, bytes]) -> bytes:
    state = edition.state
    moment = state.recorded_at.isoformat() if state.recorded_at else None
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "article10",
        "title": "Article 10: the record of NATO accessions",
        "description": "Who has applied, what each ally still has to do, what was asked in return, and who says so.",
        # Structure, then edition: a correction is a further edition like any other.
        "version": f"{SCHEMA_VERSION}.{state.edition}",
        "created": moment,
        "licenses": [_LICENCE],
        "sources": [{"title": "Each fact names its own: see the table of sources"}],
        "resources": [_resource(table, form, files) for table in TABLES for form in ("csv", "jsonl")],
    }
    return json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n"


def _resource(table: Table, form: str, files: dict[str, bytes]) -> dict[str, Any]:
    path = f"{table.name}.{form}"
    return {
        "name": table.name if form == "csv" else f"{table.name}-{form}",
        "title": table.title,
        "path": path,
        "format": form,
        "mediatype": {"csv": "text/csv", "jsonl": "application/jsonl"}[form],
        "encoding": "utf-8",
        "bytes": len(files[path]),
        "hash": f"sha256:{_hash(files[path])}",
        **({"schema": _schema(table)} if form == "csv" else {}),
    }


def _schema(table: Table) -> dict[str, Any]:
    points = [
        {"fields": [name], "reference": {"resource": other, "fields": [column]}}
        for name, (other, column) in table.points_to.items()
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [{"name": name, "type": kind} for name, kind in table.fields],
        "primaryKey": list(table.key),
        "foreignKeys": points,
        "missingValues": [""],
    }


def _citation(edition: Edition) -> str:
    state = edition.state
    day = state.recorded_at.date().isoformat() if state.recorded_at else ""
    return f"Article 10: the record of NATO accessions. Edition {state.edition}, {day}. Licensed {LICENSE}.\n"


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, body in sorted(files.items()):
            # A date of its own would make each build another file.
            told = zipfile.ZipInfo(f"article10/{name}", (1980, 1, 1, 0, 0, 0))
            told.compress_type, told.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(told, body)
    return buffer.getvalue()
