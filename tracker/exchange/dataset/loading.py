"""Loading a dataset: all of it or nothing, in order of date, and a second time without a trace.

The shipped facts come with their log, which a record that has nothing else takes word for word. Any other facts,
and the shipped ones where editors have added entries of their own, are entered as new, put right, or better sourced.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from tracker.actions import (
    Justification,
    LogTransaction,
    add_assessment_sources,
    add_commitment_sources,
    add_sources,
    correct_assessment,
    correct_commitment,
    correct_event,
    correct_party,
    correct_procedure,
    correct_statement,
    dry_run,
    log_transaction,
    name_of,
    record_assessments,
    record_commitment,
    record_party,
    record_procedure,
    record_statement,
    replay_entries,
)
from tracker.domain.dates import PartialDate
from tracker.domain.facts import AssessmentFact, CommitmentFact, EventFact, Fact
from tracker.domain.vocabulary import Origin
from tracker.exchange.dataset.differences import Differences, find_differences
from tracker.exchange.dataset.error_location import located_errors, open_batch
from tracker.exchange.dataset.files import SHIPPED, Dataset, read_dataset
from tracker.exchange.dataset.lines import is_on_line
from tracker.exchange.dataset.shipped_log import LOG, entries_of, read_log
from tracker.models import Assessment, Change, Commitment, Event
from tracker.readmodel.record import current_edition, current_mark

_REASON: Final = "The shipped data was put right."

F = TypeVar("F", bound=Fact)

Tick = Callable[[], object]
# Why a fact is put right, by its kind and its key.
Reasons = Mapping[tuple[str, str], str]


def load_dataset(dataset: Dataset, tick: Tick = lambda: None) -> Differences:
    """Put on record what the dataset says and the record does not; what that was.

    The key of a fact decides whether it is new. A changed fact becomes a rectification, a new source is
    added, what was put right on this site stays. Nobody is notified of shipped data. `tick` is called
    once for each fact that is new or changed. Raises `NotReadable` for the first fact that is refused.
    """
    return _enter(dataset, {}, tick)


def load_shipped(tick: Tick = lambda: None, folder: Path = SHIPPED) -> list[str]:
    """Bring the record up to the newest shipped release; what that did, line by line, and nothing if it is there.

    A record that has nothing but shipped entries takes the further ones as they are, with their positions and
    moments, so that it is the same record everywhere. One with entries of its own keeps them, and takes what is new
    as `load_dataset` does, for the reasons that the shipped log gives. `tick` is called once an entry, or a fact.
    """
    releases = read_log(folder / LOG.name)
    if is_on_line(releases):
        entries = entries_of(releases, after=current_edition())
        replay_entries(entries, tick)
        return [f"{len(entries)} entries of the shipped log, up to edition {current_mark().name}."] if entries else []
    loaded = _enter(read_dataset(folder), reasons_in(entries_of(releases)), tick)
    return [] if loaded.nothing else loaded.lines()


def _enter(dataset: Dataset, reasons: Reasons, tick: Tick) -> Differences:
    with log_transaction(origin=Origin.DATASET) as log:
        return enter_differences(log, dataset, find_differences(dataset), reasons, tick)


def try_dataset(dataset: Dataset) -> None:
    """Load the dataset and undo it. Raises what loading it would raise."""
    dry_run(lambda log: enter_differences(log, dataset, find_differences(dataset), {}), by=None, origin=Origin.DATASET)


def reasons_in(entries: Iterable[Change]) -> dict[tuple[str, str], str]:
    """Why each fact was put right, by its kind and key, as the entries last tell."""
    corrections = (entry.payload for entry in entries if entry.type.endswith(".rectified"))
    return {(payload["subject"], payload["key"]): payload["reason"] for payload in corrections}


def enter_differences(
    log: LogTransaction, dataset: Dataset, found: Differences, reasons: Reasons, tick: Tick = lambda: None
) -> Differences:
    """Put the differences on record; what they were. Raises `NotReadable` for the first fact that is refused."""
    _Load(log, dataset, found, reasons, tick).run()
    return found


def count_of(found: Differences) -> int:
    """How many facts are new or changed: how often loading will tick."""
    return sum(len(part.new) + len(part.changed) + len(part.retracted) for part in found.parts)


class _Load:
    """One load: what is to be written, with what, and whose line it is."""

    def __init__(self, log: LogTransaction, dataset: Dataset, found: Differences, reasons: Reasons, tick: Tick) -> None:
        self.log = log
        self.dataset = dataset
        self.found = found
        self.reasons = reasons
        self.tick = tick

    def run(self) -> None:
        """Write all that was found."""
        if not self.found.nothing:
            self._each(self.found.parties.new, lambda fact: record_party(self.log, fact))
            self._each(self.found.procedures.new, lambda fact: record_procedure(self.log, fact))
            # A side that is put right comes before the claims on it, which only some sides may make.
            self._correct_commitments()
            self._enter_history()
            self._correct()
            self._take_back()
            self._add_sources()
            self._each(self.found.statements.new, lambda fact: record_statement(self.log, fact))

    def _each(self, facts: Iterable[F], write: Callable[[F], object]) -> None:
        for fact in facts:
            with located_errors(self.dataset, fact):
                write(fact)
            self.tick()

    def _enter_history(self) -> None:
        """Enter events, commitments and claims in order of date, so that the log of a fresh record reads as history."""
        batch = open_batch(self.log, self.dataset, self.found.events.new)

        def enter(fact: EventFact | CommitmentFact | AssessmentFact) -> None:
            match fact:
                case EventFact():
                    batch.enter(fact)
                case CommitmentFact():
                    record_commitment(self.log, fact)
                case AssessmentFact():
                    record_assessments(self.log, [(self.found.commitment_of[fact.key], fact)])

        self._each(_in_order_of_date(self.found), enter)
        batch.close()

    def _correct_commitments(self) -> None:
        log, found, why = self.log, self.found, self._why
        self._each(found.commitments.changed, lambda fact: correct_commitment(log, fact, why(fact)))

    def _correct(self) -> None:
        log, found, why = self.log, self.found, self._why
        self._each(found.parties.changed, lambda fact: correct_party(log, fact, why(fact)))
        self._each(found.procedures.changed, lambda fact: correct_procedure(log, fact, why(fact)))
        self._each(found.events.changed, lambda fact: correct_event(log, fact.key, fact, why(fact)))
        self._each(found.assessments.changed, lambda fact: correct_assessment(log, fact.key, fact, why(fact)))
        self._each(found.statements.changed, lambda fact: correct_statement(log, fact.key, fact, why(fact)))

    def _take_back(self) -> None:
        log, found = self.log, self.found
        self._each(found.statements.retracted, lambda fact: correct_statement(log, fact.key, None, self._why(fact)))
        self._each(found.assessments.retracted, lambda fact: correct_assessment(log, fact.key, None, self._why(fact)))
        self._each(found.events.retracted, lambda fact: correct_event(log, fact.key, None, self._why(fact)))

    def _why(self, fact: Fact) -> Justification:
        return Justification(self.reasons.get(name_of(fact), _REASON))

    def _add_sources(self) -> None:
        events = Event.objects.standing().prefetch_related("citations")
        for event, sources in self.found.events.sourced:
            add_sources(self.log, events.get(key=event.key), sources)
        commitments = Commitment.objects.prefetch_related("citations")
        for commitment, sources in self.found.commitments.sourced:
            add_commitment_sources(self.log, commitments.get(key=commitment.key), sources)
        claims = Assessment.objects.filter(rectification__isnull=True).with_parts()
        for claim, sources in self.found.assessments.sourced:
            add_assessment_sources(self.log, claims.get(key=claim.key), sources)


def _in_order_of_date(found: Differences) -> Sequence[EventFact | CommitmentFact | AssessmentFact]:
    made = {one.key: _made(one) for one in found.commitments.new}
    dated: list[tuple[date, EventFact | CommitmentFact | AssessmentFact]] = [
        *((_first_day(event.occurred), event) for event in found.events.new),
        *((made[commitment.key], commitment) for commitment in found.commitments.new),
        # A claim follows the commitment that it is about, even where it was made before.
        *(
            (max(_first_day(claim.occurred), made.get(found.commitment_of[claim.key], date.min)), claim)
            for claim in found.assessments.new
        ),
    ]
    return [fact for _, fact in sorted(dated, key=lambda pair: pair[0])]


def _first_day(occurred: PartialDate) -> date:
    return occurred.earliest or date.min


def _made(commitment: CommitmentFact) -> date:
    made = commitment.stems_from.date
    return _first_day(PartialDate.parse(made)) if made else date.min
