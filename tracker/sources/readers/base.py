"""What every reader is, and how it says that it no longer understands its source."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Protocol, TypeVar

from tracker.domain.exceptions import TrackerError
from tracker.fetch.charsets import Undecodable, decode
from tracker.fetch.outcomes import Fetched
from tracker.sources.findings import Finding

Options = Mapping[str, Any]
Row = TypeVar("Row")

# More rows than this are no list that anybody publishes for others to follow.
MOST_ROWS: Final = 5000
_SHOWN: Final = 80


class NotUnderstood(TrackerError):
    """The document is not what this reader knows; nothing was taken from it."""

    def __init__(self, where: str, expected: str, found: object) -> None:
        self.where = where
        self.expected = expected
        self.found = found if isinstance(found, str) else type(found).__name__
        super().__init__(f"At {where}: expected {expected}, found {shorten(self.found)}.")


class Findings(list[Finding]):
    """What a document says, in its order, and how much of it could not be read."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        super().__init__(findings)
        self.left_out = 0
        self.complaint: NotUnderstood | None = None
        self.is_cut = False

    @property
    def remark(self) -> str:
        """What is missing, for an operator; empty where nothing is."""
        refused = f"{self.left_out} rows could not be read, the first: {self.complaint}" if self.left_out else ""
        return " ".join(filter(None, [refused, f"Only the first {MOST_ROWS} rows were read." if self.is_cut else ""]))

    def leave_out(self, complaint: NotUnderstood) -> None:
        """Count a row that could not be read."""
        self.left_out += 1
        self.complaint = self.complaint or complaint


def read_each(rows: Iterable[Row], read: Callable[[Row], Iterable[Finding]]) -> Findings:
    """What each of the rows says; a row that cannot be read is left out and counted, and silences no other.

    Raises `NotUnderstood` where no row at all can be read: then the source is not what the reader knows.
    """
    findings, understood = Findings(), 0
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            findings.is_cut = True
            break
        try:
            findings += list(read(row))
        except NotUnderstood as complaint:
            findings.leave_out(complaint)
        else:
            understood += 1
    if findings.complaint and not understood:
        raise findings.complaint
    return findings


class Reader(Protocol):
    """Turns one document into what it says. No network, no database, no memory."""

    key: str
    # What an operator chooses it by.
    label: str

    def read(self, page: Fetched, options: Options) -> Findings:
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
