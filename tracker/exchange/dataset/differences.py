"""What a dataset says that the record does not: new, changed, better sourced, or kept as it was put right here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar

from tracker.actions import new_sources
from tracker.domain.exceptions import KeyTaken, NotReadable
from tracker.domain.facts import (
    AssessmentFact,
    CommitmentFact,
    EventFact,
    Fact,
    PartyFact,
    ProcedureFact,
    Source,
    StatementFact,
)
from tracker.domain.vocabulary import Origin, Subject
from tracker.exchange.dataset.files import Dataset, identity_of
from tracker.models import Assessment, Commitment, Event, Party, Procedure, Rectification, Statement
from tracker.models.facts_of_rows import (
    assessment_fact,
    commitment_fact,
    event_fact,
    party_fact,
    procedure_fact,
    statement_fact,
)

F = TypeVar("F", bound=Fact)

# What sources are added to one by one; the sources of the others are part of what they say.
Cited: Final = EventFact | CommitmentFact | AssessmentFact


@dataclass(frozen=True, slots=True)
class Difference(Generic[F]):
    """What one noun's file would change."""

    new: list[F] = field(default_factory=list)
    changed: list[F] = field(default_factory=list)
    # What was put right on this site stays; the file is told apart, and a person decides.
    kept: list[F] = field(default_factory=list)
    sourced: list[tuple[F, list[Source]]] = field(default_factory=list)
    # Taken back, with nothing in its place; only a release does that.
    retracted: list[F] = field(default_factory=list)
    same: int = 0


@dataclass(frozen=True, slots=True)
class Differences:
    """What a dataset would change."""

    parties: Difference[PartyFact]
    procedures: Difference[ProcedureFact]
    events: Difference[EventFact]
    commitments: Difference[CommitmentFact]
    assessments: Difference[AssessmentFact]
    statements: Difference[StatementFact]
    # Whose claim each assessment is: its key and the key of its commitment.
    commitment_of: dict[str, str]

    def lines(self) -> list[str]:
        """The differences for a person to read, a line a noun and a line a fact that is not simply new."""
        nouns = ("parties", "procedures", "events", "commitments", "assessments", "statements")
        return [line for noun in nouns for line in _describe(noun, getattr(self, noun))]

    @property
    def nothing(self) -> bool:
        """Whether loading would leave the record as it is."""
        return not any(part.new or part.changed or part.sourced or part.retracted for part in self.parts)

    @property
    def parts(self) -> tuple["Difference[Any]", ...]:
        """The differences of each noun."""
        return self.parties, self.procedures, self.events, self.commitments, self.assessments, self.statements


@dataclass(frozen=True, slots=True)
class Standing(Generic[F]):
    """What the record has for one key: what the shipped data last said, and whether that still stands."""

    shipped: F | None
    stands: bool
    sources: Sequence[Source] = ()


def find_differences(dataset: Dataset) -> Differences:
    """What the dataset says that the record does not. Reads the whole record, changes nothing.

    Raises `NotReadable` for a claim that the record has on another commitment.
    """
    _check_claims(dataset)
    claims = [(one.key, claim) for one in dataset.commitments for claim in one.assessments]
    return Differences(
        parties=_compare(dataset.parties, _parties()),
        procedures=_compare(dataset.procedures, _procedures()),
        events=_compare(dataset.events, _events()),
        commitments=_compare(dataset.commitments, _commitments()),
        assessments=_compare([claim for _, claim in claims], _assessments()),
        statements=_compare(dataset.statements, _statements()),
        commitment_of={claim.key: commitment for commitment, claim in claims},
    )


def _check_claims(dataset: Dataset) -> None:
    """Refuse a claim whose key is that of a claim on another commitment. Raises `NotReadable`."""
    owners = dict(Assessment.objects.values_list("key", "commitment__key"))
    for commitment in dataset.commitments:
        for claim in commitment.assessments:
            if owners.get(claim.key, commitment.key) != commitment.key:
                raise NotReadable(dataset.place_of(claim), str(KeyTaken(claim.key)))


def _compare(facts: Iterable[F], record: dict[str, Standing[F]]) -> Difference[F]:
    found: Difference[F] = Difference()
    same = 0
    for fact in facts:
        known = record.get(_name(fact))
        if known is None:
            found.new.append(fact)
        else:
            same += _is_same(fact, known, found)
    return replace(found, same=same)


def _is_same(fact: F, known: Standing[F], found: Difference[F]) -> bool:
    """Whether the fact tells nothing new; else it is put among what is found."""
    told = known.shipped is not None and _tells_the_same(fact, known.shipped)
    if known.shipped is None or not known.stands:
        if not told:
            found.kept.append(fact)
        return told
    sources = new_sources(fact.sources, known.sources) if isinstance(fact, Cited) else []
    if not told:
        found.changed.append(_with_cited(fact, known.sources))
    if sources:
        found.sourced.append((fact, sources))
    return told and not sources


def _tells_the_same(fact: Fact, other: Fact) -> bool:
    says_the_same: bool = fact.says_the_same_as(other) if hasattr(fact, "says_the_same_as") else fact == other
    return says_the_same


def _with_cited(fact: F, cited: Sequence[Source]) -> F:
    """The fact with those sources as well that were cited for it here: putting it right drops none of them."""
    own: tuple[Source, ...] = getattr(fact, "sources", ())
    return fact.model_copy(update={"sources": (*own, *new_sources(cited, own))})


def _parties() -> dict[str, Standing[PartyFact]]:
    ours = _rectified_here(Subject.PARTY)
    return {
        row.code: Standing(_shipped(row, party_fact(row)), row.code not in ours) for row in Party.objects.for_display()
    }


def _procedures() -> dict[str, Standing[ProcedureFact]]:
    ours = _rectified_here(Subject.PROCEDURE)
    rows = Procedure.objects.with_parts()
    return {row.ally_id: Standing(_shipped(row, procedure_fact(row)), row.ally_id not in ours) for row in rows}


def _commitments() -> dict[str, Standing[CommitmentFact]]:
    ours = _rectified_here(Subject.COMMITMENT)
    facts = [(row, commitment_fact(row)) for row in Commitment.objects.with_parts()]
    return {row.key: Standing(_shipped(row, fact), row.key not in ours, fact.sources) for row, fact in facts}


def _statements() -> dict[str, Standing[StatementFact]]:
    ours = _rectified_here(Subject.STATEMENT)
    rows = Statement.objects.all()
    # One that was taken back does not stand, whoever did it.
    return {
        row.key: Standing(_shipped(row, statement_fact(row)), row.key not in ours and not row.withdrawn) for row in rows
    }


def _events() -> dict[str, Standing[EventFact]]:
    rows = Event.objects.select_related("rectification").with_parts().order_by("version")
    found: dict[str, Standing[EventFact]] = {}
    for row in rows:
        fact = event_fact(row)
        shipped = fact if row.origin == Origin.DATASET else None
        before = found.get(row.key)
        stands = shipped is not None and not hasattr(row, "rectification")
        found[row.key] = Standing(shipped or (before.shipped if before else None), stands, fact.sources)
    return found


def _assessments() -> dict[str, Standing[AssessmentFact]]:
    rows = Assessment.objects.select_related("rectification").with_parts().order_by("version")
    found: dict[str, Standing[AssessmentFact]] = {}
    for row in rows:
        fact = assessment_fact(row)
        shipped = fact if row.origin == Origin.DATASET else None
        before = found.get(row.key)
        stands = shipped is not None and not hasattr(row, "rectification")
        found[row.key] = Standing(shipped or (before.shipped if before else None), stands, fact.sources)
    return found


def _shipped(row: Party | Procedure | Commitment | Statement, fact: F) -> F | None:
    return fact if row.origin == Origin.DATASET else None


def _rectified_here(subject: Subject) -> set[str]:
    """What people on this site have put right: the shipped data does not undo it."""
    ours = Rectification.objects.filter(subject=subject).exclude(origin=Origin.DATASET)
    return set(ours.values_list("key", flat=True))


def _describe(noun: str, found: Difference[F]) -> list[str]:
    counts = f"{len(found.new)} new, {len(found.changed)} changed, {len(found.sourced)} with new sources"
    lines = [f"{noun}: {counts}, {len(found.kept)} kept as put right here, {found.same} same"]
    lines += [f"  changed: {_name(fact)}" for fact in found.changed]
    lines += [f"  taken back: {_name(fact)}" for fact in found.retracted]
    lines += [f"  new sources: {_name(fact)} ({len(sources)})" for fact, sources in found.sourced]
    return lines + [f"  kept: {_name(fact)}" for fact in found.kept]


def _name(fact: Fact) -> str:
    return identity_of(fact)[2]
