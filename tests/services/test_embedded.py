"""`make run`, for real: one process that serves, works and schedules, and leaves nothing behind."""

import http.client
import os
import signal
import socket
import stat
from pathlib import Path

import pytest

from tests.services.processes import PATIENCE, free_port, is_alive, running, wait_for

pytestmark = [pytest.mark.timeout(900), pytest.mark.slow]

SETTLED = "settle_standings"


def status(port: int) -> int:
    """The status of the front page, or 0 while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def instance(var: Path) -> dict[str, str]:
    """The environment of an instance of its own, that tells what its jobs do."""
    return {"ARTICLE10_VAR": str(var), "LOG_LEVEL": "INFO", "DJANGO_SETTINGS_MODULE": "", "SECRET_KEY": ""}


@pytest.mark.long
def test_instance_from_first_start_to_ctrl_c_and_again(tmp_path: Path) -> None:
    var, port = tmp_path / "an instance", free_port()

    with running(
        ["tracker.operations.launch", "--port", str(port)], log=tmp_path / "first.log", environment=instance(var)
    ) as server:
        wait_for(lambda: status(port) == 200, what="the front page")
        first = wait_for(lambda: succeeded(tmp_path / "first.log"), what="the first job")
        interrupt(server.pid)
        assert server.wait(PATIENCE) == 0
        wait_for(lambda: not is_alive(server.pid), what="the end of all that it started")

    assert f"http://localhost:{port}/" in first
    name, password = (var / "editor").read_text().split()
    assert f"name {name}, password {password}" in first
    assert {stat.S_IMODE((var / file).stat().st_mode) for file in ("editor", "secret_key")} == {0o600}

    with running(
        ["tracker.operations.launch", "--port", str(port)], log=tmp_path / "second.log", environment=instance(var)
    ) as server:
        wait_for(lambda: status(port) == 200, what="the front page again")
        second = wait_for(lambda: succeeded(tmp_path / "second.log"), what="the job again")
        interrupt(server.pid)
        assert server.wait(PATIENCE) == 0

    assert "password" not in second.replace("name and password are in", "")


def succeeded(log: Path) -> str:
    """What the log says, once it says that the job has run."""
    text = log.read_text()
    return text if any(SETTLED in line and "succeeded" in line for line in text.splitlines()) else ""


def interrupt(group: int) -> None:
    """What a terminal does at Ctrl-C: tell every process of the group."""
    os.killpg(group, signal.SIGINT)


def test_instance_when_its_port_is_taken_says_so_in_one_line_and_touches_nothing(tmp_path: Path) -> None:
    var = tmp_path / "var"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with running(
            ["tracker.operations.launch", "--port", str(port)], log=tmp_path / "log", environment=instance(var)
        ) as server:
            assert server.wait(PATIENCE) == 1

    assert len((tmp_path / "log").read_text().splitlines()) == 1
    assert not var.exists()
