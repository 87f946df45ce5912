"""The shipped log as files: one a release, whose first line says when and why, and each other line one entry.

An entry says of itself only what its place does not: its position follows from the lines before it, and the moment
and the note are the release's. What is not known is left out.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from tracker.domain.canonical import write_canonical
from tracker.domain.exceptions import NotAReadableLog
from tracker.domain.merkle import Tree
from tracker.domain.vocabulary import Origin
from tracker.exchange.dataset.files import SHIPPED
from tracker.models import Change
from tracker.readmodel.fold import write_moment
from tracker.readmodel.log.snapshot import entry_bytes

LOG: Final = SHIPPED / "log"

_ABOUT: Final = ("accession", "ally", "event", "commitment")
_DAYS: Final = ("earliest", "latest")


@dataclass(frozen=True, slots=True)
class Release:
    """What one release of the data added to the log."""

    number: int
    moment: datetime
    note: str
    entries: Sequence[Change]

    @property
    def last(self) -> int:
        """The position at which the log stood after it."""
        return self.entries[-1].position

    @property
    def root(self) -> str:
        """The root of the log after it."""
        return self.entries[-1].root


def read_log(folder: Path = LOG) -> list[Release]:
    """The releases, oldest first. Raises `NotAReadableLog` with the file and what is wrong."""
    releases: list[Release] = []
    tree = Tree()
    for number, path in enumerate(sorted(folder.glob("*.jsonl")), 1):
        try:
            releases.append(_read(path, number, tree))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NotAReadableLog(f"{path.name} cannot be read: {error!r}") from error
    return releases


def entries_of(releases: Iterable[Release], after: int = 0) -> list[Change]:
    """The entries of the releases after that position."""
    return [entry for release in releases for entry in release.entries if entry.position > after]


def write_release(folder: Path, release: Release) -> Path:
    """Write the release into a file of its own; which. The same release is always the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{release.number:04}.jsonl"
    head = {
        "release": release.number,
        "recorded_at": write_moment(release.moment),
        "note": release.note,
        "last": release.last,
        "root": release.root,
    }
    lines = [write_canonical(document) + b"\n" for document in (head, *map(_document, release.entries))]
    path.write_bytes(b"".join(lines))
    return path


def _read(path: Path, number: int, tree: Tree) -> Release:
    lines = _lines(path)
    head = next(lines)
    moment = datetime.fromisoformat(head["recorded_at"])
    if head["release"] != number or not head["note"]:
        raise ValueError(f"its first line is not that of release {number}, with a note")
    entries = []
    for line in lines:
        entry = _entry(line, tree.size + 1, moment, head["note"])
        tree.append(entry_bytes(entry))
        entry.root = tree.root
        entries.append(entry)
    if (tree.size, tree.root) != (head["last"], head["root"]):
        raise ValueError(f"it ends at {tree.size} with the root {tree.root}, and not as its first line says")
    return Release(number, moment, head["note"], entries)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    # Not `splitlines`: some characters inside a text of JSON count as ends of lines there.
    return (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line)


def _entry(line: Mapping[str, Any], position: int, moment: datetime, note: str) -> Change:
    days = {name: date.fromisoformat(line[name]) if name in line else None for name in _DAYS}
    return Change(
        position=position,
        type=line["type"],
        recorded_at=moment,
        late=line.get("late", False),
        origin=Origin.DATASET,
        notify=False,
        note=note,
        payload=line["payload"],
        **days,
        **{name: line.get(name, "") for name in _ABOUT},
    )


def _document(entry: Change) -> dict[str, Any]:
    days = {name: getattr(entry, name) for name in _DAYS}
    return {
        "type": str(entry.type),
        **{name: day.isoformat() for name, day in days.items() if day},
        **({"late": True} if entry.late else {}),
        **{name: getattr(entry, name) for name in _ABOUT if getattr(entry, name)},
        "payload": entry.payload,
    }
