"""The order of the alphabet, language by language, for lists of names.

The default order of Unicode puts a letter with a mark beside the letter without it; these tables say where a language
has letters of its own. They cover the six languages of the site and no more, so that no compiled library is needed.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import get_language

# The letters that a language adds to a to z, each after the one that it follows there.
_AFTER: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "sv": {"z": ("å", "ä", "ö")},
    "fi": {"z": ("å", "ä", "ö")},
    "tr": {"c": ("ç",), "g": ("ğ",), "h": ("ı",), "o": ("ö",), "s": ("ş",), "u": ("ü",)},
    "hu": {
        "c": ("cs",),
        "d": ("dz", "dzs"),
        "g": ("gy",),
        "l": ("ly",),
        "n": ("ny",),
        "o": ("ö",),
        "s": ("sz",),
        "t": ("ty",),
        "u": ("ü",),
        "z": ("zs",),
    },
}

# Letters that take the place of another one; only between equals does the difference count.
_LIKE: Final[Mapping[str, Mapping[str, str]]] = {"hu": {"ő": "ö", "ű": "ü"}}

_A_TO_Z: Final = "abcdefghijklmnopqrstuvwxyz"
_LONGEST: Final = 3


def alphabet(language: str) -> dict[str, int]:
    """The place of each letter of the language; one letter may be written with several signs."""
    added = _AFTER.get(language, {})
    letters = [one for letter in _A_TO_Z for one in (letter, *added.get(letter, ()))]
    return {letter: place for place, letter in enumerate(letters, 1)}


_ALPHABETS: Final = {language: alphabet(language) for language in ("en", *_AFTER)}

Key = tuple[tuple[int, ...], str]


def order_key(text: str, language: str | None = None) -> Key:
    """What the text is sorted by in the language, the active one unless another is given."""
    spoken = language or get_language() or "en"
    letters = _lowered(text, spoken)
    return _places(letters, spoken), letters


def codes_in_order(names: Mapping[str, str], codes: Iterable[str] | None = None) -> list[str]:
    """The codes in the order of their names, in the active language; all of them unless some are given."""
    return sorted(names if codes is None else codes, key=lambda code: order_key(names.get(code, code)))


def _lowered(text: str, language: str) -> str:
    # Turkish has two letters i, each with its own capital.
    plain = text.replace("I", "ı").replace("İ", "i") if language == "tr" else text
    return unicodedata.normalize("NFC", plain).casefold()


def _places(letters: str, language: str) -> tuple[int, ...]:
    """The place of every letter, the longest that is written there; a sign that is no letter comes before all."""
    known, like = _ALPHABETS.get(language, _ALPHABETS["en"]), _LIKE.get(language, {})
    text = "".join(like.get(letter, letter) for letter in letters)
    found: list[int] = []
    at = 0
    while at < len(text):
        size = next((n for n in range(_LONGEST, 0, -1) if text[at : at + n] in known), 0)
        found += [known[text[at : at + size]]] if size else _plain_places(text[at], known)
        at += size or 1
    return tuple(found)


def _plain_places(letter: str, known: Mapping[str, int]) -> list[int]:
    """The places of a letter of another alphabet: those of its base letters."""
    bases = unicodedata.normalize("NFKD", {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae"}.get(letter, letter))
    return [known.get(base, 0) for base in bases if not unicodedata.combining(base)]
