"""What a source has said under one name over time, beside the version that a reviewer has before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.vocabulary import ReportChannel
from tracker.models import Report
from tracker.sources.versions import Said, shown


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that the source told differently before."""

    field: str
    was: str
    is_now: str


@dataclass(frozen=True, slots=True)
class Versions:
    """A report, what the source has changed since the one before, and all the other reports of the same find."""

    changed: Sequence[Changed]
    others: Sequence[Report]


def versions_of(report: Report) -> Versions | None:
    """The versions beside the report; None where the source has said nothing else under that name."""
    others = Report.objects.versions_of([report.find]).exclude(pk=report.pk).select_related("event")
    return Versions(changed_in(report), found) if (found := list(others)) else None


def changed_in(report: Report) -> list[Changed]:
    """What the source has changed, as the watch saw it when it filed the report."""
    pairs: Any = report.evidence.get("changed") if report.channel == ReportChannel.WATCH else None
    return [Changed(name, shown(was), shown(now)) for name, (was, now) in _pairs(pairs).items()]


def _pairs(pairs: Any) -> dict[str, tuple[Said, Said]]:
    return dict(pairs) if isinstance(pairs, dict) else {}
