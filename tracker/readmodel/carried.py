"""What one edition takes over from the one before it: all that its further entries have not touched.

Most entries tell of one event of one accession. What follows from every other is the same as before: it is handed on
and not worked out again, so that the first reader of a new entry waits for what that entry moves, however long the log
is.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from tracker.domain.vocabulary import EventKind
from tracker.readmodel.edition import Edition, accessions_of, actors_of, by_recorded
from tracker.readmodel.events import RecordedEvent, event_of
from tracker.readmodel.fold import Table, Touched

NamesOf = Callable[[RecordedEvent], Iterable[str]]

# What follows from these tables and from nothing else, by the names under which an edition keeps it.
_OF_TABLES: Final[Mapping[tuple[str, ...], tuple[str, ...]]] = {
    ("parties",): ("parties", "states", "_names"),
    ("procedures",): ("procedures", "rules"),
    ("accessions",): ("accessions",),
    ("commitments", "assessments", "statements"): ("commitments",),
    ("statements",): ("statements",),
}


def carry_over(before: Edition, edition: Edition, touched: Touched) -> Edition:
    """The edition, with what was worked out for the one before it and still holds.

    Nothing is worked out that nobody has asked for, and of the edition before only such parts are held on to.
    """
    moved = _Moved.between(before.state.events, edition.state.events, touched.get("events", ()))
    _carry_tables(before, edition, touched)
    _carry_events(before, edition, moved)
    _carry_accessions(before, edition, moved.accessions | touched.get("accessions", frozenset()))
    _carry_what_rests_on_allies(before, edition, moved, touched)
    return edition


def _worked_out(edition: Edition, *names: str) -> dict[str, Any]:
    """Those of the properties that are worked out: such a one keeps its value among the attributes."""
    return {name: vars(edition)[name] for name in names if name in vars(edition)}


def _carry_tables(before: Edition, edition: Edition, touched: Touched) -> None:
    for tables, names in _OF_TABLES.items():
        if not touched.keys() & set(tables):
            vars(edition).update(_worked_out(before, *names))


def _carry_events(before: Edition, edition: Edition, moved: "_Moved") -> None:
    for name, events in _worked_out(before, "events").items():
        vars(edition)[name] = moved.exchange(events)
    for name, names_of in (("events_by_accession", accessions_of), ("events_by_actor", actors_of)):
        for groups in _worked_out(before, name).values():
            vars(edition)[name] = moved.regroup(groups, names_of)


def _carry_accessions(before: Edition, edition: Edition, codes: Collection[str]) -> None:
    """Take over what is on record of each accession, and work it out for these."""
    for name, work_out in (("processes", edition.process), ("_beginnings", edition.beginning)):
        for known in _worked_out(before, name).values():
            vars(edition)[name] = {
                code: work_out(code) if code in codes else known[code] for code in edition.accessions
            }


def _carry_what_rests_on_allies(before: Edition, edition: Edition, moved: "_Moved", touched: Touched) -> None:
    if not moved.has(EventKind.ACCEDED):
        vars(edition).update(_worked_out(before, "memberships"))
        if "procedures" not in touched:
            _carry_standings(before, edition, moved.accessions)
    if "parties" not in touched:
        by_day = before._worked_out.copy()
        edition._worked_out.update({key: names for key, names in by_day.items() if key[0].startswith("names/")})


def _carry_standings(before: Edition, edition: Edition, but: Collection[str]) -> None:
    """Take over where the accessions stand, all but these."""
    edition._dated = {code: dates for code, dates in before._dated.copy().items() if code not in but}
    edition._stood = {
        day: {code: standing for code, standing in stood.items() if code not in but}
        for (what, day), stood in before._worked_out.copy().items()
        if what == "standings"
    }


@dataclass(frozen=True, slots=True)
class _Moved:
    """The events that entries have taken out or told otherwise, and those that stand in their place or are new."""

    gone: Sequence[RecordedEvent]
    come: Sequence[RecordedEvent]

    @classmethod
    def between(cls, before: Table, after: Table, keys: Iterable[str]) -> Self:
        """What has moved from one table to the other, where only these keys were touched."""
        keys = list(keys)
        gone, come = ([table[key].read(event_of) for key in keys if key in table] for table in (before, after))
        return cls(gone, come)

    @property
    def all(self) -> Sequence[RecordedEvent]:
        """Both."""
        return (*self.gone, *self.come)

    @property
    def accessions(self) -> frozenset[str]:
        """The codes of the accessions that they belong to, or did."""
        return frozenset(code for event in self.all for code in event.accessions)

    def has(self, kind: EventKind) -> bool:
        """Whether one of them is of that kind."""
        return any(event.kind is kind for event in self.all)

    def exchange(self, events: Iterable[RecordedEvent]) -> list[RecordedEvent]:
        """These events as they are now, in the order in which the log tells of them."""
        events = list(events)
        for event in self.gone:
            del events[bisect_left(events, by_recorded(event), key=by_recorded)]
        for event in self.come:
            insort(events, event, key=by_recorded)
        return events

    def regroup(
        self, groups: Mapping[str, Sequence[RecordedEvent]], names_of: NamesOf
    ) -> dict[str, Sequence[RecordedEvent]]:
        """The groups as they are now; those that none of the events belongs to are the same lists."""
        now = dict(groups)
        for name in {name for event in self.all for name in names_of(event)}:
            of_group = _Moved(*([one for one in part if name in names_of(one)] for part in (self.gone, self.come)))
            now[name] = of_group.exchange(now.get(name, ()))
        return {name: events for name, events in now.items() if events}
