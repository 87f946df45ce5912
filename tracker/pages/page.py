"""What every page shares: the two clocks, the names, the frame, and how a wrong address is answered."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from tracker.domain.exceptions import BadParameter
from tracker.http.client_address import address_of
from tracker.http.compression import compressed
from tracker.http.edge import keepable
from tracker.http.form_limits import is_too_often
from tracker.http.heads import head_of
from tracker.language.citations import Citations, Work, cite
from tracker.language.grammar import capitalised
from tracker.language.names import index_of
from tracker.pages.context import frame, permanent_address
from tracker.pages.time_control import Turns, read_control, turns_of
from tracker.readmodel.answers.coverage import coverage_on
from tracker.readmodel.clock import Clock, read_clock
from tracker.readmodel.edition import Edition
from tracker.readmodel.events import RecordedEvent
from tracker.readmodel.log.filtering import LogFilter


class Elsewhere(Exception):
    """The address is understood, and the page has another one."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(address)


# A copy between us and the reader may be a little old, and older while it is renewed or while we are away.
_COPIES = cache_control(public=True, max_age=15, stale_while_revalidate=60, stale_if_error=86_400)


@method_decorator(_COPIES, name="dispatch")
class Page(TemplateView):
    """One public page, for a day and an edition. A wrong parameter is answered with what would be right."""

    section: ClassVar[str] = ""
    # Whether the page is a function of its address, the edition and the day.
    is_kept: ClassVar[bool] = True
    # Whether the page says something that can be cited.
    is_citable: ClassVar[bool] = True
    # Whether its twin in the API is a list, which can be had as a table too.
    is_list: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except BadParameter as refusal:
            return TemplateResponse(request, "400.html", {**frame(request), "refusal": refusal}, status=400)
        except Elsewhere as elsewhere:
            query = request.GET.urlencode()
            return HttpResponseRedirect(f"{elsewhere.address}?{query}" if query else elsewhere.address)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_kept:
            return compressed(request, self._render())
        if is_too_often("page", address_of(request), settings.PAGES_PER_MINUTE, 60):
            return TemplateResponse(request, "429.html", frame(request), status=429, headers={"Retry-After": "60"})
        response = self._render()
        keepable(response)
        return response

    def _render(self) -> HttpResponse:
        # Without the parts of the address, which the page reads itself.
        return self.render_to_response(self.get_context_data())

    @cached_property
    def clock(self) -> Clock:
        """The clock of this request. Raises `BadParameter`."""
        return read_clock(self.request.GET.dict(), head_of(self.request))

    @property
    def record(self) -> Edition:
        """What this site held to be true at the edition that is asked from."""
        return self.clock.record

    @cached_property
    def names(self) -> dict[str, str]:
        """What every party is called on the day shown, in the reader's language, by code."""
        return self.record.names_in(get_language() or "en", self.clock.as_of)

    def turns(self) -> Turns:
        """The days that the date control leads to."""
        return self.turns_of("all", self.record.events)

    def turns_of(self, whose: str, events: Iterable[RecordedEvent]) -> Turns:
        """The days that the events lead to, worked out once an edition under that name."""
        return self.record.always(f"turns/{whose}", lambda: turns_of(events))

    @property
    def title(self) -> str:
        """What the page is called in a tab, in a list of results, and when it is cited."""
        raise NotImplementedError

    def permanent(self) -> str:
        """The address that will always show what the page shows now."""
        return permanent_address(self.request, self.clock)

    @property
    def headline(self) -> str:
        """The title as it stands at the head of a page, where some names have a small letter inside a sentence."""
        return capitalised(self.title)

    def frame(self) -> dict[str, Any]:
        """What the frame of the page needs."""
        permanent = self.permanent()
        return {
            **frame(self.request),
            "clock": read_control(self.clock, self.turns()),
            "names": self.names,
            "section": self.section,
            "is_list": self.is_list,
            "page_title": self.headline,
            "permalink": permanent,
            "frozen": permanent.partition("?")[2],
            "follow": self.follow.query,
            "coverage": coverage_on(self.record, self.clock.as_of, self.accession_shown()),
        }

    def accession_shown(self) -> str:
        """The code of the one accession that the page is about; empty for a page about more, or about none."""
        return ""

    @property
    def follow(self) -> LogFilter:
        """Of what a channel tells that follows this page."""
        return LogFilter()

    def citing(self) -> Citations:
        """How to cite the page."""
        recorded_at = self.clock.recorded_at
        published = recorded_at.date() if recorded_at else self.clock.today
        accessed = self.clock.today if self.clock.is_today and not self.clock.names_an_edition else None
        edition = self.clock.edition_name
        return cite(Work(self.headline, self.permanent(), self.clock.as_of, edition, published, accessed))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        citing = self.citing() if self.is_citable else None
        return super().get_context_data(**self.frame(), citing=citing, **kwargs)

    def canonical_code(self, text: str, among: "tuple[str, ...] | None" = None) -> str:
        """The code of the party that goes by that name or code, among those given. Raises `Http404`."""
        parties = self.record.parties
        code = index_of(parties.values()).code_of(text) or text.upper()
        if code not in (parties if among is None else among):
            raise Http404(_("There is nothing on record under “%(code)s”.") % {"code": text[:40]})
        return code

    def at_its_address(self, view: str, **codes: str) -> None:
        """Send the reader to the canonical address unless this is the one. Raises `Elsewhere`."""
        address = reverse(view, kwargs=codes)
        if address != self.request.path:
            raise Elsewhere(address)
