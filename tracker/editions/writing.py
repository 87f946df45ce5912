"""Answers and files as bytes: the same document is always the same bytes."""

import json
from datetime import date, datetime
from typing import Any, Final

from tracker.editions.fold import State, write_moment

# Raised when the shape of a document changes; `docs/api.md` says what each version changed.
SCHEMA_VERSION: Final = "1.0"
LICENSE: Final = "CC-BY-4.0"


def write_json(document: object) -> bytes:
    """The document as compact JSON in UTF-8, keys in the order given."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def write_canonical(document: object) -> bytes:
    """The document as canonical JSON: compact, keys sorted, so that equal documents are equal bytes."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


def meta(as_of: date, edition: int, recorded_at: datetime | None) -> dict[str, Any]:
    """What the data are of.

    `known_at` and `generated_at` are the moment at which the edition was recorded and not that of the
    request: the same edition and the same day give the same bytes, whenever one asks.
    """
    moment = write_moment(recorded_at) if recorded_at else None
    return {
        "as_of": as_of.isoformat(),
        "known_at": moment,
        "edition": edition,
        "generated_at": moment,
        "schema_version": SCHEMA_VERSION,
        "license": LICENSE,
    }


def write_snapshot(state: State) -> bytes:
    """Everything public at one edition, as canonical JSON in the envelope of the API.

    The standings in it are those of the day on which the edition was recorded: what the log has told by then.
    """
    day = state.recorded_at.date() if state.recorded_at else date.min
    links = {"self": f"/api/v1/snapshot/?known_at={state.edition}"}
    told = meta(day, state.edition, state.recorded_at)
    return write_canonical({"data": state.tables(), "meta": told, "links": links})
