"""The documents for those who change the code: what they name is there, and the picture shows the rooms as they are."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.project.sources import ROOT, modules

DOCUMENTS = [ROOT / "DEVELOPERS.md", ROOT / "docs" / "glossary.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
SOURCE = r"(?:tracker|api|tests|templates|docs|scripts)/[\w./-]*\w/?"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_place_that_a_document_names_is_there(document: Path) -> None:
    named = {path for path in re.findall(rf"`({SOURCE})`", document.read_text()) if "<" not in path}

    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_every_word_of_the_code_in_the_glossary_is_one() -> None:
    text = "\n".join((ROOT / f"{name.replace('.', '/')}.py").read_text() for name in modules() if _is_file(name))
    column = [line.split("|")[3] for line in DOCUMENTS[1].read_text().splitlines() if line.count("|") == 4]
    words = {word for cell in column for word in re.findall(r"`([\w.]+)`", cell)}

    assert sorted(word for word in words if not re.search(rf"\b{word.split('.')[-1]}\b", text)) == []


def test_the_picture_and_the_contract_show_the_same_layers() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["id"] == "rooms"]
    order = {room.split(".")[-1]: place for place, layer in enumerate(layers) for room in layer.split(" | ")}
    picture = (ROOT / "docs" / "pictures" / "rooms.svg").read_text()

    drawn = [(name, int(top)) for top, name in re.findall(r' y="(\d+)"[^>]*/><text[^>]*>(\w+)</text>', picture)]

    assert {name for name, _ in drawn} == set(order) - {"templatetags", "urls"}
    between = [(a, b) for a, high in drawn for b, low in drawn if order[a] < order[b] and high > low]
    assert between == []


def _is_file(name: str) -> bool:
    return (ROOT / f"{name.replace('.', '/')}.py").exists()
