"""Pages on other people's pages: a frame, a badge, and the picture that goes along when a page is shared."""

from collections.abc import Mapping
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from tracker.domain.exceptions import BadParameter
from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus, Reached, Stage
from tracker.language.sentences import answer
from tracker.language.words import labelled, say_day
from tracker.pages.drawings.maps import accession_looks, alliance_looks
from tracker.pages.figures.badge import draw_badge
from tracker.pages.figures.looks import Look
from tracker.pages.figures.map import load_shapes
from tracker.pages.figures.share import MAP_WIDTH, ShareCounts, draw_share_image
from tracker.pages.figures.small_map import draw_small_map
from tracker.pages.page import Page
from tracker.pages.views.accessions import OneAccession
from tracker.pages.views.events import OneEvent
from tracker.pages.views.home import Home
from tracker.pages.views.ratifications import OneRatification
from tracker.pages.views.rows import count_rows

_A_DAY = 86_400
# What a page that shows the frame may ask for, and what the browser is told.
_THEMES = {"auto": "light dark", "light": "only light", "dark": "only dark"}


@method_decorator([xframe_options_exempt, csp_replace({"frame-ancestors": ["*"]})], name="dispatch")
class AccessionEmbed(OneAccession):
    """The sentence and the counts, for a frame in another page."""

    template_name = "accessions/embed.html"
    address = "accession-embed"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **self.frame(),
            "code": self.code,
            "name": self.names[self.code],
            "answer": answer(self.standing, self.names),
            "counts": count_rows(self.standing) if self.standing.required else [],
            "theme": self.theme(),
        }

    def theme(self) -> str:
        """Whether the frame is light, dark, or as the reader's system is. Raises `BadParameter`."""
        theme = self.request.GET.get("theme", "auto")
        if theme not in _THEMES:
            raise BadParameter("theme", theme, _("it is light, dark or auto"))
        return _THEMES[theme]


class AccessionBadge(OneAccession):
    """A badge such as “NATO · Sweden | approved by 29 / 31 · 30 October 2023”."""

    address = "accession-badge"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        counted, day = shares_of(self.standing), say_day(self.clock.as_of)
        name = f"NATO · {self.names[self.code]}"
        value = _say_counted(counted) if counted else str(self.standing.status.label)
        value = f"{value} · {day}"
        complete = counted is not None and counted.reached == counted.required
        sentence = answer(self.standing, self.names)
        drawn = draw_badge(name, value, labelled(name, value), sentence, is_complete=complete)
        return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")


def _say_counted(counted: "ShareCounts") -> str:
    """What is counted, and how many: a lower bound where of some allies the record does not say."""
    words = {"reached": counted.reached, "required": counted.required}
    if counted.unknown:
        return _("approved by %(reached)s or more of %(required)s") % words
    return _("approved by %(reached)s / %(required)s") % words


class AccessionShare(OneAccession):
    """The answer as a picture."""

    address = "accession-share"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        path = f"/accessions/{self.code}/"
        looks = accession_looks(self.standing, self.members)
        return picture(self, answer(self.standing, self.names), path, shares_of(self.standing), looks)


class RatificationShare(OneRatification):
    """Where one ally stands with one protocol, as a picture."""

    address = "ratification-share"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code, ally = self.codes
        looks = accession_looks(self.record.standing(code, self.clock.as_of), self.record.members(self.clock.as_of))
        return picture(self, self.answer, f"/accessions/{code}/{ally}/", None, looks)


class EventShare(OneEvent):
    """What happened and when, as a picture."""

    address = "event-share"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return picture(self, self.sentence, f"/events/{self.event.key}/", None)


class HomeShare(Home):
    """The first page as a picture."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return picture(self, " ".join(self.tell_answers()), "/", None, alliance_looks(self.members, self.statuses))


def shares_of(standing: AccessionStanding) -> ShareCounts | None:
    """How many allies have approved, while or after a protocol needs them."""
    if not standing.required or standing.status is AccessionStatus.WITHDRAWN:
        return None
    counted = standing.counts[Stage.APPROVED]
    return ShareCounts(counted[Reached.REACHED], counted[Reached.UNKNOWN], counted[Reached.NOT_REACHED])


def picture(
    page: Page, sentence: str, path: str, counted: ShareCounts | None, looks: Mapping[str, Look] | None = None
) -> HttpResponse:
    """The picture; drawn once for each sentence, day, address and language."""
    clock = page.clock
    stand = _("As of %(day)s, edition %(edition)s") % {"day": say_day(clock.as_of), "edition": clock.edition_name}
    address = settings.BASE_URL.split("://")[-1] + path
    key = f"share:{path}:{clock.as_of}:{clock.root}:{get_language()}"

    def draw() -> bytes:
        small_map = draw_small_map(load_shapes(), looks, MAP_WIDTH) if looks else None
        return draw_share_image(sentence, stand, address, counted, small_map)

    drawn = cache.get_or_set(key, draw, _A_DAY)
    return HttpResponse(drawn, content_type="image/png")
