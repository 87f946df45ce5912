"""What the record holds of one statement, before it is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language

from tracker.domain.checking import Truth, Why
from tracker.domain.checking.clauses import Clause
from tracker.domain.checking.together import Counted
from tracker.domain.dates import PartialDate
from tracker.domain.standing import StageDate
from tracker.readmodel.edition import Edition


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement, and where it is looked up: which edition, and by which day."""

    edition: Edition
    clause: Clause
    as_of: date

    @property
    def day(self) -> date:
        """The day claimed, or the one asked about where none is, or where the one claimed lies ahead."""
        return min(self.clause.window.last or self.as_of, self.as_of)

    @property
    def names(self) -> Mapping[str, str]:
        """What each party was called on the day claimed, in the language that is active, by code."""
        return self.edition.names_in(get_language() or "en", self.day)

    def name(self, code: str) -> str:
        """What the party was called on the day claimed."""
        return self.names.get(code, code)


@dataclass(frozen=True)
class Finding:
    """The truth of each reading, by its name, and what it rests on; `told` says what the record holds, in a clause."""

    truths: Mapping[str, Truth]
    told: str = ""
    evidence: tuple[str, ...] = ()
    stages: Mapping[str, StageDate] = field(default_factory=dict)
    counted: Mapping[str, Counted] = field(default_factory=dict)
    attributed: tuple[Mapping[str, Any], ...] | None = None


def undecided(why: Why, told: str = "", **others: Any) -> Finding:
    """What the record does not decide."""
    return Finding({"": Truth(None, why)}, told, **others)


def seen(dated: StageDate, as_of: date) -> tuple[str, ...]:
    """The keys of the events that the date rests on, of those that the day can show."""
    return tuple(one.key for one in (*dated.witnesses, *dated.opened_by) if one.by(as_of))


def known_date(dated: StageDate, as_of: date) -> PartialDate | None:
    """The date, where the day asked about can tell it."""
    return dated.on(as_of).occurred
