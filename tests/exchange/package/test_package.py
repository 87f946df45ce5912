"""The data package: complete, described, checked, and the same bytes whenever it is built."""

import csv
import gzip
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.project.sources import ROOT
from tracker.domain.dates import PartialDate
from tracker.exchange.package import build_package, newest_package, package_folder
from tracker.exchange.package.column_docs import MEANINGS
from tracker.models import JobRun
from tracker.operations import jobs
from tracker.readmodel import forget_editions, open_edition
from tracker.readmodel.log.snapshot import write_log
from tracker.readmodel.record import current_mark, mark_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped"), pytest.mark.slow]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Packages go into a folder of the test."""
    settings.VAR_DIR = tmp_path
    forget_editions()


def build(edition: int | None = None) -> dict[str, bytes]:
    """The package of that edition, or of the newest."""
    mark = current_mark() if edition is None else mark_of(edition)
    return build_package(open_edition(mark.edition, mark.root))


@cache
def built() -> dict[str, bytes]:
    """The package of the shipped record, built once for all tests that only look into it."""
    return build()


@pytest.mark.parametrize("edition", [None, 1500, 100])
def test_two_builds_of_one_edition_are_the_same_bytes(edition: int | None) -> None:
    first = build(edition)
    forget_editions()

    assert build(edition) == first


def test_every_file_has_the_checksum_that_is_told() -> None:
    files = built()
    told = {line[66:]: line[:64] for line in files["SHA256SUMS"].decode().splitlines()}

    found = {name: hashlib.sha256(files[name]).hexdigest() for name in told}
    assert told == found
    assert set(files) - set(told) == {"SHA256SUMS", "article10.zip"}


def test_description_tells_the_columns_that_the_files_have() -> None:
    files = built()
    described = json.loads(files["datapackage.json"])

    for resource in described["resources"]:
        body = files[resource["path"]]
        assert resource["bytes"] == len(body)
        if resource["format"] == "csv":
            header = next(csv.reader(io.StringIO(body.decode())))
            assert header == [one["name"] for one in resource["schema"]["fields"]]


def test_description_tells_up_to_when_the_record_is_complete() -> None:
    files = built()
    described = json.loads(files["datapackage.json"])
    with_date = csv.DictReader(io.StringIO(files["events.csv"].decode()))

    newest = max(row["latest"] for row in with_date if row["planned"] != "true")
    assert PartialDate.parse(described["complete_up_to"]).latest == date.fromisoformat(newest)


WORDS = {"integer": r"-?\d+", "boolean": "true|false", "date": r"\d{4}-\d\d-\d\d", "string": "(?s:.+)"}
WORDS["datetime"] = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)"


def tables() -> list[dict[str, Any]]:
    """The tables as the description tells them."""
    described = json.loads(built()["datapackage.json"])
    return [one for one in described["resources"] if "schema" in one]


def test_every_cell_is_what_the_description_says_of_its_column() -> None:
    files = built()

    for table in tables():
        fields = {one["name"]: one for one in table["schema"]["fields"]}
        for row in csv.DictReader(io.StringIO(files[table["path"]].decode())):
            for name, value in row.items():
                limits = fields[name].get("constraints", {})
                assert value or not limits.get("required"), (table["name"], name)
                assert not value or re.fullmatch(WORDS[fields[name]["type"]], value), (table["name"], name, value)
                assert not value or value in limits.get("enum", [value]), (table["name"], name, value)


def test_description_names_no_empty_lists_and_only_keys_that_there_are() -> None:
    columns = {one["name"]: {field["name"] for field in one["schema"]["fields"]} for one in tables()}

    for table in tables():
        schema = table["schema"]
        assert set(schema["primaryKey"]) <= columns[table["name"]]
        # The profile of Frictionless refuses a list of none.
        assert schema.get("foreignKeys", [None]) != []
        for key in schema.get("foreignKeys", []):
            assert set(key["fields"]) <= columns[table["name"]]
            assert set(key["reference"]["fields"]) <= columns[key["reference"]["resource"]]


def test_every_meaning_is_of_a_column() -> None:
    names = {f"{one['name']}.{field['name']}" for one in tables() for field in one["schema"]["fields"]}

    assert {name for name in MEANINGS if name not in names | {one.partition(".")[2] for one in names}} == set()


def test_papers_name_the_edition_the_licence_and_every_table() -> None:
    files = {name: body.decode() for name, body in built().items() if name.endswith((".md", ".txt", ".cff"))}
    edition = current_mark().name

    assert f"Edition {edition} of the record" in files["README.md"]
    assert all(f"`{table['name']}`" in files["README.md"] for table in tables())
    assert f'version: "{edition}"' in files["CITATION.cff"]
    assert f"Edition {edition}" in files["CITATION.txt"]
    assert "https://creativecommons.org/licenses/by/4.0/" in files["LICENSE.txt"]


def test_the_bare_number_leads_to_the_package_of_this_record_and_another_root_leads_nowhere(client: Client) -> None:
    jobs.publish_snapshot()
    mark = current_mark()

    assert client.get(f"/data/package/{mark.edition}/events.csv").headers["Location"] == (
        f"/data/package/{mark.name}/events.csv"
    )
    assert client.get(f"/data/package/{mark.edition}-00000000/events.csv").status_code == 404
    assert client.get("/data/package/9999999999999/events.csv").status_code == 404


def test_a_package_of_another_record_under_the_same_number_is_let_go(client: Client) -> None:
    mark = current_mark()
    other = package_folder() / f"{mark.edition}-00000000"
    other.mkdir(parents=True)
    (other / "events.csv").write_text("of another record")

    assert newest_package() is None
    assert client.get(f"/data/package/{other.name}/events.csv").status_code == 404
    jobs.publish_snapshot()

    assert [path.name for path in package_folder().iterdir()] == [mark.name]


ELSEWHERE = """
import django, hashlib, json, sys
from datetime import datetime
django.setup()
from tracker.readmodel import Edition, State
from tracker.exchange.package import build_package
kept = json.load(open(sys.argv[1]))
meta = kept["meta"]
state = State.of_tables(meta["edition"], datetime.fromisoformat(meta["known_at"]), meta["root"], kept["data"])
print(hashlib.sha256(build_package(Edition(state))["article10.zip"]).hexdigest())
"""


@pytest.mark.parametrize(("seed", "zone"), [("0", "UTC"), ("7", "Asia/Tokyo")])
def test_build_elsewhere_is_the_same_bytes(tmp_path: Path, seed: str, zone: str) -> None:
    files = built()
    snapshot = tmp_path / "snapshot.json"
    snapshot.write_bytes(files["snapshot.json"])
    told = {"PYTHONHASHSEED": seed, "TZ": zone, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}

    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ELSEWHERE, str(snapshot)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **told},
        cwd=tmp_path,
        timeout=120,
    )

    assert found.stdout == hashlib.sha256(files["article10.zip"]).hexdigest() + "\n"


def test_all_forms_have_the_same_rows_and_every_reference_leads_somewhere(tmp_path: Path) -> None:
    files = built()
    path = tmp_path / "copy.sqlite"
    path.write_bytes(files["article10.sqlite"])

    with sqlite3.connect(path) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
        dangling = database.execute("PRAGMA foreign_key_check").fetchall()

    assert counts["events"] == 1149
    assert counts["assessments"] == 302
    assert dangling == []
    for name, count in counts.items():
        assert len(list(csv.reader(io.StringIO(files[f"{name}.csv"].decode())))) == count + 1
        assert len(files[f"{name}.jsonl"].splitlines()) == count


def test_archive_holds_every_file() -> None:
    files = built()

    with zipfile.ZipFile(io.BytesIO(files["article10.zip"])) as archive:
        found = {name.removeprefix("article10/"): archive.read(name) for name in archive.namelist()}

    assert found == {name: body for name, body in files.items() if name != "article10.zip"}


def test_job_run_twice_builds_once_and_keeps_its_heartbeat(client: Client) -> None:
    built = [jobs.publish_snapshot() for _ in range(2)]

    assert built == [1, 0]
    assert newest_package() == current_mark().name
    assert [run.error for run in JobRun.objects.filter(name="publish_snapshot")] == ["", ""]
    assert [path.name for path in package_folder().iterdir()] == [current_mark().name]


def test_files_are_served_under_their_edition_and_the_newest_is_found(client: Client) -> None:
    jobs.publish_snapshot()

    moved = client.get("/data/package/latest/events.csv")
    answer = client.get(moved.headers["Location"])

    assert answer.status_code == 200
    assert answer.content == built()["events.csv"]
    assert client.get("/api/v1/package/").json()["data"]["files"]["events.csv"] == moved.headers["Location"]


def test_file_is_named_by_its_hash_and_not_sent_twice(client: Client) -> None:
    jobs.publish_snapshot()
    address = f"/data/package/{current_mark().name}/events.csv"

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    head = client.head(address)

    assert first.headers["ETag"] == f'"{hashlib.sha256(built()["events.csv"]).hexdigest()}"'
    assert first.headers["Cache-Control"] == "public, max-age=604800, immutable"
    assert (again.status_code, again.content, "Content-Type" in again.headers) == (304, b"", False)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(first.content))


def test_text_is_compressed_and_has_a_tag_of_its_own(client: Client) -> None:
    jobs.publish_snapshot()
    folder = f"/data/package/{current_mark().name}"

    small = client.get(f"{folder}/events.csv", headers={"Accept-Encoding": "gzip"})
    packed = client.get(f"{folder}/article10.sqlite", headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(small.content) == built()["events.csv"]
    assert small.headers["ETag"].endswith('-gzip"')
    assert "Accept-Encoding" in small.headers["Vary"]
    assert "Content-Encoding" not in packed.headers


def test_download_that_broke_off_goes_on(client: Client) -> None:
    jobs.publish_snapshot()
    address = f"/data/package/{current_mark().name}/article10.sqlite"
    whole = client.get(address)

    rest = client.get(address, headers={"Range": "bytes=1000-", "If-Range": whole.headers["ETag"]})
    beyond = client.get(address, headers={"Range": f"bytes={len(whole.content)}-"})

    assert rest.status_code == 206
    assert whole.content[:1000] + rest.content == whole.content
    assert (beyond.status_code, beyond.headers["Content-Type"]) == (416, "application/problem+json")
    assert beyond.headers["Content-Range"] == f"bytes */{len(whole.content)}"


@pytest.mark.parametrize("method", ["put", "post", "delete"])
def test_file_takes_no_other_method(method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = getattr(client, method)(f"/data/package/{current_mark().name}/events.csv")

    assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_package_of_an_edition_is_found_or_those_that_are_kept_are_named(client: Client) -> None:
    jobs.publish_snapshot()
    mark = current_mark()

    newest = client.get(f"/api/v1/package/?known_at={mark.edition}").json()
    other = client.get("/api/v1/package/?known_at=500")

    assert newest["data"]["edition"] == newest["meta"]["edition"] == mark.edition
    assert (other.status_code, other.json()["kept"]) == (404, [mark.name])
    assert mark.name in other.json()["detail"]


@pytest.mark.parametrize("name", ["nothing.csv", "..%2f..%2fsecret_key", ".hidden"])
def test_nothing_but_the_files_is_served(client: Client, name: str) -> None:
    jobs.publish_snapshot()

    answer = client.get(f"/data/package/{current_mark().name}/{name}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_api_says_that_no_package_is_built_yet(client: Client) -> None:
    answer = client.get("/api/v1/package/")

    assert answer.status_code == 404
    assert "publish_snapshot" in answer.json()["detail"]


def test_the_log_is_in_the_package_with_the_roots_that_prove_it() -> None:
    mark = current_mark()
    files = build_package(open_edition(mark.edition, mark.root), write_log(mark.edition))

    entries = [json.loads(line) for line in files["log.jsonl"].splitlines()]

    assert [entry["position"] for entry in entries] == list(range(1, mark.edition + 1))
    assert entries[-1]["root"] == mark.root
    described = json.loads(files["datapackage.json"])["resources"]
    assert [one["hash"] for one in described if one["name"] == "log"] == [
        f"sha256:{hashlib.sha256(files['log.jsonl']).hexdigest()}"
    ]


def test_each_line_of_json_has_the_columns_that_its_schema_names() -> None:
    files = built()
    for resource in json.loads(files["datapackage.json"])["resources"]:
        if resource.get("jsonSchema") is None:
            continue
        schema = resource["jsonSchema"]
        for line in files[resource["path"]].splitlines():
            row = json.loads(line)
            assert list(row) == schema["required"], resource["path"]
            assert all(_fits(value, schema["properties"][name]["type"]) for name, value in row.items()), row


_TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def _fits(value: object, types: str | list[str]) -> bool:
    return isinstance(value, tuple(_TYPES[name] for name in ([types] if isinstance(types, str) else types)))


def test_a_ratification_leads_to_its_acts_and_these_to_their_sources() -> None:
    files = built()
    acts = [json.loads(line) for line in files["ratification_events.jsonl"].splitlines()]
    cited = {json.loads(line)["fact_key"] for line in files["sources.jsonl"].splitlines()}

    found = [
        row["event"] for row in acts if (row["accession"], row["ally"], row["stage"]) == ("SWE", "TUR", "approved")
    ]

    assert found == ["se2022-tr-consent"]
    assert set(found) <= cited
