"""Events as files that people fill in and programs write: CSV and JSON Lines, read row by row, written safely."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Any, Final

from pydantic import ValidationError

from tracker.domain.exceptions import NotReadable
from tracker.domain.facts import EventFact
from tracker.domain.text import tidy
from tracker.exchange.dataset.files import because
from tracker.language.names import everyone

MOST_ROWS: Final = 2_000

_VOTES: Final = ("yes", "no", "abstain", "absent")
_PLAIN: Final = ("key", "accession", "treaty", "actor", "office", "kind", "date", "title", "detail", "confidence")
_PARTIES: Final = ("accession", "actor")
_PARTS: Final = ("sources", "conflicts")
_SOURCE: Final = ("url", "title", "publisher", "class", "published", "quote")
COLUMNS: Final = (*_PLAIN, "with", *(f"votes_{one}" for one in _VOTES), "tags", *_PARTS)
_MAY: Final = frozenset({*COLUMNS, *(f"source_{one}" for one in _SOURCE)})
_MUST: Final = ("key", "actor", "kind", "date", "title")

# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: the event that it holds, or why it cannot be read."""

    number: int
    fact: EventFact | None
    refusal: str = ""


def decode(content: bytes) -> str:
    """The text of a file, whichever of the usual Unicode forms it is in. Raises `NotReadable`."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotReadable("The file", "it is no Unicode text; save it as UTF-8") from error
    return text.replace("\x00", "")


def read_sheet(name: str, text: str) -> list[Row]:
    """The rows of the file; each is an event or a refusal. Raises `NotReadable` for what is wrong with the whole."""
    read = _read_csv if name.lower().endswith(".csv") else _read_lines
    rows = list(islice(read(text), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise NotReadable(name, f"it has more than {MOST_ROWS} rows; split it, or load it by command")
    if not rows:
        raise NotReadable(name, "it has no rows")
    return _once(rows)


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The rows as CSV, line by line, in which no cell is a formula."""
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([safe(row.get(name)) for name in columns])


def _csv_line(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def event_cells(fact: EventFact) -> dict[str, Any]:
    """The event as cells by column; `read_sheet` reads the same event from them."""
    told = fact.document()
    votes = told["votes"] or {}
    return {
        **{name: told[name] for name in _PLAIN},
        "with": " ".join(told["with"]),
        **{f"votes_{name}": votes.get(name) for name in _VOTES},
        "tags": " ".join(told["tags"]),
        **{name: json.dumps(told[name], ensure_ascii=False) for name in _PARTS},
    }


def safe(value: Any) -> str:
    """The value as a cell that no program takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _once(rows: Sequence[Row]) -> list[Row]:
    seen: set[str] = set()
    found = []
    for row in rows:
        twice = row.fact is not None and row.fact.key in seen
        found.append(Row(row.number, None, "its key stands in an earlier row too") if twice else row)
        if row.fact:
            seen.add(row.fact.key)
    return found


def _read_lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Row(number, None, f"it is no JSON: {error}"[:300])
            continue
        yield _row(number, told)


def _read_csv(text: str) -> Iterator[Row]:
    # Spreadsheets of some languages write semicolons.
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        _check_columns(reader.fieldnames or ())
        for cells in reader:
            yield _row_of_cells(reader.line_num, cells)
    except csv.Error as error:
        raise NotReadable(f"Line {reader.line_num}", f"it is no CSV: {error}") from error


def _check_columns(names: Sequence[str]) -> None:
    given = [str(name).strip().lower() for name in names]
    if missing := [name for name in _MUST if name not in given]:
        raise NotReadable("The first row", f"these columns are missing: {', '.join(missing)}")
    if unknown := [name for name in given if name not in _MAY]:
        raise NotReadable("The first row", f"these columns mean nothing here: {', '.join(unknown)}"[:300])


def _row_of_cells(number: int, cells: Mapping[Any, Any]) -> Row:
    if None in cells or None in cells.values():
        return Row(number, None, "it has more or fewer cells than the first row")
    text = {str(name).strip().lower(): _bare(value) for name, value in cells.items()}
    told: dict[str, Any] = {name: text.get(name) or None for name in _PLAIN}
    told["with"], told["tags"] = (text.get(name, "").split() for name in ("with", "tags"))
    told |= {name: everyone().code_of(text[name]) or text[name] for name in _PARTIES if text.get(name)}
    votes = {name: _count(text[f"votes_{name}"]) for name in _VOTES if text.get(f"votes_{name}")}
    told["votes"] = votes or None
    try:
        told |= {name: json.loads(text[name]) if text.get(name) else [] for name in _PARTS}
    except (ValueError, RecursionError):
        return Row(number, None, "sources and conflicts are lists in JSON")
    if text.get("source_url"):
        one = {name: text.get(f"source_{name}") or None for name in _SOURCE}
        told["sources"] = [*(told["sources"] if isinstance(told["sources"], list) else []), one]
    return _row(number, told)


def _count(cell: str) -> int | str:
    """The number in the cell; what is none is left for the fact to refuse."""
    return int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 10 else cell


def _bare(cell: str) -> str:
    """The cell without the sign that kept it from being a formula."""
    return cell[1:].strip() if cell.startswith("'") and cell[1:2] in _FORMULA else cell.strip()


def _row(number: int, told: Any) -> Row:
    if isinstance(told, dict) and not told.get("confidence"):
        told = {**told, "confidence": "medium"}
    try:
        return Row(number, EventFact.model_validate(_tidied(told)))
    except ValidationError as error:
        return Row(number, None, because(error)[:500])


def _tidied(told: Any) -> Any:
    if isinstance(told, str):
        return tidy(told)
    if isinstance(told, list):
        return [_tidied(one) for one in told]
    return {str(name): _tidied(one) for name, one in told.items()} if isinstance(told, dict) else told
