"""Letting go of what nobody needs any more. What a citation or a report rests on is kept for ever."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from tracker.domain.vocabulary import ReportState
from tracker.models import Capture, Citation, Host, Link, Report, Watch

KEPT: Final = timedelta(days=90)
MOST: Final = 500


def prune(now: datetime) -> int:
    """Delete old copies that nothing rests on, hosts not asked for long and addresses no longer cited; how many."""
    return _prune_captures(now) + _prune_hosts(now) + _prune_links()


@transaction.atomic
def _prune_captures(now: datetime) -> int:
    # Locked: a copy that comes again meanwhile is either kept by that, or gone before `captures.keep` looks for it.
    old = _old(now).select_for_update().order_by("last_seen_at", "pk").values_list("pk", flat=True)
    rested = _rested_on()
    # However many of the oldest are kept for ever, the run goes on to those that are not.
    unneeded = list(islice((pk for pk in old.iterator() if pk not in rested), MOST))
    return _deleted(Capture, _old(now).filter(pk__in=unneeded).delete())


def _old(now: datetime) -> QuerySet[Capture]:
    used = Watch.objects.exclude(capture=None).values("capture")
    return Capture.objects.filter(last_seen_at__lt=now - KEPT).exclude(pk__in=used)


def _rested_on() -> set[str]:
    """The copies behind citations and behind reports that were not rejected."""
    archived = Citation.objects.exclude(archived_url="").values_list("archived_url", flat=True)
    cited = {_hash_in(url) for url in archived}
    reports = Report.objects.exclude(state=ReportState.REJECTED).values_list("evidence", "proposal")
    return cited | {name for evidence, proposal in reports.iterator() for name in _named_in(evidence, proposal)}


def _named_in(evidence: Mapping[str, Any], proposal: Mapping[str, Any]) -> Iterable[str]:
    """The copies that a report names, whoever filed it: as its evidence, or as a source's archived copy."""
    yield str(evidence.get("capture", ""))
    sources = proposal.get("sources")
    for source in sources if isinstance(sources, list) else ():
        if isinstance(source, dict):
            yield _hash_in(str(source.get("archived_url", "")))


def _hash_in(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def _prune_hosts(now: datetime) -> int:
    return _deleted(Host, Host.objects.filter(asked_at__lt=now - KEPT, next_at__lt=now).delete())


def _prune_links() -> int:
    return _deleted(Link, Link.objects.exclude(url__in=Citation.objects.values("url")).delete())


def _deleted(model: type, counts: tuple[int, dict[str, int]]) -> int:
    return counts[1].get(f"tracker.{model.__name__}", 0)
