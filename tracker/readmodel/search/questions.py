"""The questions that people type, and the page that answers each. The words stand in `questions.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from tracker.language.names import fold

_FILE: Final = Path(__file__).with_name("questions.toml")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the address of the page that answers."""

    name: str
    address: str


def question_in(words: Sequence[str]) -> tuple[Question | None, tuple[str, ...]]:
    """The question that these folded words ask, and the words that are no part of it; the longest phrase counts."""
    best: tuple[Question | None, int, int] = (None, 0, 0)
    for start in range(len(words)):
        for length in range(best[2] + 1, len(words) - start + 1):
            question = _phrases().get(" ".join(words[start : start + length]))
            if question:
                best = (question, start, length)
    question, start, length = best
    return question, (*words[:start], *words[start + length :])


@cache
def idle_words() -> frozenset[str]:
    """Words that say nothing of what is looked for, folded."""
    return frozenset(fold(word) for word in _table()["idle"])


@cache
def _phrases() -> Mapping[str, Question]:
    return {
        fold(phrase): Question(name, entry["address"])
        for name, entry in _table()["questions"].items()
        for phrase in entry["phrases"]
    }


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
