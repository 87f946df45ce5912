"""Editions: the log folded up to a position, kept in memory for all who ask, and what follows from one on a day."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, TypeVar, cast

from tracker.domain.dates import PartialDate
from tracker.domain.facts import ProcedureFact, Tally
from tracker.domain.standing import (
    AccessionStanding,
    Act,
    Membership,
    Process,
    Rules,
    StageDate,
    date_allies,
    memberships_in,
    process_of,
    rules_of,
    said_to_be_carried,
    spread,
    stand_dated,
)
from tracker.domain.vocabulary import EventKind, Stage
from tracker.models import Change
from tracker.readmodel.fold import Document, Entry, State, fold
from tracker.readmodel.names import Name, names_of, names_on

# An edition takes a few megabytes; most readers want the newest, some walk a list of one before it.
_KEPT: Final = 6
_KEPT_BY_DAY: Final = 400

T = TypeVar("T")


class Edition:
    """What was public at one edition. What follows from it is worked out once, when it is first asked for."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._dated: dict[str, dict[str, tuple[StageDate, Mapping[Stage, StageDate]]]] = {}
        self._worked_out: OrderedDict[tuple[str, date], Any] = OrderedDict()
        self._settled: dict[str, Any] = {}

    @cached_property
    def events(self) -> Sequence[Document]:
        """The events in the order in which the log tells what it now says of them."""
        return sorted(self.state.events.values(), key=_position)

    @cached_property
    def dates(self) -> Mapping[str, PartialDate]:
        """When each event took place, by key."""
        return {event["key"]: PartialDate.parse(event["date"]) for event in self.events}

    @cached_property
    def acts_by_accession(self) -> Mapping[str, Sequence[Act]]:
        """The acts on each accession; those that belong to none stand under the empty code."""
        found: dict[str, list[Act]] = defaultdict(list)
        for event in self.events:
            for act in spread(_act(event, self.dates[event["key"]]), event.get("also") or ()):
                found[act.accession or ""].append(act)
        return found

    @cached_property
    def memberships(self) -> dict[str, Membership]:
        """Who was an ally since when, by code."""
        acts = (act for found in self.acts_by_accession.values() for act in found)
        return memberships_in(sorted((act for act in acts if act.kind is EventKind.ACCEDED), key=_recorded))

    @cached_property
    def rules(self) -> dict[str, Rules]:
        """Each ally's procedure, reduced to what standing can rest on."""
        stamp = {"recorded", "recorded_at"}
        facts = (
            ProcedureFact.model_validate({name: value for name, value in one.items() if name not in stamp})
            for one in self.state.procedures.values()
        )
        return {fact.ally: rules_of(fact) for fact in facts}

    @cached_property
    def processes(self) -> dict[str, Process]:
        """What is on record of each accession, by code."""
        return {code: process_of(code, self.acts_by_accession.get(code, ())) for code in sorted(self.state.accessions)}

    @cached_property
    def _names(self) -> dict[str, tuple[Name, ...]]:
        return {code: names_of(party) for code, party in self.state.parties.items()}

    def names(self, code: str, day: date) -> dict[str, str]:
        """What a party was called on that day, by language."""
        return names_on(self._names.get(code, ()), day)

    def english(self, day: date) -> dict[str, str]:
        """What each party was called in English on that day, by code."""
        return {code: names_on(names, day).get("en", code) for code, names in self._names.items()}

    def standing(self, code: str, day: date) -> AccessionStanding:
        """Where one accession stood on that day."""
        return self.standings(day)[code]

    def standings(self, day: date) -> dict[str, AccessionStanding]:
        """Where each accession stood on that day, by code."""
        return self.once(
            "standings",
            day,
            lambda: {code: stand_dated(one, self._dates(code), day) for code, one in self.processes.items()},
        )

    def once(self, what: str, day: date, work_out: Callable[[], T]) -> T:
        """What follows from this edition on that day, worked out again only if too many other days came in between."""
        found = self._worked_out.get((what, day))
        if found is None:
            found = self._worked_out[what, day] = work_out()
            while len(self._worked_out) > _KEPT_BY_DAY:
                self._worked_out.popitem(last=False)
        return cast(T, found)

    def always(self, what: str, work_out: Callable[[], T]) -> T:
        """What follows from this edition on any day, worked out once."""
        if what not in self._settled:
            self._settled[what] = work_out()
        return cast(T, self._settled[what])

    def _dates(self, code: str) -> dict[str, tuple[StageDate, Mapping[Stage, StageDate]]]:
        if code not in self._dated:
            self._dated[code] = date_allies(self.processes[code], self.memberships, self.rules)
        return self._dated[code]


def _act(event: Document, occurred: PartialDate) -> Act:
    votes = event["votes"]
    return Act(
        key=event["key"],
        kind=EventKind(event["kind"]),
        actor=event["actor"],
        occurred=occurred,
        accession=event["accession"],
        office=event["office"] or "",
        carried=said_to_be_carried(event.get("outcome") or ""),
        recorded=event["recorded"],
        votes=Tally(**votes) if votes else None,
        planned=event.get("planned") or False,
        announced=PartialDate.parse(event["announced"]) if event.get("announced") else None,
        follows=event.get("follows") or "",
        step=event.get("step"),
    )


def _position(document: Document) -> int:
    return int(document["recorded"])


def _recorded(act: Act) -> int:
    return act.recorded


class _Kept:
    """The editions in memory. An edition never changes, so all threads may read the same one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._editions: OrderedDict[int, Edition] = OrderedDict()

    def find(self, edition: int, recorded_at: datetime | None) -> Edition:
        with self._lock:
            found = self._editions.get(edition)
            # A log restored from a backup, or another test's, may have the position and not the entry.
            if found is None or found.state.recorded_at != recorded_at:
                found = self._build(edition)
                self._keep(found)
            self._editions.move_to_end(edition)
            return found

    def _build(self, edition: int) -> Edition:
        below = [one for one in self._editions if one < edition]
        base = self._editions[max(below)].state if below else State()
        if below and not _still_there(base):
            self._editions.clear()
            base = State()
        return Edition(fold(base, _entries(base.edition, edition)))

    def _keep(self, edition: Edition) -> None:
        self._editions[edition.state.edition] = edition
        while len(self._editions) > _KEPT:
            self._editions.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._editions.clear()


_kept: Final = _Kept()


def open_edition(edition: int, recorded_at: datetime | None) -> Edition:
    """The edition that was recorded at that moment. At most two queries, and none if it is in memory."""
    return _kept.find(edition, recorded_at)


def forget_editions() -> None:
    """Let go of what is in memory; for a test, whose log is not the one before."""
    _kept.forget()


def _still_there(state: State) -> bool:
    moments = Change.objects.filter(position=state.edition).values_list("recorded_at", flat=True)
    return state.edition == 0 or moments.first() == state.recorded_at


def _entries(after: int, until: int) -> Iterable[Entry]:
    rows: Iterable[tuple[int, str, datetime, dict[str, Any]]] = (
        Change.objects.after(after)
        .filter(position__lte=until)
        .values_list("position", "type", "recorded_at", "payload")
        .iterator(chunk_size=1000)
    )
    return (Entry(*row) for row in rows)
