"""What all reading resources share: the clock, the parameters, the walk through a list, the links."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Final, Generic, TypeVar

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from pydantic import BaseModel
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.clocks import clock_of
from api.cursors import Cursor, walk_of
from api.envelope import address, envelope
from api.parameters import ListParameters, Parameters, check_codes, check_fields, read_parameters
from api.problems import Problem
from api.rendering import CSVRenderer, JSONRenderer
from api.shapes import Shape, fields_of
from api.twins import shared
from tracker.domain.exceptions import BadParameter
from tracker.readmodel import Edition, open_edition
from tracker.readmodel.clock import Clock

Row = dict[str, Any]
P = TypeVar("P", bound=BaseModel)
Include = Callable[["Asked[Any]", Row], object]

# Set on an answer that follows from the edition, the day and the address alone, and may be kept by them.
KEPT_BY_EDITION: Final = "kept_by_edition"


@dataclass(frozen=True)
class Asked(Generic[P]):
    """One request, read: which day, which edition, which parameters."""

    request: Request
    clock: Clock
    parameters: P

    @cached_property
    def edition(self) -> Edition:
        """The record as of the edition that is asked from."""
        return open_edition(self.clock.edition, self.clock.root)

    def link(self, **changed: object) -> str:
        """The address of the request with these parameters changed, or left out where None."""
        told: dict[str, object] = dict(self.request.query_params.items())
        return address(self.request.path, {**told, **changed})


class RecordView(APIView):
    """The base of every reading resource."""

    http_method_names = ["get", "head", "options"]
    renderer_classes: list[type[BaseRenderer]] = [JSONRenderer]
    parameters: ClassVar[type[BaseModel]] = Parameters
    # What one row, or the whole of the data, looks like, and the parts that can come along.
    shape: ClassVar[type[Shape]]
    includes: ClassVar[Mapping[str, Include]] = {}
    # The page that shows the same to people; `{key}` stands for what names one of them.
    page: ClassVar[str] = ""
    # The parameters that the page takes too, beside the clocks.
    page_takes: ClassVar[tuple[str, ...]] = ()

    def ask(self, request: Request) -> Asked[Any]:
        """The request, read. Raises a problem that names what is wrong."""
        asked = Asked(request, clock_of(request._request), read_parameters(self.parameters, request.query_params))
        if request.query_params:
            check_codes(asked.parameters, asked.edition.state.parties.__contains__)
        return asked

    def answer(self, asked: Asked[Any], data: object, **links: str | None) -> Response:
        """The data in their envelope. The sentences in it are English, whatever the reader's browser prefers."""
        links = {"self": asked.link(), **links}
        response = Response(envelope(data, asked.clock, links))
        setattr(response, KEPT_BY_EDITION, True)
        # For the renderer of CSV, which names the columns also where there are no rows.
        response.shape, response.columns = self.shape, self.columns(asked)  # type: ignore[attr-defined]
        for name in ("next", "alternate"):
            if links.get(name):
                _add_link(response, str(links[name]), name)
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Nothing but the methods, in `Allow`; what they take and give stands in the description."""
        return HttpResponse(status=204)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer, in English."""
        with translation.override("en"):
            return super().dispatch(request, *args, **kwargs)

    def twin(self, asked: Asked[Any], key: str = "") -> str | None:
        """The page that shows the same."""
        return self.at(asked, self.page.format(key=key)) if self.page else None

    def at(self, asked: Asked[Any], page: str) -> str:
        """That page, on the day and in the edition that are asked about."""
        clock = {name: asked.request.query_params.get(name) or None for name in ("as_of", "known_at")}
        return address(page, {**clock, **shared(asked.parameters, self.page_takes)})

    def select(self, asked: Asked[Any], rows: Iterable[Row]) -> list[Row]:
        """The rows with only the fields that are asked for. Raises a problem that names an unknown one."""
        if not asked.parameters.fields:
            return list(rows)
        wanted = self.columns(asked)
        return [{name: row[name] for name in wanted} for row in rows]

    def columns(self, asked: Asked[Any]) -> tuple[str, ...]:
        """The names of the fields that the answer has. Raises a problem that names an unknown one."""
        known, parts = fields_of(self.shape), getattr(asked.parameters, "include", ())
        if asked.parameters.fields:
            return check_fields(asked.parameters.fields, known, self.includes, parts)
        return tuple(name for name in known if name not in self.includes or name in parts)

    def with_parts(self, asked: Asked[Any], rows: Sequence[Row]) -> list[Row]:
        """The rows with the parts that are asked for."""
        wanted = {name: self.includes[name] for name in getattr(asked.parameters, "include", ())}
        if not wanted:
            return list(rows)
        return [{**row, **{name: part(asked, row) for name, part in wanted.items()}} for row in rows]


class ListView(RecordView):
    """The base of every list: a walk through one edition, in a total order."""

    renderer_classes = [JSONRenderer, CSVRenderer]
    parameters: ClassVar[type[BaseModel]] = ListParameters
    key: ClassVar[str] = "key"

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """All rows that the parameters ask for, in the list's order."""
        raise NotImplementedError

    def get(self, request: Request, **named: str) -> HttpResponseBase:
        """One page of the list."""
        asked = self.ask(request)
        found = self.rows(asked)
        walk = walk_of(request.path, request.query_params.dict())
        start = self._start(asked, found, walk)
        limit = len(found) if self._wants_all(request, asked) else asked.parameters.limit
        page = found[start : start + limit]
        more = start + limit < len(found)
        cursor = self._cursor(asked.clock, walk, page[-1]) if more else None
        rows = self.with_parts(asked, page)
        told = self.select(asked, rows)
        following = asked.link(cursor=cursor, **_pinned(asked)) if cursor else None
        return self.answer(asked, told, next=following, alternate=self.twin(asked))

    def _wants_all(self, request: Request, asked: Asked[Any]) -> bool:
        is_csv = request.accepted_renderer.format == "csv"
        return is_csv and "limit" not in asked.parameters.model_fields_set

    def _cursor(self, clock: Clock, walk: str, last: Row) -> str:
        return Cursor(clock.edition, clock.as_of.isoformat(), walk, str(last[self.key])).write()

    def _start(self, asked: Asked[Any], found: Sequence[Row], walk: str) -> int:
        text = asked.parameters.cursor
        if not text:
            return 0
        cursor = Cursor.read(text)
        place = next((index for index, row in enumerate(found) if str(row[self.key]) == cursor.key), None)
        if cursor.walk != walk or place is None:
            raise BadParameter("cursor", text, "it belongs to a list with other filters; begin that list anew")
        return place + 1


def _pinned(asked: Asked[Any]) -> dict[str, object]:
    """The edition by its number, where it was asked for by a time: today goes on while a walk lasts."""
    return {"known_at": asked.clock.edition} if asked.request.query_params.get("known_at") else {}


class DetailView(RecordView):
    """The base of every single document."""

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The document, or None where there is none."""
        raise NotImplementedError

    def missing(self, asked: Asked[Any], **named: str) -> Problem:
        """The problem where there is no such document."""
        return missing(asked)

    def get(self, request: Request, **named: str) -> HttpResponseBase:
        """The document, or the way to its canonical address."""
        asked = self.ask(request)
        if moved := canonical(asked, named):
            return moved
        row = self.row(asked, **named)
        if row is None:
            raise self.missing(asked, **named)
        told = self.with_parts(asked, [row])
        [data] = self.select(asked, told)
        return self.answer(asked, data, alternate=self.twin(asked, "/".join(map(str, named.values()))))


def missing(asked: Asked[Any]) -> Problem:
    """The problem where there is nothing under that address."""
    return Problem(404, f"There is nothing on record under this address in edition {asked.clock.edition}.")


def canonical(asked: Asked[Any], named: Mapping[str, str]) -> HttpResponsePermanentRedirect | None:
    """The way to the address with alpha-3 codes in capitals, where the request has another; else None."""
    codes = {name: code for name, code in named.items() if name in {"code", "ally"}}
    right = {name: _alpha3(asked.edition, code.upper()) for name, code in codes.items()}
    if right == codes:
        return None
    path = asked.request.path
    for name, code in codes.items():
        path = path.replace(f"/{code}/", f"/{right[name]}/", 1)
    return HttpResponsePermanentRedirect(address(path, dict(asked.request.query_params.items())))


def _alpha3(edition: Edition, code: str) -> str:
    if len(code) != 2:
        return code
    states = (party["code"] for party in edition.state.parties.values() if party["alpha2"] == code)
    return next(states, code)


def _add_link(response: Response, target: str, relation: str) -> None:
    told = response.headers.get("Link")
    link = f'<{target}>; rel="{relation}"'
    response.headers["Link"] = f"{told}, {link}" if told else link


__all__ = ["Asked", "DetailView", "Include", "ListView", "RecordView", "Row", "canonical", "missing"]
