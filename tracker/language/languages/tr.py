"""Turkish: endings in harmony with the word, and two letters i, each with its own capital."""

from typing import Final

from tracker.language.languages.base import Language

_SMALL: Final = {"I": "ı", "İ": "i"}

# How the endings of “so many of them” sound after the last word of the number: that of its ones, tens, or hundreds.
_ENDING_OF_ONES: Final = ("", "i", "si", "ü", "ü", "i", "sı", "si", "i", "u")
_ENDING_OF_TENS: Final = ("", "u", "si", "u", "ı", "si", "ı", "i", "i", "ı")


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
    # A name whose form nobody has written down stays as it is beside a word that takes the ending in its place.
    owner=lambda name: f"{name} devletinin",
    part=lambda count: f"{count}’{_part(count)}",
    letters_after={"c": ("ç",), "g": ("ğ",), "h": ("ı",), "o": ("ö",), "s": ("ş",), "u": ("ü",)},
    small_letters=_SMALL,
    needs_second_font=True,
)
