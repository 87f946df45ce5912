"""Which line of a dataset a refusal is about."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError

from tracker.actions.accessions import open_accessions
from tracker.actions.act_index import ActIndex, acts_on_record
from tracker.actions.changelog import LogTransaction
from tracker.actions.checks import check_event, check_parties, check_sourced
from tracker.actions.events import Recording, concerned
from tracker.domain.exceptions import NotReadable, TrackerError
from tracker.domain.facts import EventFact, Fact
from tracker.domain.standing import acts_of
from tracker.exchange.dataset.files import Dataset
from tracker.readmodel.record import Record


@contextmanager
def blaming(dataset: Dataset, fact: Fact) -> Iterator[None]:
    """Whatever is refused in here is refused for this fact. Raises `NotReadable`, with its file, line and key."""
    try:
        yield
    except (TrackerError, IntegrityError) as refusal:
        raise NotReadable(dataset.place_of(fact), str(refusal)) from refusal


def open_recording(log: LogTransaction, dataset: Dataset, facts: Sequence[EventFact]) -> Recording:
    """The batch of events, judged together. Raises `NotReadable` with the place of the first that cannot be."""
    try:
        return Recording(log, facts)
    except TrackerError:
        _judge_each(log, dataset, facts)
        raise


def _judge_each(log: LogTransaction, dataset: Dataset, facts: Sequence[EventFact]) -> None:
    """Judge the facts once more, each by itself, to find the one that was refused."""
    record = Record(log.position)
    acts = acts_on_record({*concerned(facts), *(fact.actor for fact in facts)}, record.edition)
    together = ActIndex([*acts, *(act for fact in facts for act in acts_of(fact, record.edition))], record.rules)
    for fact in facts:
        with blaming(dataset, fact):
            accession = [fact.accession] if fact.accession else []
            check_parties({fact.actor, *fact.others, *accession})
            open_accessions(log, accession)
            check_sourced(fact, log.origin)
            check_event(fact, together, record.procedures)
