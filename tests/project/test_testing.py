"""What TESTING.md says of the tests, against the tests."""

import re
import tomllib

import pytest

from tests.databases import EMPTY, RECORDS
from tests.project.sources import ROOT

TEXT = (ROOT / "TESTING.md").read_text(encoding="utf-8")
FRAME = (ROOT / "tests/conftest.py").read_text(encoding="utf-8")
CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))


def named(pattern: str) -> set[str]:
    """What the document names in that way."""
    return set(re.findall(pattern, TEXT))


def test_every_folder_of_tests_has_its_layer() -> None:
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/__init__.py")}
    rows = re.findall(r"^\| (?:rules|record|faces|whole|house) \| ([^|]+) \|", TEXT, re.MULTILINE)

    assert {name.partition("/")[0] for name in re.findall(r"`([a-z/]+)`", " ".join(rows))} == folders


def test_every_marker_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    markers = {re.split(r"[:(]", text)[0] for text in project["tool"]["pytest"]["ini_options"]["markers"]}

    assert named(r"(?m)^- `([a-z]+)") == markers


def test_every_variable_that_a_test_reads_is_explained_and_no_other() -> None:
    read = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z0-9_]+)"', CODE))
    told = named(r"`((?:ARTICLE10|STORM)_[A-Z_]+)")
    # What the processes of a storm tell each other, and what stands for the environment of whoever runs the tests.
    among_themselves = {"STORM_DIARY", "STORM_PAUSE", "STORM_VISIBILITY", "STORM_TICK"}

    assert told == {name for name in read if name.startswith(("ARTICLE10_", "STORM_"))} - among_themselves


def test_every_fixture_of_all_tests_is_explained() -> None:
    fixtures = set(re.findall(r"@pytest\.fixture[^\n]*\ndef (\w+)", FRAME)) - {"django_db_setup"}

    assert fixtures - named(r"`(\w+)`") == set()
    assert set(RECORDS) - {EMPTY} <= fixtures


@pytest.mark.parametrize("place", sorted(named(r"`(tests/[\w/.]+)`")))
def test_every_place_that_is_named_is_there(place: str) -> None:
    assert (ROOT / place).exists()


def test_every_fixture_that_is_named_beside_its_file_is_defined_there() -> None:
    [sentence] = re.findall(r"^Other fixtures.*?\n\n", TEXT, re.MULTILINE | re.DOTALL)
    missing = []
    for names, file in re.findall(r"(.*?) in `(tests/[\w/.]+)`", sentence, re.DOTALL):
        code = (ROOT / file).read_text(encoding="utf-8")
        missing += [f"{name} in {file}" for name in re.findall(r"`(\w+)`", names) if f"def {name}(" not in code]

    assert missing == []
