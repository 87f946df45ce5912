"""How the bytes of a document are to be read as letters: what it declares, or what they prove to be.

Bytes with letters beyond ASCII that are UTF-8 from end to end are so by no accident, whatever is declared; nothing
else is guessed.
"""

import codecs
import re
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BOM: Final = "\ufeff"
_IN_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.\-]{1,40})")
_IN_DOCUMENT: Final = (
    re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.\-]{1,40})"),
    re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_:.\-]{1,40})", re.IGNORECASE),
)
# Where browsers look for a declaration inside the document.
_PRESCAN: Final = 1024

# Letters only: Python has codecs such as `punycode` or `zip` that are none, and cost whoever calls them.
_KNOWN: Final = frozenset(
    {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "koi8-r", "koi8-u"}
    | {f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))}
    | {f"cp{page}" for page in range(1250, 1259)}
)
# What the web means by these names.
_MEANT: Final = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
_TEXT: Final = re.compile(
    r"text/.*|application/(?:[\w.+-]*\+)?(?:json|xml|rss|atom|javascript|xhtml)(?:\+\w+)?"
    # JSON a line; and what servers call a list that they do not know: it is text if its bytes are.
    r"|application/(?:x-)?(?:ndjson|jsonl|json-lines|csv)|"
)
_UNKNOWN: Final = frozenset(
    {"application/octet-stream", "binary/octet-stream", "application/vnd.ms-excel", "application/force-download"}
    | {"application/download", "application/x-download", "application/unknown"}
)


class Undecodable(ValueError):
    """The bytes are not text in the charset that they are said to be in."""

    def __init__(self, expected: str, found: str) -> None:
        self.expected = expected
        self.found = found
        super().__init__(f"expected {expected}, found {found}")


def declared_charset(body: bytes, content_type: str) -> str | None:
    """The charset by byte order mark, header or the document itself, in that order; None for what is no text.

    Where nothing says, it is utf-8.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if not _TEXT.fullmatch(kind) and not (kind in _UNKNOWN and _is_text(body)):
        return None
    if mark := next((name for bom, name in _MARKS if body.startswith(bom)), None):
        return mark
    if in_header := _IN_HEADER.search(content_type.lower()):
        return in_header[1]
    declared = (pattern.search(body[:_PRESCAN]) for pattern in _IN_DOCUMENT)
    return next((match[1].decode("ascii").lower() for match in declared if match), "utf-8")


def decode(body: bytes, charset: str | None) -> str:
    """The text. Raises `Undecodable` for an unknown charset, and for bytes that are neither in it nor UTF-8."""
    if charset is None:
        raise Undecodable("text", "a document that is none")
    if not body.isascii() and _is_utf8(body):
        return body.decode("utf-8").removeprefix(_BOM)
    codec = _codec(charset)
    try:
        return body.decode(codec).removeprefix(_BOM)
    except UnicodeDecodeError as error:
        raise Undecodable(charset, f"byte {body[error.start]:#04x} at position {error.start}") from error


def _codec(charset: str) -> str:
    try:
        name = codecs.lookup(charset).name
    except LookupError as error:
        raise Undecodable("a charset known to us", repr(charset[:40])) from error
    if name not in _KNOWN:
        raise Undecodable("a charset known to us", repr(name))
    return _MEANT.get(name, name)


def _is_text(body: bytes) -> bool:
    """Whether bytes of no known kind are text after all."""
    return b"\0" not in body and _is_utf8(body)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
