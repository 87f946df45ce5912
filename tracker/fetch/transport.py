"""A transport for httpx2 whose connections go to checked addresses only and end by a deadline.

Anything that sends requests to addresses others have given us can use it, not the watch alone.
"""

import ssl
import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import httpcore2
import httpx2

from tracker.fetch.guard import Guard

# More addresses than this are not tried: a name can have thousands.
TRIED_ADDRESSES: Final = 4

_Timeout = TypeVar("_Timeout", bound=httpcore2.TimeoutException)

_EXCEPTIONS: Final[Mapping[type[Exception], type[httpx2.TransportError]]] = {
    httpcore2.ConnectTimeout: httpx2.ConnectTimeout,
    httpcore2.TimeoutException: httpx2.ReadTimeout,
    httpcore2.ConnectError: httpx2.ConnectError,
    httpcore2.NetworkError: httpx2.ReadError,
    httpcore2.RemoteProtocolError: httpx2.RemoteProtocolError,
    httpcore2.ProtocolError: httpx2.LocalProtocolError,
    httpcore2.UnsupportedProtocol: httpx2.UnsupportedProtocol,
}


class Deadline:
    """A moment by which everything has to be over, whatever the parts are allowed."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds

    def cut(self, seconds: float | None, over: type[_Timeout]) -> float:
        """The seconds that are left for a part that may take so many. Raises `over` if none are."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise over("the time for the whole request is over")
        return left if seconds is None else min(left, seconds)


class DeadlineStream(httpcore2.NetworkStream):
    """A connection whose every wait ends with the deadline, so that a byte a second cannot go on for ever."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes. Raises `ReadTimeout`."""
        return self._stream.read(max_bytes, self._deadline.cut(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes. Raises `WriteTimeout`."""
        self._stream.write(buffer, self._deadline.cut(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The connection with TLS, under the same deadline."""
        left = self._deadline.cut(timeout, httpcore2.ConnectTimeout)
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection beneath knows about itself."""
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections to addresses that the guard has checked, and to nothing else."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard = guard
        self._deadline = deadline
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to one of the host's addresses. Raises `NotAllowed`, `NoSuchHost`, and httpcore2's."""
        left = self._deadline.cut(timeout, httpcore2.ConnectTimeout)
        refusal: Exception = httpcore2.ConnectError(host)
        for address in self._guard.addresses(host, port, left)[:TRIED_ADDRESSES]:
            left = self._deadline.cut(timeout, httpcore2.ConnectTimeout)
            try:
                stream = self._plain.connect_tcp(str(address), port, left, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                refusal = error
            else:
                return DeadlineStream(stream, self._deadline)
        raise refusal

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Never: a socket of this machine is not a source."""
        raise httpcore2.UnsupportedProtocol("unix sockets are not asked")


@cache
def ssl_context() -> ssl.SSLContext:
    """The certificates we trust, read once: it takes longer than many a request."""
    return httpx2.create_ssl_context(trust_env=False)


@contextmanager
def translated() -> Generator[None]:
    """Errors of httpcore2 as those of httpx2, which is what callers of a transport expect."""
    try:
        yield
    except tuple(_EXCEPTIONS) as error:
        known = next(known for known in _EXCEPTIONS if isinstance(error, known))
        raise _EXCEPTIONS[known](str(error)) from error


class _Body(httpx2.SyncByteStream):
    """The bytes of a response as they come."""

    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with translated():
            yield from self._response.iter_stream()

    def close(self) -> None:
        with translated():
            self._response.close()


class GuardedTransport(httpx2.BaseTransport):
    """Sends requests through a `GuardedBackend`; one for each fetch, since the deadline is its own."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=ssl_context(),
            http1=True,
            http2=False,
            retries=0,
            network_backend=GuardedBackend(guard, deadline),
        )

    def __enter__(self) -> Self:
        self._pool.__enter__()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        with translated():
            self._pool.__exit__(exc_type, exc_value, traceback)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The response, its body unread. Raises `NotAllowed`, `NoSuchHost`, and httpx2's own errors."""
        url = request.url
        core = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with translated():
            response = self._pool.handle_request(core)
        return httpx2.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
