"""What the parties on record are called on a day and in a language, and which of them a text means."""

from collections.abc import Iterable, Mapping
from datetime import date

from tracker.domain.facts import PartyFact
from tracker.domain.vocabulary import PartyKind
from tracker.language.names import index_of


def names_on(parties: Mapping[str, PartyFact], day: date, language: str) -> dict[str, str]:
    """The name of every party in that language on that day, by code."""
    return {code: party.name_on(day, language) for code, party in parties.items()}


def find_parties(parties: Iterable[PartyFact], text: str) -> list[PartyFact]:
    """The parties that go by that name; where none does, those with a name that starts so, or that it is a slip for."""
    known = {party.code: party for party in parties}
    return [known[alias.code] for alias in index_of(known.values()).find(text)]


def states_of(parties: Mapping[str, PartyFact]) -> frozenset[str]:
    """The codes of the parties that are states."""
    return frozenset(code for code, party in parties.items() if party.kind is PartyKind.STATE)
