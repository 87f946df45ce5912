"""Documents of the Swedish Riksdag, by its open data: `dokumentlista` and `dokumentstatus` as JSON."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urljoin

from tracker.domain.vocabulary import EventKind, Outcome
from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.base import Findings, NotUnderstood, Options
from tracker.sources.readers.entries import plain_text
from tracker.sources.readers.paging import Paging, joined
from tracker.sources.readers.suggest import Find, House, each_find
from tracker.sources.readers.tree import Node, load

_DOCUMENTS: Final = {"prop": EventKind.SUBMITTED, "bet": EventKind.COMMITTEE_REPORT}
_DECISION: Final = "BES"
# A decision of the chamber may be a refusal: the vote is suggested where the decision says that it grants.
# To reject the motions of members beside it is how a bill is usually carried; to reject the bill is not.
_GRANTED: Final = re.compile(
    r"^(?!.*\bavsl[åo]\w* (?:\w+ ){0,2}(?:proposition|regering|förslag|framställning|protokoll|fördrag|skrivelse))"
    r"(?=.*\b(?:godkänner|antar|bifaller|samtycker))",
    re.IGNORECASE,
)
_COMMITTEE: Final = frozenset({"", "utskottet"})
_ACTIVITIES: Final = {"JUS": EventKind.COMMITTEE_VOTE, "BES": EventKind.CHAMBER_VOTE}
_HAPPENED: Final = frozenset({"", "inträffat"})
_HOST: Final = "https://data.riksdagen.se/"


class RiksdagReader:
    """Bills, committee reports, and what was done with a report on which day."""

    key = "riksdag"
    label = "Swedish Riksdag"

    def read(self, page: Fetched, options: Options) -> Findings:
        """One find a document of a list; for a single document, one an activity."""
        nodes, finds = _rows(load(page))
        return each_find(nodes, finds, House(self.key, "SWE", "sv"), options)

    def paging(self, page: Fetched, options: Options) -> Paging:
        """How many results the document holds, of how many, and where the next are."""
        return _paging(load(page), page)


def _rows(root: Node) -> tuple[Iterable[Node], Callable[[Node], Iterator[Find]]]:
    if root.has("dokumentlista"):
        return _documents(root["dokumentlista"]), _listed
    if root.has("dokumentstatus"):
        status = root["dokumentstatus"]
        wrapped, document, result = status.get("dokaktivitet"), status["dokument"], _result(status)
        activities = wrapped.each_at("aktivitet") if wrapped else ()
        return activities, lambda activity: _activity(document, activity, result)
    raise NotUnderstood("$", "dokumentlista or dokumentstatus", root.described())


def _documents(listing: Node) -> list[Node]:
    """The documents of a list, which has no member for them when it is empty."""
    hits = int(text) if (text := listing["@traffar"].label()).isdecimal() else -1
    documents = list(listing.each_at("dokument"))
    if hits < 0 or (hits > 0 and not documents):
        raise NotUnderstood(listing.where, "as many documents as hits", f"{text} hits, {len(documents)} documents")
    return documents


def _listed(document: Node) -> Iterator[Find]:
    day = document["datum"].day()
    kind = document["doktyp"].text()
    yield _about(document, document["titel"].text(), day, _DOCUMENTS.get(kind), document.where, (kind, day or ""))


def _activity(document: Node, activity: Node, result: str) -> Iterator[Find]:
    code, name, day = activity["kod"].text(), activity["namn"].text(), activity["datum"].day()
    # What is planned is no act yet.
    happened = activity.text_at("status").lower() in _HAPPENED
    is_decision = code == _DECISION
    kind = _ACTIVITIES.get(code) if happened and (not is_decision or _GRANTED.search(result)) else None
    title = f"{name}: {document['titel'].text()}"
    identity = (code, day or "", activity.text_at("status"))
    words = f"{name}: {result}" if is_decision and happened and result else name
    office = "Riksdag" if is_decision else ""
    find = _about(document, title, day, kind, activity.where, identity, quote=words, office=office)
    yield replace(find, outcome=Outcome.CARRIED if is_decision and kind else None)


def _result(status: Node) -> str:
    """What the chamber has decided on each point of a report, in the words of the winning proposal; else nothing."""
    wrapped = status.get("dokutskottsforslag")
    points = list(wrapped.each_at("utskottsforslag")) if wrapped else []
    # A point on which a reservation has won was not decided as it stands here.
    if any(point.text_at("vinnare").lower() not in _COMMITTEE for point in points):
        return ""
    return " ".join(" ".join(plain_text(point.text_at("forslag")).split()) for point in points)


def _about(
    document: Node,
    title: str,
    day: str | None,
    kind: EventKind | None,
    place: str,
    identity: tuple[str, ...],
    quote: str = "",
    office: str = "",
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
        office=office or document.text_at("organ"),
    )


def _paging(root: Node, page: Fetched) -> Paging:
    listing = root.get("dokumentlista")
    if listing is None:
        return Paging()
    held = len(list(listing.each_at("dokument")))
    return Paging(held, int(listing["@traffar"].label()), joined(page, listing.text_at("@nasta_sida")))
