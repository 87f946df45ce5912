"""A proposed event beside the record: new, the same as what we say, or something else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from tracker.domain.dates import NotADate, PartialDate
from tracker.domain.facts import EventFact, Tally
from tracker.domain.vocabulary import EventKind
from tracker.models import Event
from tracker.models.facts_of_rows import event_fact

Proposal = Mapping[str, Any]

# What two accounts of one act can disagree about; titles and details are told in own words everywhere.
_TOLD: Final = ("date", "votes", "office", "with", "kind", "actor", "accession")
_VOTES: Final = frozenset({EventKind.CHAMBER_VOTE, EventKind.COMMITTEE_VOTE, EventKind.APPLICANT_VOTE})
# Meetings and statements come in numbers: only their key tells whether two are one.
_ONCE: Final = frozenset(
    {
        EventKind.SUBMITTED,
        EventKind.CHAMBER_VOTE,
        EventKind.COMMITTEE_VOTE,
        EventKind.CONSENT,
        EventKind.ASSENTED,
        EventKind.DEPOSITED,
        EventKind.APPLICATION,
        EventKind.INVITATION,
        EventKind.PROTOCOL_SIGNED,
        EventKind.PROTOCOL_IN_FORCE,
        EventKind.ACCEDED,
    }
)


class Verdict(StrEnum):
    """How a proposal relates to the record."""

    NEW = "new"
    AGREES = "agrees"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is told differently."""

    field: str
    proposed: str
    on_record: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A proposal beside the event that it seems to be about, if the record has it."""

    verdict: Verdict
    event: Event | None = None
    fact: EventFact | None = None
    differences: Sequence[Difference] = ()


def compare(proposals: Iterable[Proposal]) -> list[Comparison]:
    """Each proposal beside the record, in their order. Four queries, however many."""
    proposals = list(proposals)
    rows = _events_near(proposals)
    return [_beside(one, rows) for one in proposals]


def _events_near(proposals: Iterable[Proposal]) -> list[tuple[Event, EventFact]]:
    keys = {str(one.get("key")) for one in proposals}
    actors = {str(one.get("actor")) for one in proposals}
    standing = Event.objects.standing().with_parts().order_by("recorded")
    # A database takes only so many parameters; past that, reading all events is cheaper than asking often.
    if len(keys) + len(actors) <= 500:
        standing = standing.filter(key__in=keys) | standing.filter(actor__in=actors, kind__in=_ONCE)
    return [(row, event_fact(row)) for row in standing]


def _beside(proposal: Proposal, rows: Sequence[tuple[Event, EventFact]]) -> Comparison:
    same_key = next((row for row in rows if row[1].key == proposal.get("key")), None)
    found = same_key or next((row for row in rows if same_act(proposal, row[1])), None)
    if found is None:
        return Comparison(Verdict.NEW)
    differences = list(_differences(proposal, found[1].document()))
    verdict = Verdict.CONTRADICTS if differences else Verdict.AGREES
    return Comparison(verdict, *found, differences)


def same_act(proposal: Proposal, fact: EventFact) -> bool:
    """Whether the proposal is of an act that happens once, and that the fact tells of."""
    if fact.kind not in _ONCE:
        return False
    about = (fact.accession, fact.actor, fact.kind.value)
    same = about == tuple(proposal.get(name) for name in ("accession", "actor", "kind"))
    return same and (fact.kind not in _VOTES or proposal.get("office") in (None, "", fact.office))


def _differences(proposal: Proposal, record: Mapping[str, Any]) -> Iterable[Difference]:
    for name in _TOLD:
        if proposal.get(name) in (None, "", [], {}):
            continue
        if not _agree(name, proposal[name], record[name]):
            yield Difference(name, say(proposal[name]), say(record[name]))


def _agree(name: str, proposed: Any, on_record: Any) -> bool:
    if name == "date":
        return _covers(str(proposed), str(on_record))
    if name == "votes" and isinstance(proposed, Mapping):
        known = on_record or {}
        return all(known.get(part) == count for part, count in proposed.items() if count is not None)
    if name == "with" and isinstance(proposed, Sequence):
        return set(proposed) <= set(on_record)
    return bool(proposed == on_record)


def _covers(proposed: str, on_record: str) -> bool:
    """Whether the proposed date is the one on record, or a less exact one around it."""
    try:
        outer = PartialDate.parse(proposed)
    except NotADate:
        return False
    inner = PartialDate.parse(on_record)
    starts = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    ends = outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest)
    return starts and ends


def say(value: Any) -> str:
    """The value as one line for a person."""
    if isinstance(value, Mapping):
        # In the order of the fact: PostgreSQL keeps no order of the keys of a document.
        parts = [*Tally.model_fields, *sorted(set(value) - set(Tally.model_fields))]
        return ", ".join(f"{value[part]} {part}" for part in parts if value.get(part) is not None)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)
