"""Letting go of what nobody needs any more. What a citation or a report rests on is kept for ever."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Final

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
    old = _unneeded(now).select_for_update().order_by("last_seen_at", "pk").values_list("pk", flat=True)
    cited = _cited()
    # However many of the oldest are kept for ever, the run goes on to those that are not.
    unneeded = list(islice((pk for pk in old.iterator() if pk not in cited), MOST))
    return _deleted(Capture, _unneeded(now).filter(pk__in=unneeded).delete())


def _unneeded(now: datetime) -> QuerySet[Capture]:
    """Old copies that no watch compares with, and no report rests on that was not rejected."""
    used = Watch.objects.exclude(capture=None).values("capture")
    rested_on = Report.captures.through.objects.exclude(report__state=ReportState.REJECTED).values("capture")
    return Capture.objects.filter(last_seen_at__lt=now - KEPT).exclude(pk__in=used).exclude(pk__in=rested_on)


def _cited() -> set[str]:
    """The hashes with which the archived copies of citations end."""
    archived = Citation.objects.exclude(archived_url="").values_list("archived_url", flat=True)
    return {url.rstrip("/").rpartition("/")[2] for url in archived.iterator()}


def _prune_hosts(now: datetime) -> int:
    return _deleted(Host, Host.objects.filter(asked_at__lt=now - KEPT, next_at__lt=now).delete())


def _prune_links() -> int:
    return _deleted(Link, Link.objects.exclude(url__in=Citation.objects.values("url")).delete())


def _deleted(model: type, result: tuple[int, dict[str, int]]) -> int:
    return result[1].get(f"tracker.{model.__name__}", 0)
