"""Words of texts, and the texts in which they stand: as typed, as the beginning of a word, or with one slip."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from tracker.language.names import fold

# What a word counts where it stands, and where only its beginning does, or a word that differs by one letter.
_AS_TYPED: Final = 1.0
_BEGUN: Final = 0.6
_SLIP: Final = 0.4
_WORD: Final = re.compile(r"\w+")
_SHORTEST_BEGINNING: Final = 3
_SHORTEST_SLIP: Final = 4


@dataclass(frozen=True, slots=True)
class Text:
    """One thing that can be found: what names it, and its texts with their weights."""

    key: str
    parts: tuple[tuple[float, str], ...]


@dataclass
class WordIndex:
    """The texts by their words. Built once, and never changed."""

    _places: dict[str, dict[str, float]] = field(default_factory=dict)
    _words: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, texts: Iterable[Text]) -> "WordIndex":
        """The index of these texts."""
        places: dict[str, dict[str, float]] = defaultdict(dict)
        for text in texts:
            for weight, part in text.parts:
                for word in _words(part):
                    known = places[word]
                    known[text.key] = max(known.get(text.key, 0.0), weight)
        return cls(dict(places), sorted(places))

    def has(self, word: str) -> bool:
        """Whether the word stands anywhere, or a longer one that begins so."""
        return word in self._places or bool(self._beginning(word))

    def find(self, word: str) -> Mapping[str, float]:
        """The texts that have the word, and what it counts there; with a slip only where it stands nowhere."""
        scores: dict[str, float] = {}
        for known, share in self._alike(word):
            for key, weight in self._places[known].items():
                scores[key] = max(scores.get(key, 0.0), weight * share)
        return scores

    def _alike(self, word: str) -> list[tuple[str, float]]:
        exact = [(word, _AS_TYPED)] if word in self._places else []
        begun = [(longer, _BEGUN) for longer in self._beginning(word) if longer != word]
        return exact + begun or [(meant, _SLIP) for meant in self._slips(word)]

    def _beginning(self, word: str) -> list[str]:
        if len(word) < _SHORTEST_BEGINNING:
            return []
        start = bisect_left(self._words, word)
        end = bisect_left(self._words, f"{word}\uffff", start)
        return self._words[start:end]

    def _slips(self, word: str) -> list[str]:
        if len(word) < _SHORTEST_SLIP or not word.isalpha():
            return []
        return [known for known in self._words if abs(len(known) - len(word)) <= 1 and differ_by_one(word, known)]


@lru_cache(maxsize=20_000)
def _words(part: str) -> tuple[str, ...]:
    # A new edition is searched as soon as something is recorded, and has most of its texts in common with the last.
    return tuple(dict.fromkeys(_WORD.findall(fold(part))))


def differ_by_one(word: str, known: str) -> bool:
    """Whether one letter is left out, put in, or wrong, or two that stand together have changed places."""
    start = 0
    while start < min(len(word), len(known)) and word[start] == known[start]:
        start += 1
    rest, known_rest = word[start:], known[start:]
    return (
        rest[1:] == known_rest[1:]
        or rest[1:] == known_rest
        or rest == known_rest[1:]
        or (rest[:2] == known_rest[1::-1] and rest[2:] == known_rest[2:])
    )
