"""The log as people read it: one sentence an entry, in the language that is active."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.dates import PartialDate, whole
from tracker.models import Change, Commitment
from tracker.models.changes import ChangeQuerySet
from tracker.vocabulary import AccessionStatus, ChangeType, Claim, Origin, Stage, Subject

_SENTENCES: Final[Mapping[str, Promise]] = {
    ChangeType.PARTY_RECORDED: _("%(party)s entered into the record."),
    ChangeType.PROCEDURE_RECORDED: _("%(ally)s: procedure entered into the record."),
    ChangeType.ACCESSION_OPENED: _("%(state)s: accession opened on the record."),
    ChangeType.ACCESSION_CHANGED: _("%(state)s: now “%(status)s”."),
    ChangeType.EVENT_RECORDED: _("Recorded: %(title)s"),
    ChangeType.EVENT_SOURCED: _("Source added: %(title)s"),
    ChangeType.REQUIREMENT_ADDED: _("%(ally)s must ratify the protocol: %(state)s."),
    ChangeType.REQUIREMENT_REMOVED: _("%(ally)s need no longer ratify the protocol: %(state)s."),
    ChangeType.STAGE_CHANGED: _("%(ally)s: now “%(stage)s” on the protocol: %(state)s."),
    ChangeType.COMMITMENT_RECORDED: _("Commitment recorded: %(title)s"),
    ChangeType.COMMITMENT_SOURCED: _("Source added to a commitment: %(title)s"),
    ChangeType.COMMITMENT_ASSESSED: _("%(party)s says “%(claim)s” of a commitment: %(title)s"),
    ChangeType.SOURCE_CHECKED: _("%(ally)s: checked, nothing new on the protocol: %(state)s."),
    ChangeType.EVENT_RECTIFIED: _("Event rectified: %(title)s"),
    ChangeType.ASSESSMENT_RECTIFIED: _("Claim rectified: %(title)s"),
    ChangeType.COMMITMENT_RECTIFIED: _("Commitment rectified: %(title)s"),
    ChangeType.PROCEDURE_RECTIFIED: _("%(ally)s: procedure rectified."),
    ChangeType.PARTY_RECTIFIED: _("%(party)s: entry rectified."),
}


@dataclass(frozen=True)
class ToldChange:
    """One entry of the log and its sentence. `title` is the words of the record in it, which are English."""

    change: Change
    sentence: str
    title: str

    @property
    def occurred(self) -> PartialDate:
        """When what it tells of happened."""
        return whole(self.change.earliest, self.change.latest)

    @property
    def is_late(self) -> bool:
        """Whether it came late; the data that an instance begins with is all old, and does not count."""
        return self.change.late and self.change.origin != Origin.DATASET


def changes_at(edition: int, as_of: date, **filters: Any) -> ChangeQuerySet:
    """The entries up to that edition about what had happened by that day, newest first."""
    # What is only known to lie in an interval counts from its end, so that nothing is told too early.
    undated = Q(latest__isnull=True) & (Q(earliest__isnull=True) | Q(earliest__lte=as_of))
    concerned = undated | Q(latest__lte=as_of)
    return Change.objects.filter(concerned, position__lte=edition, **filters).order_by("-position")


def tell_all(changes: Iterable[Change], names: Mapping[str, str]) -> list[ToldChange]:
    """The entries in sentences. One query, and one more where entries name commitments."""
    entries = list(changes)
    keys = {entry.commitment for entry in entries if entry.commitment}
    titles = dict(Commitment.objects.filter(key__in=keys).values_list("key", "title")) if keys else {}
    return [tell(entry, names, titles) for entry in entries]


def tell(change: Change, names: Mapping[str, str], titles: Mapping[str, str]) -> ToldChange:
    """The entry in a sentence. `titles` has the titles of commitments, by key, for entries that only name the key."""
    payload = change.payload
    title = _title(change, payload, titles)
    told = {
        "state": names.get(change.accession, change.accession),
        "ally": names.get(change.ally, change.ally),
        "party": _party(payload, names, change.ally),
        "title": title,
        "status": _label(AccessionStatus, payload.get("to")),
        "stage": _label(Stage, payload.get("to")),
        "moved": _label(Stage, payload.get("moved")),
        "claim": _label(Claim, _claim(payload).get("status")),
    }
    return ToldChange(change, _sentence(change) % told, title)


def _sentence(change: Change) -> str:
    payload = change.payload
    if change.type == ChangeType.STAGE_CHANGED and payload.get("from") == payload.get("to"):
        return str(_("%(ally)s: the date of “%(moved)s” is told more exactly, on the protocol: %(state)s."))
    return str(_SENTENCES[change.type])


def _party(payload: Mapping[str, Any], names: Mapping[str, str], ally: str) -> str:
    code = _claim(payload).get("by") or payload.get("party", {}).get("code") or ally
    return names.get(code, code)


def _claim(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The claim that the entry tells of; nothing where it only names its key."""
    found = payload.get("assessment")
    return found if isinstance(found, dict) else {}


def _title(change: Change, payload: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    for noun in (Subject.EVENT, Subject.COMMITMENT, "now", "was"):
        found = payload.get(noun)
        if isinstance(found, dict) and "title" in found:
            return str(found["title"])
    return titles.get(change.commitment, change.event or change.commitment)


def _label(choices: Any, value: str | None) -> str:
    return str(choices(value).label) if value in choices.values else ""
