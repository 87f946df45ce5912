"""The rows of a file beside the record and beside each other; and putting what is new of them on record."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone

from tracker.actions import (
    ChangeRequest,
    LogTransaction,
    record_assessments,
    record_commitment,
    record_events,
    refusals_of,
    warnings_in,
)
from tracker.domain.facts import AssessmentFact, CommitmentFact, EventFact, Fact, ProcedureFact
from tracker.domain.same_act import Match, same_act, say
from tracker.domain.vocabulary import Subject, Verb
from tracker.exchange.dataset.comparing import compare
from tracker.exchange.sheets import Noun, Row
from tracker.models import Assessment, Commitment, Procedure
from tracker.models.facts_of_rows import assessment_fact, commitment_fact, procedure_fact
from tracker.readmodel.record import Record, current_edition

NEW, SAME, CONFLICTING, REFUSED = "new", "same", "conflicting", "refused"
_ASIDE: Final = frozenset({"sources", "confidence", "assessments"})
_SUBJECTS: Final[Mapping[Noun, Subject]] = {
    Noun.EVENT: Subject.EVENT,
    Noun.COMMITMENT: Subject.COMMITMENT,
    Noun.CLAIM: Subject.ASSESSMENT,
    Noun.PROCEDURE: Subject.PROCEDURE,
}
IMPORTED: Final = "A file that was imported tells it differently."


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file, beside the record."""

    row: Row
    state: str
    text: str = ""
    doubtful: bool = False

    @property
    def number(self) -> int:
        """Where it stands in the file."""
        return self.row.number

    @property
    def fact(self) -> EventFact | None:
        """The event, if the row is one."""
        return self.row.fact

    @property
    def key(self) -> str:
        """What its fact is called."""
        return self.row.fact.key if self.row.fact else self.row.key

    @property
    def title(self) -> str:
        """What it says."""
        return self.row.fact.title if self.row.fact else self.row.title


@dataclass(frozen=True, slots=True)
class Contents:
    """What of a file is new, by noun."""

    events: Sequence[EventFact] = field(default_factory=list)
    commitments: Sequence[CommitmentFact] = field(default_factory=list)
    claims: Sequence[tuple[str, AssessmentFact]] = field(default_factory=list)

    def record(self, log: LogTransaction) -> None:
        """Put all of it on record, what others rest on first."""
        for fact in self.commitments:
            record_commitment(log, fact)
        if self.events:
            record_events(log, self.events)
        if self.claims:
            record_assessments(log, self.claims)

    def keys(self) -> dict[str, list[str]]:
        """The names of all of it, by noun."""
        keys = {
            Noun.EVENT.value: [fact.key for fact in self.events],
            Noun.COMMITMENT.value: [fact.key for fact in self.commitments],
            Noun.CLAIM.value: [fact.key for _, fact in self.claims],
        }
        return {noun: names for noun, names in keys.items() if names}

    def __len__(self) -> int:
        return len(self.events) + len(self.commitments) + len(self.claims)


def contents_of(lines: Iterable[Line]) -> Contents:
    """What is new in the file."""
    rows = [line.row for line in lines if line.state == NEW]
    return Contents(
        [row.fact for row in rows if row.fact],
        [row.other for row in rows if isinstance(row.other, CommitmentFact)],
        [(row.commitment, row.other) for row in rows if isinstance(row.other, AssessmentFact)],
    )


def request_of(row: Row, fact: Fact, *, is_known: bool) -> ChangeRequest:
    """The row as a change for a reviewer to decide on; of another noun than an event, which is a report."""
    return ChangeRequest(
        verb=Verb.RECTIFY if is_known else Verb.RECORD,
        subject=_SUBJECTS[row.noun],
        key=row.key,
        title=row.title or row.key,
        fact=fact.document(),
        commitment=row.commitment if row.noun is Noun.CLAIM and not is_known else "",
        reason=IMPORTED if is_known else "",
    )


def set_beside(rows: Sequence[Row]) -> list[Line]:
    """Each row beside the record and the rows before it. Reads, and changes nothing."""
    events = _events_beside([(row, row.fact) for row in rows if row.fact])
    others = _others_beside([(row, row.other) for row in rows if row.other])
    return [
        events.get(row.number) or others.get(row.number) or Line(row, REFUSED, row.refusal or "it says nothing")
        for row in rows
    ]


def _events_beside(pairs: Sequence[tuple[Row, EventFact]]) -> dict[int, Line]:
    keys, documents = [fact.key for _, fact in pairs], (fact.document() for _, fact in pairs)
    compared = dict(zip(keys, compare(documents), strict=True))
    new = [(row, fact) for row, fact in pairs if compared[fact.key].match is Match.NEW]
    facts = [fact for _, fact in new]
    beside = _Beside(refusals_of(facts), _doubts(facts), dict(_twice(new)))
    return {row.number: beside.line(row, fact, compared[fact.key].fact) for row, fact in pairs}


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is to be said of new events: why they are refused, what to look at twice, and which came before."""

    refused: Mapping[str, Any]
    doubts: Mapping[str, str]
    twice: Mapping[int, str]

    def line(self, row: Row, fact: EventFact, known: EventFact | None) -> Line:
        """The row beside what the record knows of its event."""
        if fact.key in self.refused:
            return Line(row, REFUSED, str(self.refused[fact.key]))
        if known and known.key != fact.key:
            return Line(row, CONFLICTING, f"perhaps the same as “{known.key}”")
        if known:
            return _differing(row, known.document(), fact.document())
        if row.number in self.twice:
            return Line(row, CONFLICTING, self.twice[row.number])
        return Line(row, NEW, self.doubts.get(fact.key, ""), fact.key in self.doubts)


def _twice(pairs: Sequence[tuple[Row, EventFact]]) -> Iterator[tuple[int, str]]:
    """Rows that tell of an act of which a row before them tells, under another key."""
    word_for_word: dict[str, Row] = {}
    alike: dict[tuple[Any, ...], list[tuple[Row, EventFact]]] = defaultdict(list)
    for row, fact in pairs:
        document = fact.document()
        words = json.dumps({name: value for name, value in document.items() if name not in _ASIDE | {"key"}})
        before = alike[fact.accession, fact.actor, fact.kind]
        earlier = word_for_word.get(words) or next(
            (other for other, known in before if same_act(document, known)), None
        )
        if earlier:
            yield row.number, f"perhaps the same as “{earlier.key}” in row {earlier.number}"
        word_for_word.setdefault(words, row)
        before.append((row, fact))


def _doubts(facts: Sequence[EventFact]) -> dict[str, str]:
    """What to look at twice in which of the facts, by key."""
    warnings = warnings_in(facts, Record(current_edition()), timezone.now().date())
    texts = ((fact.key, " ".join(one.text for one in of_fact)) for fact, of_fact in zip(facts, warnings, strict=True))
    return {key: f"Look twice: {text}" for key, text in texts if text}


def _differing(row: Row, was: Mapping[str, Any], now: Mapping[str, Any]) -> Line:
    differences = [
        f"{name}: {say(was[name]) or 'nothing'} → {say(now[name]) or 'nothing'}"[:300]
        for name in now
        if name not in _ASIDE and now[name] != was[name]
    ]
    return Line(row, CONFLICTING, "; ".join(differences)) if differences else Line(row, SAME)


def _others_beside(pairs: Sequence[tuple[Row, Fact]]) -> dict[int, Line]:
    on_record = _on_record([row for row, _ in pairs])
    return {row.number: _other_line(row, fact, on_record.get((row.noun, row.key))) for row, fact in pairs}


def _other_line(row: Row, fact: Fact, known: Fact | None) -> Line:
    if known is not None:
        return _differing(row, known.document(), fact.document())
    if isinstance(fact, ProcedureFact):
        return Line(row, REFUSED, "there is no such procedure on record; a new one is loaded by command")
    if row.noun is Noun.CLAIM and not row.commitment:
        return Line(row, REFUSED, "“commitment” is missing: the key of what the claim is on")
    return Line(row, NEW)


def _on_record(rows: Sequence[Row]) -> dict[tuple[Noun, str], Fact]:
    """What the record has under the keys of the rows."""
    keys = {noun: [row.key for row in rows if row.noun is noun] for noun in Noun}
    claims = Assessment.objects.filter(key__in=keys[Noun.CLAIM], rectification__isnull=True).with_parts()
    commitments = Commitment.objects.filter(key__in=keys[Noun.COMMITMENT]).with_parts()
    procedures = Procedure.objects.filter(pk__in=keys[Noun.PROCEDURE])
    return {
        **{(Noun.CLAIM, one.key): assessment_fact(one) for one in claims},
        **{(Noun.COMMITMENT, one.key): commitment_fact(one) for one in commitments},
        **{(Noun.PROCEDURE, one.pk): procedure_fact(one) for one in procedures},
    }


def digest(lines: Sequence[Line]) -> str:
    """A short text that changes when the differences do."""
    text = "\n".join(f"{line.number} {line.state} {line.text}" for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()
