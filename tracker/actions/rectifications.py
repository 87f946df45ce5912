"""Putting mistakes right in the open: numbered, with what was wrong, what replaces it, and why."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db.models import Max, QuerySet

from tracker.actions.accessions import open_accessions
from tracker.actions.books import Books, acts_on_record
from tracker.actions.checks import check_event, check_parties, check_sourced
from tracker.actions.commitments import assessment_row, save_assessments
from tracker.actions.events import act_of, concerned, event_row, save_events
from tracker.actions.log import Writing, writing
from tracker.actions.settling import Settler
from tracker.documents import assessment_fact, event_fact
from tracker.exceptions import AlreadyRectified, NothingToRectify, NotOnRecord, ReasonMissing
from tracker.facts import AssessmentFact, EventFact
from tracker.models import Assessment, Event, Rectification
from tracker.models.fields import Positioned
from tracker.record import Record
from tracker.vocabulary import ChangeType, Subject

V = TypeVar("V", Event, Assessment)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a rectification is made, and to whom thanks are due."""

    reason: str
    reported_by: str = ""

    def __post_init__(self) -> None:
        """Raises `ReasonMissing`."""
        if not self.reason.strip():
            raise ReasonMissing


class Correction:
    """One rectification being written: what it concerns, what was said, and what is said now."""

    def __init__(self, log: Writing, ground: Ground) -> None:
        self.log = log
        self.ground = ground

    def write(
        self,
        subject: Subject,
        key: str,
        was: Positioned,
        told: tuple[dict[str, Any], dict[str, Any] | None],
        links: dict[str, Any],
        about: dict[str, Any],
    ) -> Rectification:
        """Number it, put it on record, and tell the log."""
        number = (Rectification.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        before, after = told
        payload = {
            "rectification": number,
            "subject": subject.value,
            "key": key,
            "was": before,
            "now": after,
            "reason": self.ground.reason,
            "reported_by": self.ground.reported_by or None,
            "stood_from": was.recorded_at.isoformat(),
        }
        position = self.log.append(_TYPE[subject], payload, **about)
        return Rectification.objects.create(
            number=number,
            position=position,
            subject=subject,
            key=key,
            was=before,
            now=after,
            reason=self.ground.reason,
            reported_by=self.ground.reported_by,
            stood_from=was.recorded_at,
            stood_until=self.log.now,
            by=self.log.by,
            origin=self.log.origin,
            **links,
        )


_TYPE = {
    Subject.EVENT: ChangeType.EVENT_RECTIFIED,
    Subject.ASSESSMENT: ChangeType.ASSESSMENT_RECTIFIED,
    Subject.COMMITMENT: ChangeType.COMMITMENT_RECTIFIED,
    Subject.PROCEDURE: ChangeType.PROCEDURE_RECTIFIED,
    Subject.PARTY: ChangeType.PARTY_RECTIFIED,
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
    with writing(by=by, note=note, notify=notify) as log:
        return correct_event(log, key, fact, Ground(reason, reported_by), version)


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
    with writing(by=by, note=note, notify=notify) as log:
        return correct_event(log, key, None, Ground(reason, reported_by), version)


def correct_event(
    log: Writing, key: str, fact: EventFact | None, ground: Ground, version: int | None = None
) -> Rectification:
    """Replace an event by the fact, or by nothing. Raises as `rectify_event` does."""
    event = _last_version(Event.objects.with_parts(), key, version)
    was = event_fact(event)
    now = fact.model_copy(update={"key": key}) if fact else None
    if now == was:
        raise NothingToRectify(key)
    if now:
        _check_replacement(log, was, now)
        open_accessions(log, filter(None, [now.accession]))
    links: dict[str, Any] = {"event": event}
    if now:
        links["replacement"] = event_row(now, log.stamp, event.version + 1)
        save_events([(links["replacement"], now)])
    about = {
        "occurred": (now or was).occurred,
        "accession": (now or was).accession or "",
        "ally": (now or was).actor,
        "event": key,
    }
    told = (was.document(), now.document() if now else None)
    found = Correction(log, ground).write(Subject.EVENT, key, event, told, links, about)
    settle_again(log, concerned([was, now] if now else [was]))
    return found


def settle_again(log: Writing, codes: set[str]) -> None:
    """Bring these accessions up to date after something that they rested on was put right."""
    record = Record(log.position)
    settler = Settler(log, Books(acts_on_record(codes, record.edition), record.rules), codes, log.today)
    for code in sorted(codes):
        settler.settle(code)
    settler.close()


def _check_replacement(log: Writing, was: EventFact, now: EventFact) -> None:
    check_sourced(now, log.origin)
    check_parties({now.actor, *now.others, *filter(None, [now.accession])})
    record = Record(log.position)
    codes = concerned([was, now]) | {now.actor}
    acts = [act for act in acts_on_record(codes, record.edition) if act.key != was.key]
    check_event(now, Books([*acts, act_of(now, record.edition)], record.rules), record.procedures)


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
    with writing(by=by) as log:
        return correct_assessment(log, key, fact, Ground(reason, reported_by), version)


def retract_assessment(
    key: str, *, reason: str, by: User | None, version: int | None = None, reported_by: str = ""
) -> Rectification:
    """Take a claim back: the party did not say so. Raises as `rectify_event` does."""
    with writing(by=by) as log:
        return correct_assessment(log, key, None, Ground(reason, reported_by), version)


def correct_assessment(
    log: Writing, key: str, fact: AssessmentFact | None, ground: Ground, version: int | None = None
) -> Rectification:
    """Replace a claim by the fact, or by nothing. Raises as `rectify_assessment` does."""
    assessment = _last_version(Assessment.objects.with_parts(), key, version)
    was = assessment_fact(assessment)
    now = fact.model_copy(update={"key": key}) if fact else None
    if now == was:
        raise NothingToRectify(key)
    links: dict[str, Any] = {"assessment": assessment}
    if now:
        check_sourced(now, log.origin)
        check_parties([now.by])
        links["new_assessment"] = assessment_row(assessment.commitment, now, log.stamp, assessment.version + 1)
        save_assessments([(links["new_assessment"], now)])
    about = {
        "occurred": (now or was).occurred,
        "accession": assessment.commitment.accession_id,
        "ally": (now or was).by,
        "commitment": assessment.commitment.key,
    }
    told = (was.document(), now.document() if now else None)
    return Correction(log, ground).write(Subject.ASSESSMENT, key, assessment, told, links, about)


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
