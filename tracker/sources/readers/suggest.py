"""Build findings that carry a suggestion for as much as is certain, one for each accession a document is about."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from tracker.domain.vocabulary import EventKind, Outcome
from tracker.fetch.outcomes import Fetched
from tracker.language.names import fold
from tracker.sources.findings import Finding, Suggestion, Tally, fingerprint
from tracker.sources.matching import APPLICANTS, match
from tracker.sources.readers.base import Findings, NotUnderstood, Options, Row, read_each, shorten

_TITLE: Final = 200
_QUOTE: Final = 500
_AS_APPLICANT: Final = {EventKind.CHAMBER_VOTE: EventKind.APPLICANT_VOTE}


@dataclass(frozen=True, slots=True)
class Find:
    """What a reader took from one place, before anybody asks what it means.

    `identity` are the parts that make it this find and no other; `topic` is the text that says what it is about.
    """

    identity: tuple[str, ...]
    title: str
    topic: str
    quote: str
    place: str
    url: str
    summary: str = ""
    published: str | None = None
    date: str | None = None
    kind: EventKind | None = None
    office: str = ""
    votes: Tally | None = None
    outcome: Outcome | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True)
class House:
    """Whose interface a reader knows, and the language it is written in."""

    reader: str
    ally: str
    language: str


def findings(find: Find, *, reader: str, ally: str | None, language: str, options: Options) -> list[Finding]:
    """The find once for each accession that the operator named, or once for what its own words name.

    None where the operator's option `words` names words and the topic has none of them. A kind is suggested only
    together with an accession: an act on something unknown is no act of ours.
    """
    if not concerns(find.topic, options):
        return []
    named = accessions(options)
    topics: list[tuple[str, ...]] = [(code,) for code in named]
    return [
        Finding(
            # Its name does not depend on what its words are taken to mean: they may be put right.
            fingerprint=fingerprint(reader, *find.identity, about[0] if named else None),
            title=shorten(find.title, _TITLE),
            summary=find.summary,
            url=find.url,
            published=find.published,
            quote=shorten(find.quote, _QUOTE),
            place=find.place,
            suggestion=_suggestion(find, about, ally),
            language=language,
        )
        for about in topics or [_accessions(find, language, options)]
    ]


def each_find(rows: Iterable[Row], finds: Callable[[Row], Iterable[Find]], house: House, options: Options) -> Findings:
    """What all rows say, each by itself: one that cannot be read is left out and counted."""

    def read(row: Row) -> list[Finding]:
        return [
            finding
            for find in finds(row)
            for finding in findings(
                find, reader=house.reader, ally=house.ally, language=house.language, options=options
            )
        ]

    return read_each(rows, read)


def _accessions(find: Find, language: str, options: Options) -> tuple[str, ...]:
    return match(find.topic, language=language, applicants=options.get("applicants", APPLICANTS)).accessions


def _suggestion(find: Find, about: tuple[str, ...], state: str | None) -> Suggestion:
    """What the find stands for; a state that acts on its own accession acts as the applicant."""
    accession = about[0] if about else None
    is_own = accession is not None and accession == state
    kind = _AS_APPLICANT.get(find.kind) if is_own and find.kind else find.kind
    return Suggestion(
        accession=accession,
        ally=None if is_own else state,
        kind=kind if accession else None,
        date=find.date,
        office=find.office,
        votes=find.votes,
        also=about[1:],
        outcome=find.outcome if kind and accession else None,
        planned=find.planned,
    )


def concerns(topic: str, options: Options) -> bool:
    """Whether a text has a word that begins like one in the option `words`; without the option every text does."""
    words = options.get("words") or ()
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) and word for word in words):
        raise NotUnderstood("option words", "a list of words", repr(words))
    simple = fold(topic)
    return not words or any(re.search(rf"\b{re.escape(fold(word))}", simple) for word in words)


def accessions(options: Options) -> tuple[str, ...]:
    """The accessions that the operator says the source is about; none said, none returned."""
    codes = options.get("accessions", ())
    if not isinstance(codes, list | tuple) or not all(isinstance(code, str) for code in codes):
        raise NotUnderstood("option accessions", "a list of codes", codes)
    return tuple(codes)


def address(options: Options, page: Fetched) -> str:
    """The address for people: what the operator gave, or where the document came from."""
    given = options.get("link")
    return given if isinstance(given, str) and given else page.url
