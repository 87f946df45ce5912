"""The examples of clients, run as they are written against a server that is written to."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.api.conftest import Reader
from tests.api.test_sync import write_everything
from tests.project.sources import ROOT
from tracker.dataset import load_dataset, read_dataset
from tracker.record import current_edition


@pytest.mark.django_db(transaction=True)
def test_shipped_clients_keep_a_copy_in_sync_as_written(live_server: LiveServer, tmp_path: Path) -> None:
    load_dataset(read_dataset())
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
