"""What programs that read the whole site need: the list of its pages, and where not to go."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tracker.models import Accession, Commitment, Event, Ratification, State

# Every day is an address of its own: a crawler that followed them would never come home.
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /*as_of=
Disallow: /*known_at=
Disallow: /*before=
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
        names = "home accessions states commitments events changes rectifications compare data methodology status"
        return names.split()

    def location(self, item: str) -> str:
        return reverse(item)


class Accessions(_Pages):
    """One page an accession."""

    def items(self) -> Any:
        return Accession.objects.order_by("pk")


class States(_Pages):
    """One page a state."""

    def items(self) -> Any:
        return State.objects.order_by("pk")


class Commitments(_Pages):
    """One page a commitment."""

    def items(self) -> Any:
        return Commitment.objects.order_by("pk")


class _InOneLanguage(_Pages):
    """Pages whose substance is in English, so that the other languages need no entry of their own."""

    i18n = False
    alternates = False


class Ratifications(_InOneLanguage):
    """One page an ally and a protocol."""

    def items(self) -> Any:
        return Ratification.objects.order_by("pk")


class Events(_InOneLanguage):
    """One page an event that stands."""

    def items(self) -> Any:
        return Event.objects.standing().order_by("pk")


SITEMAPS = {
    "pages": Fixed,
    "accessions": Accessions,
    "states": States,
    "commitments": Commitments,
    "ratifications": Ratifications,
    "events": Events,
}
