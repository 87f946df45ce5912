"""From a find to a proposal for a reviewer, and the comparison with what is on record already."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from tracker.actions import file_report, record_lock
from tracker.domain.vocabulary import Confidence, EventKind, ReportChannel, SourceClass
from tracker.models import Event, Report, Watch
from tracker.sources.findings import Finding, Suggestion
from tracker.watch.captures import address_of

# Whoever publishes one of these publishes the act itself.
_OFFICIAL: Final = frozenset(
    {SourceClass.DEPOSITARY, SourceClass.GAZETTE, SourceClass.PARLIAMENT, SourceClass.GOVERNMENT}
)
_OWN_ACTS: Final = frozenset(
    {EventKind.APPLICANT_VOTE, EventKind.APPLICANT_RATIFIED, EventKind.APPLICANT_DEPOSITED, EventKind.APPLICATION}
)
_SIMILAR: Final = 5


class Weight(StrEnum):
    """What a find is worth to a reviewer."""

    NEW = "new"
    FILED = "filed"
    AGREES = "agrees"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A find, and what would become of it."""

    finding: Finding
    weight: Weight
    fingerprint: str
    proposal: dict[str, Any]
    evidence: dict[str, Any]


def weigh(watch: Watch, findings: Sequence[Finding], sha256: str) -> list[Proposed]:
    """Each find, with what would become of it. Changes nothing."""
    prints = {finding.fingerprint: f"watch:{finding.fingerprint}" for finding in findings}
    filed = set(Report.objects.filter(fingerprint__in=prints.values()).values_list("fingerprint", flat=True))
    return [_weigh(watch, finding, sha256, is_filed=prints[finding.fingerprint] in filed) for finding in findings]


def file_all(proposed: Sequence[Proposed]) -> None:
    """Put the finds before the reviewers; the same find never makes two reports."""
    if not proposed:
        return
    # Two polls that find the same in another order would wait for each other; with the lock of the record they queue.
    with record_lock():
        for one in proposed:
            _file(one)


def _file(proposed: Proposed) -> Report:
    return file_report(
        proposed.proposal,
        fingerprint=proposed.fingerprint,
        channel=ReportChannel.WATCH,
        by=None,
        evidence=proposed.evidence,
        message=proposed.finding.summary,
    )


def proposal_of(watch: Watch, finding: Finding, sha256: str) -> dict[str, Any]:
    """What the find proposes, as far as it is certain; the keys of the rest are missing."""
    suggestion = finding.suggestion
    certain = {
        "accession": suggestion.accession,
        "actor": actor_of(suggestion),
        "office": suggestion.office,
        "kind": suggestion.kind.value if suggestion.kind else None,
        "date": suggestion.date,
        "votes": asdict(suggestion.votes) if suggestion.votes else None,
        "title": finding.title,
        "confidence": (Confidence.HIGH if watch.source_class in _OFFICIAL else Confidence.MEDIUM).value,
        "sources": [_source(watch, finding, sha256)],
    }
    return {name: value for name, value in certain.items() if value}


def actor_of(suggestion: Suggestion) -> str | None:
    """Who acted: the ally; in an applicant's own acts, the applicant."""
    return suggestion.ally or (suggestion.accession if suggestion.kind in _OWN_ACTS else None)


def _weigh(watch: Watch, finding: Finding, sha256: str, *, is_filed: bool) -> Proposed:
    similar = [] if is_filed else _similar(finding.suggestion)
    agrees = any(_says_the_same(event, finding.suggestion) for event in similar)
    weight = Weight.FILED if is_filed else Weight.AGREES if agrees else Weight.NEW
    return Proposed(
        finding,
        weight,
        f"watch:{finding.fingerprint}",
        proposal_of(watch, finding, sha256),
        _evidence(watch, finding, sha256, similar),
    )


def _similar(suggestion: Suggestion) -> list[Event]:
    """Acts on record of the same kind by the same actor on the same accession."""
    actor = actor_of(suggestion)
    if not (suggestion.accession and actor and suggestion.kind):
        return []
    same = {"accession": suggestion.accession, "actor": actor, "kind": suggestion.kind}
    return list(Event.objects.standing().filter(**same).order_by("latest", "pk")[:_SIMILAR])


def _says_the_same(event: Event, suggestion: Suggestion) -> bool:
    """Whether the record has this act on this day, in this body, with these votes, where the source gives them."""
    votes = suggestion.votes
    if votes and (votes.yes, votes.no) != (event.votes_yes, event.votes_no):
        return False
    # Two chambers may vote on one day; other acts are known by their kind, whatever the body is called.
    if event.kind == EventKind.CHAMBER_VOTE and suggestion.office != event.office:
        return False
    return suggestion.date == event.date


def _source(watch: Watch, finding: Finding, sha256: str) -> dict[str, Any]:
    return {
        "url": finding.url or watch.url,
        "title": finding.title,
        "publisher": watch.publisher,
        "class": watch.source_class,
        "published": finding.published,
        "quote": finding.quote or None,
        "quote_language": finding.language or None,
        "archived_url": address_of(sha256),
    }


def _evidence(watch: Watch, finding: Finding, sha256: str, similar: Sequence[Event]) -> dict[str, Any]:
    return {
        "watch": watch.key,
        "capture": sha256,
        "archived_url": address_of(sha256),
        "url": finding.url or watch.url,
        "place": finding.place,
        "quote": finding.quote,
        "language": finding.language,
        "published": finding.published,
        "summary": finding.summary,
        # So that a reviewer sees at once what this may only repeat.
        "similar": [event.key for event in similar],
    }
