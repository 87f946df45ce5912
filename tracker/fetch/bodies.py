"""Read a body without trusting its length, its compression or its end."""

import zlib
from dataclasses import dataclass
from typing import Final, Protocol

import httpx2

from tracker.fetch.outcomes import Reason

# zlib's number for "gzip or zlib, whichever the header says".
_GZIP_OR_ZLIB: Final = 47


class BadBody(Exception):
    """The body is too long, or not what its headers say."""

    def __init__(self, reason: Reason, detail: str) -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{reason}: {detail}")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many bytes may come over the wire, and how many may come out of them."""

    received: int = 5_000_000
    unpacked: int = 20_000_000


class Decoder(Protocol):
    """Turns what came over the wire into the document, no more than `room` bytes and one at a time."""

    def feed(self, chunk: bytes, room: int) -> bytes:
        """What the bytes unpack to; one byte more than `room` says that there is more."""

    def finish(self) -> None:
        """Raises `BadBody` when the end is missing."""


class Plain:
    """Nothing to unpack."""

    def feed(self, chunk: bytes, room: int) -> bytes:
        """The bytes as they are."""
        return chunk

    def finish(self) -> None:
        """A plain body ends where it ends; the transport has compared its length."""


class Gunzip:
    """Unpacks gzip, never by more than there is room for: a bomb goes off in a small chamber."""

    def __init__(self) -> None:
        self._unpack = zlib.decompressobj(_GZIP_OR_ZLIB)

    def feed(self, chunk: bytes, room: int) -> bytes:
        """What the bytes unpack to, at most one more than `room`."""
        try:
            unpacked = self._unpack.decompress(chunk, room + 1)
        except zlib.error as error:
            raise BadBody(Reason.ENCODING, f"not gzip, although the headers say so: {error}") from error
        # Several parts in a row are legal and hardly ever sent; a million empty ones would cost us dearly.
        if self._unpack.unused_data:
            raise BadBody(Reason.ENCODING, "bytes after the end of the compressed body")
        return unpacked

    def finish(self) -> None:
        """Raises `BadBody` when the compressed body stops before its end."""
        if not self._unpack.eof:
            raise BadBody(Reason.TRUNCATED, "the compressed body stops before its end")


def decoder_for(encoding: str) -> Decoder:
    """What unpacks a body of this content encoding. Raises `BadBody` for one we did not ask for."""
    match encoding.strip().lower():
        case "" | "identity":
            return Plain()
        case "gzip" | "x-gzip":
            return Gunzip()
        case other:
            raise BadBody(Reason.ENCODING, f"content encoding {other[:40]!r} was not asked for")


def read_body(response: httpx2.Response, sizes: Sizes) -> bytes:
    """The whole document. Raises `BadBody` as soon as it is known to be too long, whatever was promised."""
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > sizes.received:
        raise BadBody(Reason.TOO_LARGE, f"{announced} bytes announced, {sizes.received} allowed")
    decoder = decoder_for(response.headers.get("content-encoding", ""))
    received, body = 0, bytearray()
    for chunk in response.iter_raw():
        received += len(chunk)
        if received > sizes.received:
            raise BadBody(Reason.TOO_LARGE, f"more than {sizes.received} bytes")
        body += decoder.feed(chunk, sizes.unpacked - len(body))
        if len(body) > sizes.unpacked:
            raise BadBody(Reason.TOO_LARGE, f"more than {sizes.unpacked} bytes when unpacked")
    if received:
        decoder.finish()
    return bytes(body)
