"""Recording events, and adding sources to them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User

from tracker.actions.accessions import open_accessions
from tracker.actions.act_index import ActIndex, acts_on_record
from tracker.actions.changelog import About, LogTransaction, log_transaction
from tracker.actions.checks import check_among, check_event, check_parties, check_sourced
from tracker.actions.citing import citation_rows, conflict_rows, new_sources
from tracker.actions.settling import Settler
from tracker.domain.exceptions import AlreadyRectified, KeyTaken, NotOnRecord, TrackerError
from tracker.domain.facts import EventFact, Source
from tracker.domain.standing import Act, acts_of
from tracker.domain.vocabulary import ChangeType, EventKind, Origin
from tracker.models import Accession, Citation, Conflict, Event, Party
from tracker.models.facts_of_rows import event_fact, source_of
from tracker.models.fields import date_columns
from tracker.readmodel.record import Record, current_edition

# A database takes only so many parameters in one query.
_ASKED_AT_ONCE = 500


def record_event(
    fact: EventFact,
    *,
    by: User | None,
    origin: Origin = Origin.EDITOR,
    note: str = "",
    notify: bool = True,
) -> Event:
    """Put an act on the public record, and bring the standings that depend on it up to date.

    The same fact is recorded once: calling again returns the event already on record, so a job may be
    retried, or run twice at a time.

    Raises `KeyTaken` and `AlreadyRectified` for a key that names another fact or one that was taken back,
    `Unsourced`, `UnknownParty`, `NotInProcess`, `NoSuchRatification`, `TallyTooLarge` or
    `VotesWithoutAVote`; then nothing has moved.
    """
    with log_transaction(by=by, origin=origin, note=note, notify=notify) as log:
        record_events(log, [fact])
    return Event.objects.filter(key=fact.key).latest("version")


def record_events(log: LogTransaction, facts: Sequence[EventFact]) -> list[Event]:
    """Put on record those of the events whose key is not there yet, in the order given; the new rows.

    One batch costs a constant number of queries, and the facts are judged together: an act may rest on
    a later one of the same batch. Raises as `record_event` does.
    """
    new = facts_not_on_record(facts)
    if not new:
        return []
    recording = Recording(log, new)
    events = [recording.enter(fact) for fact in new]
    recording.close()
    return events


class Recording:
    """A batch of events on its way onto the record: judged together, entered one by one, saved at the end."""

    def __init__(self, log: LogTransaction, facts: Sequence[EventFact]) -> None:
        """Open the accessions concerned and judge the facts, none of which is on record. Raises as `record_event`."""
        check_parties(code for fact in facts for code in _codes(fact))
        codes = open_accessions(log, concerned(facts))
        record = Record(log.position)
        acts = acts_on_record({*codes, *(fact.actor for fact in facts)}, record.edition)
        _check(facts, acts, record, log.origin)
        self._log = log
        self._settler = Settler(log, ActIndex(acts, record.rules), codes, log.today)
        self._pairs: list[tuple[Event, EventFact]] = []

    def enter(self, fact: EventFact) -> Event:
        """Give the event its place in the log, and settle what it moves."""
        event = event_row(fact, self._log.stamp, version=1)
        self._log.append(
            ChangeType.EVENT_RECORDED,
            {"version": 1, "event": fact.document()},
            occurred=fact.occurred,
            accession=fact.accession or "",
            ally=fact.actor,
            event=fact.key,
        )
        for act in acts_of(fact, event.recorded):
            self._settler.enter(act)
        self._pairs.append((event, fact))
        return event

    def close(self) -> None:
        """Save the events that were entered, and the copies that they moved."""
        save_events(self._pairs)
        self._settler.close()


def facts_not_on_record(facts: Iterable[EventFact]) -> list[EventFact]:
    """Those of the facts that are not on record yet, each key once.

    Raises `KeyTaken` where the key names another fact, `AlreadyRectified` where it was taken back.
    """
    wanted = {fact.key: fact for fact in facts}
    versions = _versions(list(wanted))
    for key, rows in versions.items():
        _check_done(wanted[key], rows)
    return [fact for key, fact in wanted.items() if key not in versions]


def _versions(keys: list[str]) -> dict[str, list[Event]]:
    """Every version of the keys that are on record, oldest first."""
    found: dict[str, list[Event]] = defaultdict(list)
    rows = Event.objects.select_related("rectification").with_parts().order_by("version")
    for first in range(0, len(keys), _ASKED_AT_ONCE):
        for row in rows.filter(key__in=keys[first : first + _ASKED_AT_ONCE]):
            found[row.key].append(row)
    return found


def _check_done(fact: EventFact, versions: Sequence[Event]) -> None:
    """A key that is taken is done if it ever said the same; a retraction is not undone by saying it again."""
    taken_back = getattr(versions[-1], "rectification", None)
    if taken_back is not None:
        raise AlreadyRectified(fact.key, taken_back.number)
    if not any(fact.says_the_same_as(event_fact(row)) for row in versions):
        raise KeyTaken(fact.key)


def add_source(key: str, source: Source, *, by: User | None, origin: Origin = Origin.EDITOR) -> bool:
    """Cite one more source for an event; whether it was new. An address cited already is left alone.

    Raises `NotOnRecord` for an event that is not on record, or was retracted.
    """
    with log_transaction(by=by, origin=origin, notify=False) as log:
        event = Event.objects.standing().filter(key=key).prefetch_related("citations").first()
        if event is None:
            raise NotOnRecord("event", key)
        return bool(add_sources(log, event, [source]))


def add_sources(log: LogTransaction, event: Event, sources: Iterable[Source]) -> list[Source]:
    """Cite those of the sources that are new to the event; which they were. Reads the loaded citations."""
    cited = [source_of(one) for one in event.citations.all()]
    new = new_sources(sources, cited)
    if new:
        payload = {"event": event.key, "version": event.version, "sources": [one.document() for one in new]}
        about: About = {"accession": event.accession_id or "", "event": event.key}
        position = log.append(ChangeType.EVENT_SOURCED, payload, occurred=event.occurred, **about)
        Citation.objects.bulk_create(citation_rows(new, position, len(cited), event=event))
    return new


def judge(facts: Iterable[EventFact], origin: Origin = Origin.EDITOR) -> dict[str, TrackerError]:
    """Why which of the facts would be refused, by key, judged together; those that are not in it would be recorded."""
    facts = list(facts)
    record = Record(current_edition())
    acts = acts_on_record({*concerned(facts), *(fact.actor for fact in facts)}, record.edition)
    together = ActIndex([*acts, *(act for fact in facts for act in acts_of(fact, record.edition))], record.rules)
    parties = set(Party.objects.values_list("pk", flat=True))
    found: dict[str, TrackerError] = {}
    for fact in facts:
        try:
            check_among(_codes(fact), parties)
            check_sourced(fact, origin)
            check_event(fact, together, record.procedures)
        except TrackerError as refusal:
            found[fact.key] = refusal
    return found


def event_row(fact: EventFact, stamp: dict[str, Any], version: int) -> Event:
    """The event as a row, not saved yet."""
    votes = fact.votes
    return Event(
        key=fact.key,
        version=version,
        kind=fact.kind,
        accession_id=fact.accession,
        also=list(fact.also),
        treaty=fact.treaty,
        actor_id=fact.actor,
        office=fact.office,
        planned=fact.planned,
        announced=fact.announced,
        follows=fact.follows,
        step=fact.step,
        outcome=fact.outcome or "",
        referendum=fact.referendum.document() if fact.referendum else None,
        votes_yes=votes.yes if votes else None,
        votes_no=votes.no if votes else None,
        votes_abstain=votes.abstain if votes else None,
        votes_absent=votes.absent if votes else None,
        title=fact.title,
        detail=fact.detail,
        confidence=fact.confidence,
        tags=list(fact.tags),
        **date_columns(fact.occurred),
        **stamp,
    )


def save_events(pairs: Sequence[tuple[Event, EventFact]]) -> None:
    """Save the rows with their parts. Four queries, however many."""
    Event.objects.bulk_create([event for event, _ in pairs], batch_size=200)
    others = Event.others.through
    others.objects.bulk_create(
        [others(event_id=event.pk, party_id=code) for event, fact in pairs for code in fact.others], batch_size=500
    )
    Citation.objects.bulk_create(
        [row for event, fact in pairs for row in citation_rows(fact.sources, event.recorded, event=event)],
        batch_size=200,
    )
    Conflict.objects.bulk_create(
        [row for event, fact in pairs for row in conflict_rows(fact.conflicts, event=event)], batch_size=200
    )


def concerned(facts: Iterable[EventFact]) -> set[str]:
    """The accessions that the facts can move; a new ally concerns every protocol."""
    facts = list(facts)
    codes = {code for fact in facts for code in (fact.accession, *fact.also) if code}
    if any(fact.kind is EventKind.ACCEDED for fact in facts):
        codes.update(Accession.objects.values_list("pk", flat=True))
    return codes


def _check(facts: Iterable[EventFact], acts: Iterable[Act], record: Record, origin: Origin) -> None:
    """Judge each fact beside all the others of its batch."""
    facts = list(facts)
    together = ActIndex([*acts, *(act for fact in facts for act in acts_of(fact, record.edition))], record.rules)
    for fact in facts:
        check_sourced(fact, origin)
        check_event(fact, together, record.procedures)


def _codes(fact: EventFact) -> set[str]:
    return {fact.actor, *fact.others, *fact.also, *([fact.accession] if fact.accession else [])}
