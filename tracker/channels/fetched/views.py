"""Feeds and calendars over HTTP: cheap for who asks every minute, because an edition that was seen costs one query."""

from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.generic import View

from tracker.channels.fetched import atom, calendar, json_feed
from tracker.channels.fetched.feeds import Feed, read_feed
from tracker.domain.exceptions import BadParameter
from tracker.http.compression import best_encoding, compress
from tracker.http.heads import head_of
from tracker.readmodel.clock import Clock, read_clock
from tracker.readmodel.log.filtering import PARAMETERS, LogFilter

# Feed readers ask again at once when they are told that they may; a minute is soon enough for the news.
_SECONDS = 60
_ARCHIVE_SECONDS = 86_400


class ChannelView(View):
    """A document made of the log and a filter. A wrong parameter is answered with what would be right."""

    takes: ClassVar[frozenset[str]] = frozenset()
    content_type: ClassVar[str]
    seconds: ClassVar[int] = _SECONDS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except BadParameter as refusal:
            return HttpResponse(f"{refusal}\n", status=400, content_type="text/plain; charset=utf-8")

    @cached_property
    def clock(self) -> Clock:
        """Today and the newest edition: a channel tells what is known now."""
        return read_clock({}, head_of(self.request))

    @cached_property
    def wanted(self) -> LogFilter:
        """The filter asked for. Raises `BadParameter`, also for a parameter that means nothing here."""
        for name in self.request.GET:
            if name not in {*PARAMETERS, *self.takes}:
                value = self.request.GET.get(name, "")
                raise BadParameter(
                    name, str(value), f"the parameters are {', '.join([*PARAMETERS, *sorted(self.takes)])}"
                )
        return LogFilter.read(self.request.GET.dict())

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The document, or 304 to who has it already."""
        wanted = self.wanted
        etag = self._etag()
        known = get_conditional_response(request, etag=etag)
        if known is not None:
            known.headers["ETag"] = etag
            patch_cache_control(known, public=True, max_age=self.lifetime())
            return known
        response = HttpResponse(self.write(wanted), content_type=self.content_type)
        response.headers["ETag"] = etag
        response.headers["Access-Control-Allow-Origin"] = "*"
        patch_cache_control(response, public=True, max_age=self.lifetime())
        compress(response, best_encoding(request.headers.get("Accept-Encoding", "")))
        response.headers["Vary"] = "Accept-Encoding"
        return response

    def _etag(self) -> str:
        """A weak tag, since compressing changes the bytes and not what they say."""
        clock, query = self.clock, self.request.GET.urlencode()
        asked = (type(self).__name__, query, get_language(), clock.root, clock.today)
        return f'W/"{sha256(repr(asked).encode()).hexdigest()[:32]}"'

    def lifetime(self) -> int:
        """For how many seconds a copy may be kept."""
        return self.seconds

    def write(self, wanted: LogFilter) -> str | bytes:
        """The document itself."""
        raise NotImplementedError


class FeedView(ChannelView):
    """A feed, in one of two forms."""

    takes = frozenset({"archive"})
    view: ClassVar[str]

    def lifetime(self) -> int:
        return _ARCHIVE_SECONDS if self.request.GET.get("archive") else self.seconds

    def feed(self, wanted: LogFilter) -> Feed:
        """What the feed holds. Raises `BadParameter`."""
        return read_feed(self.view, wanted, self.clock, self.request.GET.get("archive", ""))


class AtomView(FeedView):
    """The log as an Atom feed."""

    view = "feed"
    content_type = atom.CONTENT_TYPE

    def write(self, wanted: LogFilter) -> str:
        return atom.write_atom(self.feed(wanted))


class JsonFeedView(FeedView):
    """The log as a JSON feed."""

    view = "json-feed"
    content_type = json_feed.CONTENT_TYPE

    def write(self, wanted: LogFilter) -> str:
        return json_feed.write_json_feed(self.feed(wanted))


class CalendarView(ChannelView):
    """The dates on record as a calendar."""

    takes = frozenset({"alarm"})
    content_type = calendar.CONTENT_TYPE

    def write(self, wanted: LogFilter) -> bytes:
        alarms = calendar.read_alarms(self.request.GET.get("alarm", ""))
        edition = self.clock.record
        entries = calendar.entries_of(edition, wanted, self.clock.today)
        return calendar.write_calendar(entries, wanted, self.clock, alarms)
