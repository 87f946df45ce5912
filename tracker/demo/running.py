"""The replay itself: a day is published, noticed, reviewed and compared."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User

from tracker.actions import accept_report, log_transaction
from tracker.demo.sources import all_sources, serving
from tracker.demo.story import APPLICANT, Story
from tracker.domain.exceptions import TrackerError
from tracker.domain.facts import EventFact, Source
from tracker.domain.standing import AccessionStanding
from tracker.domain.standing.documents import accession_document, ratification_document
from tracker.domain.vocabulary import Origin
from tracker.exchange.dataset import Dataset, load_dataset
from tracker.models import Report, Watch
from tracker.readmodel import open_newest
from tracker.watch.polling import Poller


class ReplayDiverged(TrackerError):
    """The record does not say what it should by the end of a day."""

    def __init__(self, day: date, because: str) -> None:
        self.day = day
        super().__init__(f"{day}: {because}")


@dataclass(frozen=True, slots=True)
class Day:
    """What came of one day."""

    on: date
    published: int
    accepted: int
    standing: AccessionStanding


class Replay:
    """A replay over an empty record, which it fills."""

    def __init__(self, dataset: Dataset, first: date, last: date) -> None:
        """Cut the facts at the two days; nothing is written yet."""
        self.story = Story(dataset, first, last)
        self._facts = {fact.key: fact for fact in dataset.events}
        self._sources = all_sources()

    @contextmanager
    def prepared(self) -> Iterator[None]:
        """The record as it was before the first day, the sources listening, and their watches due."""
        load_dataset(self.story.before)
        with serving(self._sources):
            now = noon(self.story.first)
            Watch.objects.bulk_create([source.watch(now) for source in self._sources])
            yield

    def days(self) -> Iterator[Day]:
        """Each day in turn, done when it is given. Raises `ReplayDiverged` where the record says something else."""
        day = self.story.first
        reviewer, _ = User.objects.get_or_create(username="scripted-reviewer", defaults={"is_active": False})
        while day <= self.story.last:
            published = self._publish(day)
            Poller(noon(day)).poll_due()
            accepted = self._review(day, reviewer)
            if accepted != published:
                raise ReplayDiverged(day, f"{published} facts were published, {accepted} came before the reviewer")
            yield Day(day, published, accepted, self._compare(day, self.story.expected(day)))
            day += timedelta(days=1)

    def compare_all(self) -> int:
        """Compare every day once more, with all that is known by the end; how many days. Raises `ReplayDiverged`."""
        days = (self.story.last - self.story.first).days + 1
        for number in range(days):
            day = self.story.first + timedelta(days=number)
            self._compare(day, self.story.expected_of_all(day))
        return days

    def _publish(self, day: date) -> int:
        facts = self.story.by_day.get(day, ())
        for fact in facts:
            next(source for source in self._sources if source.takes(fact)).published.append(fact)
        return len(facts)

    def _review(self, day: date, reviewer: User) -> int:
        """Accept what waits, completed from the facts. Milestones first, as a reviewer would."""
        waiting = [(report, self._fact_of(report)) for report in Report.objects.open()]
        order = {fact.key: number for number, fact in enumerate(self.story.by_day.get(day, ()))}
        for report, fact in sorted(waiting, key=lambda pair: order.get(pair[1].key, 0)):
            _check_proposal(day, report.proposal, fact)
            source = Source.model_validate(report.proposal["sources"][0])
            complete = fact.model_copy(update={"sources": (*fact.sources, source)})
            with log_transaction(by=reviewer, origin=Origin.REPORT, notify=False) as log:
                accept_report(log, report.pk, complete)
        return len(waiting)

    def _fact_of(self, report: Report) -> EventFact:
        return self._facts[report.evidence["url"].rpartition("/")[2]]

    def _compare(self, day: date, expected: AccessionStanding) -> AccessionStanding:
        standing = open_newest().standing(APPLICANT, day)
        if differing := differences(document_of(standing), document_of(expected)):
            raise ReplayDiverged(day, "; ".join(differing))
        return standing


def noon(day: date) -> datetime:
    """The moment at which the job runs on that day."""
    return datetime.combine(day, time(12), UTC)


def document_of(standing: AccessionStanding) -> dict[str, Any]:
    """All that the standing says, its ratifications included, as plain data."""
    allies = {ally: ratification_document(one) for ally, one in standing.ratifications.items()}
    return {name: _in_any_order(value) for name, value in {**accession_document(standing), **allies}.items()}


def _in_any_order(value: Any) -> Any:
    """The document, whichever of two sources of one day was read first: what a date rests on is a set."""
    if not isinstance(value, dict):
        return value
    told = {name: _in_any_order(one) for name, one in value.items() if name != "event"}
    return {**told, "events": sorted(told["events"])} if "events" in told else told


def differences(found: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """What two documents say differently, in words."""
    return [
        f"{name} is {found.get(name)} and should be {expected.get(name)}"
        for name in sorted({*found, *expected})
        if found.get(name) != expected.get(name)
    ]


def _check_proposal(day: date, proposal: Mapping[str, Any], fact: EventFact) -> None:
    """Refuse a proposal that suggests something wrong: what is not certain must be left open."""
    right = {"accession": fact.accession, "actor": fact.actor, "date": str(fact.occurred)}
    wrong = {name: value for name, value in proposal.items() if name in right and value != right[name]}
    if wrong:
        raise ReplayDiverged(day, f"the proposal for {fact.key} says {wrong}")
