"""Which of the parties on record a text means."""

from collections.abc import Iterable

from tracker.domain.facts import PartyFact
from tracker.language.names import index_of


def find_parties(parties: Iterable[PartyFact], text: str) -> list[PartyFact]:
    """The parties that go by that name; where none does, those with a name that starts so, or that it is a slip for."""
    known = {party.code: party for party in parties}
    return [known[alias.code] for alias in index_of(known.values()).find(text)]
