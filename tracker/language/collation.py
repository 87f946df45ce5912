"""The order of the alphabet, language by language, for lists of names.

The default order of Unicode puts a letter with a mark beside the letter without it; tables say where a language
has letters of its own. They stand in `tracker.language.languages` and
cover no more, so that no compiled library is needed.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from tracker.language.grammar import language_of
from tracker.language.languages import LANGUAGES, Language

_A_TO_Z: Final = "abcdefghijklmnopqrstuvwxyz"
_LONGEST: Final = 3


def alphabet(language: Language) -> dict[str, int]:
    """The place of each letter of the language; one letter may be written with several signs."""
    letters = [sign for letter in _A_TO_Z for sign in (letter, *language.letters_after.get(letter, ()))]
    return {letter: place for place, letter in enumerate(letters, 1)}


_ALPHABETS: Final = {code: alphabet(language) for code, language in LANGUAGES.items()}

Key = tuple[tuple[int, ...], str]


def order_key(text: str, language: str | None = None) -> Key:
    """What the text is sorted by in the language, the active one unless another is given."""
    spoken = language_of(language)
    letters = spoken.lowered(text)
    return _places(letters, spoken), letters


def codes_in_order(names: Mapping[str, str], codes: Iterable[str] | None = None) -> list[str]:
    """The codes in the order of their names, in the active language; all of them unless some are given."""
    return sorted(names if codes is None else codes, key=lambda code: order_key(names.get(code, code)))


def _places(letters: str, language: Language) -> tuple[int, ...]:
    """The place of every letter, the longest that is written there; a sign that is no letter comes before all."""
    known = _ALPHABETS[language.code]
    text = "".join(language.letters_like.get(letter, letter) for letter in letters)
    places: list[int] = []
    at = 0
    while at < len(text):
        size = next((n for n in range(_LONGEST, 0, -1) if text[at : at + n] in known), 0)
        places += [known[text[at : at + size]]] if size else _plain_places(text[at], known)
        at += size or 1
    return tuple(places)


def _plain_places(letter: str, known: Mapping[str, int]) -> list[int]:
    """The places of a letter of another alphabet: those of its base letters."""
    bases = unicodedata.normalize("NFKD", {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae"}.get(letter, letter))
    return [known.get(base, 0) for base in bases if not unicodedata.combining(base)]
