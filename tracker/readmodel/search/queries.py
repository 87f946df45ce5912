"""What somebody typed, understood: a question, the parties that are named, and the words beside them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.language.names import NameIndex, NameKind, fold
from tracker.readmodel.search.index import WordIndex
from tracker.readmodel.search.questions import Question, idle_words, question_in

_WORD: Final = re.compile(r"\w+")
_LONGEST_NAME: Final = 8
# Short names that are also words; inside a question they count only as they are written.
_SHORT: Final = 3


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, understood: a question, the parties that are named, and the words beside them."""

    question: Question | None
    # The words by which each party is named, by code.
    named: Mapping[str, tuple[str, ...]]
    words: tuple[str, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """The codes of the parties that are named, in their order."""
        return tuple(self.named)


def understand(typed: Sequence[str], names: NameIndex) -> Query:
    """What the words ask for."""
    folded = tuple(_WORD.findall(fold(" ".join(typed))))
    whole = names.exact(" ".join(typed))
    if whole:
        return Query(None, {whole[0].code: folded}, ())
    question, rest = question_in(folded)
    named, words = _named(rest, typed, names)
    said = tuple(word for word in words if word not in idle_words())
    if not (said or named or question):
        # All is idle: then the words are what is looked for.
        said = tuple(words)
    return Query(question, named, said)


def mend(query: Query, index: WordIndex, names: NameIndex) -> Query:
    """The query with a word that stands nowhere taken for the party whose name it may be a slip for."""
    meant = {word: names.near(word) for word in query.words if not index.has(word)}
    named = {aliases[0].code: (word,) for word, aliases in meant.items() if aliases}
    words = tuple(word for word in query.words if not meant.get(word))
    return Query(query.question, {**named, **query.named}, words)


def _named(
    words: Sequence[str], typed: Sequence[str], names: NameIndex
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The parties that are named among the words, the longest names first, and the words that are no part of a name."""
    named: dict[str, tuple[str, ...]] = {}
    left: list[str] = []
    place = 0
    while place < len(words):
        lengths = range(_LONGEST_NAME, 0, -1)
        length = next((size for size in lengths if _is_name(words[place : place + size], typed, names)), 0)
        if length:
            name = tuple(words[place : place + length])
            named.setdefault(names.exact(" ".join(name))[0].code, name)
        else:
            left.append(words[place])
        place += length or 1
    return named, left


def _is_name(words: Sequence[str], typed: Sequence[str], names: NameIndex) -> bool:
    name = " ".join(words)
    aliases = names.exact(name)
    if not aliases or (aliases[0].kind is NameKind.MISSPELT and len(words) > 1):
        return False
    # “us”, “no”, “is” are words; US, NO, IS may be states.
    return len(name) > _SHORT or name.upper() in typed
