"""How states and organisations are found by any name that they go or went by."""

import unicodedata
from collections.abc import Iterable

from tracker.domain.facts import PartyFact

# Letters that keep no base letter when their marks are taken away.
_PLAIN = str.maketrans({"ı": "i", "İ": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "ß": "ss"})

# Signs inside a name that are typed in many ways, or left out.
_SPACES = str.maketrans(dict.fromkeys("-\u2010\u2011–'’.", " "))


def fold(text: str) -> str:
    """The text as people type it in a hurry: no marks, no hyphens, no capitals, single spaces."""
    bare = unicodedata.normalize("NFKD", text.translate(_PLAIN).translate(_SPACES))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())


def spellings(party: PartyFact) -> set[str]:
    """Everything that the party goes or went by, folded: codes, and names of every language and time."""
    return {fold(one) for one in (party.code, party.alpha2, *(name.text for name in party.names)) if one}


def find_parties(parties: Iterable[PartyFact], text: str) -> list[PartyFact]:
    """The parties that go by that name, or, where none does, those whose name contains it as the start of a word."""
    wanted = fold(text)
    if not wanted:
        return []
    known = list(parties)
    exact = [party for party in known if wanted in spellings(party)]
    return exact or [party for party in known if any(f" {wanted}" in f" {one}" for one in spellings(party))]
