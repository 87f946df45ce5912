"""Answers and files as bytes: the same document is always the same bytes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from tracker.domain.canonical import write_canonical
from tracker.models import Change
from tracker.readmodel.fold import State, write_moment

# Raised when the shape of a document changes; `docs/api.md` says what each version changed.
SCHEMA_VERSION: Final = "1.2"
LICENSE: Final = "CC-BY-4.0"

# What an entry of the log says; the root is of the tree over these, and no part of them.
ENTRY_COLUMNS: Final = (
    "position",
    "type",
    "recorded_at",
    "earliest",
    "latest",
    "late",
    "origin",
    "note",
    "accession",
    "ally",
    "event",
    "commitment",
    "payload",
)


def entry_document(entry: Mapping[str, Any]) -> dict[str, Any]:
    """One entry of the log as `/api/v1/changes/` tells it, from the values of its columns."""
    row = {name: entry[name] for name in ENTRY_COLUMNS}
    row["recorded_at"] = write_moment(row["recorded_at"])
    for name in ("earliest", "latest"):
        row[name] = row[name].isoformat() if row[name] else None
    for name in ("note", "accession", "ally", "event", "commitment"):
        row[name] = row[name] or None
    return row


def entry_bytes(entry: Change) -> bytes:
    """The canonical bytes of the entry: a leaf of the tree whose root names an edition."""
    return write_canonical(entry_document({name: getattr(entry, name) for name in ENTRY_COLUMNS}))


def write_log(edition: int) -> bytes:
    """Every entry up to an edition, oldest first, a line each: as `/api/v1/changes/` tells it, with its root."""
    entries = Change.objects.filter(position__lte=edition).order_by("position").values(*ENTRY_COLUMNS, "root")
    told = ({**entry_document(values), "root": values["root"]} for values in entries.iterator(chunk_size=500))
    return b"".join(write_canonical(entry) + b"\n" for entry in told)


def meta(as_of: date | None, edition: int, recorded_at: datetime | None, root: str) -> dict[str, Any]:
    """What the data are of; without a day where they are of our clock alone.

    `known_at` and `generated_at` are the moment at which the edition was recorded and not that of the
    request: the same edition and the same day give the same bytes, whenever one asks.
    """
    moment = write_moment(recorded_at) if recorded_at else None
    return {
        "as_of": as_of.isoformat() if as_of else None,
        "known_at": moment,
        "edition": edition,
        "root": root,
        "generated_at": moment,
        "schema_version": SCHEMA_VERSION,
        "license": LICENSE,
    }


def write_snapshot(state: State) -> bytes:
    """Everything public at one edition, as canonical JSON in the envelope of the API.

    The standings in it are those of the day on which the edition was recorded: what the log has told by then.
    """
    day = state.recorded_at.date() if state.recorded_at else None
    links = {"self": f"/api/v1/snapshot/?known_at={state.edition}"}
    told = meta(day, state.edition, state.recorded_at, state.root)
    return write_canonical({"data": state.tables(), "meta": told, "links": links})
