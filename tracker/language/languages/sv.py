"""Swedish."""

from typing import Final

from tracker.language.languages.base import Language


def _owner(name: str) -> str:
    if name.isupper():
        return f"{name}:s"
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


LANGUAGE: Final = Language("sv", "Svenska", place=3, owner=_owner, letters_after={"z": ("å", "ä", "ö")})
