"""Which line of a dataset a refusal is about."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError

from tracker.actions import EventBatch, LogTransaction, refusals_of
from tracker.domain.exceptions import NotReadable, TrackerError
from tracker.domain.facts import EventFact, Fact
from tracker.exchange.dataset.files import Dataset


@contextmanager
def located_errors(dataset: Dataset, fact: Fact) -> Iterator[None]:
    """Whatever is refused in here is refused for this fact. Raises `NotReadable`, with its file, line and key."""
    try:
        yield
    except (TrackerError, IntegrityError) as refusal:
        raise NotReadable(dataset.place_of(fact), str(refusal)) from refusal


def open_batch(log: LogTransaction, dataset: Dataset, facts: Sequence[EventFact]) -> EventBatch:
    """The events, checked together. Raises `NotReadable` with the place of the first that is refused."""
    try:
        return EventBatch(log, facts)
    except TrackerError:
        refusals = refusals_of(facts, log.origin, log)
        for fact in facts:
            if fact.key in refusals:
                raise NotReadable(dataset.place_of(fact), str(refusals[fact.key])) from refusals[fact.key]
        raise
