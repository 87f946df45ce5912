"""The official clients for agents, of both generations, list and call every tool over a served site."""

import os
import subprocess

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.project.sources import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize("version", ["1.30.0", "2.3.0"])
def test_official_client_calls_every_tool(live_server: LiveServer, version: str) -> None:
    program = ROOT / f".venv-mcp-{version}/bin/python"
    if not program.exists():
        if os.environ.get("ARTICLE10_AGENTS") == "required":
            pytest.fail(f"there is no client {version}: make agents")
        pytest.skip(f"the official client {version} is not installed: make agents does it and runs this")

    done = subprocess.run(  # noqa: S603
        [str(program), str(ROOT / "scripts/agents.py"), live_server.url],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "verify" in done.stdout
