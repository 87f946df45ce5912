"""An edition: the log folded up to a position, and what follows from it, on any day and on one."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar, cast

from tracker.domain.dates import PartialDate
from tracker.domain.facts import DatedName, PartyFact, ProcedureFact
from tracker.domain.plans import plan_on
from tracker.domain.standing import (
    AccessionStanding,
    Act,
    Membership,
    Process,
    Rules,
    StageDate,
    date_allies,
    memberships_in,
    outcome_of_act,
    process_of,
    rules_of,
    stand_dated,
)
from tracker.domain.vocabulary import ALLY_ACTS, EventKind, Outcome, PartyKind, PlanState, Reached, Stage
from tracker.readmodel.commitments import (
    RecordedCommitment,
    RecordedStatement,
    commitments_of,
    statements_of,
)
from tracker.readmodel.days.hindsight import Dated
from tracker.readmodel.events import RecordedEvent, event_of
from tracker.readmodel.fold import STAMP, Document, State, recorded_on, without
from tracker.readmodel.names import Name, first_names, names_of, names_on

# What follows from an edition on a day takes about three megabytes in all; most readers ask about today.
_KEPT_BY_DAY: Final = 200

T = TypeVar("T")


class Edition:
    """What was public at one edition. What follows from it is worked out once, when it is first asked for."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._dated: dict[str, dict[str, tuple[StageDate, Mapping[Stage, StageDate]]]] = {}
        self._worked_out: OrderedDict[tuple[str, date], Any] = OrderedDict()
        self._settled: dict[str, Any] = {}
        # Where accessions stood on a day by the edition before, as far as it is the same by this one.
        self._stood: dict[date, dict[str, AccessionStanding]] = {}

    @cached_property
    def events(self) -> Sequence[RecordedEvent]:
        """The events in the order in which the log tells what it now says of them."""
        return sorted((document.read(event_of) for document in self.state.events.values()), key=by_recorded)

    def event(self, key: str) -> RecordedEvent | None:
        """The event of that key, also one that was taken back, as it last stood; None where there never was one."""
        document = self.state.events.get(key) or self.state.withdrawn.get(f"events/{key}")
        return document.read(event_of) if document else None

    def is_withdrawn(self, key: str) -> bool:
        """Whether the event of that key was taken back."""
        return f"events/{key}" in self.state.withdrawn

    def commitment_of(self, claim: str) -> str:
        """The key of the commitment on which a claim was made, also where the claim was taken back; empty for none."""
        document = self.state.assessments.get(claim) or self.state.withdrawn.get(f"assessments/{claim}")
        return str(document["commitment"]) if document else ""

    @cached_property
    def events_by_accession(self) -> Mapping[str, Sequence[RecordedEvent]]:
        """The events of each accession, one that served several under each; those of none under the empty code."""
        return _grouped(self.events, accessions_of)

    @cached_property
    def events_by_actor(self) -> Mapping[str, Sequence[RecordedEvent]]:
        """The events of each actor, by code."""
        return _grouped(self.events, actors_of)

    @cached_property
    def commitments(self) -> Sequence[RecordedCommitment]:
        """The commitments with all claims on them, in the order of the texts that they stem from."""
        return commitments_of(self.state.commitments, self.state.assessments, self.statements)

    @cached_property
    def statements(self) -> Mapping[str, RecordedStatement]:
        """The statements in which claims were made, by key."""
        return statements_of(self.state.statements)

    @cached_property
    def parties(self) -> Mapping[str, PartyFact]:
        """The states, organisations and other voices, by code."""
        documents = self.state.parties
        return {code: documents[code].read(_party) for code in sorted(documents)}

    @cached_property
    def states(self) -> frozenset[str]:
        """The codes of the parties that are states."""
        return frozenset(code for code, party in self.parties.items() if party.kind is PartyKind.STATE)

    @cached_property
    def procedures(self) -> Mapping[str, ProcedureFact]:
        """Each ally's procedure, by code."""
        return {ally: document.read(_procedure) for ally, document in self.state.procedures.items()}

    def party_on(self, code: str, day: date) -> PartyFact:
        """The party as it may be told on that day: with the names that it had by then, and the sources."""
        whole = self.parties[code]
        names = tuple(name for name in whole.names if not name.since or is_by(name.since, day))
        known = whole.model_copy(update={"names": tuple(_as_it_was(name, day) for name in names)})
        return Dated(known, recorded_on(self.state.parties[code])).on(day)

    @cached_property
    def rules(self) -> dict[str, Rules]:
        """Each ally's procedure, reduced to what standing can rest on."""
        return {ally: rules_of(fact) for ally, fact in self.procedures.items()}

    @cached_property
    def memberships(self) -> dict[str, Membership]:
        """Who was an ally since when, by code."""
        return memberships_in(event.act for event in self.events if event.kind is EventKind.ACCEDED)

    def members(self, day: date) -> list[str]:
        """The codes of those that were allies on that day."""
        return [code for code, membership in self.memberships.items() if membership.on(day)]

    @cached_property
    def accessions(self) -> tuple[str, ...]:
        """The codes of the accessions on record, in their order."""
        return tuple(sorted(self.state.accessions))

    @cached_property
    def _beginnings(self) -> Mapping[str, date]:
        """From when each accession is told of, by code."""
        return {code: self.beginning(code) for code in self.accessions}

    def beginning(self, code: str) -> date:
        """The first possible day of the first act of the accession, which is never another state's on a protocol."""
        acts = (event for event in self.events_by_accession.get(code, ()) if event.kind not in ALLY_ACTS)
        return min((event.occurred.earliest or date.min for event in acts), default=date.max)

    def accessions_by(self, day: date) -> list[str]:
        """The codes of the accessions that had begun by that day, or may have, in their order."""
        return [code for code, first in self._beginnings.items() if first <= day]

    @cached_property
    def processes(self) -> dict[str, Process]:
        """What is on record of each accession, by code."""
        return {code: self.process(code) for code in self.accessions}

    def process(self, code: str) -> Process:
        """What is on record of one accession, read anew; `processes` has it at hand."""
        return process_of(code, self._acts(code))

    def _acts(self, code: str) -> Iterable[Act]:
        return (replace(event.act, accession=code) for event in self.events_by_accession.get(code, ()))

    def outcome(self, event: RecordedEvent) -> Outcome | None:
        """How a vote in a chamber ended; None for what is none, or is only planned."""
        if event.kind is not EventKind.CHAMBER_VOTE or event.is_planned:
            return None
        return outcome_of_act(event.act, self.rules.get(event.actor))

    def plan(self, event: RecordedEvent, day: date) -> PlanState | None:
        """What had become of a plan by that day; None for what is none."""
        if not event.is_planned:
            return None
        beside = self.events_by_accession.get(event.accession or "", ())
        return plan_on(event.act, (other.act for other in beside), day)

    @cached_property
    def _names(self) -> dict[str, tuple[Name, ...]]:
        return {code: names_of(party) for code, party in self.state.parties.items()}

    def names(self, code: str, day: date) -> dict[str, str]:
        """What a party was called on that day, by language."""
        return names_on(self._names.get(code, ()), day)

    def english(self, day: date) -> dict[str, str]:
        """What each party was called in English on that day, by code."""
        return self.names_in("en", day)

    def names_in(self, language: str, day: date) -> dict[str, str]:
        """What each party was called in that language on that day, by code; in English, where it has no such name.

        A state that is younger than the day goes by the first name that it came to have.
        """
        return self.once(f"names/{language}", day, lambda: self._names_in(language, day))

    def _names_in(self, language: str, day: date) -> dict[str, str]:
        by_language = {code: names_on(names, day) or first_names(names) for code, names in self._names.items()}
        return {code: names.get(language) or names.get("en", code) for code, names in by_language.items()}

    def standing(self, code: str, day: date) -> AccessionStanding:
        """Where one accession stood on that day."""
        return self.standings(day)[code]

    def standings(self, day: date) -> dict[str, AccessionStanding]:
        """Where each accession stood on that day, by code."""
        return self.once("standings", day, lambda: self._standings(day))

    def _standings(self, day: date) -> dict[str, AccessionStanding]:
        before = self._stood.get(day, {})
        anew = self.standings_of(self.processes.keys() - before.keys(), day)
        return {code: before.get(code) or anew[code] for code in self.processes}

    def standings_of(self, codes: Iterable[str], day: date) -> dict[str, AccessionStanding]:
        """Where these accessions stood on that day: for an edition that is looked at once and not kept."""
        return {
            code: stand_dated(self.processes[code], self._dates(code), day) for code in codes if code in self.processes
        }

    def once(self, what: str, day: date, work_out: Callable[[], T]) -> T:
        """What follows from this edition on that day, worked out again only if too many other days came in between."""
        known = self._worked_out.get((what, day))
        if known is None:
            known = self._worked_out[what, day] = work_out()
            while len(self._worked_out) > _KEPT_BY_DAY:
                self._worked_out.popitem(last=False)
        return cast(T, known)

    def always(self, what: str, work_out: Callable[[], T]) -> T:
        """What follows from this edition on any day, worked out once."""
        if what not in self._settled:
            self._settled[what] = work_out()
        return cast(T, self._settled[what])

    def _dates(self, code: str) -> dict[str, tuple[StageDate, Mapping[Stage, StageDate]]]:
        if code not in self._dated:
            self._dated[code] = date_allies(self.processes[code], self.memberships, self.rules)
        return self._dated[code]


def _grouped(
    events: Iterable[RecordedEvent], by: Callable[[RecordedEvent], Iterable[str]]
) -> Mapping[str, list[RecordedEvent]]:
    groups: dict[str, list[RecordedEvent]] = defaultdict(list)
    for event in events:
        for name in by(event):
            groups[name].append(event)
    return groups


def by_recorded(event: RecordedEvent) -> int:
    """The order of events in the log."""
    return event.recorded


def accessions_of(event: RecordedEvent) -> tuple[str, ...]:
    """Under which accessions the event stands; under the empty code, if under none."""
    return event.accessions or ("",)


def actors_of(event: RecordedEvent) -> tuple[str]:
    """Under which actor the event stands."""
    return (event.actor,)


def is_by(text: str, day: date) -> bool:
    """Whether the date had come by the day, or may have."""
    return PartialDate.parse(text).by(day) is not Reached.NOT_REACHED


def _as_it_was(name: DatedName, day: date) -> DatedName:
    """The name without an end that had not come."""
    return name if not name.until or is_by(name.until, day) else name.model_copy(update={"until": ""})


def _party(document: Document) -> PartyFact:
    return PartyFact.model_validate(without(document, *STAMP))


def _procedure(document: Document) -> ProcedureFact:
    return ProcedureFact.model_validate(without(document, *STAMP))
