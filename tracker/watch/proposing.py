"""From a find to a proposal for a reviewer, and the comparison with what is on record already."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from tracker.actions import file_report, record_lock
from tracker.domain.facts import EventFact
from tracker.domain.same_act import Match, compare_with
from tracker.domain.vocabulary import Confidence, EventKind, ReportChannel, SourceClass
from tracker.models import Event, Report, Watch
from tracker.models.facts_of_rows import event_fact
from tracker.sources.findings import Finding, Suggestion
from tracker.sources.versions import changes, digest, sentence
from tracker.watch.captures import address_of
from tracker.watch.reading import Sourced

# Whoever publishes one of these publishes the act itself.
_OFFICIAL: Final = frozenset(
    {SourceClass.DEPOSITARY, SourceClass.GAZETTE, SourceClass.PARLIAMENT, SourceClass.GOVERNMENT}
)
_OWN_ACTS: Final = frozenset(
    {EventKind.APPLICANT_VOTE, EventKind.APPLICANT_RATIFIED, EventKind.APPLICANT_DEPOSITED, EventKind.APPLICATION}
)
# So many acts like a find are named to a reviewer.
_SIMILAR: Final = 5
# A source that goes back and forth between two texts is told of each turn, but not for ever.
_MOST_TURNS: Final = 2


class MatchResult(StrEnum):
    """What a find is worth to a reviewer."""

    NEW = "new"
    # Known by its name, and no longer saying what it said.
    CHANGED = "changed"
    FILED = "filed"
    AGREES = "agrees"

    @property
    def is_news(self) -> bool:
        """Whether it goes before the reviewers."""
        return self in {MatchResult.NEW, MatchResult.CHANGED}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A find, and what would become of it."""

    finding: Finding
    result: MatchResult
    fingerprint: str
    proposal: dict[str, Any]
    evidence: dict[str, Any]
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Version:
    """What is to be weighed: a find, what it says today, and what was reported under its name before."""

    finding: Finding
    said: Mapping[str, Any]
    earlier: Sequence[Report] = field(default_factory=tuple)
    # Another find of the same document has the same name, so that only what they say tells them apart.
    is_twin: bool = False

    @property
    def name(self) -> str:
        """What the find is called among the reports."""
        return f"watch:{self.finding.fingerprint}"

    @property
    def fingerprint(self) -> str:
        """What makes this version one report: the first goes by its name alone."""
        if self.is_twin:
            return f"{self.name}:{self._digest}"
        return f"{self.name}:{len(self.earlier)}:{self._digest}" if self.earlier else self.name

    @property
    def changed(self) -> dict[str, tuple[Any, Any]]:
        """What is said differently from the last report of it."""
        return self._beside(self.earlier[-1]) if self.earlier and not self.is_twin else {}

    @property
    def is_known(self) -> bool:
        """Whether the reviewers have it in these words."""
        same = [report for report in self.earlier if not self._beside(report)]
        if self.is_twin or any(report.evidence.get("twin") for report in self.earlier):
            return bool(same)
        return bool(self.earlier) and (not self.changed or len(same) >= _MOST_TURNS)

    def _beside(self, report: Report) -> dict[str, tuple[Any, Any]]:
        return changes(_said_in(report), self.said, self.finding.language)

    @property
    def _digest(self) -> str:
        return digest(self.said, self.finding.language)


def match_findings(watch: Watch, sourced: Sequence[Sourced], now: datetime) -> list[Proposed]:
    """Each find, with what would become of it. Changes nothing."""
    count = Counter(each.finding.fingerprint for each in sourced)
    earlier = _earlier(f"watch:{name}" for name in count)
    standing = _events_of(report for reports in earlier.values() for report in reports)
    return [_match(watch, _version(each.finding, earlier, count, now), each.sha256, standing) for each in sourced]


def _version(finding: Finding, earlier: Mapping[str, Sequence[Report]], count: Counter[str], now: datetime) -> _Version:
    name = finding.fingerprint
    return _Version(finding, _said(finding, now.date()), earlier.get(f"watch:{name}", ()), count[name] > 1)


def _earlier(names: Iterable[str]) -> dict[str, list[Report]]:
    """What was reported under each of the names, the oldest first."""
    reports: dict[str, list[Report]] = defaultdict(list)
    for report in Report.objects.versions_of(names):
        reports[report.find].append(report)
    return reports


def _events_of(reports: Iterable[Report]) -> dict[int, str]:
    """The keys of those events that the reports led to and that still stand, by their row."""
    led_to = {report.event_id for report in reports if report.event_id}
    keys = Event.objects.filter(pk__in=led_to).values_list("pk", "key") if led_to else []
    by_row = dict(keys)
    standing = set(Event.objects.standing().filter(key__in=by_row.values()).values_list("key", flat=True))
    return {pk: key for pk, key in by_row.items() if key in standing}


def _said(finding: Finding, today: date) -> dict[str, Any]:
    """What the find says; a day of publication that goes along with the clock is none of it."""
    said = finding.said
    moving = {(today + timedelta(days=shift)).isoformat() for shift in (-1, 0, 1)}
    return said | {"published": None} if said["published"] in moving else said


def _said_in(report: Report) -> Mapping[str, Any]:
    """What an earlier report was told; of one from before that was kept, what can be made out."""
    if said := report.evidence.get("said"):
        return dict(said)
    proposal, evidence = report.proposal, report.evidence
    return {
        "title": proposal.get("title"),
        "summary": evidence.get("summary"),
        "published": evidence.get("published"),
        "date": proposal.get("date"),
        "votes": proposal.get("votes"),
    }


def file_all(proposed: Sequence[Proposed]) -> None:
    """Put the finds before the reviewers; the same find never makes two reports."""
    if not proposed:
        return
    # Two polls that find the same in another order would wait for each other; with the lock of the record they queue.
    with record_lock():
        for proposal in proposed:
            _file(proposal)


def _file(proposed: Proposed) -> Report:
    return file_report(
        proposed.proposal,
        fingerprint=proposed.fingerprint,
        channel=ReportChannel.WATCH,
        by=None,
        evidence=proposed.evidence,
        message=proposed.message,
        find=f"watch:{proposed.finding.fingerprint}",
    )


def proposal_of(watch: Watch, finding: Finding, sha256: str) -> dict[str, Any]:
    """What the find proposes, as far as it is certain; the keys of the rest are missing."""
    suggestion = finding.suggestion
    certain = {
        "accession": suggestion.accession,
        "also": list(suggestion.also),
        "actor": actor_of(suggestion),
        "office": suggestion.office,
        "kind": suggestion.kind.value if suggestion.kind else None,
        "date": suggestion.date,
        "planned": suggestion.planned,
        "votes": asdict(suggestion.votes) if suggestion.votes else None,
        "outcome": suggestion.outcome.value if suggestion.outcome else None,
        "title": finding.title,
        "confidence": (Confidence.HIGH if watch.source_class in _OFFICIAL else Confidence.MEDIUM).value,
        "sources": [_source(watch, finding, sha256)],
    }
    return {name: value for name, value in certain.items() if value}


def actor_of(suggestion: Suggestion) -> str | None:
    """Who acted: the ally; in an applicant's own acts, the applicant."""
    return suggestion.ally or (suggestion.accession if suggestion.kind in _OWN_ACTS else None)


def _match(watch: Watch, version: _Version, sha256: str, standing: Mapping[int, str]) -> Proposed:
    finding = version.finding
    similar = [] if version.is_known else _similar(finding.suggestion)
    proposal = proposal_of(watch, finding, sha256)
    # What a report led to is what a later version of it is set beside.
    led_to = [key for report in version.earlier if report.event_id and (key := standing.get(report.event_id))]
    if led_to and version.changed:
        proposal["key"] = led_to[-1]
    return Proposed(
        finding,
        _result(version, proposal, similar),
        version.fingerprint,
        proposal,
        _evidence(watch, version, sha256, similar),
        "\n".join(filter(None, [sentence(version.changed) if version.changed else "", finding.summary])),
    )


def _result(version: _Version, proposal: Mapping[str, Any], similar: Sequence[EventFact]) -> MatchResult:
    if version.is_known:
        return MatchResult.FILED
    if version.changed:
        return MatchResult.CHANGED
    return MatchResult.AGREES if compare_with(proposal, similar).match is Match.AGREES else MatchResult.NEW


def _similar(suggestion: Suggestion) -> list[EventFact]:
    """Acts on record of the same kind by the same actor on the same accession, the oldest first."""
    actor = actor_of(suggestion)
    if not (suggestion.accession and actor and suggestion.kind):
        return []
    same = {"accession": suggestion.accession, "actor": actor, "kind": suggestion.kind}
    return [event_fact(row) for row in Event.objects.standing().filter(**same).with_parts().order_by("latest", "pk")]


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


def _evidence(watch: Watch, version: _Version, sha256: str, similar: Sequence[EventFact]) -> dict[str, Any]:
    finding = version.finding
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
        "similar": [fact.key for fact in similar[:_SIMILAR]],
        "said": dict(version.said),
        **({"twin": True} if version.is_twin else {}),
        **({"changed": {name: list(pair) for name, pair in version.changed.items()}} if version.changed else {}),
    }
