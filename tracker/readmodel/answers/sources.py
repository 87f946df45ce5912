"""Each citation of each fact, from the day on which it can be shown: after the fact, and after it was published."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.domain.canonical import Row
from tracker.readmodel.days.as_of import source_since
from tracker.readmodel.edition import Edition
from tracker.readmodel.fold import Document


def source_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each citation that could be read by that day, of a fact that had begun by then, by a key made of both."""
    sources = edition.always("sources", lambda: _source_rows(edition))
    return {row["key"]: row for since, row in sources if since <= day}


def _source_rows(edition: Edition) -> list[tuple[date, Row]]:
    """Each citation after the first day on which it can be shown."""
    cited = sorted(_cited(edition), key=lambda fact: fact.recorded)
    return [
        (
            max(fact.since, source_since(source)),
            Row(key=f"{fact.name}~{number}", fact=fact.kind, fact_key=fact.key, accession=fact.accession, **source),
        )
        for fact in cited
        for number, source in enumerate(fact.sources, fact.first)
    ]


class _Cited(NamedTuple):
    """A fact with sources, and the first day on which it can have happened."""

    kind: str
    key: str
    accession: str | None
    sources: Sequence[Document]
    recorded: int
    since: date
    # The number of its first source, where a fact is cited in several parts.
    first: int = 0

    @property
    def name(self) -> str:
        return f"{self.kind}~{self.key.lower()}"


def _cited(edition: Edition) -> Iterator[_Cited]:
    for event in edition.events:
        yield _of("event", event.document, event.accession, event.occurred.earliest or date.min)
    for commitment in edition.commitments:
        document = commitment.document
        yield _of("commitment", document, document["accession"], commitment.begun)
        for claim in commitment.claims:
            # A claim is shown from the day on which it certainly was made.
            yield _of("assessment", claim.document, document["accession"], claim.assessed.occurred.latest or date.max)
    for statement in edition.statements.values():
        yield _of("statement", statement.document, None, statement.fact.occurred.latest or date.max)
    for party in edition.state.parties.values():
        yield _of("party", party, None, date.min)
    yield from _cited_for_procedures(edition)


def _of(kind: str, document: Document, accession: str | None, since: date) -> _Cited:
    key = str(document.get("key") or document["code"])
    return _Cited(kind, key, accession, document["sources"], int(document["recorded"]), since)


def _cited_for_procedures(edition: Edition) -> Iterator[_Cited]:
    """The sources of each procedure, those of the version in use first, and of each from the day on which it began."""
    for ally, fact in edition.procedures.items():
        document, first = edition.state.procedures[ally], 0
        told = zip((fact, *fact.earlier), (document, *(document.get("earlier") or ())), strict=True)
        for version, part in told:
            since = version.first_day or date.min
            yield _Cited("procedure", ally, None, part["sources"], int(document["recorded"]), since, first)
            first += len(part["sources"])
