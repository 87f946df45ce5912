"""What a fetch can end in: a closed set, so that a caller who has handled five cases has handled all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why nothing came of a fetch."""

    NOT_AN_ADDRESS = "not_an_address"
    SCHEME = "scheme"
    CREDENTIALS = "credentials"
    PORT = "port"
    NOT_PUBLIC = "not_public"
    DOWNGRADE = "downgrade"
    NO_SUCH_HOST = "no_such_host"
    NO_CONNECTION = "no_connection"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    STATUS = "status"
    ENCODING = "encoding"
    THROTTLED = "throttled"
    ROBOTS = "robots"
    NO_KEY = "no_key"
    NOT_UNDERSTOOD = "not_understood"
    FAULT = "fault"
    ABANDONED = "abandoned"
    # Something came of it, but not all there is.
    PARTIAL = "partial"
    # All of it came, from another address to which the source has gone for good.
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole document, within the limits, with what is needed to keep it as evidence and to ask again."""

    body: bytes
    url: str
    status: int
    headers: Mapping[str, str]
    content_type: str
    charset: str | None
    sha256: str
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    # Where the source says that it has gone for good.
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The source says that nothing is new since the version we named."""

    url: str
    fetched_at: datetime
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Throttled:
    """The source asks to be left alone until `retry_after`; None where it does not say how long."""

    status: int
    retry_after: datetime | None
    url: str


@dataclass(frozen=True, slots=True)
class Refused:
    """We did not ask, because the address is not one that may be asked."""

    reason: Reason
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The source could not be had; `transient` says whether waiting may help."""

    reason: Reason
    detail: str
    transient: bool
    url: str
    status: int | None = None


Outcome = Fetched | Unchanged | Throttled | Refused | Failed
