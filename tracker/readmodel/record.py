"""The ends of the log, and the record as those who write it need it: read from the tables, under their lock.

Whoever only reads takes an edition, which is folded from the log. An action may have written rows that no
entry of the log tells of yet.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from tracker.domain import merkle
from tracker.domain.dates import PartialDate, Precision
from tracker.domain.facts import ProcedureFact, Tally
from tracker.domain.standing import (
    Act,
    Process,
    Rules,
    process_of,
    rules_of,
    said_to_be_carried,
    spread,
)
from tracker.domain.vocabulary import EventKind, Subject
from tracker.models import Change, Event, LogHead, Procedure, Rectification
from tracker.models.events import EventQuerySet
from tracker.models.facts_of_rows import procedure_fact

_ACT_COLUMNS = (
    "key",
    "kind",
    "actor_id",
    "earliest",
    "latest",
    "precision",
    "accession_id",
    "office",
    "votes_yes",
    "votes_no",
    "votes_abstain",
    "outcome",
    "planned",
    "announced",
    "follows",
    "step",
    "ordinal",
    "also",
    "recorded",
    "rectification__position",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the log: the edition, when it was recorded (None before the first entry), and its root."""

    edition: int
    recorded_at: datetime | None
    root: str

    @property
    def name(self) -> str:
        """What the edition is cited as: its number and the short form of its root."""
        return merkle.edition_name(self.edition, self.root)


BEFORE_ALL: Final = Mark(0, None, merkle.EMPTY)


# Each request asks this first, and of a kept answer it is all the work: written down, because to compose it by the
# models costs more than everything else together.
_HEAD: Final = f"SELECT position, recorded_at, root FROM {LogHead._meta.db_table} WHERE id = 1"  # noqa: S608
# And this, where nothing but the root is compared.
ROOT_OF_HEAD: Final = f"SELECT root FROM {LogHead._meta.db_table} WHERE id = 1"  # noqa: S608


def current_mark() -> Mark:
    """The end of the log. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        head = cursor.fetchone()
    if head is None:
        return BEFORE_ALL
    position, recorded_at, root = head
    return Mark(position, _moment(recorded_at), root)


def _moment(value: datetime | str | None) -> datetime | None:
    """The moment as the database gives it: SQLite knows none, and gives its text or its parts in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def mark_at(moment: datetime) -> Mark:
    """Where the log had come to at that moment. One query."""
    return _last_mark(recorded_at__lte=moment)


def mark_of(edition: int) -> Mark:
    """The place of an edition that the log has reached. One query."""
    return _last_mark(position__lte=edition)


def _last_mark(**limit: datetime | int) -> Mark:
    entries = Change.objects.filter(**limit).order_by("-position")
    last = entries.values_list("position", "recorded_at", "root").first()
    return Mark(*last) if last else BEFORE_ALL


def current_edition() -> int:
    """The position of the last entry of the log; 0 on an empty record."""
    return current_mark().edition


def load_acts(events: QuerySet[Event]) -> list[Act]:
    """The events as acts, in the order they were recorded. One query."""
    rows = events.order_by("recorded").values(*_ACT_COLUMNS)
    return [act for row in rows for act in spread(_act(row), row["also"])]


def _act(row: Mapping[str, Any]) -> Act:
    yes = row["votes_yes"]
    return Act(
        key=row["key"],
        kind=EventKind(row["kind"]),
        actor=row["actor_id"],
        occurred=PartialDate(row["earliest"], row["latest"], Precision(row["precision"])),
        accession=row["accession_id"],
        office=row["office"],
        carried=said_to_be_carried(row["outcome"]),
        recorded=row["recorded"],
        ended=row["rectification__position"],
        votes=None if yes is None else Tally(yes=yes, no=row["votes_no"], abstain=row["votes_abstain"]),
        planned=row["planned"],
        announced=PartialDate.parse(row["announced"]) if row["announced"] else None,
        follows=row["follows"],
        step=row["step"],
        ordinal=row["ordinal"]["number"] if row["ordinal"] else None,
    )


@dataclass(frozen=True)
class Record:
    """What an action has to know of the record at one edition. Each part is read once, when it is first asked for."""

    edition: int

    def events(self) -> EventQuerySet:
        """The events known at this edition."""
        return Event.objects.known_at(self.edition)

    @cached_property
    def procedures(self) -> dict[str, ProcedureFact]:
        """Each ally's procedure as this edition told it, by code. Four queries."""
        rows = Procedure.objects.filter(recorded__lte=self.edition).with_parts()
        facts = {row.ally_id: procedure_fact(row) for row in rows}
        facts.update(
            {key: ProcedureFact.model_validate(was) for key, was in self.rectified_since(Subject.PROCEDURE).items()}
        )
        return facts

    @cached_property
    def rules(self) -> dict[str, Rules]:
        """Each ally's procedure, reduced to what standing can rest on."""
        return {ally: rules_of(fact) for ally, fact in self.procedures.items()}

    def rectified_since(self, subject: Subject) -> dict[str, dict[str, Any]]:
        """What this edition said where a later one put it right, by key. One query."""
        later = Rectification.objects.filter(subject=subject, position__gt=self.edition).order_by("-number")
        # The oldest of several comes last, and what it replaced is what stood here.
        return dict(later.values_list("key", "was"))

    def processes(self, codes: Iterable[str]) -> dict[str, Process]:
        """What is on record of each of these accessions. One query."""
        wanted = sorted(set(codes))
        by_accession: dict[str, list[Act]] = defaultdict(list)
        for act in load_acts(self.events().serving(wanted)):
            by_accession[act.accession or ""].append(act)
        return {code: process_of(code, by_accession[code]) for code in wanted}
