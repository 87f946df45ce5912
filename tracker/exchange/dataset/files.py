"""The files of the dataset: JSON Lines, one fact a line, read as facts or refused by file and line."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError

from tracker.domain.exceptions import NotReadable, TrackerError
from tracker.domain.facts import CommitmentFact, EventFact, Fact, PartyFact, ProcedureFact, StatementFact

SHIPPED: Final = Path(__file__).parent / "data"

F = TypeVar("F", bound=Fact)

# What names a fact: its noun, the field that holds the name, and the name.
Identity = tuple[type[Fact], str, str]


def identity_of(fact: Fact) -> Identity:
    """What tells the fact from all others."""
    key = next(name for name in ("key", "code", "ally") if hasattr(fact, name))
    return type(fact), key, str(getattr(fact, key))


@dataclass(frozen=True, slots=True)
class Dataset:
    """All facts of one set of files, each noun in the order of its file."""

    parties: Sequence[PartyFact]
    procedures: Sequence[ProcedureFact]
    events: Sequence[EventFact]
    commitments: Sequence[CommitmentFact]
    statements: Sequence[StatementFact] = ()
    places: Mapping[Identity, tuple[str, int]] = field(default_factory=dict)

    def place_of(self, fact: Fact) -> str:
        """Where the fact stands, and its key, for a person to find it."""
        identity = identity_of(fact)
        file, line = self.places.get(identity, ("", 0))
        return f"{file}, line {line}, “{identity[2]}”" if file else f"“{identity[2]}”"


class DatasetUnreadable(TrackerError):
    """Some lines cannot be read; says which, and why. Nothing was loaded."""

    def __init__(self, lines: Sequence[NotReadable]) -> None:
        self.lines = lines
        shown = "\n".join(str(line) for line in lines[:20])
        more = f"\n… and {len(lines) - 20} more" if len(lines) > 20 else ""
        super().__init__(f"{len(lines)} lines cannot be read, so nothing was loaded:\n{shown}{more}")


def read_dataset(folder: Path = SHIPPED) -> Dataset:
    """The facts in the folder's files. Raises `DatasetUnreadable` with every line that is wrong."""
    reading = _Reading()
    dataset = Dataset(
        parties=reading.read(folder / "parties.jsonl", PartyFact),
        procedures=reading.read(folder / "procedures.jsonl", ProcedureFact),
        events=reading.read(folder / "events.jsonl", EventFact),
        commitments=reading.read(folder / "commitments.jsonl", CommitmentFact),
        statements=_statements(reading, folder / "statements.jsonl"),
        places=reading.places,
    )
    if reading.refused:
        raise DatasetUnreadable(reading.refused)
    return dataset


def _statements(reading: "_Reading", path: Path) -> list[StatementFact]:
    """The statements; none where there is no file of them, as before commitments had speakers."""
    return reading.read(path, StatementFact) if path.exists() else []


def write_lines(path: Path, facts: Iterable[Fact]) -> int:
    """Write one canonical line a fact; how many lines."""
    lines = [json.dumps(fact.document(), ensure_ascii=False) + "\n" for fact in facts]
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)


class _Reading:
    """What was found while reading: what is refused, and which line each key was first given in."""

    def __init__(self) -> None:
        self.refused: list[NotReadable] = []
        self.places: dict[Identity, tuple[str, int]] = {}

    def read(self, path: Path, noun: type[F]) -> list[F]:
        """The facts of one file, in its order; lines that are wrong are among the refused."""
        found = []
        for number, line in self._lines(path):
            try:
                fact = noun.model_validate_json(line)
            except ValidationError as error:
                self._refuse(path, number, because(error))
                continue
            self._take_keys(path, number, fact)
            found.append(fact)
        return found

    def _take_keys(self, path: Path, number: int, fact: Fact) -> None:
        for identity in _identities(fact):
            if taken := self.places.get(identity):
                _, key, name = identity
                self._refuse(path, number, f"{key} “{name}” stands in line {taken[1]} already")
            self.places.setdefault(identity, (path.name, number))

    def _refuse(self, path: Path, number: int, why: str) -> None:
        self.refused.append(NotReadable(f"{path.name}, line {number}", why))

    def _lines(self, path: Path) -> Iterator[tuple[int, str]]:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.refused.append(NotReadable(path.name, f"the file cannot be read as UTF-8 text: {error}"))
            return
        # Not `splitlines`: some characters inside a text of JSON count as ends of lines there.
        yield from ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _identities(fact: Fact) -> list[Identity]:
    """What no other line may use: the fact's own key, and those of its parts."""
    match fact:
        case CommitmentFact():
            return [identity_of(fact), *map(identity_of, fact.assessments)]
        case PartyFact() if fact.alpha2:
            return [identity_of(fact), (PartyFact, "alpha2", fact.alpha2)]
    return [identity_of(fact)]


def because(error: ValidationError) -> str:
    """What is wrong, field by field, in one line."""
    found = [(".".join(str(part) for part in one["loc"]) or "line", one["msg"]) for one in error.errors()]
    return "; ".join(f"{field}: {message}" for field, message in found)
