"""Treaties before the UK Parliament, by its Treaties API: `/api/Treaty`, `/api/Treaty/{id}` and its business items."""

import re
from collections.abc import Iterator
from typing import Final

from tracker.domain.vocabulary import EventKind
from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.base import Findings, NotUnderstood, Options
from tracker.sources.readers.paging import Paging, number_in, with_parameters
from tracker.sources.readers.suggest import Find, House, address, each_find
from tracker.sources.readers.tree import Node, load

_LAID: Final = re.compile(r"^(?:treaty )?(?:re-?)?laid before (?:the )?house of (?:commons|lords)\b", re.IGNORECASE)
_HOUSES: Final = {"commonsLayingDate": "House of Commons", "lordsLayingDate": "House of Lords"}
# Consent in the United Kingdom is a term that runs out, not a vote. The conclusion carries no date of its own.
_CONCLUSIONS: Final = {
    "CanRatify": (EventKind.CONSENT, "Parliamentary procedure concluded: the treaty can be ratified"),
    "CantRatify": (EventKind.OBJECTION, "Parliamentary procedure concluded: the treaty cannot be ratified"),
}


class UkTreatiesReader:
    """The laying, the steps and the conclusion of treaties under the Act of 2010."""

    key = "uk_treaties"
    label = "UK Parliament: treaties"

    def read(self, page: Fetched, options: Options) -> Findings:
        """One find a step, or for a treaty one a house and one for its conclusion."""
        link = address(options, page)
        return each_find(_values(load(page)), lambda value: _finds(value, link), House(self.key, "GBR", "en"), options)

    def paging(self, page: Fetched, options: Options) -> Paging:
        """How many results the document holds, of how many, and where the next are."""
        return _paging(load(page), page)


def _values(root: Node) -> Iterator[Node]:
    """The resources, whether the document holds one or a page of them."""
    yield from root["items"].each() if root.has("items") else (root,)


def _finds(resource: Node, link: str) -> Iterator[Find]:
    value = resource["value"]
    if value.has("itemDate"):
        yield from _steps(value, link)
    elif value.has("parliamentaryConclusion"):
        yield from _layings(value, link)
        yield from _conclusion(value, link)
    else:
        raise NotUnderstood(value.where, "a treaty or a business item", value.described())


def _steps(item: Node, link: str) -> Iterator[Find]:
    """A business item, which names one step or, since the interface changed, a list of them."""
    steps = [step.text() for step in item["steps"].each()] if item.has("steps") else [item["stepName"].text()]
    if not steps:
        raise NotUnderstood(item.where, "at least one step", "none")
    day = item["itemDate"].day()
    houses = ", ".join(house.text_at("name") or house.text_at("house") for house in item.each_at("houses"))
    for step in steps:
        yield Find(
            identity=(item["id"].text(), step, day or ""),
            title=step,
            topic=step,
            quote=step,
            place=item.where,
            url=item.text_at("link") or link,
            summary=houses,
            published=day,
            date=day,
            kind=EventKind.LAID if _LAID.search(step) else None,
            office=houses,
        )


def _layings(treaty: Node, link: str) -> Iterator[Find]:
    for member, house in _HOUSES.items():
        if day := treaty.day_at(member):
            yield _about(treaty, f"Laid before the {house}", link, day, EventKind.LAID, house)


def _conclusion(treaty: Node, link: str) -> Iterator[Find]:
    conclusion = treaty.text_at("parliamentaryConclusion")
    if conclusion in _CONCLUSIONS:
        kind, title = _CONCLUSIONS[conclusion]
        yield _about(treaty, title, link, None, kind, "Parliament")
    elif conclusion not in {"", "NotConcluded"}:
        raise NotUnderstood(f"{treaty.where}.parliamentaryConclusion", "CanRatify, CantRatify or none", conclusion)


def _about(treaty: Node, title: str, link: str, day: str | None, kind: EventKind, office: str) -> Find:
    name = treaty["name"].text()
    paper = " ".join(node.label() for key in ("commandPaperPrefix", "commandPaperNumber") if (node := treaty.get(key)))
    return Find(
        identity=(treaty["id"].text(), title, day or ""),
        title=f"{title}: {name}",
        topic=name,
        quote=name,
        place=treaty.where,
        url=treaty.text_at("webLink") or link,
        summary=paper,
        published=day,
        date=day,
        kind=kind,
        office=office,
    )


def _paging(root: Node, page: Fetched) -> Paging:
    total = root.get("totalResults")
    if total is None:
        return Paging()
    held = len(list(root.each_at("items")))
    skipped = number_in(page, "Skip")
    is_last = not held or skipped + held >= total.number()
    return Paging(held, total.number(), "" if is_last else with_parameters(page.url, Skip=str(skipped + held)))
