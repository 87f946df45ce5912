"""Facts as rows of CSV, in which no cell is a formula; and rows that were refused, to be mended and brought again."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from tracker.domain.facts import EventFact
from tracker.exchange.csv_writing import csv_lines

VOTES: Final = ("yes", "no", "abstain", "absent")
PLAIN: Final = ("key", "accession", "treaty", "actor", "office", "kind", "date", "title", "detail", "confidence")
PARTS: Final = ("sources", "conflicts")
SOURCE: Final = ("url", "title", "publisher", "class", "published", "quote")
# What a file of refused rows says beside what stood in them; whoever mends it may leave it there.
REFUSED: Final = "refused_because"
# What most events do not have.
RARE: Final = ("outcome", "planned", "announced", "follows", "step", "also", "referendum", "ordinal")
COLUMNS: Final = (*PLAIN, "with", *(f"votes_{name}" for name in VOTES), "tags", *RARE, *PARTS)
ALL_COLUMNS: Final = frozenset({*COLUMNS, *(f"source_{name}" for name in SOURCE), REFUSED})


def csv_rows(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The rows as CSV, line by line, each by the names of its columns."""
    return csv_lines(columns, ([row.get(name) for name in columns] for row in rows))


def event_cells(fact: EventFact) -> dict[str, Any]:
    """The event as cells by column; `read_sheet` reads the same event from them."""
    document = fact.document()
    votes = document["votes"] or {}
    return {
        **{name: document[name] for name in PLAIN},
        "with": " ".join(document["with"]),
        **{f"votes_{name}": votes.get(name) for name in VOTES},
        "tags": " ".join(document["tags"]),
        **_rare_cells(document),
        **{name: json.dumps(document[name], ensure_ascii=False) for name in PARTS},
    }


def _rare_cells(document: Mapping[str, Any]) -> dict[str, Any]:
    referendum, ordinal = document.get("referendum"), document.get("ordinal")
    return {
        **{name: document.get(name) for name in RARE},
        "planned": "yes" if document.get("planned") else None,
        "also": " ".join(document.get("also", ())) or None,
        "referendum": json.dumps(referendum, ensure_ascii=False) if referendum else None,
        "ordinal": "/".join(str(one) for one in ordinal.values() if one) if ordinal else None,
    }


def refused_csv(rows: Iterable[tuple[Mapping[str, Any], str]]) -> str:
    """What stood in the rows, and beside each why it was refused: a file to be mended and brought again."""
    written = [({name: _written(value) for name, value in row.items()}, why) for row, why in rows]
    columns = list(dict.fromkeys(name for row, _ in written for name in row))
    ordered = [*(name for name in COLUMNS if name in columns), *(name for name in columns if name not in COLUMNS)]
    header = [REFUSED, *(name for name in ordered if name != REFUSED)]
    return "".join(csv_rows(header, [{**row, REFUSED: why} for row, why in written]))


def _written(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
