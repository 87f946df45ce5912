"""Building the data package of an edition, in memory, file by file."""

import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from tracker.domain.canonical import write_canonical, write_json
from tracker.exchange.csv_writing import csv_lines
from tracker.exchange.package.catalogue import DESCRIPTION, KEYWORDS, Account, catalogue_files
from tracker.exchange.package.column_docs import described, json_schema
from tracker.exchange.package.notes import release_notes
from tracker.exchange.package.package_docs import LICENCE, TITLE, citation, citation_file, licence, readme
from tracker.exchange.package.table import Row, Table, cells, columns_of
from tracker.exchange.package.tables import TABLES, rows_of
from tracker.readmodel import Edition
from tracker.readmodel.answers.coverage import newest_fact
from tracker.readmodel.log.snapshot import ENTRY_COLUMNS, SCHEMA_VERSION, write_snapshot

ARCHIVE: Final = "article10.zip"
LOG: Final = "log.jsonl"
_SQL: Final = {"integer": "INTEGER", "boolean": "INTEGER"}


def build_package(edition: Edition, log: bytes = b"") -> dict[str, bytes]:
    """The files of the package by name, with the log where it is given.

    The same edition gives the same bytes, whenever and wherever it is built; no database is asked.
    """
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
    if log:
        files[LOG] = log
        files["RELEASE_NOTES.md"] = release_notes(log, state.edition).encode()
    documents = {
        "README.md": readme(state),
        "CITATION.txt": citation(state),
        "CITATION.cff": citation_file(state),
        "LICENSE.txt": licence(),
    }
    files |= {name: text.encode() for name, text in documents.items()}
    files["datapackage.json"] = _describe(edition, files)
    sizes = {name: len(body) for name, body in files.items()}
    files |= catalogue_files(Account(state.edition_name, state.recorded_at.date().isoformat(), sizes))
    files["SHA256SUMS"] = "".join(f"{_hash(body)}  {name}\n" for name, body in sorted(files.items())).encode()
    files[ARCHIVE] = _zip(files)
    return files | _parquet(rows)


def _parquet(rows: dict[str, list[Row]]) -> dict[str, bytes]:
    """The tables as Parquet, beside the package and no part of it: another version of the library has other bytes."""
    if find_spec("pyarrow") is None:
        return {}
    write = import_module("tracker.exchange.package.parquet").write_parquet
    return {f"{table.name}.parquet": write(table, rows[table.name]) for table in TABLES}


def _document(table: Table, row: Row) -> dict[str, Any]:
    return {name: _in_order(row.get(name)) for name in columns_of(table)}


def _in_order(value: object) -> object:
    """The value with its keys sorted: one database keeps the order in which they were written, and another does not."""
    match value:
        case Mapping():
            return {name: _in_order(value[name]) for name in sorted(value)}
        case list() | tuple():
            return [_in_order(one) for one in value]
    return value


def _csv(table: Table, rows: list[Row]) -> bytes:
    return "".join(csv_lines(columns_of(table), (cells(table, row, write_canonical) for row in rows))).encode()


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
    newest = newest_fact(edition)
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "article10",
        "title": TITLE,
        "description": DESCRIPTION,
        # Structure, then edition: a correction is a further edition like any other. The build is the root.
        "version": f"{SCHEMA_VERSION}.{state.edition}+{state.root}",
        "created": moment,
        # A property of our own: when the newest fact was. What has happened since, no table tells.
        "complete_up_to": str(newest) if newest else None,
        "keywords": list(KEYWORDS),
        "contributors": [{"title": "The Article 10 contributors", "roles": ["creator"]}],
        "licenses": [LICENCE],
        "sources": [{"title": "Each fact names its own: see the table of sources"}],
        "resources": [
            *(_resource(table, form, files) for table in TABLES for form in ("csv", "jsonl")),
            _whole("database", "All tables, with their keys", "article10.sqlite", "application/vnd.sqlite3", files),
            *([_log(files)] if LOG in files else []),
            _whole("snapshot", "The edition as the API answers it", "snapshot.json", "application/json", files),
        ],
    }
    return json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n"


def _log(files: dict[str, bytes]) -> dict[str, Any]:
    """The log: a table whose columns are those of an entry, in the order in which canonical JSON has them."""
    types = {"position": "integer", "late": "boolean", "earliest": "date", "latest": "date", "recorded_at": "datetime"}
    fields = [{"name": name, "type": types.get(name, "any")} for name in sorted((*ENTRY_COLUMNS, "root"))]
    whole = _whole("log", "The log up to the edition", LOG, "application/jsonl", files)
    return {**whole, "type": "table", "schema": {"fields": fields, "primaryKey": ["position"]}}


def _whole(name: str, title: str, path: str, kind: str, files: dict[str, bytes]) -> dict[str, Any]:
    """A file that is more than a table."""
    return {
        "name": name,
        "title": title,
        "path": path,
        "format": path.rpartition(".")[2],
        "mediatype": kind,
        "bytes": len(files[path]),
        "hash": f"sha256:{_hash(files[path])}",
    }


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
        **_described_as(table, form),
    }


def _described_as(table: Table, form: str) -> dict[str, Any]:
    """Both are tables. In JSON Lines a text may be a list or an object instead, which its own schema says."""
    told = {"type": "table", "schema": _schema(table, form)}
    return told if form == "csv" else {**told, "jsonSchema": json_schema(table)}


def _schema(table: Table, form: str) -> dict[str, Any]:
    points = [
        {"fields": [name], "reference": {"resource": other, "fields": [column]}}
        for name, (other, column) in table.points_to.items()
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [
            described(table.name, name, _kind(table, name, kind, form), table.key) for name, kind in table.fields
        ],
        "primaryKey": list(table.key),
        # The profile takes a list of none for a mistake.
        **({"foreignKeys": points} if points else {}),
        "missingValues": [""],
    }


def _kind(table: Table, name: str, kind: str, form: str) -> str:
    return "any" if form == "jsonl" and kind == "string" and name not in table.key else kind


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
