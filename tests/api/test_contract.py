"""The API against its own description, over a running server: no fault, no answer that is not described."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django.live_server_helper import LiveServer

from tracker.actions import issue_token

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "unsupported_method",
)
# Of random questions to each operation; beside them come every example, every edge of every type, and walks by links.
RANDOM = os.environ.get("ARTICLE10_CONTRACT_CASES", "3")


@pytest.mark.timeout(600)
@pytest.mark.django_db(transaction=True)
def test_every_answer_is_one_that_the_description_promises(
    shipped: None, live_server: LiveServer, tmp_path: Path
) -> None:
    token = issue_token(owner=User.objects.create_user("contract"), name="contract")[1]
    program = shutil.which("schemathesis", path=str(Path(sys.executable).parent)) or "schemathesis"
    command = [program, "run", f"{live_server.url}/api/v1/schema/", "--url", live_server.url]
    command += ["-H", f"Authorization: Bearer {token}", "--phases", "examples,coverage,fuzzing,stateful", "-n", RANDOM]
    command += ["--checks", ",".join(CHECKS), "--generation-deterministic", "--max-time", "120", "--no-color"]

    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)  # noqa: S603

    assert told.returncode == 0, told.stdout[-6000:]
    assert cases(told.stdout) > 300


def cases(told: str) -> int:
    """How many questions were asked."""
    found: Any = re.search(r"(\d+) generated", told)
    return int(found[1])
