"""Compressing large answers: Brotli where the client takes it, gzip where it does not."""

import gzip
from collections.abc import Callable, Mapping
from typing import Final

import brotli
from django.http import HttpResponse

from tracker.http.accept import best_of

# Below this a compressed answer saves nothing that the network would notice.
_LARGE: Final = 1024


def _brotli(body: bytes) -> bytes:
    # The middle of the scale: nearly as small as the slowest, at a tenth of its time.
    return bytes(brotli.compress(body, quality=5))


def _gzip(body: bytes) -> bytes:
    # Without a time of its own, so that the same answer is the same bytes.
    return gzip.compress(body, compresslevel=6, mtime=0)


_ENCODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {"br": _brotli, "gzip": _gzip}


def best_encoding(accepted: str) -> str:
    """The encoding that the header likes best; empty for none. Who says nothing gets the answer as it is."""
    return best_of(accepted, tuple(_ENCODERS)) if accepted else ""


def compress(response: HttpResponse, encoding: str) -> None:
    """Compress the answer in place, if it is large and the client takes it."""
    if encoding and len(response.content) >= _LARGE and "Content-Encoding" not in response.headers:
        response.content = _ENCODERS[encoding](response.content)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))
