"""Plain JSON and CSV, by a mapping that an operator writes: which member or column holds what."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tracker.domain.dates import NotADate, PartialDate
from tracker.fetch.outcomes import Fetched
from tracker.sources.findings import Finding
from tracker.sources.readers.base import NotUnderstood, Options, option, source_of, text_of
from tracker.sources.readers.suggest import Find, address, findings
from tracker.sources.readers.tree import Node, load

FIELDS: Final = frozenset({"id", "title", "summary", "url", "date", "quote"})
_MOST_ROWS: Final = 5000


@dataclass(frozen=True, slots=True)
class _Row:
    """One record, by the names of the mapping."""

    where: str
    values: Mapping[str, str]


class JsonMappingReader:
    """Each element of the list at the option `items` is a find; `fields` says which member is which."""

    key = "json"

    def read(self, page: Fetched, options: Options) -> list[Finding]:
        """The elements, in the order of the document."""
        fields = _fields(options)
        rows = (
            _Row(node.where, {name: _at(node, path) for name, path in fields.items()})
            for node in _items(load(page), str(options.get("items", "")))
        )
        return _read(self.key, rows, page, options)


class CsvMappingReader:
    """Each row is a find; `fields` says which column is which."""

    key = "csv"

    def read(self, page: Fetched, options: Options) -> list[Finding]:
        """The rows, in the order of the document."""
        return _read(self.key, _csv_rows(text_of(page), _fields(options), options), page, options)


def _fields(options: Options) -> Mapping[str, str]:
    fields = options.get("fields")
    if not isinstance(fields, Mapping) or not {"id", "title"} <= set(fields) <= FIELDS:
        raise NotUnderstood("option fields", f"id, title and any of {', '.join(sorted(FIELDS))}", repr(fields))
    return {name: str(path) for name, path in fields.items()}


def _items(root: Node, path: str) -> Iterator[Node]:
    node = root
    for name in filter(None, path.split(".")):
        node = node[name]
    return node.each()


def _at(node: Node, path: str) -> str:
    for name in path.split("."):
        node = node[name]
    return node.label()


def _csv_rows(text: str, fields: Mapping[str, str], options: Options) -> Iterator[_Row]:
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(options), strict=True)
    try:
        columns = rows.fieldnames or ()
        if missing := set(fields.values()) - set(columns):
            raise NotUnderstood("line 1", f"the columns {', '.join(sorted(missing))}", ", ".join(columns))
        for row in rows:
            if None in row or None in row.values():
                raise NotUnderstood(f"line {rows.line_num}", f"{len(columns)} values", "more or fewer")
            yield _Row(f"line {rows.line_num}", {name: row[column] for name, column in fields.items()})
    except csv.Error as error:
        raise NotUnderstood(f"line {rows.line_num}", "CSV", str(error)) from error


def _delimiter(options: Options) -> str:
    given = options.get("delimiter", ",")
    if not isinstance(given, str) or len(given) != 1 or given in '"\r\n':
        raise NotUnderstood("option delimiter", "one character", repr(given))
    return given


def _read(key: str, rows: Iterator[_Row], page: Fetched, options: Options) -> list[Finding]:
    found: list[Finding] = []
    for number, row in enumerate(rows):
        if number >= _MOST_ROWS:
            raise NotUnderstood(row.where, f"at most {_MOST_ROWS} rows", "more")
        found += _findings(key, row, page, options)
    return found


def _findings(key: str, row: _Row, page: Fetched, options: Options) -> list[Finding]:
    values = row.values
    day = _date(values.get("date", ""), row.where)
    find = Find(
        identity=(source_of(page, options), values["id"]),
        title=values["title"],
        topic=f"{values['title']}. {values.get('summary', '')}",
        quote=values.get("quote") or values["title"],
        place=row.where,
        url=values.get("url") or address(options, page),
        summary=values.get("summary", ""),
        date=day,
    )
    return findings(find, reader=key, ally=options.get("ally"), language=option(options, "language"), options=options)


def _date(text: str, where: str) -> str | None:
    """The date as given, which may be a month or a year. Raises `NotUnderstood` for what is none."""
    if not text:
        return None
    try:
        PartialDate.parse(text)
    except NotADate as error:
        raise NotUnderstood(where, "a date as 2022-10-23, 2022-10 or 2022", text) from error
    return text
