"""Saying in the open that a ratification was looked at, and nothing new was found.

The log tells it once a day for each ratification, however often its sources are polled: a day is what
readers are told, and a log full of nothing would bury what matters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.actions import check_ratification, log_transaction
from tracker.domain.vocabulary import Origin, Proposes, Stage
from tracker.models import Event, Ratification, Report, Watch
from tracker.watch.proposing import MatchResult, Proposed, actor_of

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What a report that waits may be about; None for whatever it leaves open."""

    accession: str | None
    ally: str | None

    def concerns(self, pair: Pair) -> bool:
        """Whether it may be about the ratification. What tells neither accession nor ally is about none."""
        if self.accession is None and self.ally is None:
            return False
        return self.accession in {None, pair[0]} and self.ally in {None, pair[1]}


def mark_checked(watch: Watch, proposed: Iterable[Proposed], now: datetime) -> int:
    """Mark what the watch has looked at without finding anything new; how many entries that made."""
    agreeing = [proposal.finding.suggestion for proposal in proposed if proposal.result is MatchResult.AGREES]
    looked_at = {(about.accession or "", actor_of(about) or "") for about in agreeing} | _watched(watch)
    waiting = _waiting() if looked_at else []
    # To say “nothing new” of a ratification of which something waits for review would be wrong.
    silent = {pair for pair in looked_at if not any(report.concerns(pair) for report in waiting)}
    pairs = _not_checked_today(silent, now)
    return _mark(pairs, now) if pairs else 0


def _mark(pairs: set[Pair], now: datetime) -> int:
    with log_transaction(origin=Origin.RULE, notify=False) as log:
        # Of two sources of one ratification that are read at one moment, the second finds it marked.
        left = sorted(_not_checked_today(pairs, now))
        for accession, ally in left:
            check_ratification(log, accession=accession, ally=ally)
    return len(left)


def _watched(watch: Watch) -> set[Pair]:
    """The open ratifications that this source tells about."""
    if watch.ally_id is None:
        return set()
    rows = Ratification.objects.filter(ally=watch.ally_id, required=True).exclude(stage=Stage.DEPOSITED)
    if watch.accessions:
        rows = rows.filter(accession__in=watch.accessions)
    return set(rows.values_list("accession", "ally"))


def _waiting() -> set[_Waiting]:
    """What waits for review: proposed events, and changes of events on record."""
    rows = list(Report.objects.open().values_list("proposes", "proposal", "evidence"))
    ally_of = dict(Watch.objects.values_list("key", "ally"))
    events = [(proposal, evidence) for proposes, proposal, evidence in rows if proposes == Proposes.EVENT]
    changes = [proposal for proposes, proposal, _ in rows if proposes == Proposes.CHANGE]
    return {about for event in events for about in _proposed(*event, ally_of)} | _to_change(changes)


def _proposed(
    proposal: Mapping[str, Any], evidence: Mapping[str, Any], ally_of: Mapping[str, str | None]
) -> set[_Waiting]:
    """What a proposed event is about; who acted may be open, and then it is whoever the source belongs to.

    An act of somebody, and what a source says anew, may be any ally's where nothing tells whose; what is only said
    of an accession is none's.
    """
    ally = _code(proposal.get("actor")) or ally_of.get(str(evidence.get("watch")))
    if ally is None and not (proposal.get("kind") or evidence.get("changed")):
        return set()
    also = proposal.get("also")
    codes = [proposal.get("accession"), *(also if isinstance(also, list) else [])]
    return {_Waiting(_code(code), ally) for code in codes}


def _to_change(requests: Iterable[Mapping[str, Any]]) -> set[_Waiting]:
    """What the events are about that somebody wants to see changed, as they stand and as they would."""
    requests = list(requests)
    keys = {str(request.get("key")) for request in requests if request.get("subject") == "event"}
    standing = Event.objects.filter(key__in=keys).values_list("accession", "actor")
    facts = [fact for request in requests if isinstance(fact := request.get("fact"), dict)]
    return {_Waiting(*pair) for pair in standing} | {
        _Waiting(_code(fact.get("accession")), _code(fact.get("actor"))) for fact in facts
    }


def _code(value: Any) -> str | None:
    """A code, as far as somebody has filled it in; a program may have sent anything."""
    return value if isinstance(value, str) and value else None


def _not_checked_today(pairs: set[Pair], now: datetime) -> set[Pair]:
    rows = Ratification.objects.filter(required=True, accession__in={accession for accession, _ in pairs})
    checked = rows.values_list("accession", "ally", "last_checked_at")
    return {
        (accession, ally)
        for accession, ally, at in checked
        if (accession, ally) in pairs and (at is None or at.date() < now.date())
    }
