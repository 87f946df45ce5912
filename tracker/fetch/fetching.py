"""Fetch one document: whatever the other side does, it ends in time, in bounded memory, in one of five outcomes."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Final

import httpx2

from tracker.fetch.bodies import BadBody, Sizes, read_body
from tracker.fetch.charsets import declared_charset
from tracker.fetch.guard import Guard, NoSuchHost, NotAllowed
from tracker.fetch.outcomes import Failed, Fetched, Outcome, Reason, Refused, Throttled, Unchanged
from tracker.fetch.politeness import retry_moment
from tracker.fetch.transport import Deadline, GuardedTransport

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
LASTING: Final = frozenset({301, 308})
# Told of each address that a redirect leads to, before it is asked; what it raises ends the fetch.
Gate = Callable[[httpx2.URL], object]
THROTTLES: Final = frozenset({429, 503})
# The source may think better of these by itself.
PASSING: Final = frozenset({408, 421, 425, 500, 502, 504})
# A session is none of our business, and no part of the evidence.
_NOT_KEPT: Final = frozenset({"set-cookie", "set-cookie2"})


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one fetch may take: seconds in all, for connecting and between two bytes; hops; bytes."""

    total: float = 30
    connect: float = 5
    read: float = 10
    redirects: int = 5
    sizes: Sizes = field(default_factory=Sizes)


@dataclass(frozen=True, slots=True)
class Ask:
    """What to fetch, and the version we have of it. `headers`, such as a key, go to that very host only."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_conditional(self) -> bool:
        """Whether an answer of “unchanged” would make sense."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches in the name of `agent`, which says who asks and where to complain."""

    agent: str
    guard: Guard = field(default_factory=Guard)
    limits: Limits = field(default_factory=Limits)

    def fetch(self, ask: Ask, *, now: datetime, gate: Gate = lambda url: None) -> Outcome:
        """What came of asking. Raises nothing that the other side could cause, and what the gate raises."""
        try:
            with self._client() as client:
                return self._follow(client, ask, now, gate)
        except NotAllowed as error:
            return Refused(error.reason, error.detail, ask.url)
        except NoSuchHost as error:
            return Failed(Reason.NO_SUCH_HOST, str(error), transient=True, url=ask.url)
        except BadBody as error:
            return Failed(error.reason, error.detail, error.reason is Reason.TRUNCATED, ask.url)
        except httpx2.TransportError as error:
            return Failed(_reason(error), str(error), transient=True, url=ask.url)

    def _client(self) -> httpx2.Client:
        limits = self.limits
        return httpx2.Client(
            transport=GuardedTransport(self.guard, Deadline(limits.total)),
            timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            headers={"User-Agent": self.agent, "Accept-Encoding": "gzip"},
            follow_redirects=False,
            trust_env=False,
        )

    def _follow(self, client: httpx2.Client, ask: Ask, now: datetime, gate: Gate) -> Outcome:
        url = first = self.guard.check_url(ask.url)
        # As far as every step on the way was for good: what lies behind one for the day is none of the operator's.
        moved_to, is_lasting = "", True
        for hop in range(self.limits.redirects + 1):
            if hop:
                gate(url)
            with client.stream("GET", url, headers=_headers(ask, is_home=_origin(url) == _origin(first))) as response:
                if response.status_code not in REDIRECTS:
                    return self._outcome(response, ask, now, moved_to)
                url = self._next(response)
                is_lasting = is_lasting and response.status_code in LASTING
                moved_to = str(url) if is_lasting else moved_to
        return Failed(Reason.TOO_MANY_REDIRECTS, f"more than {self.limits.redirects}", transient=False, url=ask.url)

    def _next(self, response: httpx2.Response) -> httpx2.URL:
        """Where the redirect leads, if it may be followed. Raises `NotAllowed`."""
        try:
            url = response.url.join(response.headers.get("location", ""))
        except (httpx2.InvalidURL, ValueError) as error:
            raise NotAllowed(Reason.NOT_AN_ADDRESS, f"redirect: {error}") from error
        checked = self.guard.check_url(str(url))
        if response.url.scheme == "https" and checked.scheme == "http":
            raise NotAllowed(Reason.DOWNGRADE, f"from https to {checked.scheme} at {checked.host}")
        return checked

    def _outcome(self, response: httpx2.Response, ask: Ask, now: datetime, moved_to: str) -> Outcome:
        status, url = response.status_code, str(response.url)
        if status == HTTPStatus.OK:
            return _fetched(response, read_body(response, self.limits.sizes), now, moved_to)
        if status == HTTPStatus.NOT_MODIFIED and ask.is_conditional:
            return Unchanged(url, now, moved_to)
        if status in THROTTLES:
            return Throttled(status, retry_moment(response.headers.get("retry-after"), now), url)
        return Failed(Reason.STATUS, f"status {status}", transient=status in PASSING, url=url, status=status)


def _headers(ask: Ask, *, is_home: bool) -> dict[str, str]:
    """What is asked for, and by which key; a stranger we are redirected to gets no key."""
    headers = dict(ask.headers) if is_home else {}
    if ask.etag:
        headers["If-None-Match"] = ask.etag
    if ask.last_modified:
        headers["If-Modified-Since"] = ask.last_modified
    return headers


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _fetched(response: httpx2.Response, body: bytes, now: datetime, moved_to: str) -> Fetched:
    declared = response.headers.get("content-type", "")
    return Fetched(
        body=body,
        url=str(response.url),
        status=response.status_code,
        headers={name: value for name, value in response.headers.items() if name not in _NOT_KEPT},
        content_type=declared.partition(";")[0].strip().lower(),
        charset=declared_charset(body, declared),
        sha256=hashlib.sha256(body).hexdigest(),
        etag=response.headers.get("etag"),
        last_modified=response.headers.get("last-modified"),
        fetched_at=now,
        moved_to=moved_to,
    )


def _reason(error: httpx2.TransportError) -> Reason:
    """What the error of the client means for the state of a watch."""
    match error:
        case httpx2.TimeoutException():
            return Reason.TIMEOUT
        case httpx2.ConnectError():
            return Reason.NO_CONNECTION
        case httpx2.RemoteProtocolError() if "complete message body" in str(error):
            return Reason.TRUNCATED
        case httpx2.ReadError():
            return Reason.TRUNCATED
        case _:
            return Reason.PROTOCOL
