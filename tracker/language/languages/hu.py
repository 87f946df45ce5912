"""Hungarian: letters of two and three signs, an owner that stands as it is, and endings of days."""

from typing import Final

from tracker.language.languages.base import Language

# Days whose name has a back vowel; the others take the front one.
_BACK: Final = frozenset({2, 3, 6, 8, 13, 16, 18, 20, 23, 26, 28, 30})


def _on_day(day: int) -> str:
    if day == 1:
        return "-jén"
    return "-án" if day in _BACK else "-én"


LANGUAGE: Final = Language(
    "hu",
    "Magyar",
    place=6,
    on_day=_on_day,
    letters_after={
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
    letters_like={"ő": "ö", "ű": "ü"},
    needs_second_font=True,
)
