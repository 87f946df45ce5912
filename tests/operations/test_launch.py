"""What `make run` does before Django is there, and what it says when it cannot."""

import os
import socket
import stat
from pathlib import Path

import pytest

from tracker.operations import launch


def test_read_port_when_nobody_listens_gives_the_number() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert launch.read_port(str(port)) == port


def test_read_port_when_somebody_listens_says_which_to_take_instead() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(launch.CannotStart, match=f"Port {port} cannot be used .* make run PORT="):
            launch.read_port(str(port))


@pytest.mark.parametrize("text", ["", "eighty", "-1", "0", "65536", "8000 "])
def test_read_port_when_it_is_no_port_says_so(text: str) -> None:
    with pytest.raises(launch.CannotStart, match="not a number from 1 to 65535"):
        launch.read_port(text)


@pytest.mark.parametrize(("port", "other"), [(8000, 8001), (80, 8001), (65535, 8001)])
def test_other_than_a_port_is_one_that_anybody_may_use(port: int, other: int) -> None:
    assert launch.other_than(port) == other


def test_make_directory_when_there_is_none_makes_one_for_its_owner_only(tmp_path: Path) -> None:
    var = tmp_path / "an instance" / "var"

    launch.make_directory(var)

    assert stat.S_IMODE(var.stat().st_mode) == 0o700
    assert list(var.iterdir()) == []


def test_make_directory_when_something_is_in_its_place_says_so(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.write_text("not a directory")

    with pytest.raises(launch.CannotStart, match="cannot be written to"):
        launch.make_directory(var)


def test_write_secret_over_a_file_open_to_all_leaves_one_that_only_its_owner_can_read(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("old")
    file.chmod(0o644)

    launch.write_secret(file, "new")

    assert file.read_text() == "new\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_prepare_environment_when_called_twice_keeps_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"DATABASE_URL": "postgres://somebody-elses"})

    launch.prepare_environment(8000, tmp_path)
    key = (tmp_path / "secret_key").read_text()
    launch.prepare_environment(8000, tmp_path)

    assert len(key) > 50
    assert (tmp_path / "secret_key").read_text() == key
    assert os.environ == {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "ARTICLE10_EMBEDDED": "true",
        "ARTICLE10_VAR": str(tmp_path),
        "PORT": "8000",
        "BASE_URL": "http://localhost:8000",
    }
