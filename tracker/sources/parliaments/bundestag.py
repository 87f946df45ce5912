"""Proceedings of Bundestag and Bundesrat, by the DIP API: `/vorgang` and `/vorgangsposition`, single or listed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tracker.domain.vocabulary import EventKind, Outcome
from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.base import Findings, NotUnderstood, Options
from tracker.sources.readers.paging import Paging, query_of, with_parameters
from tracker.sources.readers.suggest import Find, House, address, each_find
from tracker.sources.readers.tree import Node, load

_CHAMBERS: Final = {"BT": "Bundestag", "BR": "Bundesrat"}
_STEPS: Final = (
    (re.compile(r"Gesetzentwurf"), EventKind.SUBMITTED),
    (re.compile(r"Beschlussempfehlung"), EventKind.COMMITTEE_REPORT),
)
# A bill on a treaty ends in the second reading; the first turn of the Bundesrat is a comment, the second its vote.
_LAST_READINGS: Final = re.compile(r"Schlussabstimmung|3\. Beratung|2\. Durchgang|^Durchgang")
# What is accepted may also be an amendment, a resolution beside the bill, or the advice to refuse it.
_ACCEPTED: Final = re.compile(
    r"^(?:(?:einstimmige |unveränderte )?Annahme(?: der Vorlage| des Gesetzentwurfs| in (?:der )?\w*fassung.*)?"
    r"|Zustimmung(?: gem\..*| zum Gesetz.*)?|kein(?:en)? Antrag auf (?:Einberufung|Anrufung).*)$",
    re.IGNORECASE,
)

_REFUSED: Final = re.compile(
    r"Ablehnung(?: der Vorlage| des Gesetzentwurfs)?|Versagung der Zustimmung|Zustimmungsverweigerung",
    re.IGNORECASE,
)


class BundestagReader:
    """The state of a proceeding, its signature and gazette, and each step with its decision."""

    key = "bundestag"
    label = "German Bundestag and Bundesrat"

    def read(self, page: Fetched, options: Options) -> Findings:
        """One find a state, a step, a decision, a signature or a publication."""
        root, link = load(page), address(options, page)
        nodes = root["documents"].each() if root.has("documents") else (root,)
        return each_find(nodes, lambda node: _finds(node, link), House(self.key, "DEU", "de"), options)

    def paging(self, page: Fetched, options: Options) -> Paging:
        """How many results the document holds, of how many, and where the next are."""
        return _paging(load(page), page)


def _finds(node: Node, link: str) -> Iterator[Find]:
    match node["typ"].text():
        case "Vorgang":
            yield from _proceeding(node, link)
        case "Vorgangsposition":
            yield from _step(node, link)
        case other:
            raise NotUnderstood(f"{node.where}.typ", "Vorgang or Vorgangsposition", other)


def _proceeding(node: Node, link: str) -> Iterator[Find]:
    if state := node.text_at("beratungsstand"):
        yield _about(node, state, node.day_at("datum"), link, place=f"{node.where}.beratungsstand", is_dated=False)
    for gazette in node.each_at("verkuendung"):
        url = gazette.text_at("pdf_url") or link
        if day := gazette.day_at("ausfertigungsdatum"):
            kind = EventKind.ASSENTED
            yield _about(node, "Ausfertigung", day, url, place=gazette.where, kind=kind, office="Bundespräsident")
        if day := gazette.day_at("verkuendungsdatum"):
            title = f"Verkündung {gazette.text_at('fundstelle')}".strip()
            yield _about(
                node, title, day, url, place=gazette.where, kind=EventKind.PUBLISHED, office="Bundesgesetzblatt"
            )


def _step(node: Node, link: str) -> Iterator[Find]:
    name, day = node["vorgangsposition"].text(), node["datum"].day()
    chamber = _CHAMBERS.get(node["zuordnung"].text(), node["zuordnung"].text())
    source = node.get("fundstelle")
    url = (source.text_at("pdf_url") if source else "") or link
    kind = next((kind for pattern, kind in _STEPS if pattern.search(name)), None)
    yield _about(node, name, day, url, place=node.where, kind=kind, office=chamber)
    for decision in node.each_at("beschlussfassung"):
        tenor = decision["beschlusstenor"].text()
        outcome = _outcome(tenor.strip()) if _LAST_READINGS.search(name) else None
        vote = EventKind.CHAMBER_VOTE if outcome else None
        find = _about(node, f"{name}: {tenor}", day, url, place=decision.where, kind=vote, office=chamber)
        yield replace(find, outcome=outcome)


def _outcome(tenor: str) -> Outcome | None:
    """How the vote on the bill ended, if it was one."""
    if _ACCEPTED.fullmatch(tenor):
        return Outcome.CARRIED
    return Outcome.LOST if _REFUSED.fullmatch(tenor) else None


def _about(
    node: Node, what: str, day: str | None, url: str, *, place: str,
    kind: EventKind | None = None, office: str = "Bundestag", is_dated: bool = True,
) -> Find:  # fmt: skip
    title = node["titel"].text()
    return Find(
        identity=(node["typ"].text(), node["id"].label(), what, (day or "") if is_dated else ""),
        title=f"{what}: {title}",
        topic=title,
        quote=what,
        place=place,
        url=url,
        published=day,
        # The day of a proceeding is that of its last document, and not of the state it is in.
        date=day if is_dated else None,
        kind=kind,
        office=office,
    )


def _paging(root: Node, page: Fetched) -> Paging:
    total = root.get("numFound")
    if total is None:
        return Paging()
    held, cursor = len(list(root.each_at("documents"))), root.text_at("cursor")
    # The last page gives the mark by which it was asked for.
    is_last = not held or held >= total.number() or not cursor or ("cursor", cursor) in query_of(page)
    return Paging(held, total.number(), "" if is_last else with_parameters(page.url, cursor=cursor))
