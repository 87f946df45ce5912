"""The log as people read it: one sentence an entry, in the language that is active."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tracker.domain.dates import PartialDate, whole
from tracker.domain.plans import is_announced
from tracker.domain.vocabulary import AccessionStatus, ChangeType, Claim, Origin, Stage, Subject
from tracker.language.grammar import as_owner, as_subject, capitalised
from tracker.models import Change
from tracker.models.changes import ChangeQuerySet
from tracker.readmodel.days.hindsight import text_on
from tracker.readmodel.edition import Edition
from tracker.readmodel.fold import Table

# Where a pattern is filled.
_PLACES: Final = re.compile(r"%\((\w+)\)s")

_SENTENCES: Final[Mapping[str, Promise]] = {
    ChangeType.PARTY_RECORDED: _("Entered into the record: %(party)s."),
    ChangeType.PROCEDURE_RECORDED: _("%(ally)s: procedure entered into the record."),
    ChangeType.ACCESSION_OPENED: _("%(state)s: accession opened on the record."),
    ChangeType.ACCESSION_CHANGED: _("%(state)s: now “%(status)s”."),
    ChangeType.EVENT_RECORDED: _("Recorded: %(title)s"),
    ChangeType.EVENT_SOURCED: _("Source added: %(title)s"),
    ChangeType.REQUIREMENT_ADDED: _("%(acting)s must ratify the protocol on %(of_state)s accession."),
    ChangeType.REQUIREMENT_REMOVED: _("%(acting)s no longer has to ratify the protocol on %(of_state)s accession."),
    ChangeType.STAGE_CHANGED: _("%(ally)s: now “%(stage)s” on the protocol on %(of_state)s accession."),
    ChangeType.COMMITMENT_RECORDED: _("Commitment recorded: %(title)s"),
    ChangeType.COMMITMENT_SOURCED: _("Source added to a commitment: %(title)s"),
    ChangeType.COMMITMENT_ASSESSED: _("%(acting)s on a commitment: “%(claim)s” – %(title)s"),
    ChangeType.STATEMENT_RECORDED: _("Statement recorded: %(title)s"),
    ChangeType.SOURCE_CHECKED: _("%(ally)s: checked, nothing new on the protocol on %(of_state)s accession."),
    ChangeType.CHECK_RETRACTED: _("%(ally)s: check of the protocol on %(of_state)s accession taken back."),
    ChangeType.EVENT_RECTIFIED: _("Event rectified: %(title)s"),
    ChangeType.ASSESSMENT_RECTIFIED: _("Claim rectified: %(title)s"),
    ChangeType.COMMITMENT_RECTIFIED: _("Commitment rectified: %(title)s"),
    ChangeType.STATEMENT_RECTIFIED: _("Statement rectified: %(title)s"),
    ChangeType.PROCEDURE_RECTIFIED: _("%(ally)s: procedure rectified."),
    ChangeType.PARTY_RECTIFIED: _("%(party)s: entry rectified."),
}


@dataclass(frozen=True)
class LogEntry:
    """One entry of the log and its sentence. `words` fill its pattern; the title in it is English, as the record is."""

    change: Change
    pattern: str
    words: Mapping[str, str]

    @property
    def sentence(self) -> str:
        """The sentence as text."""
        return self.pattern % self.words

    @property
    def marked(self) -> SafeString:
        """The sentence for a page, which says where in it another language is spoken."""
        title = format_html('<span lang="en">{}</span>', self.words["title"])
        return format_html(_PLACES.sub(r"{\1}", self.pattern), **{**self.words, "title": title})

    @property
    def occurred(self) -> PartialDate:
        """When what it tells of happened."""
        return whole(self.change.earliest, self.change.latest)

    @property
    def is_late(self) -> bool:
        """Whether it came late; the data that an instance begins with is all old, and does not count."""
        return self.change.late and self.change.origin != Origin.DATASET


def changes_at(edition: Edition, as_of: date, **filters: Any) -> ChangeQuerySet:
    """The entries up to that edition about what had happened by that day, newest first."""
    # What is only known to lie in an interval counts from its end, so that nothing is told too early.
    undated = Q(latest__isnull=True) & (Q(earliest__isnull=True) | Q(earliest__lte=as_of))
    # That a commitment was recorded has no day in the world but that of the text it stems from.
    ahead = Q(latest__isnull=True, commitment__in=_commitments_ahead(edition, as_of))
    # A plan is told from the day on which it was announced, and not on that for which it was.
    announced = Q(latest__gt=as_of, event__in=_plans_by(edition, as_of))
    concerned = (undated & ~ahead) | Q(latest__lte=as_of) | announced
    # An accession that no act tells of yet is not opened yet, whatever was entered for it.
    unheard = Q(latest__isnull=True, accession__in=_accessions_ahead(edition, as_of))
    known = Change.objects.filter(concerned, ~unheard, position__lte=edition.state.edition, **filters)
    return known.order_by("-position")


def _plans_by(edition: Edition, as_of: date) -> list[str]:
    """The keys of the plans that had been announced by the day, for a later one."""
    return [event.key for event in edition.events if event.is_planned and is_announced(event.act, as_of)]


def _accessions_ahead(edition: Edition, as_of: date) -> list[str]:
    """The codes of the accessions of which no act had told by the day."""
    return sorted(set(edition.accessions) - set(edition.accessions_by(as_of)))


def _commitments_ahead(edition: Edition, as_of: date) -> list[str]:
    """The keys of the commitments whose texts did not exist yet on the day."""
    return [commitment.key for commitment in edition.commitments if not commitment.exists_by(as_of)]


def tell_entries(changes: Iterable[Change], edition: Edition, names: Mapping[str, str], as_of: date) -> list[LogEntry]:
    """The entries in sentences, with the titles that the edition gives to what they only name."""
    commitments = edition.state.commitments
    return [tell(change, names, _title_in(commitments, change.commitment), as_of) for change in changes]


def _title_in(commitments: Table, key: str) -> str:
    return str(commitments[key]["title"]) if key in commitments else ""


def tell(change: Change, names: Mapping[str, str], title: str, as_of: date) -> LogEntry:
    """The entry in a sentence. `title` is that of the commitment that it concerns, where it only names its key."""
    payload, pattern = change.payload, _sentence(change)
    party = _party(payload, names, change.ally)
    state, ally = names.get(change.accession, change.accession), names.get(change.ally, change.ally)
    words = {
        "state": state,
        "of_state": as_owner(state),
        "ally": ally,
        "acting": _acting(pattern, party),
        "party": party,
        "title": _title_on(change, _title(change, payload, title), as_of),
        "status": _label(AccessionStatus, payload.get("to")),
        "stage": _label(Stage, payload.get("to")),
        "moved": _label(Stage, payload.get("moved")),
        "claim": _label(Claim, _claim(payload).get("status")),
    }
    return LogEntry(change, pattern, words)


def _sentence(change: Change) -> str:
    payload = change.payload
    if change.type == ChangeType.STAGE_CHANGED and payload.get("from") == payload.get("to"):
        return str(_("%(ally)s: the date of “%(moved)s” on %(of_state)s accession is now known more precisely."))
    return str(_SENTENCES[change.type])


def _acting(pattern: str, party: str) -> str:
    acting = as_subject(party)
    return capitalised(acting) if pattern.startswith("%(acting)s") else acting


def _party(payload: Mapping[str, Any], names: Mapping[str, str], ally: str) -> str:
    code = _claim(payload).get("by") or payload.get("party", {}).get("code") or ally
    return names.get(code, code)


def _claim(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The claim that the entry tells of; nothing where it only names its key."""
    claim = payload.get("assessment")
    return claim if isinstance(claim, dict) else {}


def _title_on(change: Change, title: str, as_of: date) -> str:
    """The title, or only what is named, where the title names what came after the day."""
    if as_of >= change.recorded_at.date():
        return title
    return text_on(title, as_of) or str(ChangeType(change.type).label)


def _title(change: Change, payload: Mapping[str, Any], title: str) -> str:
    for noun in (Subject.EVENT, Subject.COMMITMENT, Subject.STATEMENT, "now", "was"):
        fact = payload.get(noun)
        if isinstance(fact, dict) and "title" in fact:
            return str(fact["title"])
    return title or change.event or change.commitment


def _label(choices: Any, value: str | None) -> str:
    return str(choices(value).label) if value in choices.values else ""
