"""The health check of the web container."""

import socket

import pytest
from pytest_django.live_server_helper import LiveServer

from tracker.operations import alive
from tracker.operations.alive import answers


def test_answers_when_nobody_listens_is_false() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert answers(port) is False


def test_answers_when_the_site_is_up_is_true(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    # How long a busy machine takes is no part of what is tested.
    monkeypatch.setattr(alive, "PATIENCE", 120.0)

    assert answers(live_server.thread.port) is True
