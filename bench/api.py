"""Requests a second and bytes: the API, a plain viewset over the same rows, and Datasette over the same tables.

    python bench/api.py [--seconds 4]

All three answer with JSON, one process each, one after the other on this machine; the client is the same. Datasette is
installed into an environment of its own beside the temporary files and is no part of the project.
"""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
CLIENTS = 4

PLAIN = """
from django.urls import path
from rest_framework.serializers import ModelSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet
from rest_framework.renderers import JSONRenderer
from rest_framework.pagination import LimitOffsetPagination
from tracker.models import Event, Citation
from tracker.urls import urlpatterns as ours

class CitationSerializer(ModelSerializer):
    class Meta:
        model = Citation
        fields = ["url", "title", "publisher", "source_class", "published"]

class EventSerializer(ModelSerializer):
    citations = CitationSerializer(many=True)
    class Meta:
        model = Event
        exclude = ["recorded_by"]

class Events(ReadOnlyModelViewSet):
    queryset = Event.objects.prefetch_related("citations", "others").order_by("recorded")
    serializer_class = EventSerializer
    renderer_classes = [JSONRenderer]
    pagination_class = LimitOffsetPagination

urlpatterns = [path("plain/", Events.as_view({"get": "list"})), *ours]
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def serving(command: list[str], port: int, path: str, environment: dict[str, str]) -> Iterator[None]:
    """The server, from its first answer on."""
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=quiet, stderr=quiet)  # noqa: S603
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20).read()
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait(20)


def measure(port: int, paths: list[str], seconds: float, headers: dict[str, str]) -> tuple[float, int]:
    """Requests a second over all clients, and the bytes of one answer's body.

    Each client is a process with one connection, which sends bytes made beforehand and reads no more of an
    answer than where it ends: what is measured is the server.
    """
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    asked = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{told}\r\n".encode() for path in paths]
    with ProcessPoolExecutor(CLIENTS) as clients:
        shares = [asked[number::CLIENTS] or asked for number in range(CLIENTS)]
        found = list(clients.map(ask, [port] * CLIENTS, shares, [seconds] * CLIENTS))
    return sum(done for done, _ in found) / seconds, found[0][1]


def ask(port: int, requests: list[bytes], seconds: float) -> tuple[int, int]:
    """How many requests were answered in that time, and the size of the last body."""
    done, size = 0, 0
    until = time.monotonic() + seconds
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        while time.monotonic() < until:
            connection.sendall(requests[done % len(requests)])
            size = read_answer(connection)
            done += 1
    return done, size


def read_answer(connection: socket.socket) -> int:
    """Read one answer to its end; the size of its body. Ends the run at anything but 200 and 304."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    status = head.split(b" ", 2)[1]
    if status not in {b"200", b"304"}:
        raise SystemExit(head.decode(errors="replace"))
    length = re.search(rb"(?i)^content-length: *([0-9]+)", head, re.MULTILINE)
    if length is None and status == b"200":
        while not body.endswith(b"0\r\n\r\n"):
            body += more(connection)
        return len(body)
    size = int(length[1]) if length and status == b"200" else 0
    left = size - len(body)
    while left > 0:
        left -= len(more(connection))
    return size


def more(connection: socket.socket) -> bytes:
    """What has come in; ends the run where the server has hung up."""
    received = connection.recv(1 << 18)
    if not received:
        raise SystemExit("the server hung up")
    return received


def install_datasette(folder: Path) -> Path:
    """The program, in an environment of its own."""
    venv.create(folder, with_pip=True)
    command = [str(folder / "bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", "datasette"]
    subprocess.run(command, check=True)  # noqa: S603
    return folder / "bin/datasette"


def prepare(folder: Path) -> dict[str, str]:
    """An instance with the shipped data and its package; the environment in which it runs."""
    (folder / "bench_urls.py").write_text(PLAIN)
    (folder / "bench_settings.py").write_text(
        "from tests.settings import *\nROOT_URLCONF = 'bench_urls'\nAPI_REQUESTS_PER_MINUTE = 10**9\n"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench_settings",
        "ARTICLE10_VAR": str(folder),
        "ARTICLE10_EMBEDDED": "true",
        "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
    }
    for command in (["migrate", "-v0"], ["load_dataset"], ["publish_snapshot"]):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *command],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.stderr)
    return environment


def run(seconds: float) -> dict[str, tuple[float, int]]:
    """Each measurement by name."""
    found: dict[str, tuple[float, int]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = prepare(folder)
        package = next((folder / "packages").iterdir()) / "article10.sqlite"
        port = free_port()
        web = [sys.executable, "-m", "gunicorn", "-c", os.devnull, "-w1", "-k", "gthread", "--threads", "4"]
        web += ["-b", f"127.0.0.1:{port}", "tracker.wsgi"]
        with serving(web, port, "/api/v1/events/?limit=100", environment):
            cached = ["/api/v1/events/?limit=100"]
            found["API, kept by edition"] = measure(port, cached, seconds, {})
            tag = urllib.request.urlopen(f"http://127.0.0.1:{port}{cached[0]}").headers["ETag"]
            found["API, 304"] = measure(port, cached, seconds, {"If-None-Match": tag, "Accept-Encoding": "identity"})
            # Another address each time, so that no whole answer has been kept.
            fresh = [
                f"/api/v1/events/?limit=100&q={'e' if n % 2 else 'a'}&until={2024 + n % 7}-01-{1 + n % 28:02d}"
                f"&since=19{50 + n % 40}-01-{1 + n % 27:02d}"
                for n in range(20_000)
            ]
            found["API, worked out"] = measure(port, fresh, seconds, {})
            found["plain ModelViewSet"] = measure(port, ["/plain/?limit=100"], seconds, {})
        datasette = install_datasette(folder / "datasette")
        port = free_port()
        told = [str(datasette), str(package), "-p", str(port), "--setting", "suggest_facets", "off"]
        with serving(told, port, "/article10/events.json?_size=100&_shape=objects", dict(os.environ)):
            found["Datasette"] = measure(port, ["/article10/events.json?_size=100&_shape=objects"], seconds, {})
    return found


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4)
    found = run(parser.parse_args().seconds)
    base = found["Datasette"][0]
    print(f"{'100 events as JSON':24} {'requests/s':>10} {'× Datasette':>12} {'bytes':>9}")  # noqa: T201
    for name, (rate, size) in found.items():
        print(f"{name:24} {rate:10.0f} {rate / base:12.1f} {size:9}")  # noqa: T201
    print(json.dumps({name: round(rate, 1) for name, (rate, _) in found.items()}))  # noqa: T201


if __name__ == "__main__":
    main()
