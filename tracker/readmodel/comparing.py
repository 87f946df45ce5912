"""Rounds on one scale: how many days after signature each ally reached a stage, and how many were still missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.standing import AccessionStanding, StageDate
from tracker.domain.vocabulary import Milestone, Reached, Stage
from tracker.readmodel.edition import Edition

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """How long one ally took: between `earliest` and `latest` days after signature; negative where it was before."""

    ally: str
    earliest: int | None
    latest: int | None
    inferred: bool
    event: str | None


def compare(edition: Edition, codes: Iterable[str] | None, stage: Stage, day: date) -> list[Row]:
    """Each accession with a protocol signed by that day, by day of signature; all of them where no codes are given."""
    wanted = None if codes is None else set(codes)
    signed = [
        (found, day_signed)
        for code, found in edition.standings(day).items()
        if (wanted is None or code in wanted) and (day_signed := _day_signed(found)) is not None
    ]
    names = edition.english(day)
    return [_round(found, start, stage, names) for found, start in sorted(signed, key=lambda pair: pair[1])]


def _day_signed(standing: AccessionStanding) -> date | None:
    occurred = standing.milestones[Milestone.SIGNED].occurred
    return occurred.latest if occurred and occurred.by(standing.as_of) is Reached.REACHED else None


def _round(standing: AccessionStanding, start: date, stage: Stage, names: dict[str, str]) -> Row:
    taken = [_taken(one.ally, one.dates[stage], start, standing.as_of) for one in standing.required]
    exact = sorted(one.latest for one in taken if one.latest is not None and one.latest == one.earliest)
    return {
        "accession": standing.code,
        "name": names.get(standing.code, standing.code),
        "signed": start.isoformat(),
        "stage": stage.value,
        "required": len(taken),
        "days_to_in_force": _days_to_in_force(standing, start),
        "median_days": median(exact) if exact else None,
        "days": [_day_row(one, exact) for one in sorted(taken, key=_order)],
        "curve": _curve(taken),
    }


def _taken(ally: str, found: StageDate, start: date, as_of: date) -> Taken:
    if found.by(as_of) is Reached.NOT_REACHED or found.occurred is None:
        return Taken(ally, None, None, False, None)
    earliest, latest = _days(found.occurred, start)
    event = found.evidence[0] if found.evidence else None
    # Of what may have happened by then, the later end is not known yet.
    known = latest if found.by(as_of) is Reached.REACHED else None
    return Taken(ally, earliest, known, found.inferred, event)


def _days(occurred: PartialDate, start: date) -> tuple[int | None, int | None]:
    ends = (occurred.earliest, occurred.latest)
    earliest, latest = ((end - start).days if end else None for end in ends)
    return earliest, latest


def _days_to_in_force(standing: AccessionStanding, start: date) -> int | None:
    found = standing.milestones[Milestone.IN_FORCE]
    if found.occurred is None or found.by(standing.as_of) is not Reached.REACHED:
        return None
    return _days(found.occurred, start)[1]


def _day_row(one: Taken, exact: Sequence[int]) -> Row:
    known = one.latest is not None and one.latest == one.earliest
    return {
        "ally": one.ally,
        "earliest": one.earliest,
        "latest": one.latest,
        "inferred": one.inferred,
        # Among those whose day is known; whoever shares a day shares the rank.
        "rank": exact.index(one.latest) + 1 if known and one.latest is not None else None,
        "event": one.event,
    }


def _order(one: Taken) -> tuple[int, int, str]:
    far = 1_000_000
    return (far if one.latest is None else one.latest, far if one.earliest is None else one.earliest, one.ally)


def _curve(taken: Sequence[Taken]) -> list[Row]:
    """At each turn, how many at least and at most were still missing at the end of that day."""
    turns = sorted({0, *(day for one in taken for day in (one.earliest, one.latest) if day is not None)})
    return [
        {
            "day": day,
            "missing_at_least": sum(one.earliest is None or one.earliest > day for one in taken),
            "missing_at_most": sum(one.latest is None or one.latest > day for one in taken),
        }
        for day in turns
    ]
