"""Which rows of a list are asked for: one table a list, the same for pages and API.

A filter makes a test of one row from what was asked for; where nothing was, there is no test.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final, TypeVar

from tracker.domain.vocabulary import Reached, Stage
from tracker.language.names import fold
from tracker.readmodel.events import PROCEDURE

R = TypeVar("R", bound=Mapping[str, Any])
Test = Callable[[Mapping[str, Any]], bool]
Filter = Callable[[Any], Test]
Filters = Mapping[str, Filter]


def select(rows: Iterable[R], filters: Filters, asked: Mapping[str, Any]) -> list[R]:
    """The rows that pass the tests of all filters that something was asked of, in their order."""
    found = list(rows)
    for name, make in filters.items():
        if asked.get(name) is not None:
            test = make(asked[name])
            found = [row for row in found if test(row)]
    return found


def equals_any(column: str) -> Filter:
    """Whether the column has one of the values."""

    def make(values: Collection[object]) -> Test:
        return lambda row: row[column] in values

    return make


def intersects(*columns: str) -> Filter:
    """Whether one of the values is in the list, or is the value, of one of the columns."""

    def make(values: Iterable[object]) -> Test:
        wanted = frozenset(values)
        return lambda row: any(not wanted.isdisjoint(_listed(row[column])) for column in columns)

    return make


def is_truthy(column: str) -> Filter:
    """Whether the column holds, or is empty or false, as is wanted."""

    def make(wanted: bool) -> Test:
        return lambda row: bool(row[column]) is wanted

    return make


# Every text of the record is asked for again and again, and folding one takes longer than looking through it.
_folded: Final = lru_cache(maxsize=20_000)(fold)


def contains(*columns: str) -> Filter:
    """Whether the text occurs in one of the columns, however it is typed: without capitals, marks or hyphens."""

    def make(text: str) -> Test:
        wanted = fold(text)
        return lambda row: any(row[column] and wanted in _folded(row[column]) for column in columns)

    return make


def any_of(column: str, of_part: Filter) -> Filter:
    """Whether some row of the list in the column passes the filter."""

    def make(values: Any) -> Test:
        test = of_part(values)
        return lambda row: any(map(test, row[column]))

    return make


def _listed(value: Any) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)


def _is_unsourced(wanted: bool) -> Test:
    return lambda row: bool(row["sources"]) is not wanted


def _is_in_part(part: str) -> Test:
    return lambda row: (row["kind"] in PROCEDURE) is (part == "procedure")


def _may_be_since(day: date) -> Test:
    first = day.isoformat()
    return lambda row: row["latest"] is None or row["latest"] >= first


def _may_be_until(day: date) -> Test:
    last = day.isoformat()
    return lambda row: row["earliest"] is None or row["earliest"] <= last


def _is_pending(wanted: bool) -> Test:
    return lambda row: (row["stages"][Stage.APPROVED]["state"] == Reached.NOT_REACHED) is wanted


def _is_unknown(wanted: bool) -> Test:
    return lambda row: (row["stages"][Stage.APPROVED]["state"] == Reached.UNKNOWN) is wanted


def _is(column: str) -> Filter:
    """Whether the column is just that."""
    return lambda value: lambda row: bool(row[column] == value)


def _is_required(wanted: bool) -> Test:
    return lambda row: row["required"] is wanted


ACCESSIONS: Final[Filters] = {
    "applicant": equals_any("code"),
    "status": equals_any("status"),
    "pending": intersects("pending"),
    "unknown": intersects("unknown"),
}
RATIFICATIONS: Final[Filters] = {
    "required": _is_required,
    "accession": equals_any("accession"),
    "ally": equals_any("ally"),
    "stage": equals_any("stage"),
    "pending": _is_pending,
    "unknown": _is_unknown,
}
STATES: Final[Filters] = {
    "code": equals_any("code"),
    "member": is_truthy("member"),
    "applicant": is_truthy("accession"),
    # The codes that a name stands for.
    "called": equals_any("code"),
}
EVENTS: Final[Filters] = {
    "accession": equals_any("accession"),
    "actor": equals_any("actor"),
    "ally": equals_any("actor"),
    "kind": equals_any("kind"),
    "state": equals_any("state"),
    "confidence": equals_any("confidence"),
    "tag": intersects("tags"),
    "part": _is_in_part,
    "since": _may_be_since,
    "until": _may_be_until,
    "unsourced": _is_unsourced,
    "source_class": any_of("sources", equals_any("class")),
    "q": contains("title", "detail"),
}
SOURCES: Final[Filters] = {
    "accession": equals_any("accession"),
    "fact": equals_any("fact"),
    "fact_key": equals_any("fact_key"),
    "source_class": equals_any("class"),
    "publisher": contains("publisher"),
    "url": _is("url"),
}
COMMITMENTS: Final[Filters] = {
    "category": equals_any("category"),
    "kind": equals_any("kind"),
    "state": equals_any("state"),
    "asked_by": intersects("asked_by"),
    "owed_by": intersects("owed_by"),
    "party": intersects("asked_by", "owed_by"),
    "claim": any_of("claims", equals_any("status")),
    # Several accessions may share one commitment.
    "accession": intersects("accession", "also"),
}
STATEMENTS: Final[Filters] = {
    "party": any_of("speakers", equals_any("party")),
    "speaker": any_of("speakers", equals_any("kind")),
    "relation": any_of("relations", equals_any("kind")),
    "form": equals_any("form"),
    "state": equals_any("state"),
    "joint": is_truthy("joint"),
    "claim": intersects("claims"),
}
PROCEDURES: Final[Filters] = {"ally": equals_any("ally"), "parliament_votes": is_truthy("parliament_votes")}
RECTIFICATIONS: Final[Filters] = {"subject": equals_any("subject"), "key": equals_any("key")}

# What a list shows that says nothing of the state: what had happened by the day, or may have.
BY_THE_DAY: Final = (Reached.REACHED, Reached.UNKNOWN)
