"""A server that behaves as badly as a test wants, on a port of its own."""

import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from socketserver import StreamRequestHandler, ThreadingTCPServer

Behaviour = Callable[["Exchange"], None]


class Exchange:
    """One request, and what can be done to its sender."""

    def __init__(self, path: str, headers: dict[str, str], connection: socket.socket) -> None:
        self.path = path
        self.headers = headers
        self._connection = connection

    def send(self, data: bytes) -> None:
        """Send the bytes as they are."""
        self._connection.sendall(data)

    def answer(self, body: bytes = b"", *, status: str = "200 OK", **headers: str) -> None:
        """A well-behaved answer; underscores in the names of headers become hyphens."""
        fields = {"Content-Length": str(len(body)), **{name.replace("_", "-"): text for name, text in headers.items()}}
        lines = "".join(f"{name}: {text}\r\n" for name, text in fields.items())
        self.send(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body)


class HostileServer(ThreadingTCPServer):
    """Answers each path by the behaviour it was given, and remembers what it was asked."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behaviours: dict[str, Behaviour] = {}
        self.asked: list[Exchange] = []
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    def on(self, path: str, behaviour: Behaviour) -> str:
        """Behave so when asked for the path; returns its address."""
        self.behaviours[path] = behaviour
        return self.url(path)

    def hang(self, exchange: Exchange) -> None:
        """Say nothing until the test is over."""
        self.closing.wait(30)

    def drip(self, exchange: Exchange) -> None:
        """A byte from time to time, for ever."""
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not self.closing.wait(0.05):
            exchange.send(b".")

    def drip_headers(self, exchange: Exchange) -> None:
        """A header that never ends."""
        exchange.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.closing.wait(0.05):
            exchange.send(b"x")


class _Handler(StreamRequestHandler):
    server: HostileServer

    def handle(self) -> None:
        """Read one request, and behave."""
        parts = self.rfile.readline(65536).decode("latin-1").split()
        if not parts:
            # A client that has thought better of it.
            return
        headers = {}
        while line := self.rfile.readline(65536).strip():
            name, _, text = line.decode("latin-1").partition(":")
            headers[name.lower()] = text.strip()
        exchange = Exchange(parts[1] if len(parts) > 1 else "", headers, self.connection)
        self.server.asked.append(exchange)
        # A client that has had enough hangs up, and is right to.
        with suppress(OSError):
            self.server.behaviours[exchange.path](exchange)


@contextmanager
def running(server: HostileServer) -> Iterator[HostileServer]:
    """The server, listening; its hanging answers end with the test."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def endless(exchange: Exchange) -> None:
    """Two gigabytes, made as they are sent."""
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    piece = b"x" * 65536
    for _ in range(2 * 1024 * 1024 * 1024 // len(piece)):
        exchange.send(piece)


@cache
def packed_bomb() -> bytes:
    """Two hundred megabytes of nothing, packed into a fifth of one."""
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()


def bomb(exchange: Exchange) -> None:
    """A small answer that unpacks to a large one."""
    exchange.answer(packed_bomb(), Content_Encoding="gzip", Content_Type="text/plain")


def redirect(to: str, status: str = "302 Found") -> Behaviour:
    """Send the asker elsewhere."""
    return lambda exchange: exchange.answer(status=status, Location=to)


def elapsed(started: float) -> float:
    """The seconds since."""
    return time.monotonic() - started
