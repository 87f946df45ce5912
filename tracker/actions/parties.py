"""Recording states, organisations and other voices."""

from typing import Any

from tracker.actions.changelog import LogTransaction
from tracker.domain.facts import PartyFact
from tracker.domain.vocabulary import ChangeType
from tracker.models import Party, PartyName


def record_party(log: LogTransaction, fact: PartyFact) -> Party:
    """Put a party on record; the one that is there already, if its code is."""
    if known := Party.objects.filter(pk=fact.code).first():
        return known
    party = Party.objects.create(code=fact.code, **log.stamp, **party_columns(fact))
    save_names(party, fact)
    log.append(ChangeType.PARTY_RECORDED, {"party": fact.document()}, ally=fact.code)
    return party


def party_columns(fact: PartyFact) -> dict[str, Any]:
    """The values of a party's own columns."""
    return {
        "kind": fact.kind,
        "alpha2": fact.alpha2,
        "capital": fact.capital,
        "founding_member": fact.founding_member,
        "sources": [source.document() for source in fact.sources],
    }


def save_names(party: Party, fact: PartyFact) -> None:
    """Give the party the names of the fact, and no others."""
    party.names.all().delete()
    PartyName.objects.bulk_create(
        PartyName(party=party, order=order, language=one.language, text=one.text, since=one.since, until=one.until)
        for order, one in enumerate(fact.names)
    )
