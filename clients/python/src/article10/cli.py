"""The command line: `article10 missing SWE --as-of 2023-10-30`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from article10.client import Client
from article10.completion import script_of
from article10.http import Refused, Unreachable
from article10.mirroring import Gap, mirror, to_sqlite
from article10.package import Package
from article10.tables import as_json, as_table, progress

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "accessions": ("code", "status", "required", "pending", "answer"),
    "ratifications": ("key", "stage", "stages.approved.date", "stages.deposited.date"),
    "states": ("code", "name", "member", "member_since.date"),
    "events": ("date", "accession", "actor", "kind", "title"),
    "sources": ("fact", "fact_key", "publisher", "published", "url"),
    "commitments": ("key", "accession", "kind", "title"),
    "procedures": ("ally", "parliament_votes"),
    "changes": ("position", "type", "accession", "ally", "recorded_at"),
    "rectifications": ("number", "subject", "key", "reason"),
    "search": ("kind", "title", "page"),
}
COMMANDS: Final = (*COLUMNS, "missing", "unknown", "status", "check", "get", "mirror", "sqlite", "tables", "completion")


def main(given: Sequence[str] | None = None) -> int:
    """Do what the command line asks for: 0, or 1 with the reason on the error output."""
    arguments = _parser().parse_args(given)
    try:
        arguments.does(arguments)
    except (Refused, Unreachable, Gap, FileNotFoundError, KeyError, RuntimeError) as error:
        sys.stderr.write(f"article10: {error.args[0] if error.args else error}\n")
        return 1
    except BrokenPipeError:
        # Whoever read the lines has enough of them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="article10", description="The record of how states join NATO.")
    parser.add_argument("--site", default=os.environ.get("ARTICLE10_SITE", "http://localhost:8000"))
    parser.add_argument("--package", type=Path, help="the folder of a data package, instead of a site")
    parser.add_argument("--as-of", help="the day asked about; today if missing")
    parser.add_argument("--known-at", help="an edition, a day or a moment of the record")
    parser.add_argument("--json", action="store_true", help="one row a line as JSON, instead of a table")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name in COLUMNS:
        _add(commands, name, _list, f"the list of {name}", "filters")
    for name in ("missing", "unknown"):
        one = _add(commands, name, _by_state, "the allies that had not acted, or of which it is not known", "accession")
        one.add_argument("--act", default="approved", choices=["submitted", "approved", "assented", "deposited"])
    _add(commands, "status", _status, "the answer on one accession in a sentence", "accession")
    _add(commands, "check", _check, "the verdict on a statement", "statement")
    _add(commands, "get", _get, "any answer below /api/v1/, as JSON", "path")
    _add(commands, "mirror", _mirror, "a copy of the whole record, made or brought up to date", "file")
    _add(commands, "sqlite", _sqlite, "a mirrored copy as a database", "file").add_argument("database", type=Path)
    _add(commands, "tables", _tables, "the tables of a package")
    _add(commands, "completion", _completion, "what a shell completes by", "shell")
    return parser


def _add(commands: Any, name: str, does: Callable[[Any], None], told: str, *takes: str) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told)
    one.set_defaults(does=does, name=name)
    # Also behind the command, where people write them.
    for flag in ("--as-of", "--known-at"):
        one.add_argument(flag, default=argparse.SUPPRESS)
    one.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    for taken in takes:
        one.add_argument(taken, nargs="*" if taken in {"filters", "statement"} else None)
    return one


def _client(asked: Any) -> Client:
    return Client(asked.site, as_of=asked.as_of, known_at=asked.known_at)


def _show(asked: Any, rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> None:
    if asked.json:
        as_json(rows)
    else:
        as_table(rows, columns)


def _list(asked: Any) -> None:
    if asked.package:
        _show(asked, Package(asked.package).rows(asked.name), COLUMNS[asked.name])
        return
    pairs = [text.partition("=") for text in asked.filters]
    words = [name for name, equals, _value in pairs if not equals]
    filters = {name: value for name, equals, value in pairs if equals}
    client = _client(asked)
    rows = client.search(" ".join(words)) if asked.name == "search" else getattr(client, asked.name)(**filters)
    _show(asked, rows, COLUMNS[asked.name])


def _by_state(asked: Any) -> None:
    source: Client | Package = _client(asked)
    if asked.package:
        if not asked.as_of:
            raise RuntimeError("a package is asked as of a day: add --as-of")
        source = Package(asked.package)
    codes = getattr(source, asked.name)(asked.accession, as_of=asked.as_of, act=asked.act)
    _show(asked, [{"ally": code} for code in codes], ["ally"])


def _status(asked: Any) -> None:
    row = _client(asked).accession(asked.accession)
    if asked.json:
        as_json([row])
    else:
        sys.stdout.write(row["answer"] + "\n")


def _check(asked: Any) -> None:
    found = _client(asked).check(" ".join(asked.statement))
    if asked.json:
        as_json([found])
    else:
        sys.stdout.write(f"{found['sentence']}\n{asked.site}{found['cite_url']}\n")


def _get(asked: Any) -> None:
    path, _, query = asked.path.partition("?")
    parameters = dict(part.split("=", 1) for part in query.split("&") if "=" in part)
    as_json([Client(asked.site).get(path.lstrip("/"), **parameters)])


def _mirror(asked: Any) -> None:
    sys.stdout.write(f"edition {mirror(Client(asked.site), Path(asked.file), progress)}\n")


def _sqlite(asked: Any) -> None:
    sys.stdout.write(f"{to_sqlite(Path(asked.file), asked.database)} rows\n")


def _tables(asked: Any) -> None:
    if not asked.package:
        raise RuntimeError("say which package: --package FOLDER")
    _show(asked, [{"table": name} for name in Package(asked.package).tables()], ["table"])


def _completion(asked: Any) -> None:
    sys.stdout.write(script_of(asked.shell, COMMANDS))
