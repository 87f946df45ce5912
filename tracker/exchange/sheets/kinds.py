"""What a file is, by its content and not by its name; and its rows as text: CSV, or JSON Lines."""

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from tracker.domain.exceptions import NotReadable

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
# A workbook unpacks to many times its size; more than this is none that anybody has typed.
_MOST_UNPACKED: Final = 60_000_000
_PACKAGE: Final = "datapackage.json"
_VOTES: Final = "votes_"
_SAVE_AS: Final = "in Excel choose “Save as” and “CSV UTF-8”"


def text_of_file(content: bytes) -> str:
    """The rows of the file as text, whatever it was saved as. Raises `NotReadable`."""
    if content.startswith(_ZIP):
        return _packed(content)
    if content.startswith(_OLE):
        return _workbook(content)
    return decode(content)


def decode(content: bytes) -> str:
    """The text of a file, whichever of the usual Unicode forms it is in. Raises `NotReadable`."""
    encoding = "utf-16" if content.startswith(_UTF16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotReadable("The file", f"it is no Unicode text; {_SAVE_AS}, or save the workbook as .xlsx") from error
    return text.replace("\x00", "")


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MOST_UNPACKED:
                raise NotReadable("The file", "it unpacks to more than anybody has typed; split it")
            names = archive.namelist()
            if any(name.endswith(_PACKAGE) for name in names):
                return _package(archive, names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise NotReadable("The file", f"it is a broken or locked archive: {error}") from error
    return _workbook(content)


def _package(archive: zipfile.ZipFile, names: Sequence[str]) -> str:
    """The events of the record's own data package, each with its sources."""
    events, sources = (_table(archive, names, table) for table in ("events", "sources"))
    cited: dict[str, list[Any]] = {}
    for source in sources:
        if source.get("fact") == "event":
            cited.setdefault(source["fact_key"], []).append(source)
    return "\n".join(json.dumps({**_event(event), "sources": cited.get(event["key"], [])}) for event in events)


def _event(row: dict[str, Any]) -> dict[str, Any]:
    """The event of a row of the package, whose tables have a column for each count of votes."""
    votes = {name.removeprefix(_VOTES): count for name, count in row.items() if name.startswith(_VOTES)}
    rest = {name: value for name, value in row.items() if not name.startswith(_VOTES)}
    return {**rest, "votes": votes if any(count is not None for count in votes.values()) else None}


def _table(archive: zipfile.ZipFile, names: Sequence[str], table: str) -> list[dict[str, Any]]:
    name = next((name for name in names if name.rpartition("/")[2] == f"{table}.jsonl"), None)
    if name is None:
        raise NotReadable("The package", f"it has no {table}.jsonl")
    try:
        return [json.loads(line) for line in archive.read(name).decode().split("\n") if line]
    except (ValueError, zlib.error) as error:
        raise NotReadable(name, f"it cannot be read: {error}") from error


def _workbook(content: bytes) -> str:
    """The first sheet that has anything in it, as CSV."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = (book.get_sheet_by_index(number) for number in range(len(book.sheet_names)))
        rows = next((rows for sheet in sheets if (rows := sheet.to_python(skip_empty_area=False))), [])
    except (CalamineError, ValueError, KeyError) as error:
        raise NotReadable("The file", f"it is neither a workbook nor text: {error}"[:300]) from error
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue()


def _cell(value: Any) -> str:
    """What the cell shows: a day without a time, a number without a point that nobody typed."""
    match value:
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case bool():
            return "true" if value else "false"
    return str(value)
