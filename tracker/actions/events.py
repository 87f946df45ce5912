"""Recording events, putting them right, and adding sources to them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from tracker.actions.accessions import ActIndex, acts_on_record, check_can_accede, open_accessions
from tracker.actions.changelog import About, LogTransaction
from tracker.actions.checks import check_among, check_event, check_parties, check_sourced
from tracker.actions.citing import citation_rows, conflict_rows, new_sources
from tracker.actions.rectifications import Correction, Justification, last_version
from tracker.actions.settling import Settler, settle_again
from tracker.domain.exceptions import AlreadyRectified, KeyTaken, TrackerError
from tracker.domain.facts import EventFact, Source
from tracker.domain.standing import Act, acts_of
from tracker.domain.vocabulary import ChangeType, EventKind, Origin
from tracker.models import Accession, Citation, Conflict, Event, Party, Rectification
from tracker.models.facts_of_rows import event_fact, source_of
from tracker.models.fields import date_columns
from tracker.readmodel.record import Record, current_edition

# A database takes only so many parameters in one query.
_ASKED_AT_ONCE = 500


def record_events(log: LogTransaction, facts: Sequence[EventFact]) -> list[Event]:
    """Put on record those of the events whose key is not there yet, in the order given; the new rows.

    The same fact is recorded once, so that a job may be retried, or run twice at a time. One batch costs a
    constant number of queries, and the facts are checked together: an act may rest on a later one of the same batch.

    Raises `KeyTaken` and `AlreadyRectified` for a key that names another fact or one that was taken back,
    `Unsourced`, `UnknownParty`, `NotInProcess`, `NoSuchRatification`, `TallyTooLarge` or
    `VotesWithoutAVote`; then nothing has moved.
    """
    new = facts_not_on_record(facts)
    if not new:
        return []
    batch = EventBatch(log, new)
    events = [batch.enter(fact) for fact in new]
    batch.close()
    return events


class EventBatch:
    """Events on their way onto the record: checked together, entered one by one, saved at the end."""

    def __init__(self, log: LogTransaction, facts: Sequence[EventFact]) -> None:
        """Open the accessions concerned and check the facts, none of which is on record. Raises as `record_events`."""
        check_parties(code for fact in facts for code in _codes(fact))
        codes = open_accessions(log, concerned(facts))
        record = Record(log.position)
        acts = acts_on_record({*codes, *(fact.actor for fact in facts)}, record.edition)
        _check_together(facts, acts, record, log.origin)
        self._log = log
        self._settler = Settler(log, ActIndex(acts, record.rules), codes, log.today)
        self._pairs: list[tuple[Event, EventFact]] = []

    def enter(self, fact: EventFact) -> Event:
        """Give the event its place in the log, and settle what it moves."""
        fact = fact.as_known_on(self._log.today)
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
    versions: dict[str, list[Event]] = defaultdict(list)
    rows = Event.objects.select_related("rectification").with_parts().order_by("version")
    for first in range(0, len(keys), _ASKED_AT_ONCE):
        for row in rows.filter(key__in=keys[first : first + _ASKED_AT_ONCE]):
            versions[row.key].append(row)
    return versions


def _check_done(fact: EventFact, versions: Sequence[Event]) -> None:
    """A key that is taken is done if it ever said the same; a retraction is not undone by saying it again."""
    taken_back = getattr(versions[-1], "rectification", None)
    if taken_back is not None:
        raise AlreadyRectified(fact.key, taken_back.number)
    # What lay ahead when it was recorded went on record as planned.
    accounts = (fact, fact.model_copy(update={"planned": True}))
    if not any(account.says_the_same_as(event_fact(row)) for row in versions for account in accounts):
        raise KeyTaken(fact.key)


def add_sources(log: LogTransaction, event: Event, sources: Iterable[Source]) -> list[Source]:
    """Cite those of the sources that are new to the event; which they were. Reads the loaded citations."""
    cited = [source_of(citation) for citation in event.citations.all()]
    new = new_sources(sources, cited)
    if new:
        payload = {"event": event.key, "version": event.version, "sources": [source.document() for source in new]}
        about: About = {"accession": event.accession_id or "", "event": event.key}
        position = log.append(ChangeType.EVENT_SOURCED, payload, occurred=event.occurred, **about)
        Citation.objects.bulk_create(citation_rows(new, position, len(cited), event=event))
    return new


def correct_event(
    log: LogTransaction, key: str, fact: EventFact | None, justification: Justification, version: int | None = None
) -> Rectification:
    """Replace an event by the fact, in the open, or take it back with nothing in its place.

    `version` is the one the editor looked at: if another rectification came first, this one is refused.
    Raises `NotOnRecord`, `AlreadyRectified`, `NothingToRectify`, and what `record_events` raises.
    """
    event = last_version(Event.objects.with_parts(), key, version)
    was = event_fact(event)
    now = fact.model_copy(update={"key": key}).as_known_on(log.today) if fact else None
    correction = Correction(log, justification, event, was, now)
    replacement = None
    if now:
        _check_replacement(log, was, now)
        open_accessions(log, filter(None, [now.accession, *now.also]))
        replacement = save_next_event(event, now, log.stamp)
    latest = now or was
    about: About = {"accession": latest.accession or "", "ally": latest.actor, "event": key}
    rectification = correction.write(about, event=event, replacement=replacement)
    settle_again(log, concerned([was, now] if now else [was]))
    return rectification


def save_next_event(event: Event, now: EventFact, stamp: dict[str, Any]) -> Event:
    """Save the account that takes the place of this one."""
    replacement = event_row(now, stamp, event.version + 1)
    save_events([(replacement, now)])
    return replacement


def _check_replacement(log: LogTransaction, was: EventFact, now: EventFact) -> None:
    check_sourced(now, log.origin)
    check_parties(_codes(now))
    record = Record(log.position)
    codes = concerned([was, now]) | {now.actor}
    acts = [act for act in acts_on_record(codes, record.edition) if act.key != was.key]
    check_event(now, ActIndex([*acts, *acts_of(now, record.edition)], record.rules), record.procedures)


def refusals_of(
    facts: Iterable[EventFact], origin: Origin = Origin.EDITOR, log: LogTransaction | None = None
) -> dict[str, TrackerError]:
    """Why which of the facts would be refused, by key, checked together; those that are not in it would be recorded.

    With `log`, what was written with it so far counts as well.
    """
    facts = list(facts)
    record = Record(log.position if log else current_edition())
    acts = acts_on_record({*concerned(facts), *(fact.actor for fact in facts)}, record.edition)
    together = ActIndex([*acts, *(act for fact in facts for act in acts_of(fact, record.edition))], record.rules)
    parties = set(Party.objects.values_list("pk", flat=True))
    opened = set(Accession.objects.values_list("pk", flat=True))
    refusals: dict[str, TrackerError] = {}
    for fact in facts:
        try:
            check_among(_codes(fact), parties)
            check_can_accede({*fact.also, *filter(None, [fact.accession])} - opened)
            check_sourced(fact, origin)
            check_event(fact, together, record.procedures)
        except TrackerError as refusal:
            refusals[fact.key] = refusal
    return refusals


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
        ordinal=fact.ordinal.document() if fact.ordinal else None,
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


def _check_together(facts: Iterable[EventFact], acts: Iterable[Act], record: Record, origin: Origin) -> None:
    """Check each fact beside all the others of its batch."""
    facts = list(facts)
    together = ActIndex([*acts, *(act for fact in facts for act in acts_of(fact, record.edition))], record.rules)
    for fact in facts:
        check_sourced(fact, origin)
        check_event(fact, together, record.procedures)


def _codes(fact: EventFact) -> set[str]:
    return {fact.actor, *fact.others, *fact.also, *([fact.accession] if fact.accession else [])}
