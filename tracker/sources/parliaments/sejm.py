"""The Polish Sejm, by its API: processes with their stages, prints, and votings, below `/sejm/term{n}/`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from tracker.domain.vocabulary import EventKind, Outcome
from tracker.fetch.outcomes import Fetched
from tracker.sources.findings import Tally
from tracker.sources.readers.base import Findings, NotUnderstood, Options
from tracker.sources.readers.paging import Paging, number_in, with_parameters
from tracker.sources.readers.suggest import Find, House, address, each_find
from tracker.sources.readers.tree import Node, load

_STAGES: Final[Mapping[str, tuple[EventKind, str]]] = {
    "Start": (EventKind.SUBMITTED, "Sejm"),
    "ReadingReferral": (EventKind.REFERRED, "Sejm"),
    "CommitteeReport": (EventKind.COMMITTEE_REPORT, "Sejm"),
    "SenatePosition": (EventKind.CHAMBER_VOTE, "Senat"),
    "PresidentSignature": (EventKind.ASSENTED, "President"),
}
# Amendments are voted on too; only the vote on the whole bill is an act on the treaty, and not one on rejecting it.
_WHOLE_BILL: Final = re.compile(r"całości\w* projektu", re.IGNORECASE)
_REJECTING: Final = re.compile(r"odrzuc", re.IGNORECASE)
# The name of a stage says who had the bill, and these words what came of it: an act where they say so, and where
# nothing takes it back.
_OUTCOMES: Final[Mapping[str, re.Pattern[str]]] = {
    "SenatePosition": re.compile(r"nie wni[oó]s\w* poprawek|bez poprawek|przyj[ąę]\w* ustawę", re.IGNORECASE),
    "PresidentSignature": re.compile(r"podpis(?:ał|ano|ana|anie)", re.IGNORECASE),
}
_REFUSED: Final = re.compile(r"odrzuc|odm[oó]wi|nie podpisa|zawetowa|weto|trybuna|wni[oó]s\w* sprzeciw", re.IGNORECASE)
_DEEPEST: Final = 8
# What it gives where the address does not say how many.
_LIMIT: Final = 50


class SejmReader:
    """One process, one print or voting, or a list of them; recognised by their members."""

    key = "sejm"
    label = "Polish Sejm"

    def read(self, page: Fetched, options: Options) -> Findings:
        """One find a stage, print or voting."""
        root, link = load(page), address(options, page)
        nodes = [root] if isinstance(root.value, dict) else root.each()
        return each_find(nodes, lambda node: _shape(node)(node, link), House(self.key, "POL", "pl"), options)

    def paging(self, page: Fetched, options: Options) -> Paging:
        """How many results the document holds, of how many, and where the next are."""
        return _paging(load(page), page)


def _shape(node: Node) -> Callable[[Node, str], Iterator[Find]]:
    if node.has("stages"):
        return _process
    if node.has("votingNumber"):
        return _voting
    if node.has("documentDate") or node.has("processStartDate"):
        return _document
    raise NotUnderstood(node.where, "a process, a print or a voting", node.described())


def _process(process: Node, link: str) -> Iterator[Find]:
    for stage in process["stages"].each():
        yield from _stage(process, stage, link, "", 0)


def _stage(process: Node, stage: Node, link: str, above: str, depth: int) -> Iterator[Find]:
    """The stage and those within it. A stage without a date has not been dated, and is not told."""
    if depth > _DEEPEST:
        raise NotUnderstood(stage.where, f"at most {_DEEPEST} levels of stages", "more")
    name, kind = stage["stageName"].text(), stage["stageType"].text()
    if kind != "Voting" and (day := stage.day_at("date")):
        act, office = _STAGES.get(kind, (None, "Sejm"))
        outcome = _outcome(stage)
        came_about = _came_about(kind, f"{name} {outcome}")
        find = _about(
            process, stage.where, name, day, link, kind=act if came_about else None, office=office, detail=outcome
        )
        yield replace(find, outcome=Outcome.CARRIED if find.kind is EventKind.CHAMBER_VOTE else None)
    if voting := stage.get("voting"):
        yield _vote_of_stage(process, voting, stage.day_at("date"), f"{above} – {name}".strip(" –"), link)
    for child in stage.each_at("children"):
        yield from _stage(process, child, link, name, depth + 1)


def _outcome(stage: Node) -> str:
    return stage.text_at("decision") or stage.text_at("position")


def _came_about(kind: str, words: str) -> bool:
    """Whether the words of the stage say that the act was done; of most stages their name says it."""
    wanted = _OUTCOMES.get(kind)
    return wanted is None or bool(wanted.search(words) and not _REFUSED.search(words))


def _is_whole(words: str) -> bool:
    return bool(_WHOLE_BILL.search(words)) and not _REJECTING.search(words)


def _vote_of_stage(process: Node, voting: Node, day: str | None, name: str, link: str) -> Find:
    whole = _is_whole(f"{voting.text_at('topic')} {voting.text_at('description')}")
    return _about(
        process, voting.where, name, voting.day_at("date") or day, link,
        kind=EventKind.CHAMBER_VOTE if whole else None, office="Sejm", detail=_number(voting), votes=_tally(voting),
    )  # fmt: skip


def _about(
    process: Node, place: str, name: str, day: str | None, link: str, *,
    kind: EventKind | None, office: str, detail: str, votes: Tally | None = None,
) -> Find:  # fmt: skip
    title = process["title"].text()
    return Find(
        identity=(_term(process), process["number"].label(), name, day or "", detail),
        title=f"{name}: {title}",
        topic=title,
        quote=" – ".join(filter(None, (name, detail))),
        place=place,
        url=link,
        summary=detail,
        published=day,
        date=day,
        kind=kind,
        office=office,
        votes=votes,
    )


def _voting(voting: Node, link: str) -> Iterator[Find]:
    title, topic, day = voting["title"].text(), voting.text_at("topic"), voting["date"].day()
    words = f"{topic} {voting.text_at('description')}"
    yield Find(
        identity=("voting", _term(voting), _number(voting), day or ""),
        title=title,
        topic=title,
        quote=f"{title} {topic}".strip(),
        place=voting.where,
        url=link,
        summary=f"{topic} {_number(voting)}".strip(),
        published=day,
        date=day,
        kind=EventKind.CHAMBER_VOTE if _is_whole(words) else None,
        office="Sejm",
        votes=_tally(voting),
    )


def _document(document: Node, link: str) -> Iterator[Find]:
    """A print, or a process in a list, which comes without its stages. The day of a print is no act."""
    day = document.day_at("documentDate") or document.day_at("processStartDate")
    title = document["title"].text()
    number = document["number"].label()
    yield Find(
        identity=("document", _term(document), number, day or ""),
        title=title,
        topic=title,
        quote=title,
        place=document.where,
        url=link,
        summary=f"druk {number}",
        published=day,
        office="Sejm",
    )


def _term(node: Node) -> str:
    """Every Sejm counts its processes, prints and sittings from one."""
    term = node.get("term")
    return term.label() if term else ""


def _number(voting: Node) -> str:
    return f"{voting['sitting'].number()}/{voting['votingNumber'].number()}"


def _tally(voting: Node) -> Tally:
    absent = voting.get("notParticipating")
    return Tally(
        yes=voting["yes"].number(),
        no=voting["no"].number(),
        abstain=voting["abstain"].number(),
        absent=absent.number() if absent else None,
    )


def _paging(root: Node, page: Fetched) -> Paging:
    """The Sejm does not say how many there are: a list that is full may have another page."""
    if not isinstance(root.value, list):
        return Paging()
    limit = number_in(page, "limit") or _LIMIT
    held = len(root.value)
    return Paging(
        held, None, with_parameters(page.url, offset=str(number_in(page, "offset") + held)) if held >= limit else ""
    )
