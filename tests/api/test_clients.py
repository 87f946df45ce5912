"""The examples of clients, run as they are written against a server that is written to."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.api.conftest import Reader
from tests.api.test_sync import write_everything
from tests.project.sources import ROOT
from tracker.readmodel.record import current_edition


@pytest.mark.django_db(transaction=True)
def test_shipped_clients_keep_a_copy_in_sync_as_written(shipped: None, live_server: LiveServer, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    command = [sys.executable, str(ROOT / "docs/clients/mirror.py"), live_server.url, str(file)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    write_everything(random.Random(3))  # noqa: S311

    again = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603

    assert again.stdout == f"edition {current_edition()}\n"
    assert file.read_bytes() == Reader().fetch(f"snapshot/?known_at={current_edition()}").content
    if shutil.which("curl"):
        script = ["sh", str(ROOT / "docs/clients/mirror.sh"), live_server.url, str(tmp_path / "folder")]
        for _ in range(2):
            told = subprocess.run(script, check=True, capture_output=True, text=True)  # noqa: S603
            assert told.stdout == f"edition {current_edition()}\n"
        assert (tmp_path / "folder/snapshot.json").read_bytes() == file.read_bytes()


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_another_version_begins_anew_and_a_position_ahead_is_told(
    shipped: None, live_server: LiveServer, tmp_path: Path
) -> None:
    now = Reader().fetch("snapshot/").content
    old = json.loads(now)
    del old["data"]["statements"]
    old["meta"]["schema_version"] = "1.0"
    file = tmp_path / "record.json"
    file.write_text(json.dumps(old))
    command = [sys.executable, str(ROOT / "docs/clients/mirror.py"), live_server.url, str(file)]

    subprocess.run(command, check=True, capture_output=True)  # noqa: S603

    assert file.read_bytes() == now
    if shutil.which("curl"):
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder/position").write_text("99999\n")
        script = ["sh", str(ROOT / "docs/clients/mirror.sh"), live_server.url, str(tmp_path / "folder")]
        refused = subprocess.run(script, check=False, capture_output=True, text=True)  # noqa: S603
        assert refused.returncode == 1
        assert "has to begin anew from the snapshot" in refused.stderr


class Shaky(BaseHTTPRequestHandler):
    """A site that lets three requests out of four fail, each in another way, and then tells an empty record."""

    asked = 0

    def do_GET(self) -> None:
        """Drop the connection, tell to wait, fail, answer."""
        Shaky.asked += 1
        match Shaky.asked % 4:
            case 1:
                self.close_connection = True
            case 2:
                self.send_response(429)
                self.send_header("Retry-After", "0")
                self.end_headers()
            case 3:
                self.send_error(503)
            case _:
                self.tell()

    def tell(self) -> None:
        """An empty snapshot, or no changes."""
        body = json.dumps({"data": [], "meta": {"edition": 0}, "links": {"next": None}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def shaky() -> Iterator[str]:
    """The address of that site."""
    Shaky.asked = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Shaky) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_client_outlives_lost_connections_and_faults(shaky: str, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "docs/clients/mirror.py"), shaky, str(tmp_path / "record.json")]

    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)  # noqa: S603

    assert told.stdout == "edition 0\n"
    assert Shaky.asked == 8
