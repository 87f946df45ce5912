"""What states and organisations are called, on a day and in a language, and how they are found by any name."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from tracker.domain.facts import PartyFact
from tracker.domain.vocabulary import PartyKind

# Letters that keep no base letter when their marks are taken away.
_PLAIN = str.maketrans({"ı": "i", "İ": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "ß": "ss"})

# Signs inside a name that are typed in many ways, or left out.
_SPACES = str.maketrans(dict.fromkeys("-\u2010\u2011–'’.", " "))


def names_on(parties: Mapping[str, PartyFact], day: date, language: str) -> dict[str, str]:
    """The name of every party in that language on that day, by code."""
    return {code: party.name_on(day, language) for code, party in parties.items()}


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


def states_of(parties: Mapping[str, PartyFact]) -> frozenset[str]:
    """The codes of the parties that are states."""
    return frozenset(code for code, party in parties.items() if party.kind is PartyKind.STATE)
