"""What programs that read the whole site need: the list of its pages, and where not to go."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.cache import cache_control, cache_page

from tracker.readmodel import open_newest
from tracker.readmodel.edition import Edition

# Whatever is handed out may be fetched: share images, embeds, data, and every page with its day and its edition.
# Every day is an address of its own, and a crawler that followed them would never come home: the links to days
# are marked `nofollow`, and a page of another day than today says `noindex, nofollow` of itself.
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /search/

Sitemap: {base_url}/sitemap.xml
"""


def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers need not go, and where the list of pages is."""
    text = ROBOTS.format(base_url=settings.BASE_URL)
    return HttpResponse(
        text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"}
    )


class _Pages(Sitemap[Any]):
    """Pages at the address that this instance says it has, in every language."""

    i18n = True
    alternates = True
    x_default = True

    @property
    def protocol(self) -> str:  # type: ignore[override]
        return str(urlsplit(settings.BASE_URL).scheme)

    def get_domain(self, site: Any = None) -> str:
        return str(urlsplit(settings.BASE_URL).netloc)


class Fixed(_Pages):
    """The pages that are always there."""

    def items(self) -> Sequence[str]:
        names = "home accessions states commitments events changes rectifications compare check data methodology status"
        return names.split()

    def location(self, item: str) -> str:
        return reverse(item)


class _OnRecord(_Pages):
    """Pages of what is on record now, each under the codes or the key that name it."""

    view = ""

    @cached_property
    def record(self) -> Edition:
        """What is on record now."""
        return open_newest()

    def location(self, item: tuple[str, ...]) -> str:
        return reverse(self.view, args=item)


class Accessions(_OnRecord):
    """One page an accession."""

    view = "accession"

    def items(self) -> Sequence[tuple[str, ...]]:
        return [(code,) for code in self.record.accessions]


class States(_OnRecord):
    """One page a state."""

    view = "state"

    def items(self) -> Sequence[tuple[str, ...]]:
        return [(code,) for code in sorted(self.record.states)]


class Tables(_OnRecord):
    """The table of each protocol."""

    view = "accession-table"

    def items(self) -> Sequence[tuple[str, ...]]:
        return [(code,) for code in self.record.accessions]


class Timelines(Tables):
    """The timeline of each accession."""

    view = "accession-timeline"


class Commitments(_OnRecord):
    """One page a commitment."""

    view = "commitment"

    def items(self) -> Sequence[tuple[str, ...]]:
        return [(key,) for key in sorted(self.record.state.commitments)]


class _Many(_OnRecord):
    """Pages of which there are so many that a list of each one's other languages would be ten times as long as they."""

    alternates = False


class Ratifications(_Many):
    """One page an ally and a protocol."""

    view = "ratification"

    def items(self) -> Sequence[tuple[str, ...]]:
        return [tuple(key.split("/")) for key in sorted(self.record.state.ratifications)]


class Events(_Many):
    """One page an event that stands."""

    view = "event"

    def items(self) -> Sequence[tuple[str, ...]]:
        return [(key,) for key in sorted(self.record.state.events)]


SITEMAPS: Final[dict[str, type[Sitemap[Any]] | Sitemap[Any]]] = {
    "pages": Fixed,
    "accessions": Accessions,
    "tables": Tables,
    "timelines": Timelines,
    "states": States,
    "commitments": Commitments,
    "ratifications": Ratifications,
    "events": Events,
}


@cache_page(3600)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The parts of the list of pages. They are long, and kept for an hour."""
    parts = [{"location": f"{settings.BASE_URL}{reverse('sitemap-part', args=[section])}"} for section in SITEMAPS]
    return render(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")


@cache_page(3600)
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """One part of the list of pages."""
    return sitemap(request, SITEMAPS, section=section)


@cache_control(public=True, max_age=86400)
def opensearch(request: HttpRequest) -> HttpResponse:
    """What a browser needs to search this site from its own line of addresses, in the language of the page."""
    response = render(request, "opensearch.xml", {"base_url": settings.BASE_URL})
    response.headers["Content-Type"] = "application/opensearchdescription+xml; charset=utf-8"
    return response
