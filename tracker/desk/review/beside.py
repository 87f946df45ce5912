"""What reports are beside the record, for lists."""

from collections.abc import Sequence

from tracker.desk.review.versions import changed_in
from tracker.domain.same_act import Match
from tracker.domain.vocabulary import Proposes, Verb
from tracker.exchange.dataset.comparing import compare
from tracker.models import Report


def told_beside(reports: Sequence[Report]) -> list[str]:
    """What each of the reports is beside the record: a change of it, or an event that it has, or has not."""
    events = [one for one in reports if one.proposes == Proposes.EVENT]
    compared = dict(zip(events, compare(one.proposal for one in events), strict=True))
    return [
        Verb(report.proposal["verb"]).label if report not in compared else _beside(report, compared[report].match)
        for report in reports
    ]


def _beside(report: Report, match: Match) -> str:
    return f"{match.value}; the source has changed what it says" if changed_in(report) else match.value
