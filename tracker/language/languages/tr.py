"""Turkish: endings in harmony with the word, and two letters i, each with its own capital."""

from typing import Final

from tracker.language.languages.base import Language

_SMALL: Final = {"I": "ı", "İ": "i"}

# The vowel of an ending follows the last vowel of the word.
_HARMONY: Final = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}

# How the endings of “so many of them” sound after the last word of the number: that of its ones, tens, or hundreds.
_ENDING_OF_ONES: Final = ("", "i", "si", "ü", "ü", "i", "sı", "si", "i", "u")
_ENDING_OF_TENS: Final = ("", "u", "si", "u", "ı", "si", "ı", "i", "i", "ı")


def _owner(name: str) -> str:
    letters = "".join(_SMALL.get(letter, letter) for letter in name).lower()
    vowel = next((_HARMONY[letter] for letter in reversed(letters) if letter in _HARMONY), "i")
    return f"{name}’{'n' if letters[-1:] in _HARMONY else ''}{vowel}n"


def _part(count: int) -> str:
    if count % 10:
        return _ENDING_OF_ONES[count % 10]
    if count % 100:
        return _ENDING_OF_TENS[count % 100 // 10]
    return "ü" if count else "ı"


LANGUAGE: Final = Language(
    "tr",
    "Türkçe",
    place=5,
    owner=_owner,
    part=lambda count: f"{count}’{_part(count)}",
    letters_after={"c": ("ç",), "g": ("ğ",), "h": ("ı",), "o": ("ö",), "s": ("ş",), "u": ("ü",)},
    small_letters=_SMALL,
    needs_second_font=True,
)
