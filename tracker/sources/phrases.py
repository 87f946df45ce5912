"""Phrases of a table, found in a text.

A phrase is one word or several. `word*` is any word that begins so, `a … b` leaves room for some words between,
`=word` is compared with its marks, `^Word` as it is written, capitals and all, and `#` is any number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.language.names import fold
from tracker.sources.words import Word, words_of

_GAP: Final = "…"
_NUMBER: Final = "#"
_WIDEST: Final = 12

Test = Callable[[Word], bool]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a table: what it is a sign of, and for which state, where it is one's own."""

    label: str
    code: str
    parts: tuple[tuple[Test, int], ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase in a text: the places of its words, what it is a sign of, and for which state."""

    places: tuple[int, ...]
    label: str
    code: str = ""

    @property
    def start(self) -> int:
        """The place of its first word."""
        return self.places[0]

    @property
    def end(self) -> int:
        """The place after its last word."""
        return self.places[-1] + 1

    def takes(self, other: "Mention") -> bool:
        """Whether all words of the other are words of this one, which has more."""
        return len(other.places) < len(self.places) and set(other.places) <= set(self.places)


class Phrases:
    """All phrases of a language, by their first word."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        self._whole: dict[str, list[Phrase]] = defaultdict(list)
        self._begun: dict[str, list[Phrase]] = defaultdict(list)
        for label, code, text in phrases:
            self._add(label, code, text)

    def mentions(self, words: Sequence[Word]) -> list[Mention]:
        """The longest mention of each label at each place, and none that lies within a longer one of its label."""
        longest: dict[tuple[str, int], Mention] = {}
        for mention in self._all(words):
            key = (mention.label, mention.start)
            if key not in longest or len(longest[key].places) < len(mention.places):
                longest[key] = mention
        mentions = list(longest.values())
        return [
            mention
            for mention in mentions
            if not any(mention.label == longer.label and longer.takes(mention) for longer in mentions)
        ]

    def _add(self, label: str, code: str, text: str) -> None:
        pieces = [piece for piece in _pieces(text) if piece]
        phrase = Phrase(label, code, tuple(_parts(pieces)))
        first = pieces[0]
        index = self._begun if first.endswith("*") else self._whole
        index[_NUMBER if first == _NUMBER else fold(first.strip("=^*"))].append(phrase)

    def _all(self, words: Sequence[Word]) -> Iterator[Mention]:
        for start, word in enumerate(words):
            for phrase in self._candidates(word.bare):
                places = tuple(_places(phrase.parts, words, start))
                if len(places) == len(phrase.parts):
                    yield Mention(places, phrase.label, phrase.code)

    def _candidates(self, bare: str) -> Iterator[Phrase]:
        yield from self._whole.get(bare, ())
        yield from self._whole.get(_NUMBER, ()) if bare.isdigit() else ()
        for length in range(2, len(bare) + 1):
            yield from self._begun.get(bare[:length], ())


def _pieces(text: str) -> Iterator[str]:
    """The words of the phrase, each with its signs; a hyphen or an apostrophe divides words here as in a text."""
    for chunk in text.split():
        sign = chunk[0] if chunk[0] in "=^" else ""
        star = "*" if chunk.endswith("*") else ""
        if chunk in (_GAP, _NUMBER):
            yield chunk
            continue
        parts = [word.written for word in words_of(chunk.strip("=^*"))]
        yield from (f"{sign}{part}" for part in parts[:-1])
        yield from (f"{sign}{part}{star}" for part in parts[-1:])


def _parts(pieces: Sequence[str]) -> Iterator[tuple[Test, int]]:
    """Each word of the phrase as a test, and how many words may stand before it."""
    room = 0
    for piece in pieces:
        if piece == _GAP:
            room = _WIDEST
        else:
            yield _test(piece), room
            room = 0


def _test(piece: str) -> Test:
    if piece == _NUMBER:
        return lambda word: word.bare.isdigit()
    begins = piece.endswith("*")
    bare, text = fold(piece.strip("=^*")), piece.strip("=^*")
    if piece.startswith("^"):
        return lambda word: word.written.startswith(text) if begins else word.written == text
    if piece.startswith("="):
        lowered = words_of(text)[0].lowered
        return lambda word: word.lowered.startswith(lowered) if begins else word.lowered == lowered
    return lambda word: word.bare.startswith(bare) if begins else word.bare == bare


def _places(parts: Sequence[tuple[Test, int]], words: Sequence[Word], start: int) -> Iterator[int]:
    """Where the words of the phrase stand, from this place on; too few where the text goes on otherwise."""
    begun, at = start, start
    for fits, room in parts:
        reach = range(at, min(at + room, len(words) - 1) + 1)
        place = next((here for here in reach if fits(words[here])), None)
        if place is None or _is_cut(words, begun, place):
            return
        yield place
        at = place + 1


def _is_cut(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a sentence, or a part of one, ends between these words; a comma may stand there."""
    return any(words[place].after not in ("", ",") for place in range(first + 1, last + 1))
