"""Putting mistakes right in the open: numbered, with what was wrong, what replaces it, and why.

How each kind of fact is put right stands beside how it is recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from django.db.models import Max, QuerySet

from tracker.actions.changelog import About, LogTransaction
from tracker.domain.dates import PartialDate
from tracker.domain.exceptions import AlreadyRectified, NothingToRectify, NotOnRecord, ReasonMissing
from tracker.domain.facts import (
    AssessmentFact,
    CommitmentFact,
    EventFact,
    Fact,
    PartyFact,
    ProcedureFact,
    StatementFact,
)
from tracker.domain.vocabulary import ChangeType, Subject
from tracker.models import Assessment, Event, Rectification
from tracker.models.fields import Positioned

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
        return name_of(self.was)[0]

    @property
    def key(self) -> str:
        """What names the fact."""
        return name_of(self.was)[1]

    def write(self, about: About, **links: Any) -> Rectification:
        """Number it, put it on record, and tell the log."""
        earlier = Rectification.objects.filter(subject=self.subject, key=self.key).order_by("number").last()
        # A row that changes was recorded when it was new; what it said since has stood since the last correction.
        stood_from = earlier.stood_until if earlier else self.row.recorded_at
        payload = {
            "rectification": (Rectification.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
            "subject": self.subject.value,
            "key": self.key,
            "was": self.was.document(),
            "now": self.now.document() if self.now else None,
            "reason": self.justification.reason,
            "reported_by": self.justification.reported_by or None,
            "stood_from": stood_from.isoformat(),
        }
        position = self.log.append(_TYPE[self.subject], payload, occurred=self._occurred, **about)
        return Rectification.objects.create(
            position=position,
            stood_until=self.log.now,
            by=self.log.by,
            origin=self.log.origin,
            **rectification_columns(payload),
            **links,
        )

    @property
    def _occurred(self) -> PartialDate | None:
        return getattr(self.now or self.was, "occurred", None)


def rectification_columns(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the rectification that an entry of the log tells of."""
    return {
        "number": payload["rectification"],
        **{name: payload[name] for name in ("subject", "key", "was", "now", "reason")},
        "reported_by": payload["reported_by"] or "",
        "stood_from": datetime.fromisoformat(payload["stood_from"]),
    }


_TYPE: Final = {
    Subject.EVENT: ChangeType.EVENT_RECTIFIED,
    Subject.ASSESSMENT: ChangeType.ASSESSMENT_RECTIFIED,
    Subject.COMMITMENT: ChangeType.COMMITMENT_RECTIFIED,
    Subject.STATEMENT: ChangeType.STATEMENT_RECTIFIED,
    Subject.PROCEDURE: ChangeType.PROCEDURE_RECTIFIED,
    Subject.PARTY: ChangeType.PARTY_RECTIFIED,
}


# What kind of thing a fact tells of, and which of its fields names it.
_NOUNS: Final[Mapping[type[Fact], tuple[Subject, str]]] = {
    EventFact: (Subject.EVENT, "key"),
    AssessmentFact: (Subject.ASSESSMENT, "key"),
    CommitmentFact: (Subject.COMMITMENT, "key"),
    StatementFact: (Subject.STATEMENT, "key"),
    ProcedureFact: (Subject.PROCEDURE, "ally"),
    PartyFact: (Subject.PARTY, "code"),
}


def name_of(fact: Fact) -> tuple[Subject, str]:
    """What kind of fact it is, and what names it among those."""
    subject, field = _NOUNS[type(fact)]
    return subject, str(getattr(fact, field))


def last_version(rows: QuerySet[V], key: str, version: int | None) -> V:
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


def check_stands(subject: Subject, key: str) -> None:
    """Refuse what was taken back. Raises `AlreadyRectified`."""
    last = Rectification.objects.filter(subject=subject, key=key).order_by("number").last()
    if last is not None and last.retracts:
        raise AlreadyRectified(key, last.number)


def check_version(subject: Subject, key: str, version: int | None) -> None:
    """Refuse a correction of an account that was replaced since it was looked at, or taken back.

    Raises `AlreadyRectified`.
    """
    check_stands(subject, key)
    if version is not None and version < version_of(subject, key):
        raise AlreadyRectified(key, Rectification.objects.filter(subject=subject, key=key).latest("number").number)
