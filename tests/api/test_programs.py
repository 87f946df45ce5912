"""The programs that show how the clients are used, each run against a served site as it is written."""

import os
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.project.sources import ROOT
from tracker.exchange.package.building import ARCHIVE, build_package
from tracker.readmodel import open_newest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("shipped")]

BUILT = ROOT / "clients/typescript/build/programs"
DAY = "2023-10-30"
IN_TYPESCRIPT = [
    ("missing", ["SWE", DAY], "Missing: HUN, TUR. 29 of 31"),
    ("changes", ["2540"], "2541 "),
    ("walk", ["SWE", "TUR", "HUN"], "2024-01-23 "),
    ("check", ["Türkiye approved Sweden’s accession by 31 December 2023"], "✗ Contradicted"),
    ("table", [DAY], f"article10-ratifications-{DAY}-"),
]
IN_PYTHON = [
    ("missing", ["SWE", DAY, "2024-02-01"], f"{DAY}  2 missing: HUN, TUR\n2024-02-01  1 missing: HUN\n"),
    ("verdicts", [], "contradicted: Contradicted"),
    ("new_since", ["2500"], "event.recorded"),
]


def run(command: list[str], text: str = "") -> str:
    """What the program says."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "clients/python/src")}
    done = subprocess.run(  # noqa: S603
        command, input=text, capture_output=True, text=True, timeout=120, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_programs_in_typescript(live_server: LiveServer) -> None:
    node = shutil.which("node")
    if not node or not BUILT.is_dir():
        if os.environ.get("ARTICLE10_NODE") == "required":
            pytest.fail("Node, or what it is to run, is not there: make clients")
        pytest.skip("the client in TypeScript is not built: make clients builds it and runs this")

    assert {path.stem for path in BUILT.glob("*.js")} == {name for name, _arguments, _told in IN_TYPESCRIPT}
    for name, arguments, told in IN_TYPESCRIPT:
        assert told in run([node, str(BUILT / f"{name}.js"), live_server.url, *arguments]), name


def test_programs_in_python(live_server: LiveServer, tmp_path: Path) -> None:
    programs = ROOT / "clients/python/programs"
    statement = "Türkiye approved Sweden’s accession by 31 December 2023\n"

    for name, arguments, told in IN_PYTHON:
        assert told in run([sys.executable, str(programs / f"{name}.py"), live_server.url, *arguments], statement), name
    copied = run([sys.executable, str(programs / "copy.py"), live_server.url, str(tmp_path / "copy")])
    assert "rows in accessions, assessments, commitments, events, meta" in copied


def test_program_that_needs_no_site(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(build_package(open_newest())[ARCHIVE])) as archive:
        archive.extractall(tmp_path)

    told = run(
        [sys.executable, str(ROOT / "clients/python/programs/offline.py"), str(tmp_path / "article10"), "SWE", DAY]
    )

    assert told.startswith("HUN, TUR\n")
