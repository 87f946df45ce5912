"""Letting go of what nobody needs any more. What a citation or a report rests on is kept for ever."""

from datetime import datetime, timedelta
from typing import Final

from tracker.models import Capture, Citation, Host, Link, Report
from tracker.vocabulary import ReportState

KEPT: Final = timedelta(days=90)
MOST: Final = 500


def prune(now: datetime) -> int:
    """Delete old copies that nothing rests on, hosts not asked for long and addresses no longer cited; how many."""
    return _prune_captures(now) + _prune_hosts(now) + _prune_links()


def _prune_captures(now: datetime) -> int:
    old = Capture.objects.filter(last_seen_at__lt=now - KEPT, watches__isnull=True).order_by("last_seen_at")
    hashes = set(old.values_list("pk", flat=True)[:MOST]) - _rested_on()
    return _deleted(Capture, Capture.objects.filter(pk__in=hashes, watches__isnull=True).delete())


def _rested_on() -> set[str]:
    """The copies behind citations and behind reports that were not rejected."""
    reports = Report.objects.exclude(state=ReportState.REJECTED).filter(evidence__has_key="capture")
    archived = Citation.objects.exclude(archived_url="").values_list("archived_url", flat=True)
    cited = {url.rstrip("/").rpartition("/")[2] for url in archived}
    return cited | set(reports.values_list("evidence__capture", flat=True))


def _prune_hosts(now: datetime) -> int:
    return _deleted(Host, Host.objects.filter(asked_at__lt=now - KEPT, next_at__lt=now).delete())


def _prune_links() -> int:
    return _deleted(Link, Link.objects.exclude(url__in=Citation.objects.values("url")).delete())


def _deleted(model: type, told: tuple[int, dict[str, int]]) -> int:
    return told[1].get(f"tracker.{model.__name__}", 0)
