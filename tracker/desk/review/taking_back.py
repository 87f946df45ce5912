"""Taking back what a file put on record: all of its events, claims and commitments that still stands as it came."""

from dataclasses import dataclass, field

from django import forms

from tracker.actions import Justification, LogTransaction, correct_assessment, correct_event, retract_commitment
from tracker.desk.forms.fields import LongTextField
from tracker.domain.vocabulary import Subject
from tracker.exchange.sheets import Noun
from tracker.models import Assessment, Event, Import, Rectification


class TakeBackForm(forms.Form):
    """Why."""

    reason = LongTextField(label="Reason", max_length=2000, help_text="Public: what was wrong.")


@dataclass(frozen=True, slots=True)
class Left:
    """What of an import can be taken back, and what was changed since and stays."""

    events: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    commitments: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def left_of(done: Import) -> Left:
    """What is left of the import as it came."""
    events, claims = (done.recorded.get(noun, []) for noun in (Noun.EVENT, Noun.CLAIM))
    standing = set(Event.objects.standing().filter(key__in=events, version=1).values_list("key", flat=True))
    stand = Assessment.objects.filter(key__in=claims, version=1, rectification__isnull=True)
    claimed = set(stand.values_list("key", flat=True))
    commitments = done.recorded.get(Noun.COMMITMENT, [])
    corrections = Rectification.objects.filter(subject=Subject.COMMITMENT, key__in=commitments)
    put_right = set(corrections.values_list("key", flat=True))
    untouched = set(commitments) - put_right
    return Left(
        [key for key in events if key in standing],
        [key for key in claims if key in claimed],
        [key for key in commitments if key not in put_right],
        [key for key in [*events, *claims, *commitments] if key not in standing | claimed | untouched],
    )


def take_back(log: LogTransaction, done: Import, reason: str) -> int:
    """Take back what is left of the import, the last of it first; how much. Raises what the record refuses."""
    left, justification = left_of(done), Justification(reason)
    for key in reversed(left.claims):
        correct_assessment(log, key, None, justification, 1)
    for key in reversed(left.events):
        correct_event(log, key, None, justification, 1)
    for key in reversed(left.commitments):
        retract_commitment(log, key, justification, 1)
    return len(left.claims) + len(left.events) + len(left.commitments)
