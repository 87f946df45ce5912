"""Pages kept for whoever asks next: the same address, edition, day and language always give the same page."""

import gzip
import hashlib
from collections.abc import Callable
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from tracker.http.compression import best_encoding, compress
from tracker.readmodel.clock import Clock

# A new edition has new keys at once; the limit is for what an edition does not tell, such as a new
# release of the templates, or a check that falls due in the course of a day.
_SECONDS: Final = 300


def kept(request: HttpRequest, clock: Clock, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page from the cache, or rendered and put there, compressed as the client takes it.

    Without the cache it is simply rendered. A page holds no secret that compressing could give away.
    """
    encoding = best_encoding(request.headers.get("Accept-Encoding", ""))
    key = _key(request, clock, encoding)
    response = _unpacked(cache.get(key))
    if response is None:
        response = compressed(request, render)
        if response.status_code == 200:
            cache.set(key, _packed(response), _SECONDS)
    return response


def compressed(request: HttpRequest, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page rendered now, compressed as the client takes it."""
    response = render()
    if isinstance(response, TemplateResponse):
        response.render()
    compress(response, best_encoding(request.headers.get("Accept-Encoding", "")))
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _packed(response: HttpResponse) -> tuple[str, bytes]:
    """How the page is coded, and its bytes; never as large as it is for the few clients that take it only plain."""
    coding = response.headers.get("Content-Encoding", "")
    return coding, response.content if coding else gzip.compress(response.content, compresslevel=1)


def _unpacked(packed: tuple[str, bytes] | None) -> HttpResponse | None:
    if packed is None:
        return None
    coding, body = packed
    response = HttpResponse(body if coding else gzip.decompress(body))
    if coding:
        response.headers["Content-Encoding"] = coding
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _key(request: HttpRequest, clock: Clock, encoding: str) -> str:
    told = (request.get_host(), request.get_full_path(), get_language(), clock.root, clock.today, encoding)
    return "page:" + hashlib.sha256(repr(told).encode()).hexdigest()
