"""The tables by which headlines are read: one file a language, and one of what is written alike in all of them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from tracker.sources.phrases import Phrases

_FOLDER: Final = Path(__file__).with_name("languages")
_SHARED: Final = "shared"

# The sections of a table whose keys are states, and what their phrases are signs of.
_OF_STATES: Final = {
    "states": "state",
    "capitals": "capital",
    "bodies": "body",
    "seats": "seat",
    "parties": "party",
    "gazettes": "paper",
}
_OF_WORDS: Final = ("words", "acts", "void")


@dataclass(frozen=True, slots=True)
class Term:
    """Who spoke for a state, from a day on and up to and without another; both as `YYYY-MM-DD`."""

    code: str
    since: str
    until: str

    def covers(self, day: str | None) -> bool:
        """Whether the day lies in the term; any day may be meant where none is given."""
        return day is None or (self.since <= day and (not self.until or day < self.until))


@dataclass(frozen=True, slots=True)
class Table:
    """How one language is read.

    `home` is the state whose bodies its papers name without saying whose; empty where they are of several states. Of
    `neighbours` papers write in the same language: where one is named, it may be theirs.
    `owner_first` is true where whose a body is always stands before it.
    """

    language: str
    home: str
    neighbours: frozenset[str]
    owner_first: bool
    phrases: Phrases
    people: Mapping[str, tuple[Term, ...]]


def languages() -> tuple[str, ...]:
    """The languages that have a table."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml") if path.stem != _SHARED))


@cache
def table_of(language: str) -> Table | None:
    """The table of a language; None for one that has none."""
    if language not in languages():
        return None
    own, shared = _load(language), _load(_SHARED)
    people: dict[str, tuple[Term, ...]] = {}
    for name, term in _terms(shared["people"]):
        people[name] = (*people.get(name, ()), term)
    phrases = Phrases([*_phrases(own), *_phrases(shared), *(("person", name, name) for name in people)])
    return Table(
        language,
        own.get("home", ""),
        frozenset(own.get("neighbours", ())),
        own.get("owner_first", False),
        phrases,
        people,
    )


def _load(name: str) -> Mapping[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _phrases(table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for section in _OF_WORDS:
        for label, texts in table.get(section, {}).items():
            yield from ((label, "", text) for text in texts)
    for section, label in _OF_STATES.items():
        for code, texts in table.get(section, {}).items():
            yield from ((label, code, text) for text in texts)


def _terms(people: Mapping[str, Any]) -> Iterator[tuple[str, Term]]:
    for code, entries in people.items():
        for entry in entries:
            name, _, term = entry.rpartition(" ")
            since, _, until = term.partition("/")
            yield name, Term(code, since, until)
