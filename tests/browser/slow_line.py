"""A bad line to a site: what it sends is handed on in pieces, as it comes to a reader far away or on a busy machine."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.request import Request, urlopen

PIECES = 12
PAUSE = 0.04


@contextmanager
def pieces_of(site: str) -> Iterator[str]:
    """Hand on what the site answers, its pages in a dozen pieces that each end with a tag. Gives the address."""

    class Line(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Ask the site for the same, and send it on."""
            asked = Request(f"{site}{self.path}", headers={"Accept": self.headers.get("Accept", "*/*")})  # noqa: S310
            with urlopen(asked) as answer:  # noqa: S310
                body, kind = answer.read(), answer.headers["Content-Type"]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for piece in cut(body) if kind.startswith("text/html") else [body]:
                self.wfile.write(piece)
                time.sleep(PAUSE if kind.startswith("text/html") else 0)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("localhost", 0), Line)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def cut(body: bytes) -> Iterator[bytes]:
    """The body in pieces of about the same length."""
    start = 0
    while start < len(body):
        end = body.find(b">", start + len(body) // PIECES) + 1 or len(body)
        yield body[start:end]
        start = end
