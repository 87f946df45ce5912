"""What every reader is, and how it says that it no longer understands its source."""

from collections.abc import Mapping
from typing import Any, Final, Protocol

from tracker.domain.exceptions import TrackerError
from tracker.fetch.charsets import Undecodable, decode
from tracker.fetch.outcomes import Fetched
from tracker.sources.findings import Finding

Options = Mapping[str, Any]

_SHOWN: Final = 80


class NotUnderstood(TrackerError):
    """The document is not what this reader knows; nothing was taken from it."""

    def __init__(self, where: str, expected: str, found: object) -> None:
        self.where = where
        self.expected = expected
        self.found = found if isinstance(found, str) else type(found).__name__
        super().__init__(f"At {where}: expected {expected}, found {shorten(self.found)}.")


class Reader(Protocol):
    """Turns one document into what it says. No network, no database, no memory."""

    key: str

    def read(self, page: Fetched, options: Options) -> list[Finding]:
        """What the document says, in its order. Raises `NotUnderstood` rather than guess."""


def shorten(text: str, length: int = _SHOWN) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def text_of(page: Fetched) -> str:
    """The document as text. Raises `NotUnderstood` where its bytes are not in the charset it declares."""
    try:
        return decode(page.body, page.charset)
    except Undecodable as error:
        raise NotUnderstood("charset", error.expected, error.found) from error


def source_of(page: Fetched, options: Options) -> str:
    """The address that a find without a name of its own is known by: the one that is asked, wherever it leads today."""
    asked = options.get("source")
    return asked if isinstance(asked, str) and asked else page.url


def option(options: Options, name: str) -> str:
    """A text option that the reader cannot do without. Raises `NotUnderstood`."""
    value = options.get(name)
    if not isinstance(value, str) or not value:
        raise NotUnderstood(f"option {name}", "a text", value)
    return value
