"""Which rows of a list are asked for: tests of one row each, and none where a parameter was not given."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

R = TypeVar("R", bound=Mapping[str, Any])
Test = Callable[[Mapping[str, Any]], bool]


def select(rows: Iterable[R], *tests: Test | None) -> list[R]:
    """The rows that pass all tests, in their order."""
    given = [test for test in tests if test is not None]
    return [row for row in rows if all(test(row) for test in given)]


def equals_any(column: str, values: Collection[object] | None) -> Test | None:
    """Whether the column has one of these values."""
    return None if values is None else lambda row: row[column] in values


def intersects(column: str, values: Iterable[object] | None) -> Test | None:
    """Whether the list in the column has one of these values in it."""
    if values is None:
        return None
    wanted = frozenset(values)
    return lambda row: not wanted.isdisjoint(row[column])


def is_truthy(column: str, wanted: bool | None) -> Test | None:
    """Whether the column holds, or is empty or false, as is wanted."""
    return None if wanted is None else lambda row: bool(row[column]) is wanted


def contains(text: str | None, *columns: str) -> Test | None:
    """Whether the text occurs in one of the columns, in small letters or capitals."""
    if text is None:
        return None
    wanted = text.casefold()
    return lambda row: any(row[column] and wanted in row[column].casefold() for column in columns)


def either(first: Test | None, second: Test | None) -> Test | None:
    """Whether one of the two tests is passed; no test where either was not asked for."""
    if first is None or second is None:
        return None
    return lambda row: first(row) or second(row)


def any_of(column: str, test: Test | None) -> Test | None:
    """Whether some row of the list in the column passes the test."""
    return None if test is None else lambda row: any(map(test, row[column]))
