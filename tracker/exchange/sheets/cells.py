"""The cells of a table as the document of a fact: by columns that people fill in, and by those of our own exports."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

from tracker.domain.dates import NotADate, PartialDate
from tracker.domain.exceptions import NotReadable
from tracker.exchange.csv_writing import bare
from tracker.exchange.sheets.writing import ALL_COLUMNS, PARTS, PLAIN, RARE, SOURCE, VOTES
from tracker.sources.days import day_of

Document = dict[str, Any]
CodeOf = Callable[[str], str | None]

_MUST: Final = ("actor", "kind", "date", "title")
_DELIMITERS: Final = ",;\t|"
# Columns by which a table shows that it is an export of the record; what else it tells is derived.
_OWN: Final = frozenset({"recorded", "recorded_at"})
_PARTIES: Final = ("accession", "actor")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table, by the names of its columns; or what is wrong with it as a row."""

    number: int
    cells: Mapping[str, str]
    fault: str = ""


def read_table(text: str) -> Iterator[Cells]:
    """The rows with anything in them. Raises `NotReadable` for what is wrong with the whole."""
    body, delimiter = _delimiter(text)
    reader = csv.reader(StringIO(body, newline=""), delimiter=delimiter)
    skipped = text[: len(text) - len(body)].count("\n")
    try:
        header = next((row for row in reader if any(map(str.strip, row))), [])
        columns = _columns(header)
        for row in reader:
            if any(map(str.strip, row)):
                yield _cells(reader.line_num + skipped, columns, row)
    except csv.Error as error:
        raise NotReadable(f"Line {reader.line_num + skipped}", f"it is no CSV: {error}") from error


def _delimiter(text: str) -> tuple[str, str]:
    """The text below a line such as `sep=;`, by which Excel says what it has put between cells; and that."""
    first, _, rest = text.lstrip("\r\n").partition("\n")
    separator = first.strip().strip('"')
    if separator.lower().startswith("sep=") and len(separator) == len("sep=") + 1:
        return rest, separator[-1]
    if separator.lower() == "sep=":
        return rest, "\t"
    return text, max(_DELIMITERS, key=first.count)


def _columns(header: Sequence[str]) -> list[str]:
    """The names of the columns in our spelling; empty for a column without a name."""
    names = [_name(cell) for cell in header]
    if missing := [name for name in _MUST if name not in names]:
        raise NotReadable("The first row", f"these columns are missing: {', '.join(missing)}")
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise NotReadable("The first row", f"these columns stand there twice: {', '.join(twice)}")
    unknown = [name for name in names if name and name not in ALL_COLUMNS]
    if unknown and not set(names) >= _OWN:
        raise NotReadable("The first row", f"these columns mean nothing here: {', '.join(unknown)}"[:300])
    return ["" if name in unknown else name for name in names]


def _name(cell: str) -> str:
    simple = cell.strip().lstrip("\ufeff").lower().replace(".", "_")
    return "_".join(simple.split())


def _cells(number: int, columns: Sequence[str], row: Sequence[str]) -> Cells:
    padded = [*row, *[""] * (len(columns) - len(row))]
    fault = "it has more cells than the first row" if any(map(str.strip, padded[len(columns) :])) else ""
    if not fault and len(row) < len(columns) and any(columns[len(row) :]) and not _may_be_cut(columns[len(row) :]):
        fault = "it has fewer cells than the first row"
    named = zip(columns, padded, strict=False)
    return Cells(number, {name: bare(cell) for name, cell in named if name}, fault)


def _may_be_cut(columns: Sequence[str]) -> bool:
    """Whether a row may end before these columns: spreadsheets leave away empty cells, but not what must be there."""
    return not set(columns) & set(_MUST)


def event_document(cells: Mapping[str, str], code_of: CodeOf) -> Document:
    """The event of a row; what cannot be right is left for the fact to refuse. Raises `ValueError` with a sentence."""
    document: Document = {name: cells.get(name) or None for name in PLAIN}
    document |= {name: _code(cells.get(name, ""), code_of) for name in _PARTIES}
    document["with"] = [_code(part, code_of) for part in _split(cells.get("with", ""))]
    document["tags"] = _split(cells.get("tags", ""), blanks=True)
    document["date"] = _date(cells.get("date", ""))
    document["kind"] = (cells.get("kind") or "").lower().replace(" ", "_") or None
    document |= _rare(cells)
    votes = {name: _count(cells[f"votes_{name}"]) for name in VOTES if cells.get(f"votes_{name}")}
    document["votes"] = votes or None
    try:
        document |= {name: json.loads(cells[name]) if cells.get(name) else [] for name in PARTS}
        document |= {"referendum": json.loads(cells["referendum"])} if cells.get("referendum") else {}
    except (ValueError, RecursionError) as error:
        raise ValueError("sources and conflicts are lists in JSON") from error
    if cells.get("source_url"):
        source = {name: cells.get(f"source_{name}") or None for name in SOURCE}
        document["sources"] = [*(document["sources"] if isinstance(document["sources"], list) else []), source]
    return document


def _code(text: str, code_of: CodeOf) -> str | None:
    """The code of a state that is given by its name; what is none is left as it is."""
    return (code_of(text) or text) if text else None


def _split(text: str, *, blanks: bool = False) -> list[str]:
    """The parts of a list in a cell: between semicolons or commas; codes may stand between blanks as well."""
    parts = text.replace(",", ";").split(";") if {";", ","} & set(text) else text.split() if _is_codes(text) else [text]
    return [part.strip() for part in (text.split() if blanks and ";" not in text else parts) if part.strip()]


def _is_codes(text: str) -> bool:
    return all(part.isupper() and part.isalpha() for part in text.split())


def _date(text: str) -> str | None:
    """The date as we write it; a spreadsheet may have turned it into its own form. Raises `ValueError` with why not."""
    if not text:
        return None
    try:
        return str(PartialDate.parse(text))
    except NotADate as error:
        if day := day_of(text, "en"):
            return day
        raise ValueError(f"date: “{text[:40]}” is none, or may be two days; write it as 2022-07-05") from error


def _rare(cells: Mapping[str, str]) -> dict[str, Any]:
    given = {name: cell for name in RARE if (cell := cells.get(name, ""))}
    read: Mapping[str, Callable[[str], Any]] = {
        "planned": lambda cell: cell.casefold() in {"yes", "true", "1"},
        "step": _count,
        "also": str.split,
        "ordinal": _ordinal,
    }
    return {name: read.get(name, str)(cell) for name, cell in given.items() if name != "referendum"}


def _ordinal(cell: str) -> dict[str, Any]:
    """The place in the count, as `19/30` or `19`."""
    number, _, of = cell.partition("/")
    return {"number": _count(number.strip()), "of": _count(of.strip()) if of else None}


def _count(cell: str) -> int | str:
    """The number in the cell; what is none is left for the fact to refuse."""
    return int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 10 else cell
