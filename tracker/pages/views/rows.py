"""What the tables of an accession show: one row an ally, one count a stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.standing import AccessionStanding, RatificationStanding, StageDate
from tracker.domain.vocabulary import Light, Milestone, Reached, Stage
from tracker.language.collation import order_key
from tracker.language.definitions import COUNT_OF
from tracker.language.sentences import say_number
from tracker.operations.health import Freshness
from tracker.pages.drawings.ladders import draw_ladder_of
from tracker.pages.drawings.maps import look_of, word_of
from tracker.pages.figures.looks import Look
from tracker.readmodel.rounds import days_taken

_SHOWN = (Reached.REACHED, Reached.UNKNOWN)


@dataclass(frozen=True)
class AllyRow:
    """One ally on one protocol."""

    code: str
    name: str
    look: Look
    word: str
    ladder: SafeString
    approved: StageDate
    deposited: StageDate
    days: str
    days_sort: int
    is_pending: bool
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
    rows = [_ally_row(one, standing, names[one.ally], checked.get(one.ally)) for one in standing.required]
    return sorted(rows, key=lambda row: (not row.is_pending, row.look is not Look.UNKNOWN, order_key(row.name)))


def _ally_row(one: RatificationStanding, standing: AccessionStanding, name: str, checked: datetime | None) -> AllyRow:
    look = look_of(one)
    first, last = days_taken(one, standing)
    return AllyRow(
        code=one.ally,
        name=name,
        look=look,
        word=word_of(look),
        ladder=draw_ladder_of(one, name),
        approved=one.dates[Stage.APPROVED],
        deposited=one.dates[Stage.DEPOSITED],
        days=say_span(first, last),
        days_sort=99_999 if last is None else last,
        is_pending=one.approval is Reached.NOT_REACHED,
        last_checked_at=checked,
    )


def milestones_of(standing: AccessionStanding) -> list[tuple[Milestone, StageDate]]:
    """The turns that the accession had taken, or may have, in order. What is not on record is not told as “not yet”."""
    return [
        (milestone, dated) for milestone, dated in standing.milestones.items() if dated.by(standing.as_of) in _SHOWN
    ]


def say_span(first: int | None, last: int | None) -> str:
    """One number where it is known, two where it lies between them, nothing where neither is."""
    if last is None:
        return ""
    if first is None or first == last:
        return _signed(last)
    return _("%(first)s to %(last)s") % {"first": _signed(first), "last": _signed(last)}


def _signed(count: int) -> str:
    # English and others write a hyphen, which is hardly seen before a figure.
    return say_number(count).replace("-", "\N{MINUS SIGN}")


def count_rows(standing: AccessionStanding) -> list[CountRow]:
    """The counts in order of the procedure."""
    required = len(standing.required)
    return [
        CountRow(stage, COUNT_OF[stage], counted[Reached.REACHED], counted[Reached.UNKNOWN], required)
        for stage, counted in standing.counts.items()
    ]


def say_members(count: int) -> str:
    """How many members there are."""
    return ngettext("%(count)d state is a member of NATO.", "%(count)d states are members of NATO.", count) % {
        "count": count
    }


def say_freshness(fresh: Freshness) -> str:
    """Whether all that runs by itself is on time, and no event is out of reach; a sentence for each trouble."""
    troubles = list(filter(None, [_say_late(fresh), _say_unreachable(fresh.events_unreachable)]))
    sentences = troubles or [_("Everything is on time.")]
    # On time is nobody's merit where nothing is asked.
    return " ".join(sentences if fresh.is_watching else [*sentences, _("No source is being watched.")])


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
