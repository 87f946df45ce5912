"""Whether two accounts tell of one act, and what they tell differently.

An account is an event as a document, or as much of one as somebody knows; the keys of what it does not tell are missing
or empty. It needs no title and no words: each source has its own. What is imported, what is reported and what a watch
finds is compared with the record by this, and by nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from tracker.domain.dates import NotADate, PartialDate
from tracker.domain.facts import EventFact, Tally
from tracker.domain.vocabulary import EventKind

Account = Mapping[str, Any]

# What two accounts of one act can disagree about; titles and details are told in own words everywhere.
_TOLD: Final = ("date", "votes", "outcome", "office", "with", "kind", "actor", "accession")
_VOTES: Final = frozenset({EventKind.CHAMBER_VOTE, EventKind.COMMITTEE_VOTE, EventKind.APPLICANT_VOTE})
# Whoever does one of these on an accession does it once; a vote, once in each body.
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
# Steps that may come again on another day, but not twice on one.
_ONCE_A_DAY: Final = frozenset(
    {
        EventKind.EXECUTIVE_APPROVAL,
        EventKind.LAID,
        EventKind.REFERRED,
        EventKind.COMMITTEE_REPORT,
        EventKind.RATIFIED,
        EventKind.PUBLISHED,
        EventKind.APPLICANT_RATIFIED,
        EventKind.APPLICANT_ASSENTED,
        EventKind.APPLICANT_PUBLISHED,
        EventKind.APPLICANT_DEPOSITED,
    }
)


class Match(StrEnum):
    """How an account relates to the record."""

    NEW = "new"
    AGREES = "agrees"
    # The record has such an act; the account leaves out the day, or the body that voted, and may mean another.
    PERHAPS = "perhaps"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is told differently."""

    field: str
    proposed: str
    on_record: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """An account beside the event that it seems to be of, if there is one among the events."""

    match: Match
    fact: EventFact | None = None
    differences: tuple[Difference, ...] = ()


def compare_with(account: Account, events: Iterable[EventFact]) -> Comparison:
    """The account beside that of the events which it is of: by its key, or else the one that it differs from least.

    Of several that it differs from as little, the first.
    """
    events = list(events)
    named = [fact for fact in events if fact.key == account.get("key")]
    compared = [_beside(account, fact) for fact in named or events if named or same_act(account, fact)]
    return min(compared, key=_distance, default=Comparison(Match.NEW))


def _distance(comparison: Comparison) -> tuple[bool, int]:
    return comparison.match is Match.CONTRADICTS, len(comparison.differences)


def same_act(account: Account, fact: EventFact) -> bool:
    """Whether the account is of an act that does not come twice, and that the fact tells of."""
    about = (fact.accession, fact.actor, fact.kind.value, fact.planned)
    if about != (*(account.get(name) for name in ("accession", "actor", "kind")), bool(account.get("planned"))):
        # A plan is no act, and what is announced is not yet done.
        return False
    if fact.kind in _VOTES and not _is_open(account.get("office")) and account["office"] != fact.office:
        return False
    return fact.kind in _ONCE or (fact.kind in _ONCE_A_DAY and account.get("date") == fact.document()["date"])


def _beside(account: Account, fact: EventFact) -> Comparison:
    differences = tuple(_differences(account, fact.document()))
    if any(_contradicts(difference.field, fact.kind) for difference in differences):
        return Comparison(Match.CONTRADICTS, fact, differences)
    is_named = fact.key == account.get("key")
    match = Match.AGREES if is_named or _is_definite(account, fact) else Match.PERHAPS
    return Comparison(match, fact, differences)


def _contradicts(field: str, kind: EventKind) -> bool:
    """Whether it matters that the field is told differently: a body has many names, and only one of them votes."""
    return field != "office" or kind in _VOTES


def _is_definite(account: Account, fact: EventFact) -> bool:
    """Whether the account tells what would tell the act from another: its day, and which body has voted."""
    has_body = fact.kind not in _VOTES or account.get("office") == fact.office
    return has_body and not _is_open(account.get("date"))


def _is_open(value: object) -> bool:
    """Whether the account leaves it open."""
    return value in (None, "", [], {}, ())


def _differences(account: Account, record: Account) -> Iterator[Difference]:
    if bool(account.get("planned")) != bool(record.get("planned")):
        yield Difference("planned", *("yes" if told.get("planned") else "no" for told in (account, record)))
    for field in _TOLD:
        if not _is_open(account.get(field)) and not _agree(field, account[field], record.get(field)):
            yield Difference(field, say(account[field]), say(record.get(field)))


def _agree(field: str, proposed: Any, on_record: Any) -> bool:
    if field == "date":
        return _covers(str(proposed), str(on_record))
    if field == "votes" and isinstance(proposed, Mapping):
        counted = on_record or {}
        return all(counted.get(part) == count for part, count in proposed.items() if count is not None)
    if field == "with" and isinstance(proposed, list | tuple):
        return set(proposed) <= set(on_record)
    # Where the record has no outcome, the tally decides; a source that names one says no other thing.
    return bool(proposed == on_record) or (field == "outcome" and _is_open(on_record))


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
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
