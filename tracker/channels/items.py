"""An entry of the log as every channel tells it: one title, one address, both days, and whether it came late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tracker.domain.dates import PartialDate
from tracker.domain.vocabulary import ChangeType, Subject
from tracker.language.words import say_date, say_day
from tracker.models import Change
from tracker.readmodel.clock import Clock
from tracker.readmodel.log.entries import LogEntry, tell_entries

# The entries that say of an earlier one that it was wrong.
RECTIFICATIONS: Final = frozenset(
    {
        ChangeType.EVENT_RECTIFIED,
        ChangeType.ASSESSMENT_RECTIFIED,
        ChangeType.COMMITMENT_RECTIFIED,
        ChangeType.STATEMENT_RECTIFIED,
        ChangeType.PROCEDURE_RECTIFIED,
        ChangeType.PARTY_RECTIFIED,
    }
)


_FIRST_TOLD: Final[Mapping[str, Subject]] = {
    ChangeType.EVENT_RECORDED: Subject.EVENT,
    ChangeType.COMMITMENT_RECORDED: Subject.COMMITMENT,
    ChangeType.COMMITMENT_ASSESSED: Subject.ASSESSMENT,
    ChangeType.STATEMENT_RECORDED: Subject.STATEMENT,
    ChangeType.PROCEDURE_RECORDED: Subject.PROCEDURE,
    ChangeType.PARTY_RECORDED: Subject.PARTY,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the log, told in one language. `happened` is the world's day, `recorded_at` is ours."""

    position: int
    type: str
    title: str
    note: str
    url: str
    happened: PartialDate | None
    recorded_at: datetime
    is_late: bool
    accession: str
    ally: str
    commitment: str
    event: str
    sources: tuple[tuple[str, str], ...]
    payload: Mapping[str, Any]
    # Of the edition that the entry made, by which a receiver can prove a gap.
    root: str
    # The position of the entry that this one puts right, and when that was told.
    replaces: int | None = None

    @property
    def key(self) -> str:
        """The name of the entry in every channel, for ever."""
        return key_of(self.position)

    @property
    def tags(self) -> list[str]:
        """What the entry is about, in codes."""
        return [code for code in dict.fromkeys((self.type, self.accession, self.ally, self.commitment)) if code]


def key_of(position: int) -> str:
    """The name of an entry of this site's log: a tag URI, which stays when addresses change."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},2026:change:{position}"


def items_of(changes: Iterable[Change], clock: Clock) -> list[Item]:
    """The entries as items, in their order and in the language that is active. A constant number of queries."""
    entries = list(changes)
    names = clock.record.names_in(get_language() or "en", clock.today)
    replaced = _replaced_by(entries)
    return [
        _item(entry, replaced.get(entry.change.position))
        for entry in tell_entries(entries, clock.record, names, clock.today)
    ]


def _item(entry: LogEntry, replaces: int | None) -> Item:
    change = entry.change
    happened = entry.occurred if change.latest else None
    return Item(
        position=change.position,
        type=change.type,
        title=_title(entry.sentence, happened),
        note=" ".join(filter(None, [_lateness(entry), _correction(change), change.note])),
        url=f"{settings.BASE_URL}{_path_of(change)}",
        happened=happened,
        recorded_at=change.recorded_at,
        is_late=entry.is_late,
        accession=change.accession,
        ally=change.ally,
        commitment=change.commitment,
        event=change.event,
        sources=_sources_of(change.payload),
        payload=change.payload,
        root=change.root,
        replaces=replaces,
    )


def _title(sentence: str, happened: PartialDate | None) -> str:
    """The sentence with the day of the act before it, so that nobody takes the day of the message for it."""
    if happened is None:
        return sentence
    return _("%(day)s: %(sentence)s") % {"day": say_date(happened), "sentence": sentence}


def _lateness(entry: LogEntry) -> str:
    """That the entry came late, in words; nothing where it did not."""
    change = entry.change
    if not entry.is_late or change.latest is None:
        return ""
    days = (change.recorded_at.date() - change.latest).days
    sentence = ngettext(
        "Late: recorded on %(day)s, %(count)d day after it happened.",
        "Late: recorded on %(day)s, %(count)d days after it happened.",
        days,
    )
    return sentence % {"day": say_day(change.recorded_at.date()), "count": days}


def _correction(change: Change) -> str:
    """Why an entry was put right, as whoever did it wrote down."""
    if change.type not in RECTIFICATIONS:
        return ""
    number, reason = change.payload.get("rectification", ""), change.payload.get("reason", "")
    withdrawn = change.payload.get("now") is None
    sentence = (
        _("Correction no. %(number)s: withdrawn. %(reason)s")
        if withdrawn
        else _("Correction no. %(number)s. %(reason)s")
    )
    return (sentence % {"number": number, "reason": reason}).strip()


def _sources_of(payload: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Publisher and address of each source that the entry brings."""
    documents = [payload, *(payload.get(name) for name in ("event", "assessment", "commitment", "statement", "now"))]
    sources = [one for document in documents if isinstance(document, Mapping) for one in document.get("sources") or ()]
    return tuple((str(one.get("publisher") or ""), str(one["url"])) for one in sources if one.get("url"))


def _path_of(change: Change) -> str:
    """The page that shows what the entry tells of."""
    if change.event and _is_on_record(change):
        return reverse("event", args=[change.event])
    if change.commitment:
        return reverse("commitment", args=[change.commitment])
    if change.accession and change.ally and change.type in (ChangeType.STAGE_CHANGED, ChangeType.REQUIREMENT_ADDED):
        return reverse("ratification", args=[change.accession, change.ally])
    if change.accession and not change.ally:
        return reverse("accession", args=[change.accession])
    return f"{reverse('changes')}?before={change.position + 1}#entry-{change.position}"


def _is_on_record(change: Change) -> bool:
    """Whether the event of the entry has a page: what was withdrawn keeps one, which says so."""
    return change.type in (ChangeType.EVENT_RECORDED, ChangeType.EVENT_SOURCED, ChangeType.EVENT_RECTIFIED)


def _replaced_by(entries: Sequence[Change]) -> dict[int, int]:
    """For each rectification among the entries, the position of the entry that it puts right. At most one query."""
    rectifying = [entry for entry in entries if entry.type in RECTIFICATIONS]
    if not rectifying:
        return {}
    positions: dict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in _candidates(rectifying):
        positions[_fact_of(entry)].append(entry.position)
    return {
        entry.position: max(before)
        for entry in rectifying
        if (before := [position for position in positions[_fact_of(entry)] if position < entry.position])
    }


def _candidates(rectifying: Sequence[Change]) -> QuerySet[Change]:
    """The entries that may have told first, or last, what one of these puts right."""
    facts = Q(event__in={entry.event for entry in rectifying if entry.event})
    facts |= Q(commitment__in={entry.commitment for entry in rectifying if entry.commitment})
    # Of a statement on several commitments, nothing but its type tells where to look.
    if any(entry.type == ChangeType.STATEMENT_RECTIFIED for entry in rectifying):
        facts |= Q(type__in=(ChangeType.STATEMENT_RECORDED, ChangeType.STATEMENT_RECTIFIED))
    facts |= Q(ally__in={entry.payload["key"] for entry in rectifying if not entry.event and not entry.commitment})
    return Change.objects.filter(facts, type__in=[*_FIRST_TOLD, *RECTIFICATIONS]).order_by("position")


def _fact_of(change: Change) -> tuple[str, str]:
    """Which fact the entry tells of: its subject and its key."""
    if change.type in RECTIFICATIONS:
        return str(change.payload["subject"]), str(change.payload["key"])
    subject = _FIRST_TOLD[change.type]
    if subject is Subject.ASSESSMENT:
        return subject.value, str(change.payload["assessment"]["key"])
    if subject is Subject.STATEMENT:
        return subject.value, str(change.payload["statement"]["key"])
    return subject.value, change.event or change.commitment or change.ally
