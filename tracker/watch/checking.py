"""Saying in the open that a ratification was looked at, and nothing new was found.

The log tells it once a day for each ratification, however often its sources are polled: a day is what
readers are told, and a log full of nothing would bury what matters.
"""

from collections.abc import Iterable
from datetime import datetime

from tracker.actions import check_ratification, log_transaction
from tracker.domain.vocabulary import Origin, Stage
from tracker.models import Ratification, Report, Watch
from tracker.watch.proposing import Proposed, Weight, actor_of

Pair = tuple[str, str]


def mark_checked(watch: Watch, proposed: Iterable[Proposed], now: datetime) -> int:
    """Mark what the watch has looked at without finding anything new; how many entries that made."""
    agreeing = [one.finding.suggestion for one in proposed if one.weight is Weight.AGREES]
    wanted = {(one.accession or "", actor_of(one) or "") for one in agreeing} | _watched(watch)
    pairs = _not_checked_today(wanted - _waiting(), now)
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


def _waiting() -> set[Pair]:
    """Ratifications of which something waits for review: to say “nothing new” of them would be wrong."""
    proposals = Report.objects.open().values_list("proposal__accession", "proposal__actor")
    return set(proposals)


def _not_checked_today(pairs: set[Pair], now: datetime) -> set[Pair]:
    rows = Ratification.objects.filter(required=True, accession__in={accession for accession, _ in pairs})
    checked = rows.values_list("accession", "ally", "last_checked_at")
    return {(one, ally) for one, ally, at in checked if (one, ally) in pairs and (at is None or at.date() < now.date())}
