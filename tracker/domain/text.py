"""Text from outside, in one form and without what cannot be seen."""

import unicodedata
from typing import Final

# These two join letters in some scripts; every other character that cannot be seen is dropped.
_JOINERS: Final = {"\u200c", "\u200d"}
_KEPT: Final = {"\n", "\t"}


def tidy(text: str) -> str:
    """The text in one normal form, without the characters that cannot be seen: controls, zero widths, directions."""
    shown = (char for char in unicodedata.normalize("NFC", text) if not _is_hidden(char))
    return "".join(shown).strip()


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} and char not in _JOINERS | _KEPT
