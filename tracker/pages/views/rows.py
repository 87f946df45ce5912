"""What the tables of an accession show: one row an ally, one count a stage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.dates import PartialDate
from tracker.domain.standing import AccessionStanding, RatificationStanding, StageDate, StageOnDay
from tracker.domain.statistics import Span
from tracker.domain.vocabulary import Light, Milestone, Reached, Stage
from tracker.language.bounds import say_span
from tracker.language.collation import order_key
from tracker.language.definitions import COUNT_OF
from tracker.operations.health import Freshness
from tracker.pages.drawings.ladders import draw_ladder_of
from tracker.pages.drawings.maps import look_of, word_of
from tracker.pages.figures.looks import Look
from tracker.readmodel.rounds import figures_of

T = TypeVar("T", Milestone, Stage)

# As many allies as this of whom the record does not say stand among those that are missing; more are folded.
_SILENT_SHOWN: Final = 3


@dataclass(frozen=True)
class AllyRow:
    """One ally on one protocol."""

    code: str
    name: str
    look: Look
    word: str
    ladder: SafeString
    approved: StageOnDay
    deposited: StageOnDay
    days: str
    days_sort: int
    is_pending: bool
    is_done: bool
    last_checked_at: datetime | None


@dataclass(frozen=True)
class CountRow:
    """How many required allies had reached one stage."""

    stage: Stage
    definition: str
    reached: int
    unknown: int
    required: int


def ally_rows(
    standing: AccessionStanding, names: Mapping[str, str], checked: Mapping[str, datetime | None]
) -> list[AllyRow]:
    """The required allies: those that have not approved first, then those of which we cannot say, then by name."""
    taken = {one.ally: one.span for one in figures_of(standing).taken}
    signed = standing.milestones[Milestone.SIGNED].occurred
    rows = [
        _ally_row(one, names[one.ally], signed, taken.get(one.ally), checked.get(one.ally)) for one in standing.required
    ]
    return sorted(rows, key=lambda row: (not row.is_pending, row.look is not Look.UNKNOWN, order_key(row.name)))


def _ally_row(
    ratification: RatificationStanding,
    name: str,
    signed: PartialDate | None,
    span: Span | None,
    checked: datetime | None,
) -> AllyRow:
    look = look_of(ratification)
    return AllyRow(
        code=ratification.ally,
        name=name,
        look=look,
        word=word_of(look),
        ladder=draw_ladder_of(ratification, name, signed),
        approved=ratification.on(Stage.APPROVED),
        deposited=ratification.on(Stage.DEPOSITED),
        days=say_span(span),
        days_sort=99_999 if span is None or span.at_most is None else span.at_most,
        is_pending=ratification.approval is Reached.NOT_REACHED,
        is_done=ratification.approval is Reached.REACHED,
        last_checked_at=checked,
    )


def open_and_silent(rows: Iterable[AllyRow]) -> tuple[list[AllyRow], list[AllyRow]]:
    """The rows of allies that have not approved or may not have, and those of many of whom the record does not say."""
    remaining = [row for row in rows if not row.is_done]
    silent = [row for row in remaining if not row.is_pending]
    if len(silent) <= _SILENT_SHOWN:
        return remaining, []
    return [row for row in remaining if row.is_pending], silent


def milestones_of(standing: AccessionStanding) -> list[tuple[Milestone, StageOnDay]]:
    """The turns that the accession had taken, or may have, in order. What is not on record is not told as “not yet”."""
    turns = [(milestone, standing.on(milestone)) for milestone in standing.milestones]
    return [(milestone, shown) for milestone, shown in turns if shown.is_seen]


def later_turns(dates: Mapping[T, StageDate], day: date) -> list[tuple[T, StageDate]]:
    """What was reached after the day or may have been, as it is known now; for the folded part of a page."""
    return [(turn, dated) for turn, dated in dates.items() if dated.by(day) in (Reached.UNKNOWN, Reached.NOT_REACHED)]


def count_rows(standing: AccessionStanding) -> list[CountRow]:
    """The counts in order of the procedure."""
    required = len(standing.required)
    return [
        CountRow(stage, COUNT_OF[stage], counted[Reached.REACHED], counted[Reached.UNKNOWN], required)
        for stage, counted in standing.counts.items()
    ]


def say_members(count: int) -> str:
    """How many members there are; none only before the Treaty was in force."""
    if not count:
        return _("No state is a member of NATO yet: the Treaty is not in force.")
    return ngettext("%(count)d state is a member of NATO.", "%(count)d states are members of NATO.", count) % {
        "count": count
    }


def say_freshness(fresh: Freshness) -> str:
    """Whether all that runs by itself is on time, and no event is out of reach; a sentence for each trouble."""
    troubles = list(filter(None, [_say_late(fresh), _say_unreachable(fresh.events_unreachable)]))
    if not fresh.is_watching:
        # On time is nobody's merit where nothing is asked.
        return " ".join([*troubles, _("No source is being watched.")])
    return " ".join(troubles or [_("Everything is on time.")])


def _say_unreachable(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)d event has no source left whose address answers.",
        "%(count)d events have no source left whose address answers.",
        count,
    ) % {"count": count}


def _say_late(fresh: Freshness) -> str:
    stale = sum(one.light is Light.AMBER for rows in (fresh.jobs, fresh.watches, fresh.ratifications) for one in rows)
    if not stale:
        return ""
    return ngettext(
        "%(count)d job, watch or open ratification is overdue.",
        "%(count)d jobs, watches or open ratifications are overdue.",
        stale,
    ) % {"count": stale}
