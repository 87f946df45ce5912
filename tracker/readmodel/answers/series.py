"""How counts moved: each day on which something of an accession changed, and the rounds of one day of signature."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from tracker.domain.canonical import Row
from tracker.domain.standing import AccessionStanding, StageOnDay
from tracker.domain.standing.documents import accession_document
from tracker.domain.vocabulary import Reached, Stage
from tracker.readmodel.edition import Edition
from tracker.readmodel.rounds import signed_on, signed_rounds

_COUNTED = ("status", "required", "counts", "pending", "unknown")


def series_rows(edition: Edition, code: str, first: date, last: date) -> list[Row]:
    """Where the accession stood at the end of the first day, and of each later day on which that changed."""
    if code not in edition.processes or first > last:
        return []
    days = [first, *(day for day in _turns(edition.standing(code, last)) if first < day <= last)]
    rows: list[Row] = []
    for day in days:
        whole = accession_document(edition.standings_of([code], day)[code])
        told = {name: whole[name] for name in _COUNTED}
        if not rows or any(rows[-1][name] != value for name, value in told.items()):
            rows.append(Row(day=day.isoformat(), accession=code, **told))
    return rows


def _turns(standing: AccessionStanding) -> list[date]:
    """The days on which anything of it may have become true, or was certain; in their order."""
    dated = [standing.aspired, *standing.milestones.values(), *standing.anew.values()]
    for one in standing.ratifications.values():
        dated += [one.required_from, *one.dates.values()]
    ends = (end for found in dated if found.occurred for end in (found.occurred.earliest, found.occurred.latest))
    return sorted({end for end in ends if end})


def round_rows(edition: Edition, day: date) -> list[Row]:
    """The protocols signed on one day as one row, newest first: whom they needed, and the first and the last act."""
    rounds: dict[date, list[AccessionStanding]] = defaultdict(list)
    for standing in signed_rounds(edition.standings(day).values()):
        if signed := signed_on(standing):
            rounds[signed].append(standing)
    return [_round_row(signed, standings) for signed, standings in rounds.items()]


def _round_row(signed: date, standings: Sequence[AccessionStanding]) -> Row:
    shown = [one for standing in standings for one in standing.required]
    return Row(
        key=signed.isoformat(),
        signed=signed.isoformat(),
        accessions=[standing.code for standing in standings],
        required=len(shown),
        approved=_acts([one.on(Stage.APPROVED) for one in shown]),
        deposited=_acts([one.on(Stage.DEPOSITED) for one in shown]),
    )


def _acts(shown: Sequence[StageOnDay]) -> dict[str, object]:
    """How many are certain, of how many the very day is known, and between which days the first and the last lay."""
    reached = [one.occurred for one in shown if one.state is Reached.REACHED and one.occurred]
    possible = [one.occurred for one in shown if one.is_seen and one.occurred]
    whole = bool(shown) and len(reached) == len(shown)
    return {
        "reached": len(reached),
        "known": sum(one.earliest is not None and one.earliest == one.latest for one in reached),
        "first_earliest": _end(min, (one.earliest for one in possible)) if reached else None,
        "first_latest": _end(min, (one.latest for one in reached if one.latest)),
        "last_earliest": _end(max, (one.earliest for one in reached if one.earliest)) if whole else None,
        "last_latest": _end(max, (one.latest for one in reached)) if whole else None,
    }


def _end(choose: Callable[[Iterable[date]], date], days: Iterable[date | None]) -> str | None:
    """That one of the days; None where one of them is open, or there is none."""
    every = list(days)
    told = [day for day in every if day]
    return choose(told).isoformat() if told and len(told) == len(every) else None
