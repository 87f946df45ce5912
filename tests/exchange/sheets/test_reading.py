"""What spreadsheets write is read: by its content, with its blanks and separators, and refused in sentences."""

import json
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.exceptions import NotReadable
from tracker.exchange.sheets import Noun, Row, read_sheet, refused_csv, text_of_file

COLUMNS = ["key", "accession", "actor", "kind", "date", "title", "votes_yes", "source_url", "source_title"]
COLUMNS += ["source_publisher", "source_class"]
CELLS = ["x-1", "SWE", "TUR", "chamber_vote", "2024-01-23", "Vote", "287", "https://a.example/x", "T", "P", "media"]


def sheet(delimiter: str = ",", columns: list[str] = COLUMNS, *rows: list[str]) -> str:
    return "\n".join(delimiter.join(cells) for cells in [columns, *(rows or [CELLS])]) + "\n"


def read(content: bytes | str, name: str = "file") -> list[Row]:
    """The rows of a file."""
    return read_sheet(name, text_of_file(content.encode() if isinstance(content, str) else content))


def workbook(rows: list[list[Any]]) -> bytes:
    """A workbook with one sheet, as small as one can be."""

    def cell(value: Any) -> str:
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else "<c/>"

    body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    packed = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packed}"><Relationship Id="r1" Type="{relations}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
        '<sheet name="Acts" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packed}"><Relationship Id="r1" '
        f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return out.getvalue()


FORMS: dict[str, bytes | str] = {
    "commas": sheet(),
    "semicolons": sheet(";"),
    "tabs": sheet("\t"),
    "bars": sheet("|"),
    "a line that tells its separator": "sep=;\r\n" + sheet(";"),
    "the same in quotes": '"sep=\t"\n' + sheet("\t"),
    "unicode text of Excel": sheet("\t").encode("utf-16"),
    "utf-8 with its mark": sheet().encode("utf-8-sig"),
    "blank columns": sheet(",", [*COLUMNS, "", ""], [*CELLS, "", ""]),
    "blank rows": sheet() + ",,,,,,,,,,\n\n,,\n",
    "blank rows first": "\n,,,\n" + sheet(),
    "cells left away at the end": sheet(",", [*COLUMNS, "tags", "detail"]),
    "names of columns as people write them": sheet(",", [name.title().replace("_", " ") for name in COLUMNS]),
    "names of columns with points": sheet(",", [name.replace("_", ".") for name in COLUMNS]),
    "names of states": sheet(",", COLUMNS, ["x-1", "Sweden", "Turkey", "Chamber vote", "23 Jan 2024", *CELLS[5:]]),
    "a workbook": workbook([COLUMNS, [*CELLS[:6], 287.0, *CELLS[7:]]]),
    "a workbook with blanks": workbook([[""], [*COLUMNS, ""], [], [*CELLS, ""], [""]]),
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("name", ["events.csv", "events.txt", "events", "events.xlsx"])
def test_table_in_any_form_is_read_by_its_content(content: bytes | str, name: str) -> None:
    (row,) = read(content, name)

    assert row.refusal == ""
    assert row.fact is not None
    assert (row.fact.key, row.fact.accession, row.fact.actor, str(row.fact.occurred)) == (
        "x-1", "SWE", "TUR", "2024-01-23",
    )  # fmt: skip
    assert row.fact.votes is not None
    assert (row.fact.votes.yes, len(row.fact.sources)) == (287, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (sheet().encode("utf-8") + "İ".encode("cp1254"), "no Unicode text"),
        (sheet(",", [*COLUMNS, "key"], [*CELLS, "y"]), "stand there twice: key"),
        (sheet(",", [*COLUMNS, "verdict"], [*CELLS, "guilty"]), "mean nothing here: verdict"),
        (sheet(",", COLUMNS[:-8], CELLS[:-8]), "these columns are missing: kind, date, title"),
        (b"PK\x03\x04 broken", "broken or locked archive"),
        (b"\xd0\xcf\x11\xe0 broken", "neither a workbook nor text"),
        ("", "these columns are missing"),
    ],
)
def test_file_that_cannot_be_read_says_why_in_a_sentence(content: bytes | str, said: str) -> None:
    with pytest.raises(NotReadable, match=said):
        read(content)


def test_archive_that_unpacks_to_more_than_anybody_types_is_not_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 61_000_000)

    with pytest.raises(NotReadable, match="unpacks to more"):
        read(out.getvalue())


@pytest.mark.parametrize(
    ("place", "cell", "said"),
    [
        (2, "Hungarix", "actor: “Hungarix” is no state or organisation that we know"),
        (2, "", "actor: “None”|actor is missing|actor is no text"),
        (3, "chamber voted", "kind: “chamber_voted” is none of its words; did you mean “chamber_vote”?"),
        (4, "01/02/2024", "date: “01/02/2024” is none, or may be two days; write it as 2022-07-05"),
        (4, "soon", "date: “soon” is none"),
        (0, "X 1!", "key: “X 1!” is none; small letters"),
        (6, "many", "votes yes: “many” is no number"),
        (7, "ftp://x", "sources 1 url"),
        (10, "gazete", "sources 1 class: “gazete” is none of its words; did you mean “gazette”?"),
    ],
)
def test_row_that_is_refused_says_why_in_the_words_of_the_desk(place: int, cell: str, said: str) -> None:
    cells = [*CELLS]
    cells[place] = cell

    (row,) = read(sheet(",", COLUMNS, cells))

    assert row.fact is None
    assert any(part in row.refusal for part in said.split("|")), row.refusal
    assert "pattern" not in row.refusal
    assert (row.title, row.key) == ("Vote", cells[0])


def test_row_without_a_key_gets_the_same_one_each_time() -> None:
    keys = [read(sheet(",", COLUMNS, ["", *CELLS[1:]]))[0].key for _ in range(2)]
    facts = [read(sheet(",", COLUMNS, ["", *CELLS[1:]]))[0].fact for _ in range(2)]

    assert keys == ["", ""]
    assert [fact.key for fact in facts if fact] == ["swe-tur-chamber-vote-2024-01-23"] * 2


def test_refused_rows_come_back_as_they_were_and_are_read_once_they_are_mended() -> None:
    rows = read(sheet(",", COLUMNS, CELLS, ["x-2", "SWE", "Hungarix", *CELLS[3:]]))

    text = refused_csv((row.cells, row.refusal) for row in rows if row.refusal)
    again = read(text.replace("Hungarix", "Hungary"))

    assert text.startswith("refused_because,key,")
    assert "“Hungarix” is no state" in text
    assert [row.fact.actor for row in again if row.fact] == ["HUN"]


def test_rows_of_all_nouns_in_json_are_told_apart_and_refused_by_themselves() -> None:
    claim = {"key": "c-1", "commitment": "m-1", "date": "2024-01-01", "by": "TUR", "status": "pledged"}
    rows = [{"key": "e"}, {**claim, "basis": "statement"}, {"stems_from": {}}, {"ally": "TUR", "steps": []}, 7]
    told = read("\n".join(map(json.dumps, rows)))

    assert [row.noun for row in told] == [Noun.EVENT, Noun.CLAIM, Noun.COMMITMENT, Noun.PROCEDURE, Noun.EVENT]
    assert "actor is missing" in told[0].refusal
    assert told[4].refusal == "it is no object with the parts of a fact"


def test_json_in_one_list_and_in_an_answer_of_the_api_are_rows() -> None:
    event = {"key": "x-1", "actor": "Türkiye", "kind": "statement", "date": "2024-01-01", "title": "Said"}

    assert [row.fact.actor for row in read(json.dumps([event])) if row.fact] == ["TUR"]
    assert [row.fact.actor for row in read(json.dumps({"data": [event], "meta": {}}, indent=1)) if row.fact] == ["TUR"]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=12)


@given(st.lists(st.lists(CELL, min_size=1, max_size=13), max_size=6), st.sampled_from(",;\t|"))
def test_any_table_is_read_row_by_row_or_refused_with_a_sentence(rows: list[list[str]], delimiter: str) -> None:
    text = sheet(delimiter, COLUMNS, CELLS, *rows)

    with suppress(NotReadable):
        told = read_sheet("x", text)

        assert told[0].fact is not None or told[0].refusal
        assert all(row.fact or row.other or row.refusal for row in told)


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_a_sentence(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"\xd0\xcf\x11\xe0"):
        with suppress(NotReadable):
            assert all(row.fact or row.other or row.refusal for row in read(start + content))
