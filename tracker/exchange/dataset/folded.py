"""The facts that a log has come to, and what other facts say beside them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from tracker.actions import name_of
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
from tracker.domain.vocabulary import Subject
from tracker.exchange.dataset.differences import Difference, Differences
from tracker.exchange.dataset.files import Dataset
from tracker.models import Change
from tracker.readmodel.fold import Entry, State, Table, fold

F = TypeVar("F", bound=Fact)

# What the fold adds to a document: where and when the log said it.
_ADDED: Final = frozenset({"recorded", "recorded_at", "version", "commitment"})

# What names a fact of each noun in the payload of the entry that records it.
_NAMED_BY: Final = {
    Subject.PARTY: "code",
    Subject.PROCEDURE: "ally",
    Subject.EVENT: "key",
    Subject.COMMITMENT: "key",
    Subject.ASSESSMENT: "key",
    Subject.STATEMENT: "key",
}


def fold_entries(entries: Iterable[Change]) -> State:
    """What is public after these entries, which are the first of a log."""
    return fold(State(), (Entry(one.position, one.type, one.recorded_at, one.payload, one.root) for one in entries))


def facts_of(state: State) -> Dataset:
    """The facts of a folded log, in the form that facts have today."""
    claims: dict[str, list[AssessmentFact]] = defaultdict(list)
    for document in state.assessments.values():
        claims[document["commitment"]].append(AssessmentFact.model_validate(_bare(document)))
    return Dataset(
        parties=_facts(PartyFact, state.parties),
        procedures=_facts(ProcedureFact, state.procedures),
        events=_facts(EventFact, state.events),
        commitments=[
            fact.model_copy(update={"assessments": tuple(claims[fact.key])})
            for fact in _facts(CommitmentFact, state.commitments)
        ],
        statements=_facts(StatementFact, state.statements),
    )


def facts_as_recorded(entries: Sequence[Change]) -> Dataset:
    """The facts that these entries have come to, in the order in which each first came onto the record.

    The fold moves what is put right to the end of its table; the files, and with them the entries of one day, do not.
    """
    facts, first = facts_of(fold_entries(entries)), _first_told(entries)

    def ordered(nouns: Sequence[F]) -> list[F]:
        return sorted(nouns, key=lambda fact: first[name_of(fact)])

    commitments = (
        one.model_copy(update={"assessments": tuple(ordered(one.assessments))}) for one in ordered(facts.commitments)
    )
    return Dataset(
        parties=ordered(facts.parties),
        procedures=ordered(facts.procedures),
        events=ordered(facts.events),
        commitments=list(commitments),
        statements=ordered(facts.statements),
    )


def _first_told(entries: Sequence[Change]) -> dict[tuple[Subject, str], int]:
    first: dict[tuple[Subject, str], int] = {}
    for entry in entries:
        for subject, field in _NAMED_BY.items():
            if isinstance(told := entry.payload.get(subject), Mapping) and field in told:
                first.setdefault((subject, told[field]), entry.position)
    return first


def differences_between(before: Dataset, after: Dataset) -> Differences:
    """What the later facts say that the earlier ones do not, exactly as they say it."""
    return Differences(
        parties=_compare(before.parties, after.parties),
        procedures=_compare(before.procedures, after.procedures),
        events=_compare(before.events, after.events),
        commitments=_compare(map(_alone, before.commitments), map(_alone, after.commitments)),
        assessments=_compare(_claims(before), _claims(after)),
        statements=_compare(before.statements, after.statements),
        commitment_of={claim.key: one.key for one in after.commitments for claim in one.assessments},
    )


def _compare(before: Iterable[F], after: Iterable[F]) -> Difference[F]:
    known = _by_name(before)
    told = _by_name(after)
    found: Difference[F] = Difference(retracted=[fact for name, fact in known.items() if name not in told])
    for name, fact in told.items():
        if name not in known:
            found.new.append(fact)
        elif sources := _only_sourced(known[name], fact):
            found.sourced.append((fact, sources))
        elif fact != known[name]:
            found.changed.append(fact)
    return found


def _only_sourced(was: Fact, now: Fact) -> list[Source]:
    """The sources that were added, if nothing else differs; nothing for a noun whose sources are part of it."""
    if not isinstance(now, EventFact | CommitmentFact | AssessmentFact):
        return []
    before: Sequence[Source] = getattr(was, "sources", ())
    added = [source for source in now.sources if source not in before]
    return added if was.model_copy(update={"sources": (*before, *added)}) == now else []


def _by_name(facts: Iterable[F]) -> dict[tuple[Subject, str], F]:
    return {name_of(fact): fact for fact in facts}


def _alone(commitment: CommitmentFact) -> CommitmentFact:
    return commitment.model_copy(update={"assessments": ()})


def _claims(dataset: Dataset) -> list[AssessmentFact]:
    return [claim for commitment in dataset.commitments for claim in commitment.assessments]


def _facts(noun: type[F], table: Table) -> list[F]:
    return [noun.model_validate(_bare(document)) for document in table.values()]


def _bare(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in _ADDED}
