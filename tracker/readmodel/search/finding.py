"""What a query finds in an edition as of a day: questions answered first, then parties, then facts by their words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Final

from tracker.domain.vocabulary import AccessionStatus, Reached
from tracker.language.names import index_of
from tracker.readmodel.commitments import RecordedCommitment
from tracker.readmodel.edition import Edition
from tracker.readmodel.events import RecordedEvent
from tracker.readmodel.search.index import WordIndex
from tracker.readmodel.search.queries import Query, mend, understand
from tracker.readmodel.search.texts import texts_of

LONGEST: Final = 80
_MOST_WORDS: Final = 12
# What a fact counts for each party that is asked about and named in it, beside the words that it has.
_PARTY: Final = 4.0


class HitKind(StrEnum):
    """What was found."""

    PAGE = "page"
    STATE = "state"
    ACCESSION = "accession"
    RATIFICATION = "ratification"
    EVENT = "event"
    COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is, what names it, and the page that shows it, for English readers."""

    kind: HitKind
    key: str
    address: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds, the best first. `is_whole` is false where nothing has all of its words.

    `guesses` are the parties that the query may have meant where it names none.
    """

    hits: tuple[Hit, ...] = ()
    guesses: tuple[str, ...] = ()
    is_whole: bool = True

    def of(self, *kinds: HitKind) -> list[Hit]:
        """The hits of these kinds, the best first."""
        return [hit for hit in self.hits if hit.kind in kinds]


@dataclass(frozen=True, slots=True)
class Fact:
    """An event or a commitment that existed on a day: who is named in it, when it was, and the claims made by then."""

    kind: HitKind
    key: str
    codes: frozenset[str]
    latest: date
    claims: frozenset[str] = frozenset()

    def hit(self, score: float) -> Hit:
        """The fact as a hit."""
        return Hit(self.kind, self.key, f"/{self.kind}s/{self.key}/", score)


def search(record: Edition, day: date, text: str) -> Found:
    """What the text finds in the edition, of all that existed by that day."""
    typed = tuple(text[:LONGEST].split()[:_MOST_WORDS])
    names = index_of(record.parties.values())
    query = mend(understand(typed, names), index_of_words(record), names)
    facts, is_whole = _facts(record, day, query)
    parties = [*_parties(record, day, query)]
    # With further words it is an act that is looked for, and not the parties to it.
    named = [parties, facts] if not query.words or not is_whole else [_only_ratifications(parties), facts, parties]
    hits = [*_answers(record, day, query), *chain.from_iterable(named)]
    guesses = () if query.parties else tuple(alias.code for alias in names.near(" ".join(typed)))
    if not hits:
        hits = [Hit(HitKind.STATE, code, f"/states/{code}/") for code in guesses if code in record.states]
    return Found(tuple(_once(hits)), guesses, is_whole)


def _answers(record: Edition, day: date, query: Query) -> Iterator[Hit]:
    """The pages that answer the question."""
    if query.question is None:
        return
    if query.question.name == "missing":
        for code in _pending(record, day, query.parties):
            yield Hit(HitKind.ACCESSION, code, f"/accessions/{code}/")
    yield Hit(HitKind.PAGE, query.question.name, query.question.address)


def _pending(record: Edition, day: date, parties: Sequence[str]) -> list[str]:
    """The accessions that wait for an approval on that day; of those asked about, if any is."""
    codes = [
        code
        for code, standing in record.standings(day).items()
        if standing.status is AccessionStatus.SIGNED and (standing.pending or standing.unknown)
    ]
    return [code for code in codes if code in parties] or codes


def _parties(record: Edition, day: date, query: Query) -> Iterator[Hit]:
    """The parties that are named, and how one of them stood to the accession of another."""
    begun = [code for code in query.parties if _has_begun(record, code, day)]
    for applicant in begun:
        required = {standing.ally for standing in record.standing(applicant, day).required}
        for ally in (code for code in query.parties if code in required):
            yield Hit(HitKind.RATIFICATION, f"{applicant}/{ally}", f"/accessions/{applicant}/{ally}/")
    for code in query.parties:
        if code in record.states:
            yield Hit(HitKind.STATE, code, f"/states/{code}/")
    for code in begun:
        yield Hit(HitKind.ACCESSION, code, f"/accessions/{code}/")


def _only_ratifications(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.kind is HitKind.RATIFICATION]


def _has_begun(record: Edition, code: str, day: date) -> bool:
    """Whether anything of an accession of that state had happened by that day, or may have."""
    return any(event.has_happened_by(day) for event in record.events_by_accession.get(code, ()))


def _facts(record: Edition, day: date, query: Query) -> tuple[list[Hit], bool]:
    """The events and commitments with all that is looked for; where none has all, those that have most of it."""
    if not (query.words or query.parties):
        return [], True
    index = index_of_words(record)
    facts = record.once("facts to find", day, lambda: _existing(record, day))
    scores: dict[str, float] = defaultdict(float)
    matched: Counter[str] = Counter()
    for word in query.words:
        for key, score in _by_fact(index.find(word), facts).items():
            scores[key] += score
            matched[key] += 1
    for code, name in query.named.items():
        for key in _about(index, facts, code, name):
            scores[key] += _PARTY
            matched[key] += 1
    most = max(matched.values(), default=0)
    keys = [key for key, count in matched.items() if count == most]
    # Of equals, what was asked and promised comes before what happened, and the newer before the older.
    keys.sort(key=lambda key: (-scores[key], facts[key].kind is HitKind.EVENT, -facts[key].latest.toordinal(), key))
    wanted = len(query.words) + len(query.parties)
    return [facts[key].hit(scores[key]) for key in keys], most == wanted


def _about(index: WordIndex, facts: Mapping[str, Fact], code: str, name: Sequence[str]) -> set[str]:
    """The facts in which the party has a part, or whose texts name it so."""
    texts = [_by_fact(index.find(word), facts).keys() for word in name]
    return {key for key, fact in facts.items() if code in fact.codes} | set.intersection(*map(set, texts))


def index_of_words(record: Edition) -> WordIndex:
    """The words of everything on record, built when an edition is first searched."""
    return record.always("words", lambda: WordIndex.of(texts_of(record)))


def _existing(record: Edition, day: date) -> dict[str, Fact]:
    events = {f"event:{event.key}": _of_event(event) for event in record.events if event.has_happened_by(day)}
    commitments = {
        f"commitment:{recorded.key}": _of_commitment(recorded, day)
        for recorded in record.commitments
        if recorded.exists_by(day)
    }
    return {**events, **commitments}


def _of_event(event: RecordedEvent) -> Fact:
    codes = frozenset(filter(None, (event.actor, event.accession, *event.document["with"])))
    return Fact(HitKind.EVENT, event.key, codes, event.occurred.latest or date.max)


def _of_commitment(commitment: RecordedCommitment, day: date) -> Fact:
    made = frozenset(
        claim.document["key"]
        for claim in commitment.claims
        if claim.assessed.occurred.by(day) is not Reached.NOT_REACHED
    )
    latest = commitment.text_date.latest if commitment.text_date else None
    codes = frozenset((*commitment.accessions, *commitment.parties))
    return Fact(HitKind.COMMITMENT, commitment.key, codes, latest or date.min, made)


def _by_fact(scores: Mapping[str, float], facts: Mapping[str, Fact]) -> dict[str, float]:
    """The scores of the facts that existed; a claim that had been made counts for its commitment."""
    best: dict[str, float] = {}
    for key, score in scores.items():
        about = key
        if key.startswith("claim:"):
            _, commitment, claim = key.split(":")
            about = f"commitment:{commitment}"
            if about not in facts or claim not in facts[about].claims:
                continue
        if about in facts:
            best[about] = max(best.get(about, 0.0), score)
    return best


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    seen: set[tuple[HitKind, str]] = set()
    for hit in hits:
        if (hit.kind, hit.key) not in seen:
            seen.add((hit.kind, hit.key))
            yield hit
