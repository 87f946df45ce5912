"""Compressing large answers: Brotli where the client takes it, gzip where it does not."""

import gzip
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import brotli
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers

# Below this a compressed answer saves nothing that the network would notice.
_LARGE: Final = 1024
_WEIGHT: Final = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)


def _brotli(body: bytes) -> bytes:
    # Of a page, a sixteenth more bytes than one step on, for half its time; most answers are made for few.
    return bytes(brotli.compress(body, quality=4))


def _gzip(body: bytes) -> bytes:
    # Without a time of its own, so that the same answer is the same bytes.
    return gzip.compress(body, compresslevel=4, mtime=0)


_ENCODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {"br": _brotli, "gzip": _gzip}


def best_encoding(accepted: str) -> str:
    """The encoding that `Accept-Encoding` likes best, of equals Brotli; empty for none (RFC 9110, section 12.5.3).

    Who says nothing gets the answer as it is.
    """
    weights = _weights_in(accepted)
    liked = {name: weights.get(name, weights.get("*", 0.0)) for name in _ENCODERS}
    best = max(liked, key=lambda name: liked[name])
    return best if liked[best] > 0 else ""


def _weights_in(header: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *attributes = part.split(";")
        if name := name.strip():
            weights[name] = max(weights.get(name, 0.0), _weight(attributes))
    return weights


def _weight(attributes: Sequence[str]) -> float:
    weights = (float(match[1]) for text in attributes if (match := _WEIGHT.fullmatch(text)))
    return next(weights, 1.0)


def compress(response: HttpResponse, encoding: str) -> None:
    """Compress the answer in place, if it is a large text and the client takes it."""
    is_wanted = encoding and len(response.content) >= _LARGE and is_text(response.headers["Content-Type"])
    if is_wanted and "Content-Encoding" not in response.headers:
        response.content = encoded(response.content, encoding)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))


def compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, rendered and compressed as the client takes it."""
    if isinstance(response, TemplateResponse):
        response.render()
    compress(response, best_encoding(request.headers.get("Accept-Encoding", "")))
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def is_text(content_type: str) -> bool:
    """Whether compressing makes it smaller: what is no text has mostly been compressed already."""
    return content_type.startswith("text/") or any(word in content_type for word in ("json", "xml", "javascript"))


def encoded(body: bytes, encoding: str) -> bytes:
    """The body in that encoding; as it is for none."""
    return _ENCODERS[encoding](body) if encoding else body
