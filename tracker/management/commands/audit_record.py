"""Say how well the ratifications are known, before and after each release of the shipped data, and why they differ."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand

from tracker.domain.dates import Precision
from tracker.domain.standing import StageDate
from tracker.domain.vocabulary import LADDER, Basis, Stage
from tracker.exchange.dataset.shipped_log import Release, read_log
from tracker.readmodel import open_edition
from tracker.readmodel.edition import Edition

_OWN: Final = frozenset({Basis.ACT, Basis.NARROWED})
_FIRST: Final = date(1951, 10, 22)
_LAST: Final = date(2024, 3, 11)
_DAYS: Final = 60

# Each stage of each ally on each protocol, by accession, ally and stage.
Dates = Mapping[tuple[str, str, Stage], StageDate]


class Command(BaseCommand):
    """The audit of the record, as Markdown."""

    help = "Write how well the ratifications are known after each release of the shipped data, and why they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to write, and which releases."""
        parser.add_argument("file", type=Path, help="the Markdown file to write, such as docs/audit.md")
        parser.add_argument("--before", type=int, default=1, help="the number of the release to compare with")
        parser.add_argument("--after", type=int, help="the number of the release that is audited; else the newest")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare the editions that two releases ended with. The record has to be loaded."""
        log = read_log()
        releases = [log[options["before"] - 1], log[(options["after"] or len(log)) - 1]]
        before, after = (open_edition(one.last, one.root) for one in releases)
        was, now = _dates_of(before), _dates_of(after)
        lines = ["# How well the ratifications are known", "", _made_by(releases), ""]
        lines += [*_known(was, now), "", *_differences(was, now, after, releases[0].last)]
        options["file"].write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.stdout.write(f"{options['file']}: {len(lines)} lines.")


def _made_by(releases: list[Release]) -> str:
    before, after = (one.number for one in releases)
    return f"Made by `manage.py audit_record docs/audit.md --before {before} --after {after}`."


def _dates_of(edition: Edition) -> Dates:
    return {
        (code, ally, stage): one.dates[stage]
        for code, standing in edition.standings(_LAST).items()
        for ally, one in standing.ratifications.items()
        for stage in LADDER
    }


def _known(before: Dates, after: Dates) -> Iterator[str]:
    """A row a protocol: for each stage how many allies' acts are known to the day, to a bound, and not."""
    yield "## Acts on record, by protocol"
    yield ""
    yield "To the day / to a bound / no act on record; before → after."
    yield ""
    yield f"| protocol | allies | {' | '.join(str(stage.label) for stage in LADDER)} |"
    yield f"|{'---|' * (len(LADDER) + 2)}"
    for code in sorted({name[0] for name in after}, key=lambda code: _signed(after, code)):
        cells = [f"{_counted(before, code, stage)} → {_counted(after, code, stage)}" for stage in LADDER]
        allies = len({ally for accession, ally, _ in after if accession == code})
        yield f"| {code} | {allies} | {' | '.join(cells)} |"


def _signed(dates: Dates, code: str) -> tuple[date, str]:
    days = [one.occurred.latest for name, one in dates.items() if name[0] == code and one.occurred]
    return max((day for day in days if day), default=date.max), code


def _counted(dates: Dates, code: str, stage: Stage) -> str:
    found = Counter(_grade(one) for name, one in dates.items() if (name[0], name[2]) == (code, stage))
    return " / ".join(str(found[grade]) for grade in ("day", "bound", "none"))


def _grade(dated: StageDate) -> str:
    if dated.basis not in _OWN or dated.occurred is None:
        return "none"
    return "day" if dated.occurred.precision is Precision.DAY else "bound"


def _differences(before: Dates, after: Dates, edition: Edition, known: int) -> Iterator[str]:
    """What sixty days would have been answered otherwise, and the entries of the log that it follows from."""
    days = [_FIRST + (_LAST - _FIRST) * number / (_DAYS - 1) for number in range(_DAYS)]
    changed = {name: _cells(before[name], after[name], days) for name in after if name in before}
    told = {name: found for name, found in changed.items() if found}
    yield f"## What {_DAYS} days answer otherwise"
    yield ""
    yield (
        f"{len(after) // len(LADDER)} ratifications on {_DAYS} days from {days[0]} to {days[-1]}, {len(LADDER)} stages "
        f"each: {sum(told.values())} of {len(changed) * _DAYS} answers differ. Each follows from the entries named; "
        "where none is of the stage itself, a bound moved with another stage of the same ally."
    )
    yield ""
    yield "| ratification | stage | answers | before | after | follows from |"
    yield "|---|---|---|---|---|---|"
    for name, count in sorted(told.items(), key=lambda pair: (pair[0][0], pair[0][1], LADDER.index(pair[0][2]))):
        code, ally, stage = name
        spans = [str(one.occurred or "not on record") for one in (before[name], after[name])]
        because = _because(after, name, edition, known)
        yield f"| {code}/{ally} | {stage.label} | {count} | {spans[0]} | {spans[1]} | {because} |"


def _cells(before: StageDate, after: StageDate, days: list[date]) -> int:
    return sum(before.by(day) is not after.by(day) for day in days)


def _because(dates: Dates, name: tuple[str, str, Stage], edition: Edition, known: int) -> str:
    """The events behind the answer that were recorded, or put right, after the edition before."""
    own = _newer(dates[name], edition, known)
    others = [key for stage in LADDER for key in _newer(dates[name[0], name[1], stage], edition, known)]
    keys = own or list(dict.fromkeys(others))
    return ", ".join(f"`{key}`" for key in keys) or "the rules of decision 14"


def _newer(dated: StageDate, edition: Edition, known: int) -> list[str]:
    witnesses = (*dated.witnesses, *dated.opened_by)
    recorded = {
        one.key: edition.state.events[one.key]["recorded"] for one in witnesses if one.key in edition.state.events
    }
    return [key for key, position in recorded.items() if position > known]
