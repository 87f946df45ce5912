"""Walks through lists: by cursor through one edition, or by the last number that a client has."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from api.framework.cursors import Cursor, walk_of
from tracker.domain.exceptions import BadParameter
from tracker.domain.vocabulary import Reached

if TYPE_CHECKING:
    from api.views.base import ListView


class RecordPagination(BasePagination):
    """The base of both: the rows of a page in their envelope, with the way to the next."""

    view: "ListView"
    next_link: str | None = None
    next_cursor: str | None = None
    total: int | None = None

    def get_paginated_response(self, data: Any) -> Response:
        """The rows in their envelope."""
        return self.view.answer(data, total=self.total, **self._onward())

    def _onward(self) -> dict[str, Any]:
        """Where to go on, as an address and, for a client that builds its own, as a cursor."""
        cursor = {"next_cursor": self.next_cursor} if self.next_cursor else {}
        return {"next": self.next_link, **cursor, "alternate": self.view.alternate()}

    def wants_all(self, request: Request) -> bool:
        """Whether the whole list is asked for at once: a spreadsheet has no next page."""
        return (
            getattr(request.accepted_renderer, "holds_all", False) and "limit" not in self.view.query.model_fields_set
        )


def is_hindsight(row: Mapping[str, Any]) -> bool:
    """Whether the row as a whole is of something that came after the day."""
    return row.get("state") == Reached.NOT_REACHED or row.get("required") is False


def sorted_by(rows: list[Mapping[str, Any]], order: str | None) -> list[Mapping[str, Any]]:
    """The rows by that field, the greatest first after a minus; what has no value comes last, and ties as they are."""
    if not order or not rows:
        return rows
    name, reverse = order.removeprefix("-"), order.startswith("-")
    simple = [field for field, value in rows[0].items() if value is None or isinstance(value, str | int)]
    if name not in simple:
        raise BadParameter("sort", order, f"it is one of {', '.join(simple)}, with a minus for the greatest first")
    with_value = [row for row in rows if row[name] is not None]
    ordered = sorted(with_value, key=lambda row: row[name], reverse=reverse)
    return ordered + [row for row in rows if row[name] is None]


class EditionPagination(RecordPagination):
    """A walk through the rows of one edition, which are in a total order.

    The framework's goes by queries of a database; these rows are in memory, and the walk has to stay in its edition.
    """

    page: Sequence[Mapping[str, Any]] = ()

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows from the cursor on."""
        rows = sorted_by(list(queryset), view.query.sort)
        self.total = len(rows) if view.query.total else None
        self.view, walk = view, walk_of(request.path, request.query_params.dict())
        start = self._start(rows, walk)
        stop = len(rows) if self.wants_all(request) else start + view.query.limit
        if stop < len(rows):
            cursor = Cursor(view.clock.edition, view.day.isoformat(), walk, str(rows[stop - 1][view.key])).write()
            self.next_link, self.next_cursor = view.link(cursor=cursor, **self._pinned()), cursor
        self.page = rows[start:stop]
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        """The rows in their envelope; those from after the day, where they are asked for, apart from the others."""
        if "later" not in getattr(self.view.query, "include", ()):
            return super().get_paginated_response(data)
        by_day: list[Any] = []
        later: list[Any] = []
        for row, document in zip(self.page, data, strict=True):
            (later if is_hindsight(row) else by_day).append(document)
        return self.view.answer(by_day, later=later, total=self.total, **self._onward())

    def _pinned(self) -> Mapping[str, object]:
        """The edition by its number, where it was asked for by a time: today goes on while a walk lasts."""
        return {"known_at": self.view.clock.edition} if self.view.query.known_at else {}

    def _start(self, rows: Sequence[Mapping[str, Any]], walk: str) -> int:
        text = self.view.query.cursor
        if not text:
            return 0
        cursor = Cursor.read(text)
        last = next((index for index, row in enumerate(rows) if str(row[self.view.key]) == cursor.key), None)
        if cursor.walk != walk or last is None:
            raise BadParameter("cursor", text, "it belongs to a list with other filters; begin that list anew")
        return last + 1


class NumberPagination(RecordPagination):
    """What comes after the last number that a client has: numbers only ever grow, so no cursor is needed."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows after `after`."""
        self.view = view
        rows = queryset.filter(**{f"{view.key}__gt": getattr(view, "after", view.query.after)}).order_by(view.key)
        if self.wants_all(request):
            return list(rows)
        page = list(rows[: view.query.limit + 1])
        if len(page) > view.query.limit:
            page.pop()
            self.next_link = view.link(after=view.number_of(page[-1]), since=None)
        return page
