"""Documents of the Swedish Riksdag, by its open data: `dokumentlista` and `dokumentstatus` as JSON."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from tracker.domain.vocabulary import EventKind
from tracker.fetch.outcomes import Fetched
from tracker.sources.findings import Finding
from tracker.sources.readers.base import NotUnderstood, Options
from tracker.sources.readers.suggest import Find, findings
from tracker.sources.readers.tree import Node, load

_DOCUMENTS: Final = {"prop": EventKind.SUBMITTED, "bet": EventKind.COMMITTEE_REPORT}
# A decision of the chamber may be a refusal, so that it is the vote and not the consent that is suggested.
_ACTIVITIES: Final = {"JUS": EventKind.COMMITTEE_VOTE, "BES": EventKind.CHAMBER_VOTE}
_HAPPENED: Final = frozenset({"", "inträffat"})
_HOST: Final = "https://data.riksdagen.se/"


class RiksdagReader:
    """Bills, committee reports, and what was done with a report on which day."""

    key = "riksdag"

    def read(self, page: Fetched, options: Options) -> list[Finding]:
        """One find a document of a list; for a single document, one an activity."""
        root = load(page)
        return [
            finding
            for find in _finds(root)
            for finding in findings(find, reader=self.key, ally="SWE", language="sv", options=options)
        ]


def _finds(root: Node) -> Iterator[Find]:
    if root.has("dokumentlista"):
        yield from _listed(root["dokumentlista"])
    elif root.has("dokumentstatus"):
        yield from _activities(root["dokumentstatus"])
    else:
        raise NotUnderstood("$", "dokumentlista or dokumentstatus", root.described())


def _listed(listing: Node) -> Iterator[Find]:
    """The documents of a list, which has no member for them when it is empty."""
    hits = int(text) if (text := listing["@traffar"].label()).isdecimal() else -1
    documents = list(listing.each_at("dokument"))
    if hits < 0 or (hits > 0 and not documents):
        raise NotUnderstood(listing.where, "as many documents as hits", f"{text} hits, {len(documents)} documents")
    for document in documents:
        day = document["datum"].day()
        kind = document["doktyp"].text()
        yield _about(document, document["titel"].text(), day, _DOCUMENTS.get(kind), document.where, (kind, day or ""))


def _activities(status: Node) -> Iterator[Find]:
    document = status["dokument"]
    wrapped = status.get("dokaktivitet")
    for activity in wrapped.each_at("aktivitet") if wrapped else ():
        code, name, day = activity["kod"].text(), activity["namn"].text(), activity["datum"].day()
        # What is planned is no act yet.
        kind = _ACTIVITIES.get(code) if activity.text_at("status").lower() in _HAPPENED else None
        title = f"{name}: {document['titel'].text()}"
        identity = (code, day or "", activity.text_at("status"))
        yield _about(document, title, day, kind, activity.where, identity, quote=name)


def _about(
    document: Node,
    title: str,
    day: str | None,
    kind: EventKind | None,
    place: str,
    identity: tuple[str, ...],
    quote: str = "",
) -> Find:
    name = document["titel"].text()
    label = " ".join(
        filter(None, (document["doktyp"].text(), f"{document.text_at('rm')}:{document.text_at('beteckning')}"))
    )
    return Find(
        identity=(document["dok_id"].text(), *identity),
        title=title,
        topic=name,
        quote=f"{quote} {name}".strip(),
        place=place,
        url=urljoin(_HOST, document.text_at("dokument_url_html")),
        summary=label,
        published=document.day_at("publicerad"),
        date=day,
        kind=kind,
        office=document.text_at("organ"),
    )
