"""nginx with the project's own configuration, in front of webs that tell what has come through to them."""

import http.client
import json
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.stand import answers, proxy_of
from tests.services.processes import free_port, wait_for

Headers = dict[str, str]
LARGE = b"[" + b"0, " * 2000 + b"0]"


class Told(BaseHTTPRequestHandler):
    """Answers as the path says, and keeps what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """What was asked, or something large; whatever is under /mine/ is for its reader only."""
        self.server.asked.append((self.command, self.path, dict(self.headers)))  # type: ignore[attr-defined]
        if self.path.startswith("/dies/"):
            self.close_connection = True
            return
        body = LARGE if self.path.startswith("/large/") else json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "private, no-store" if self.path.startswith("/mine/") else "max-age=1")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """The same, after all of the body."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: nginx has a log of its own."""


class Web(ThreadingHTTPServer):
    """One web behind the proxy, and what has reached it."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Told)
        self.asked: list[tuple[str, str, Headers]] = []


@contextmanager
def web(port: int) -> Iterator[Web]:
    """A web that listens there, and has ended afterwards."""
    server = Web(port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Proxy:
    """nginx, the ports it listens on and those of its webs."""

    kind: str
    folder: Path
    ports: dict[str, int] = field(default_factory=lambda: {"http": free_port(), "https": free_port()})
    webs: Sequence[int] = field(default_factory=lambda: [free_port(), free_port()])

    @property
    def port(self) -> int:
        """The port on which pages are asked for."""
        return self.ports["https" if self.kind == "tls" else "http"]

    def connection(self, source: str = "127.0.0.1") -> http.client.HTTPConnection:
        """A connection from that address."""
        given: dict[str, Any] = {"timeout": 30, "source_address": (source, 0)}
        if self.kind != "tls":
            return http.client.HTTPConnection("127.0.0.1", self.port, **given)
        trusting = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        return http.client.HTTPSConnection("localhost", self.port, context=trusting, **given)

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body of the answer; an underscore in the name of a header stands for its hyphen."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self.connection()
        try:
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def arrived(self, **headers: str) -> Headers:
        """The headers with which a request reached a web."""
        found: Headers = json.loads(self.ask("/", "GET", None, **headers)[2])
        return found


def certificate(folder: Path) -> None:
    """A certificate for localhost, for a day."""
    program = shutil.which("openssl") or "openssl"
    where = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([program, "req", "-x509", *kind, *where, *name], check=True, capture_output=True)  # noqa: S603


@contextmanager
def running(proxy: Proxy) -> Iterator[Proxy]:
    """The proxy, once it takes connections, and the webs that are asked for."""
    if proxy.kind == "tls":
        certificate(proxy.folder)
    command = proxy_of(proxy.folder, proxy.webs, proxy.kind, **proxy.ports)
    checked = subprocess.run([*command, "-t"], check=False, capture_output=True, text=True)  # noqa: S603
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        wait_for(lambda: answers(proxy.port), what="nginx")
        yield proxy
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def webs(proxy: Proxy) -> Iterator[list[Web]]:
    """All webs that the proxy knows."""
    with ExitStack() as stack:
        yield [stack.enter_context(web(port)) for port in proxy.webs]


def kept(proxy: Proxy, path: str) -> None:
    """Ask for the page until the proxy has put it aside, as it does with one answer in ten."""
    until = time.monotonic() + 20
    while not any(one.is_file() for one in (proxy.folder / "nginx/kept").rglob("*")):
        assert time.monotonic() < until, "the proxy keeps nothing"
        assert proxy.ask(path)[0] == 200
        # Below the proxy's own limit of requests a second.
        time.sleep(0.02)
