"""What all views share: counting, the clock, the parameters, the envelope, the links."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from pydantic import BaseModel
from rest_framework.filters import BaseFilterBackend
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.pagination import BasePagination
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from api.alternates import for_page
from api.caching import entity_tag, file_named, recall, set_headers, validators
from api.clocks import clock_of
from api.envelope import address, envelope
from api.framework.filters import ParameterFilter
from api.framework.pagination import EditionPagination, is_hindsight
from api.framework.renderers import OF_LISTS, JSONRenderer
from api.framework.throttling import AddressThrottle
from api.parameters import ListParameters, Parameters
from api.problems import Problem
from api.reading import check_codes, read_parameters, with_codes
from api.serializers import DocumentSerializer, Row
from tracker.http.compression import best_encoding, compress
from tracker.http.edge import keepable
from tracker.language.names import is_state
from tracker.readmodel import Edition, open_edition
from tracker.readmodel.clock import Clock
from tracker.readmodel.filters import Filters


class CountedView(APIView):
    """The base of everything under `/api/`: counted before it is looked at, for a guess at a token is a request too."""

    throttles: Sequence[BaseThrottle] = ()

    def get_throttles(self) -> list[BaseThrottle]:
        """The throttles, kept for what they say in the headers of the answer."""
        self.throttles = super().get_throttles()
        return list(self.throttles)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count the request, then do as the framework does."""
        super().check_throttles(request)
        super().initial(request, *args, **kwargs)

    def check_throttles(self, request: Request) -> None:
        """Nothing more: the request is counted already."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer, with what its reader has left."""
        response = super().finalize_response(request, response, *args, **kwargs)
        for throttle in self.throttles:
            if isinstance(throttle, AddressThrottle):
                set_headers(response, throttle.headers())
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Nothing but the methods, in `Allow`; what they take and give stands in the description."""
        return HttpResponse(status=204)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer, in English, whatever the reader's browser prefers."""
        with translation.override("en"):
            return super().dispatch(request, *args, **kwargs)


class RecordView(CountedView, GenericAPIView[Any]):
    """The base of every reading resource."""

    http_method_names = ["get", "head", "options"]
    renderer_classes: Sequence[type[BaseRenderer]] = [JSONRenderer]
    serializer_class: type[DocumentSerializer]
    filter_backends: Sequence[type[BaseFilterBackend]] = []
    pagination_class: type[BasePagination] | None = None
    parameters: ClassVar[type[BaseModel]] = Parameters
    # The page that shows the same to people; `{key}` stands for what names one of them.
    page: ClassVar[str] = ""
    # The parameters that the page takes too, beside the clocks.
    page_takes: ClassVar[tuple[str, ...]] = ()
    # Whether the answer follows from the edition, the day and the address alone, and may be kept by them.
    follows_from_edition: ClassVar[bool] = True

    @cached_property
    def clock(self) -> Clock:
        """Which day and which edition are asked about. Raises `BadParameter`."""
        # A parameter that the resource does not take is refused as such, before anything is made of its value.
        _ = self._parameters
        return clock_of(self.request._request)

    @cached_property
    def _parameters(self) -> Any:
        return read_parameters(self.parameters, self.request.query_params)

    @property
    def day(self) -> date:
        """The day that is asked about."""
        return self.clock.as_of

    @cached_property
    def query(self) -> Any:
        """The parameters, with codes of three letters. Raises a problem that names what is wrong with them."""
        return with_codes(self._parameters, lambda code: _alpha3(self.edition, code))

    @property
    def day_told(self) -> date | None:
        """The day that the answer is as of; None for what is of our clock alone."""
        return self.clock.as_of if "as_of" in self.parameters.model_fields else None

    def in_its_language(self) -> translation.override:
        """What is told inside is told in the language that is asked for, else in English."""
        return translation.override(getattr(self.query, "lang", None) or "en")

    @cached_property
    def edition(self) -> Edition:
        """The record as of the edition that is asked from."""
        return open_edition(self.clock.edition, self.clock.root)

    def read(self, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """The answer, made only where neither the client nor our memory has it."""
        encoding = best_encoding(self.request.headers.get("Accept-Encoding", ""))
        form = self.request.accepted_renderer.format
        headers = validators(self._tag(form, encoding), self.clock, self.day_told, pinned=self._is_pinned())
        headers |= file_named(self.request.path, form, self.clock, self.day_told)
        if self.follows_from_edition and (known := recall(self.request._request, headers)):
            return known
        # Of a state that is not on record it is on record that there is nothing: an empty list, and no refusal.
        check_codes(self.query, lambda code: code in self.edition.state.parties or (is_state(code)))
        # Named fields are looked at also where there will be no row to take them from.
        self.serializer_class(context=self.get_serializer_context()).check()
        response = make()
        if self.follows_from_edition and response.status_code == 200:
            _when_rendered(response, lambda done: _finish(done, encoding, headers))
        return response

    def _tag(self, form: str, encoding: str) -> str:
        return entity_tag(self.request._request, self.clock, self.day_told, form, encoding)

    def _is_pinned(self) -> bool:
        """Whether both clocks are told, so that the answer holds for ever."""
        if getattr(self.query, "cursor", None):
            return True
        has_its_day = bool(getattr(self.query, "as_of", None)) or self.day_told is None
        return has_its_day and self.clock.names_an_edition

    def answer(
        self,
        data: object,
        *,
        own: str = "",
        later: Sequence[Any] | None = None,
        total: int | None = None,
        **others: str | None,
    ) -> Response:
        """The data in their envelope, with their own address and the way to others."""
        links = {"self": own or self.link(), **others}
        shown = [f'<{links[name]}>; rel="{name}"' for name in ("next", "alternate") if links.get(name)]
        return Response(
            envelope(data, self.clock, self.day_told, links, later, total),
            headers={"Link": ", ".join(shown)} if shown else None,
        )

    def link(self, **changed: object) -> str:
        """The address of the request with these parameters changed, or left out where None."""
        parameters: dict[str, object] = dict(self.request.query_params.items())
        return address(self.request.path, {**parameters, **changed})

    def alternate(self, key: str = "") -> str | None:
        """The page that shows the same."""
        return self.at(self.page.format(key=key)) if self.page else None

    def at(self, page: str) -> str:
        """That page, on the day and in the edition that are asked about."""
        clock = {name: self.request.query_params.get(name) or None for name in ("as_of", "known_at")}
        return address(page, {**clock, **for_page(self.query, self.page_takes)})

    def missing(self) -> Problem:
        """The problem where there is nothing under the address."""
        # The same words for what came later and for what never came: neither tells anything of the other.
        by_day = f", by {self.day}" if getattr(self.query, "as_of", None) else ""
        return Problem(404, f"There is nothing on record under this address in edition {self.clock.edition}{by_day}.")

    def canonical(self) -> HttpResponsePermanentRedirect | None:
        """The way to the address with alpha-3 codes in capitals, where the request has another; else None."""
        codes = {name: code for name, code in self.kwargs.items() if name in {"code", "ally"}}
        right = {name: _alpha3(self.edition, code.upper()) for name, code in codes.items()}
        if right == codes:
            return None
        path = self.request.path
        for name, code in codes.items():
            path = path.replace(f"/{code}/", f"/{right[name]}/", 1)
        return HttpResponsePermanentRedirect(address(path, dict(self.request.query_params.items())))


class ListView(ListModelMixin, RecordView):
    """The base of every list: a walk through one edition, in a total order."""

    renderer_classes: Sequence[type[BaseRenderer]] = OF_LISTS
    filter_backends: Sequence[type[BaseFilterBackend]] = [ParameterFilter]
    pagination_class: type[BasePagination] | None = EditionPagination
    parameters: ClassVar[type[BaseModel]] = ListParameters
    key: ClassVar[str] = "key"
    # How a parameter is asked of a row; the pages ask by the same.
    filters: ClassVar[Filters] = {}

    def asked(self) -> Mapping[str, Any]:
        """What is asked of the rows, by the names of the filters."""
        return dict(self.query)

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """One page of the list."""
        return self.read(lambda: self.list(request, **named))


class DetailView(RetrieveModelMixin, RecordView):
    """The base of every single document."""

    def row(self, **named: Any) -> Row | None:
        """The document, or None where there is none."""
        raise NotImplementedError

    def get_object(self) -> Any:
        """The document. Raises a problem where there is none."""
        row = self.row(**self.kwargs)
        if row is None or (isinstance(row, Mapping) and is_hindsight(row)):
            raise self.missing()
        return row

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """The document, or the way to its canonical address."""
        return self.read(lambda: self.canonical() or self.retrieve(request, **named))

    def retrieve(self, request: Request, *args: Any, **named: Any) -> Response:
        """The document in its envelope."""
        data = self.get_serializer(self.get_object()).data
        return self.answer(data, alternate=self.alternate("/".join(map(str, named.values()))))


def _alpha3(edition: Edition, code: str) -> str:
    if len(code) != 2:
        return code
    states = (party["code"] for party in edition.state.parties.values() if party["alpha2"] == code)
    return next(states, code)


def _when_rendered(response: Any, finish: Callable[[HttpResponse], None]) -> None:
    if isinstance(response, Response):
        response.add_post_render_callback(finish)
    else:
        finish(response)


def _finish(response: HttpResponse, encoding: str, headers: dict[str, str]) -> None:
    compress(response, encoding)
    set_headers(response, headers)
    keepable(response)


__all__ = ["CountedView", "DetailView", "ListView", "RecordView"]
