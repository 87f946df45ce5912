"""The recipes for a spreadsheet, R and a notebook, as they are written, against a served site."""

import csv
import io
import json
import re
import shutil
import subprocess
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.api.conftest import Reader
from tests.project.sources import ROOT

pytestmark = pytest.mark.usefixtures("shipped")

RECIPES = ROOT / "docs/recipes"
SITE = "http://localhost:8000"
DAY = "2023-10-30"


def addresses() -> list[str]:
    """The addresses that the recipes for spreadsheets give."""
    return re.findall(rf"{SITE}(/api/[^\s\"]+)", (RECIPES / "README.md").read_text())


@pytest.mark.django_db
@pytest.mark.parametrize("address", addresses())
def test_a_spreadsheet_gets_a_table_from_each_address(reader: Reader, address: str) -> None:
    answer = reader.fetch(address)

    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer.content.startswith(b"\xef\xbb\xbf") is ("bom=true" in address)
    assert len(rows) >= 20
    if wanted := re.search(r"fields=([^&]+)", address):
        assert list(rows[0]) == wanted[1].split(",")


@pytest.mark.django_db
def test_the_script_in_r_names_columns_that_there_are(reader: Reader) -> None:
    script = (RECIPES / "missing.R").read_text()
    path = re.search(r'"(/api/v1/[^"]+)"', script)
    assert path

    header = next(csv.reader(io.StringIO(reader.fetch(f"{path[1]}SWE&as_of={DAY}").content.decode())))

    named = set(re.findall(r'rows\[\["([^"]+)"\]\]', script)) | set(re.findall(r"rows\$(\w+)", script))
    assert len(named) == 5
    assert named <= set(header)
    for opening, closing in ("()", "[]", "{}"):
        assert script.count(opening) == script.count(closing)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_script_runs_in_r(live_server: LiveServer) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed; what the script names is looked at all the same")

    done = subprocess.run(  # noqa: S603
        [program, str(RECIPES / "missing.R"), live_server.url, "SWE", DAY],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert "missing: HUN TUR" in done.stdout


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_notebook_runs_cell_by_cell(
    live_server: LiveServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(ROOT / "clients/python/src")
    cells = json.loads((RECIPES / "notebook.ipynb").read_text())["cells"]
    names: dict[str, Any] = {}

    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]).replace(SITE, live_server.url), names)  # noqa: S102 - our own notebook

    told = capsys.readouterr().out
    assert "2022-07-05 " in told
    assert "days of approval are known" in told
    assert "/check/?accession=SWE&ally=TUR&act=approved&by=2023-12-31" in told
    assert all(cell.get("outputs", []) == [] for cell in cells)
