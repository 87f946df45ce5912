"""The API against its own description, over a running server: no fault, no answer that is not described."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

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
# Every example and every edge of every type: the same questions each time. `make contract` adds so many random ones to
# each operation, and walks by links.
RANDOM = int(os.environ.get("ARTICLE10_CONTRACT_CASES", "0"))
PHASES = "examples,coverage,fuzzing,stateful" if RANDOM else "examples,coverage"


@pytest.mark.long
@pytest.mark.timeout(600 + 60 * RANDOM)
@pytest.mark.django_db(transaction=True)
def test_every_answer_is_one_that_the_description_promises(
    shipped: None, live_server: LiveServer, tmp_path: Path
) -> None:
    token = issue_token(owner=User.objects.create_user("contract"), name="contract")[1]
    program = shutil.which("schemathesis", path=str(Path(sys.executable).parent)) or "schemathesis"
    command = [program, "run", f"{live_server.url}/api/v1/schema/", "--url", live_server.url]
    command += ["-H", f"Authorization: Bearer {token}", "--phases", PHASES, "-n", str(RANDOM or 1)]
    command += ["--checks", ",".join(CHECKS), "--generation-deterministic", "--no-color"]

    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)  # noqa: S603

    assert run.returncode == 0, run.stdout[-6000:]
    assert cases(run.stdout) > 300


def cases(report: str) -> int:
    """How many questions were asked."""
    counted = re.search(r"(\d+) generated", report)
    return int(counted[1]) if counted else 0
