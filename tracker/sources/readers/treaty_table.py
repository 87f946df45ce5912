"""Tables of treaty offices: who has signed, who has deposited, since when. As of the United Nations and of Strasbourg.

A depositary writes one row a state and one column an act; a cell that gets a day is news.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tracker.domain.vocabulary import EventKind
from tracker.fetch.outcomes import Fetched
from tracker.language.names import everyone
from tracker.sources.days import day_of
from tracker.sources.findings import Finding
from tracker.sources.readers.base import Findings, NotUnderstood, Options, read_each, source_of
from tracker.sources.readers.html_part import select
from tracker.sources.readers.suggest import Find, address, findings

_WHO: Final = re.compile(
    r"participant|part(?:y|ies|ei(?:en)?|ij(?:en)?)\b|states?\b|countr(?:y|ies)|members?\b|[ée]tats?\b", re.I
)
# What the day of a column is the day of; the deposit is what an instrument of ratification does at its depositary.
_COLUMNS: Final = (
    (re.compile(r"entry into force|in force|entr[ée]e en vigueur|inwerking", re.I), None),
    (re.compile(r"signature|signed|ondertekening", re.I), None),
    (
        re.compile(r"ratification|acceptance|approval|accession|deposit|consent|ratificatie|bekrachtiging", re.I),
        EventKind.DEPOSITED,
    ),
)
# What a footnote adds to a name.
_FOOTNOTE: Final = re.compile(r"\s*(?:\[?\d+(?:\s*,\s*\d+)*\]?|\*+)$")
# “d” for a succession, “a” for an accession, “A” for an approval, “r” and “s” in Strasbourg and The Hague.
_MARK: Final = re.compile(r"^(?P<day>.*\d{4})\s*(?:\(?[A-Za-z]{1,2}\)?)?\d?$")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column whose cells are days of one act."""

    number: int
    title: str
    kind: EventKind | None


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of parties."""

    who: int
    columns: Sequence[_Column]
    rows: Sequence[tuple[int, Sequence[str]]]


class TreatyTableReader:
    """Each day in the table is a find; the operator says which accession the treaty is about."""

    key = "treaty_table"
    label = "Table of parties to a treaty"

    def read(self, page: Fetched, options: Options) -> Findings:
        """The days, row by row."""
        tables = [table for part in select(page, str(options.get("selector") or "table")) if (table := _table(part))]
        if not tables:
            raise NotUnderstood("the page", "a table with a column of participants and one of days", "none")
        rows = [(table, number, cells) for table in tables for number, cells in table.rows]
        return read_each(rows, lambda row: list(_findings(*row, page, options)))


def _table(element: Any) -> _Table | None:
    """The table, if it is one of parties."""
    rows = [(number, _cells(row)) for number, row in enumerate(element.iter("tr"), 1)]
    for position, (_, cells) in enumerate(rows):
        who = next((index for index, cell in enumerate(cells) if _WHO.search(cell)), None)
        columns = [column for index, cell in enumerate(cells) if index != who and (column := _column(index, cell))]
        if who is not None and columns:
            return _Table(who, columns, rows[position + 1 :])
    return None


def _cells(row: Any) -> list[str]:
    """The words of the cells, one for each column that a cell spans."""
    cells: list[str] = []
    for cell in row.iterchildren("td", "th"):
        span = str(cell.get("colspan", "1"))
        count = min(int(span), 20) if span.isdecimal() else 1
        cells += [" ".join(" ".join(cell.itertext()).split())] * max(count, 1)
    return cells


def _column(number: int, title: str) -> _Column | None:
    return next((_Column(number, title, kind) for pattern, kind in _COLUMNS if pattern.search(title)), None)


def _findings(table: _Table, number: int, cells: Sequence[str], page: Fetched, options: Options) -> Iterator[Finding]:
    who = cells[table.who] if table.who < len(cells) else ""
    if not who:
        return
    language = str(options.get("language") or "en")
    for column in table.columns:
        cell = cells[column.number] if column.number < len(cells) else ""
        if day := _day(cell, language, str(options.get("date_form", ""))):
            find = Find(
                identity=(source_of(page, options), who, column.title),
                title=f"{who}: {column.title} {cell}",
                topic=f"{who}: {column.title}",
                quote=f"{who} {cell}",
                place=f"row {number}, {column.title}",
                url=address(options, page),
                date=day,
                kind=column.kind,
            )
            yield from findings(
                find,
                reader=TreatyTableReader.key,
                ally=everyone().code_of(_FOOTNOTE.sub("", who)),
                language=language,
                options=options,
            )


def _day(cell: str, language: str, form: str) -> str | None:
    marked = _MARK.match(cell)
    return day_of(marked["day"] if marked else cell, language, form)
