"""A text as words: where its clauses end, and each word as it is compared."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tracker.language.names import fold

# Letters with full stops between them are one word: U.S., N.A.T.O.
_INITIALS: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# Between two letters, a colon or a full stop ends nothing: “USA:s”, “1.500”.
_PIECE: Final = re.compile(r"[^\W_]+|[,:.](?!\w)|[;!?…|–—()\n]|(?<=\s)-(?=\s)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, in small letters with its marks, and without them; and what ends before it.

    `after` is empty inside a clause, a comma after one, and anything else after the end of a sentence or of its part.
    """

    written: str
    lowered: str
    bare: str
    after: str


def words_of(text: str) -> list[Word]:
    """The words of the text, in order."""
    return list(_words(_INITIALS.sub(lambda initials: initials[0].replace(".", "") + " ", text)))


def _words(text: str) -> Iterator[Word]:
    ended, last = "", ""
    for piece in _PIECE.findall(unicodedata.normalize("NFC", text)):
        if piece[0].isalnum():
            yield Word(piece, _lowered(piece), fold(piece), ended)
            ended, last = "", piece
        elif not _is_part(piece, last):
            ended = _stronger(ended, piece)


def _is_part(piece: str, last: str) -> bool:
    """Whether the sign belongs to the word: “als 32. Mitglied”, “29. članica”, “T. Ház”."""
    return piece == "." and (last.isdigit() or (len(last) == 1 and last.isupper()))


def _stronger(before: str, now: str) -> str:
    return before if before and before != "," else now


def _lowered(word: str) -> str:
    # The Turkish İ has a small letter of its own, that casefolding writes as two signs.
    return unicodedata.normalize("NFC", word.replace("İ", "i").casefold())
