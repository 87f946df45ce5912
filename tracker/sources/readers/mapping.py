"""Plain JSON and CSV, by a mapping that an operator writes: which member or column holds what."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tracker.domain.dates import NotADate, PartialDate
from tracker.fetch.outcomes import Fetched
from tracker.sources.days import day_of
from tracker.sources.findings import Finding
from tracker.sources.readers.base import (
    Findings,
    NotUnderstood,
    Options,
    option,
    read_each,
    shorten,
    source_of,
    text_of,
)
from tracker.sources.readers.paging import Paging, in_header, in_json
from tracker.sources.readers.suggest import Find, address, findings
from tracker.sources.readers.tree import Node, load

FIELDS: Final = frozenset({"id", "title", "summary", "url", "date", "quote"})
_LINES: Final = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines"})
_DELIMITERS: Final = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """One record, by the names of the mapping."""

    where: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of a row, or what is wrong with it."""

    where: str
    cells: Sequence[str]
    fault: str = ""


@dataclass(slots=True)
class _Dates:
    """How many cells for dates had something in them, and how many of those were dates."""

    given: int = 0
    understood: int = 0
    first: tuple[str, str] = field(default=("", ""))

    def read(self, text: str, row: Row, options: Options) -> str | None:
        """The date of the row as it is written; None where nobody can say which day it is."""
        if not text.strip():
            return None
        day = _date(text.strip(), options)
        self.given += 1
        self.understood += day is not None
        self.first = self.first if self.first[0] else (row.where, text)
        return day

    def check(self) -> None:
        """Raises `NotUnderstood` where none of many is a date: then another column is meant, or another form."""
        if self.given and not self.understood:
            raise NotUnderstood(self.first[0], "a date, such as 2022-10-23, 2022-10 or 2022", self.first[1])


class JsonMappingReader:
    """Each element of the list at the option `items` is a find; `fields` says which member is which.

    A document of one object a line is such a list as well.
    """

    key = "json"
    label = "JSON, by a mapping"

    def read(self, page: Fetched, options: Options) -> Findings:
        """The elements, in the order of the document."""
        fields = fields_of(options)
        nodes = _lines(page) if page.content_type in _LINES else _items(load(page), str(options.get("items", "")))
        return read_rows(self.key, nodes, lambda node: _row_of_node(node, fields), page, options)

    def paging(self, page: Fetched, options: Options) -> Paging:
        """Where the source goes on."""
        return in_json(page, options)


class CsvMappingReader:
    """Each row is a find; `fields` says which column is which."""

    key = "csv"
    label = "CSV, by a mapping"

    def read(self, page: Fetched, options: Options) -> Findings:
        """The rows, in the order of the document."""
        rows = _csv_rows(text_of(page), options)
        columns = next(rows, _Line("line 1", [])).cells
        fields = _columns(columns, fields_of(options))
        return read_rows(self.key, rows, lambda line: _row_of_cells(line, fields, len(columns)), page, options)

    def paging(self, page: Fetched, options: Options) -> Paging:
        """Where the source goes on."""
        return in_header(page)


def fields_of(options: Options) -> Mapping[str, str]:
    """Which path holds what, as the operator says. Raises `NotUnderstood`."""
    fields = options.get("fields")
    if not isinstance(fields, Mapping) or not {"id", "title"} <= set(fields) <= FIELDS:
        raise NotUnderstood("option fields", f"id, title and any of {', '.join(sorted(FIELDS))}", repr(fields))
    return {name: str(path) for name, path in fields.items()}


def _items(root: Node, path: str) -> Iterator[Node]:
    node = root
    for name in filter(None, path.split(".")):
        node = node[name]
    return node.each()


def _lines(page: Fetched) -> Iterator[Node]:
    for number, line in enumerate(text_of(page).split("\n"), 1):
        if line.strip():
            try:
                yield Node(json.loads(line), f"line {number}")
            except (ValueError, RecursionError):
                # No object, which is refused as the row that it is.
                yield Node(line, f"line {number}")


def _row_of_node(node: Node, fields: Mapping[str, str]) -> Row:
    values = {name: _at(node, path, is_needed=name in {"id", "title"}) for name, path in fields.items()}
    return Row(node.where, values)


def _at(node: Node, path: str, *, is_needed: bool) -> str:
    """The text at the path; null, and what is left away, is empty where it may be."""
    for name in path.split("."):
        below = node[name] if is_needed else node.get(name)
        if below is None:
            return ""
        node = below
    return node.label()


def _csv_rows(text: str, options: Options) -> Iterator[_Line]:
    """The rows with anything in them, the names of the columns first."""
    begun, delimiter = text.lstrip("\r\n"), _delimiter(text, options)
    reader = csv.reader(io.StringIO(begun, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [_Line(f"line {reader.line_num}", cells) for cells in reader]
    except csv.Error:
        # Somewhere a quote stands alone: then every line is a row, and that one is none.
        rows = [_line(f"line {number}", line, delimiter) for number, line in enumerate(begun.split("\n"), 1)]
    return (row for row in rows if row.fault or any(cell.strip() for cell in row.cells))


def _line(where: str, line: str, delimiter: str) -> _Line:
    try:
        return _Line(where, next(csv.reader([line.rstrip("\r")], delimiter=delimiter, strict=True), []))
    except csv.Error as error:
        return _Line(where, [], str(error))


def _columns(columns: Sequence[str], fields: Mapping[str, str]) -> Mapping[str, int]:
    """Which column holds what. Raises `NotUnderstood` where one is missing."""
    places = {name.strip(): place for place, name in reversed(list(enumerate(columns)))}
    if missing := set(fields.values()) - set(places):
        raise NotUnderstood("line 1", f"the columns {', '.join(sorted(missing))}", shorten(", ".join(columns)))
    return {name: places[column] for name, column in fields.items()}


def _row_of_cells(line: _Line, fields: Mapping[str, int], count: int) -> Row:
    where, cells = line.where, line.cells
    if line.fault:
        raise NotUnderstood(where, "CSV", line.fault)
    # Cells that are left away at the end, or empty beyond it, say nothing.
    padded = [*cells, *[""] * (count - len(cells))]
    if any(cell.strip() for cell in padded[count:]):
        raise NotUnderstood(where, f"{count} values", f"{len(cells)} of them")
    if len(cells) < count and max(fields.values()) >= len(cells):
        raise NotUnderstood(where, f"{count} values", f"{len(cells)} of them")
    return Row(where, {name: padded[place].strip() for name, place in fields.items()})


def _delimiter(text: str, options: Options) -> str:
    """What stands between two cells: what the operator says, or else what the first row has most of."""
    given = options.get("delimiter")
    if given is None:
        return max(_DELIMITERS, key=text.lstrip().partition("\n")[0].count)
    if not isinstance(given, str) or len(given) != 1 or given in '"\r\n':
        raise NotUnderstood("option delimiter", "one character", repr(given))
    return given


def read_rows(key: str, rows: Iterable[Any], row_of: Callable[[Any], Row], page: Fetched, options: Options) -> Findings:
    """What each of the rows says, by the mapping. Raises `NotUnderstood` where none can be read, or no date is one."""
    dates = _Dates()
    findings_of_rows = read_each(rows, lambda row: _findings(key, row_of(row), dates, page, options))
    dates.check()
    return findings_of_rows


def _findings(key: str, row: Row, dates: _Dates, page: Fetched, options: Options) -> list[Finding]:
    values = row.values
    if not (values["id"] and values["title"]):
        raise NotUnderstood(row.where, "an id and a title", f"id “{values['id']}”, title “{values['title']}”")
    find = Find(
        identity=(source_of(page, options), values["id"]),
        title=values["title"],
        topic=f"{values['title']}. {values.get('summary', '')}",
        quote=values.get("quote") or values["title"],
        place=row.where,
        url=values.get("url") or address(options, page),
        summary=values.get("summary", ""),
        date=dates.read(values.get("date", ""), row, options),
    )
    return findings(find, reader=key, ally=options.get("ally"), language=option(options, "language"), options=options)


def _date(text: str, options: Options) -> str | None:
    """The date as given, which may be a month, a year or a span; or the day in another form."""
    form = str(options.get("date_form", ""))
    try:
        return str(PartialDate.parse(text)) if not form else day_of(text, form=form)
    except NotADate:
        return day_of(text, str(options.get("language", "")))
