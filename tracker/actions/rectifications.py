"""Putting mistakes right in the open: numbered, with what was wrong, what replaces it, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.contrib.auth.models import User
from django.db.models import Max, QuerySet

from tracker.actions.accessions import open_accessions
from tracker.actions.act_index import ActIndex, acts_on_record
from tracker.actions.changelog import About, LogTransaction, log_transaction
from tracker.actions.checks import check_event, check_parties, check_sourced
from tracker.actions.commitments import assessment_row, save_assessments
from tracker.actions.events import concerned, event_row, save_events
from tracker.actions.settling import Settler
from tracker.domain.dates import PartialDate
from tracker.domain.exceptions import AlreadyRectified, NothingToRectify, NotOnRecord, ReasonMissing
from tracker.domain.facts import AssessmentFact, CommitmentFact, EventFact, Fact, PartyFact, ProcedureFact
from tracker.domain.standing import acts_of
from tracker.domain.vocabulary import ChangeType, Subject
from tracker.models import Assessment, Event, Rectification
from tracker.models.facts_of_rows import assessment_fact, event_fact
from tracker.models.fields import Positioned
from tracker.readmodel.record import Record

V = TypeVar("V", Event, Assessment)


@dataclass(frozen=True, slots=True)
class Justification:
    """Why a rectification is made, and to whom thanks are due."""

    reason: str
    reported_by: str = ""

    def __post_init__(self) -> None:
        """Raises `ReasonMissing`."""
        if not self.reason.strip():
            raise ReasonMissing


@dataclass(frozen=True, slots=True)
class Correction:
    """One rectification being written: the row that it concerns, what was said, and what is said now."""

    log: LogTransaction
    justification: Justification
    row: Positioned
    was: Fact
    now: Fact | None

    def __post_init__(self) -> None:
        """Raises `NothingToRectify`."""
        if self.now == self.was:
            raise NothingToRectify(self.key)

    @property
    def subject(self) -> Subject:
        """What kind of fact it concerns."""
        return _NOUNS[type(self.was)][0]

    @property
    def key(self) -> str:
        """What names the fact."""
        return str(getattr(self.was, _NOUNS[type(self.was)][1]))

    def write(self, about: About, **links: Any) -> Rectification:
        """Number it, put it on record, and tell the log."""
        earlier = Rectification.objects.filter(subject=self.subject, key=self.key).order_by("number").last()
        columns: dict[str, Any] = {
            "subject": self.subject,
            "key": self.key,
            "was": self.was.document(),
            "now": self.now.document() if self.now else None,
            "reason": self.justification.reason,
            "reported_by": self.justification.reported_by,
            # A row that changes was recorded when it was new; what it said since has stood since the last correction.
            "stood_from": earlier.stood_until if earlier else self.row.recorded_at,
        }
        number = (Rectification.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        position = self.log.append(_TYPE[self.subject], _payload(number, columns), occurred=self._occurred, **about)
        return Rectification.objects.create(
            number=number,
            position=position,
            stood_until=self.log.now,
            by=self.log.by,
            origin=self.log.origin,
            **columns,
            **links,
        )

    @property
    def _occurred(self) -> PartialDate | None:
        return getattr(self.now or self.was, "occurred", None)


def _payload(number: int, columns: dict[str, Any]) -> dict[str, Any]:
    return {
        "rectification": number,
        "subject": columns["subject"].value,
        **{name: columns[name] for name in ("key", "was", "now", "reason")},
        "reported_by": columns["reported_by"] or None,
        "stood_from": columns["stood_from"].isoformat(),
    }


_TYPE: Final = {
    Subject.EVENT: ChangeType.EVENT_RECTIFIED,
    Subject.ASSESSMENT: ChangeType.ASSESSMENT_RECTIFIED,
    Subject.COMMITMENT: ChangeType.COMMITMENT_RECTIFIED,
    Subject.PROCEDURE: ChangeType.PROCEDURE_RECTIFIED,
    Subject.PARTY: ChangeType.PARTY_RECTIFIED,
}


# What kind of thing a fact tells of, and which of its fields names it.
_NOUNS: Final[Mapping[type[Fact], tuple[Subject, str]]] = {
    EventFact: (Subject.EVENT, "key"),
    AssessmentFact: (Subject.ASSESSMENT, "key"),
    CommitmentFact: (Subject.COMMITMENT, "key"),
    ProcedureFact: (Subject.PROCEDURE, "ally"),
    PartyFact: (Subject.PARTY, "code"),
}


def rectify_event(
    key: str,
    fact: EventFact,
    *,
    reason: str,
    by: User | None,
    version: int | None = None,
    reported_by: str = "",
    note: str = "",
    notify: bool = True,
) -> Rectification:
    """Replace what we say of an event, in the open.

    `version` is the one the editor looked at: if another rectification came first, this one is refused.
    Raises `NotOnRecord`, `AlreadyRectified`, `NothingToRectify`, `ReasonMissing`, and what `record_event` raises.
    """
    with log_transaction(by=by, note=note, notify=notify) as log:
        return correct_event(log, key, fact, Justification(reason, reported_by), version)


def retract_event(
    key: str,
    *,
    reason: str,
    by: User | None,
    version: int | None = None,
    reported_by: str = "",
    note: str = "",
    notify: bool = True,
) -> Rectification:
    """Take an event back, in the open, with nothing in its place. Raises as `rectify_event` does."""
    with log_transaction(by=by, note=note, notify=notify) as log:
        return correct_event(log, key, None, Justification(reason, reported_by), version)


def correct_event(
    log: LogTransaction, key: str, fact: EventFact | None, justification: Justification, version: int | None = None
) -> Rectification:
    """Replace an event by the fact, or by nothing. Raises as `rectify_event` does."""
    event = _last_version(Event.objects.with_parts(), key, version)
    was = event_fact(event)
    now = fact.model_copy(update={"key": key}) if fact else None
    correction = Correction(log, justification, event, was, now)
    replacement = None
    if now:
        _check_replacement(log, was, now)
        open_accessions(log, filter(None, [now.accession, *now.also]))
        replacement = event_row(now, log.stamp, event.version + 1)
        save_events([(replacement, now)])
    told = now or was
    about: About = {"accession": told.accession or "", "ally": told.actor, "event": key}
    found = correction.write(about, event=event, replacement=replacement)
    settle_again(log, concerned([was, now] if now else [was]))
    return found


def settle_again(log: LogTransaction, codes: set[str]) -> None:
    """Bring these accessions up to date after something that they rested on was put right."""
    record = Record(log.position)
    settler = Settler(log, ActIndex(acts_on_record(codes, record.edition), record.rules), codes, log.today)
    for code in sorted(codes):
        settler.settle(code)
    settler.close()


def _check_replacement(log: LogTransaction, was: EventFact, now: EventFact) -> None:
    check_sourced(now, log.origin)
    check_parties({now.actor, *now.others, *now.also, *filter(None, [now.accession])})
    record = Record(log.position)
    codes = concerned([was, now]) | {now.actor}
    acts = [act for act in acts_on_record(codes, record.edition) if act.key != was.key]
    check_event(now, ActIndex([*acts, *acts_of(now, record.edition)], record.rules), record.procedures)


def rectify_assessment(
    key: str,
    fact: AssessmentFact,
    *,
    reason: str,
    by: User | None,
    version: int | None = None,
    reported_by: str = "",
) -> Rectification:
    """Replace what we say that a party claimed. Raises as `rectify_event` does."""
    with log_transaction(by=by) as log:
        return correct_assessment(log, key, fact, Justification(reason, reported_by), version)


def retract_assessment(
    key: str, *, reason: str, by: User | None, version: int | None = None, reported_by: str = ""
) -> Rectification:
    """Take a claim back: the party did not say so. Raises as `rectify_event` does."""
    with log_transaction(by=by) as log:
        return correct_assessment(log, key, None, Justification(reason, reported_by), version)


def correct_assessment(
    log: LogTransaction, key: str, fact: AssessmentFact | None, justification: Justification, version: int | None = None
) -> Rectification:
    """Replace a claim by the fact, or by nothing. Raises as `rectify_assessment` does."""
    assessment = _last_version(Assessment.objects.with_parts(), key, version)
    was = assessment_fact(assessment)
    now = fact.model_copy(update={"key": key}) if fact else None
    correction = Correction(log, justification, assessment, was, now)
    replacement = None
    if now:
        check_sourced(now, log.origin)
        check_parties([now.by])
        replacement = assessment_row(assessment.commitment, now, log.stamp, assessment.version + 1)
        save_assessments([(replacement, now)])
    commitment = assessment.commitment
    about: About = {"accession": commitment.accession_id, "ally": (now or was).by, "commitment": commitment.key}
    return correction.write(about, assessment=assessment, new_assessment=replacement)


def _last_version(rows: QuerySet[V], key: str, version: int | None) -> V:
    """The version of the key that stands. Raises `NotOnRecord`, or `AlreadyRectified` if it is not the one meant."""
    last = rows.filter(key=key).order_by("-version").first()
    if last is None:
        raise NotOnRecord("fact", key)
    taken_back = getattr(last, "rectification", None)
    if taken_back is not None:
        raise AlreadyRectified(key, taken_back.number)
    if version is not None and version > last.version:
        raise NotOnRecord(f"version {version} of", key)
    if version is not None and version < last.version:
        raise AlreadyRectified(key, last.replaces.number)
    return last


def version_of(subject: Subject, key: str) -> int:
    """Which account of a fact stands whose row changes: one more than it was put right."""
    return Rectification.objects.filter(subject=subject, key=key).count() + 1


def check_version(subject: Subject, key: str, version: int | None) -> None:
    """Refuse a correction of an account that has been replaced since it was looked at. Raises `AlreadyRectified`."""
    if version is not None and version < version_of(subject, key):
        raise AlreadyRectified(key, Rectification.objects.filter(subject=subject, key=key).latest("number").number)
