"""Sending to an address that somebody gave us: to checked addresses only, ended in time, its answer bounded."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_network
from typing import Final

import httpx2
from django.conf import settings

from tracker.fetch.guard import Guard, Network, NoSuchHost, NotAllowed
from tracker.fetch.transport import Deadline, GuardedTransport

# Seconds for the whole of one message. A slow receiver is tried again later.
_TOTAL: Final = 10
_CONNECT: Final = 4
# Of an answer, only so much is read as its owner needs to see what went wrong, and of that so much is shown.
MOST_READ: Final = 4096
_MOST_SHOWN: Final = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of sending: whether it arrived, the status if there was one, and the beginning of the body."""

    arrived: bool
    detail: str
    status: int | None = None
    body: bytes = b""
    retry_after: str = ""

    @property
    def words(self) -> str:
        """What the other side said of its failure, as one short line of text; empty where it said nothing readable."""
        text = self.body.decode(errors="ignore")
        return "" if self.arrived else " ".join("".join(filter(_is_shown, text)).split())[:_MOST_SHOWN]

    @property
    def is_gone(self) -> bool:
        """Whether the receiver says that it will never be there again."""
        return self.status == HTTPStatus.GONE

    @property
    def is_unknown(self) -> bool:
        """Whether there is nothing at the address; push services say so of a browser that has left."""
        return self.status == HTTPStatus.NOT_FOUND


def _opened() -> tuple[Network, ...]:
    """The networks that the operator lets messages go to besides the public internet."""
    return tuple(ip_network(network) for network in settings.CHANNELS_OPENED)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends in the name of this site. Redirects are not followed: a receiver says where it is by itself."""

    guard: Guard = field(default_factory=lambda: Guard(_opened()))
    total: float = _TOTAL

    def check(self, url: str) -> None:
        """Raises `NotAllowed` where the address can never be sent to."""
        self.guard.check_url(url)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """What came of it. Raises nothing that the other side could cause."""
        try:
            with self._client() as client:
                return self._send(client, url, body, headers)
        except NotAllowed as error:
            return Answer(arrived=False, detail=f"this address is not sent to: {error.detail}")
        except NoSuchHost:
            return Answer(arrived=False, detail="no such host")
        except httpx2.TimeoutException:
            return Answer(arrived=False, detail="no answer in time")
        except httpx2.TransportError as error:
            return Answer(arrived=False, detail=f"no connection: {type(error).__name__}")

    def _client(self) -> httpx2.Client:
        return httpx2.Client(
            transport=GuardedTransport(self.guard, Deadline(self.total)),
            timeout=httpx2.Timeout(self.total, connect=_CONNECT),
            headers={
                "User-Agent": f"Article10/1.0 (+{settings.BASE_URL}/subscribe/)",
                "Accept-Encoding": "identity",
            },
            follow_redirects=False,
            trust_env=False,
        )

    def _send(self, client: httpx2.Client, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        address = self.guard.check_url(url)
        with client.stream("POST", address, content=body, headers=dict(headers)) as response:
            status = response.status_code
            arrived = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
            retry_after = response.headers.get("retry-after", "")
            return Answer(arrived, f"status {status}", status, _beginning(response), retry_after)


def _beginning(response: httpx2.Response) -> bytes:
    """The first bytes of the answer, as they come over the line; a hundred megabytes cost no more than these."""
    body = b""
    # The status says whether the message arrived, also where the rest is slow to come.
    with suppress(httpx2.TransportError):
        for part in response.iter_raw():
            body += part
            if len(body) >= MOST_READ:
                break
    return body[:MOST_READ]


def _is_shown(sign: str) -> bool:
    return sign.isprintable() or sign.isspace()
