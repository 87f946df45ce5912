"""The client that is shipped: built as a wheel, installed alone, and asked against a site and offline."""

import importlib
import json
import random
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from tests.api.conftest import Reader
from tests.api.test_clients import Shaky, shaky
from tests.api.test_sync import write_everything
from tests.project.sources import ROOT
from tracker.domain.vocabulary import ChangeType
from tracker.exchange.package.building import ARCHIVE, build_package
from tracker.readmodel import open_newest

__all__ = ["shaky"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DAY = "2023-10-30"
# What each command of the client prints among its lines.
ONLINE = [
    (["missing", "SWE", "--as-of", DAY], "HUN"),
    (["missing", "Sweden", "--act", "deposited", "--as-of", DAY], "TUR"),
    (["unknown", "GRC", "--as-of", "1952-01-01"], "CAN"),
    (["status", "SWE", "--as-of", DAY], "29 of 31 allies have approved"),
    (["status", "UKR", "--json"], '"status": "applicant"'),
    (["check", "Türkiye approved Sweden’s accession by 31 December 2023"], "Contradicted"),
    (["check", "Sweden", "joined", "NATO", "on", "7", "March", "2024", "--json"], '"verdict": "supported"'),
    (["accessions", "--as-of", DAY], "SWE"),
    (["accessions", "status=member", "--json"], '"code": "ALB"'),
    (["ratifications", "accession=SWE", "ally=TUR,HUN"], "SWE/TUR"),
    (["states", "member=true", "--as-of", "1952-02-17"], "United States"),
    (["events", "accession=SWE", "actor=TUR", "kind=consent"], "2024-01-23"),
    (["sources", "accession=SWE", "fact_key=se2022-tr-consent"], "se2022-tr-consent"),
    (["commitments", "accession=SWE"], "mou-"),
    (["procedures", "ally=TUR"], "TUR"),
    (["changes", "type=accession.opened"], "accession.opened"),
    (["rectifications"], "number"),
    (["search", "PKK", "Stockholm"], "event"),
    (["get", "states/TUR/?fields=code,name"], "Türkiye"),
    (["get", "status/?fields=edition"], "edition"),
    (["completion", "bash"], "missing"),
    (["completion", "zsh"], "compadd"),
    (["completion", "fish"], "complete -c article10"),
]
REFUSED = [
    (["missing", "Atlantis"], "no state or organisation on record"),
    (["check", "nonsense"], "not understood"),
    (["completion", "dos"], "There is no completion for dos"),
    (["get", "nowhere/"], "Nothing is on record under this address"),
]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, installed from its wheel into an environment with nothing else."""
    folder = tmp_path_factory.mktemp("client")
    uv = [str(Path(sys.executable).parent / "uv"), "--quiet", "--offline", "--cache-dir", str(folder / "cache")]
    steps = [
        [*uv, "build", "--wheel", "-o", str(folder), str(copied(folder))],
        [*uv, "venv", "--python", sys.executable, str(folder / "env")],
    ]
    for step in steps:
        subprocess.run(step, check=True, capture_output=True)  # noqa: S603
    [wheel] = folder.glob("*.whl")
    install = [*uv, "pip", "install", "--no-index", "--python", str(folder / "env/bin/python"), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)  # noqa: S603
    return folder / "env/bin/article10"


def copied(folder: Path) -> Path:
    """The sources apart from the repository, in which building would leave its traces."""
    target = folder / "sources"
    for file in (ROOT / "clients/python").rglob("*"):
        if file.suffix in {".py", ".toml", ".md", ".typed"}:
            place = target / file.relative_to(ROOT / "clients/python")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())
    return target


def run(command: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What the program says."""
    return subprocess.run([str(command), *arguments], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603


def test_every_command_answers_against_a_served_site(command: Path, shipped: None, live_server: LiveServer) -> None:
    for arguments, told in ONLINE:
        done = run(command, "--site", live_server.url, *arguments)

        assert (done.returncode, done.stderr) == (0, ""), arguments
        assert told in done.stdout, arguments
    for arguments, told in REFUSED:
        done = run(command, "--site", live_server.url, *arguments)

        assert done.returncode == 1, arguments
        assert told in done.stderr, arguments
        assert not done.stdout


def test_a_mirror_is_the_snapshot_byte_for_byte_and_a_database(
    command: Path, shipped: None, live_server: LiveServer, tmp_path: Path
) -> None:
    file, database = tmp_path / "record.json", tmp_path / "record.sqlite"
    old = json.loads(Reader().fetch("snapshot/?known_at=500").content)
    file.write_text(json.dumps(old))

    done = run(command, "--site", live_server.url, "mirror", str(file))

    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == Reader().fetch("snapshot/").content
    assert "rows" in run(command, "sqlite", str(file), str(database)).stdout

    # Whatever happens to the record, rectifications among it; and where the site has another version since.
    write_everything(random.Random(5))  # noqa: S311
    assert run(command, "--site", live_server.url, "mirror", str(file)).returncode == 0
    now = Reader().fetch("snapshot/").content
    assert json.loads(now)["data"]["rectifications"]
    assert file.read_bytes() == now
    file.write_bytes(now.replace(b'"schema_version":"', b'"schema_version":"0.'))
    assert run(command, "--site", live_server.url, "mirror", str(file)).returncode == 0
    assert file.read_bytes() == now


def test_the_client_waits_as_long_as_it_is_told_to_and_gives_up_on_a_refusal(command: Path, shaky: str) -> None:
    done = run(command, "--site", shaky, "get", "status/")

    assert done.returncode == 0, done.stderr
    assert Shaky.asked == 4
    assert "no address of a site" in run(command, "--site", "localhost", "get", "status/").stderr


def test_how_far_a_copy_has_come_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(ROOT / "clients/python/src")
    tables = importlib.import_module("article10.tables")

    tables.progress(1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    tables.progress(1, 2)
    tables.progress(2, 2)
    shown = capsys.readouterr().err
    assert f"[{'#' * 15}{'.' * 15}] 1/2" in shown
    assert shown.endswith("2/2\n")


def test_a_mirror_knows_every_type_of_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "clients/python/src")
    known = set(importlib.import_module("article10.folding")._DOES)

    assert [kind for kind in ChangeType.values if not {kind, "." + kind.partition(".")[2]} & known] == []


def test_a_package_answers_without_a_site_as_the_site_does(command: Path, shipped: None, tmp_path: Path) -> None:
    files = build_package(open_newest())
    with zipfile.ZipFile(BytesIO(files[ARCHIVE])) as archive:
        archive.extractall(tmp_path)
    folder = str(tmp_path / "article10")

    for accession, day in (("SWE", DAY), ("FIN", "2022-08-27"), ("MKD", "2020-03-01"), ("GRC", "1952-01-01")):
        for name, state in (("missing", "not_reached"), ("unknown", "unknown")):
            rows = Reader().data(f"ratifications/?accession={accession}&as_of={day}&limit=200")
            wanted = sorted(row["ally"] for row in rows if row["stages"]["approved"]["state"] == state)

            done = run(
                command, "--package", folder, "--site", "http://127.0.0.1:9", name, accession, "--as-of", day, "--json"
            )

            assert done.returncode == 0, done.stderr
            assert [json.loads(line)["ally"] for line in done.stdout.splitlines()] == wanted, (accession, day, name)
    assert "events" in run(command, "--package", folder, "tables").stdout
    assert "se2022-tr-consent" in run(command, "--package", folder, "events", "--json").stdout
    assert run(command, "--package", str(settings.BASE_DIR), "tables").returncode == 1
