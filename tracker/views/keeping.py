"""Pages kept for whoever asks next: the same address, edition, day and language always give the same page."""

import hashlib
import zlib
from collections.abc import Callable
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from tracker.clock import Clock

# A new edition has new keys at once; the limit is for what an edition does not tell, such as a new
# release of the templates, or a check that falls due in the course of a day.
_SECONDS: Final = 300


def kept(request: HttpRequest, clock: Clock, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page from the cache, or rendered and put there. Without the cache it is simply rendered."""
    key = _key(request, clock)
    packed = cache.get(key)
    if packed is not None:
        return HttpResponse(zlib.decompress(packed))
    response = render()
    if isinstance(response, TemplateResponse):
        response.render()
    if response.status_code == 200:
        cache.set(key, zlib.compress(response.content, 1), _SECONDS)
    return response


def _key(request: HttpRequest, clock: Clock) -> str:
    told = (request.get_host(), request.get_full_path(), get_language(), clock.edition, clock.today)
    return "page:" + hashlib.sha256(repr(told).encode()).hexdigest()
