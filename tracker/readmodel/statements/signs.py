"""What the words of a statement are signs of: acts, states, and whose an act is."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tracker.sources.phrases import Mention, Phrases
from tracker.sources.tables import table_of
from tracker.sources.words import Word, words_of

_FILE: Final = Path(__file__).with_name("words.toml")
_ACT: Final = "act:"
_ABOUT: Final = "about:"
_CLAIM: Final = "claim:"
_OF_STATES: Final = ("state", "capital", "body", "person", "seat")


@dataclass(frozen=True, slots=True)
class Party:
    """A state that the text names: by its name, its parliament, its capital, or a person who spoke for it."""

    code: str
    start: int
    end: int
    by: str


@dataclass(frozen=True)
class Signs:
    """The words of a text, and the signs in it."""

    words: Sequence[Word]
    mentions: Sequence[Mention]
    parties: Sequence[Party]

    def of(self, label: str) -> list[Mention]:
        """The signs of that kind, in order."""
        return sorted((one for one in self.mentions if one.label == label), key=lambda one: one.start)

    def has(self, *labels: str) -> bool:
        """Whether there is a sign of one of these kinds."""
        return any(one.label in labels for one in self.mentions)

    def acts(self) -> list[Mention]:
        """The signs of acts; one within a longer one of another act is none."""
        found = [one for one in self.mentions if one.label.startswith(_ACT)]
        kept = [one for one in found if not any(longer.takes(one) for longer in found)]
        return sorted(kept, key=lambda one: one.start)

    def act_names(self) -> set[str]:
        """Which acts there are signs of."""
        return {one.label.removeprefix(_ACT) for one in self.acts()}

    def claims(self) -> list[str]:
        """What a party is quoted with, the longest words first."""
        found = [one for one in self.mentions if one.label.startswith(_CLAIM)]
        found = [one for one in found if not any(longer.takes(one) for longer in found)]
        return [one.label.removeprefix(_CLAIM) for one in found]

    def is_about(self, what: str) -> bool:
        """Whether it is a saying, a judgement or a motive."""
        return self.has(f"{_ABOUT}{what}")

    def word(self, place: int) -> str:
        """The word at that place, folded; empty beyond the ends."""
        return self.words[place].bare if 0 <= place < len(self.words) else ""


def signs_in(text: str, day: str | None) -> Signs:
    """The signs in the text; who a person spoke for is asked as of that day."""
    words = words_of(text)
    mentions = _own().mentions(words)
    return Signs(words, mentions, tuple(_parties(words, day)))


def _parties(words: Sequence[Word], day: str | None) -> Iterator[Party]:
    table = table_of("en")
    if table is None:
        return
    found = [one for one in table.phrases.mentions(words) if one.label in _OF_STATES]
    found = [one for one in found if not any(longer.takes(one) for longer in found)]
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: (one.start, _OF_STATES.index(one.label))):
        code = one.code
        if one.label == "person":
            codes = {term.code for term in table.people[one.code] if term.covers(day)}
            code = codes.pop() if len(codes) == 1 else ""
        if code and taken.isdisjoint(one.places):
            taken.update(one.places)
            yield Party(code, one.start, one.end, one.label)


@cache
def _own() -> Phrases:
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Phrases(
        [
            *_labelled(table["acts"].items(), _ACT),
            *_labelled(table["about"].items(), _ABOUT),
            *_labelled(table["claims"].items(), _CLAIM),
            *_labelled(table["words"].items(), ""),
        ]
    )


def _labelled(lists: Iterable[tuple[str, Iterable[str]]], prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, texts in lists:
        yield from ((f"{prefix}{name}", "", text) for text in texts)
