"""Proceedings of Bundestag and Bundesrat, by the DIP API: `/vorgang` and `/vorgangsposition`, single or listed."""

import re
from collections.abc import Iterator
from typing import Final

from tracker.domain.vocabulary import EventKind
from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.base import Findings, NotUnderstood, Options
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


class BundestagReader:
    """The state of a proceeding, its signature and gazette, and each step with its decision."""

    key = "bundestag"

    def read(self, page: Fetched, options: Options) -> Findings:
        """One find a state, a step, a decision, a signature or a publication."""
        root, link = load(page), address(options, page)
        nodes = root["documents"].each() if root.has("documents") else (root,)
        return each_find(nodes, lambda node: _finds(node, link), House(self.key, "DEU", "de"), options)


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
        passed = _LAST_READINGS.search(name) and _ACCEPTED.fullmatch(tenor.strip())
        vote = EventKind.CHAMBER_VOTE if passed else None
        yield _about(node, f"{name}: {tenor}", day, url, place=decision.where, kind=vote, office=chamber)


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
