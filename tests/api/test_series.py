"""How counts moved, rounds of one day, sentences in other languages, and tables that keep their clocks."""

import csv
import io

import pytest
from django.conf import settings

from tests.api.conftest import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

TOLD = ("status", "required", "counts", "pending", "unknown")


@pytest.mark.parametrize(
    ("code", "since", "until"),
    [("SWE", "2022-07-01", "2022-09-30"), ("GRC", "1951-10-01", "1952-03-01"), ("ALB", "2008-07-01", "2009-04-02")],
)
def test_each_day_of_a_series_is_what_the_accession_was_on_that_day(
    reader: Reader, code: str, since: str, until: str
) -> None:
    rows = reader.data(f"accessions/{code}/series/?since={since}&until={until}&limit=200")

    assert len(rows) > 2
    assert rows[0]["day"] == since
    assert [row["day"] for row in rows] == sorted({row["day"] for row in rows})
    for row in rows[:: max(1, len(rows) // 6)]:
        stood = reader.data(f"accessions/{code}/?as_of={row['day']}")
        assert {name: row[name] for name in TOLD} == {name: stood[name] for name in TOLD}


def test_no_change_between_two_days_of_a_series_is_left_out(reader: Reader) -> None:
    rows = reader.data("accessions/SWE/series/?since=2022-07-04&until=2022-07-12&limit=200")
    by_day = {row["day"]: row for row in rows}
    standing = None

    for number in range(4, 13):
        day = f"2022-07-{number:02}"
        standing = by_day.get(day, standing)
        stood = reader.data(f"accessions/SWE/?as_of={day}")
        assert standing is not None
        assert {name: standing[name] for name in TOLD} == {name: stood[name] for name in TOLD}


def test_a_series_knows_nothing_of_later(reader: Reader) -> None:
    rows = reader.walk("accessions/SWE/series/?as_of=2023-10-30")

    assert max(row["day"] for row in rows) <= "2023-10-30"
    assert rows[-1]["pending"] == ["HUN", "TUR"]
    assert reader.fetch("accessions/SWE/series/?as_of=2023-10-30&until=2023-10-31").status_code == 400
    assert reader.fetch("accessions/FIN/series/?as_of=1960-01-01").status_code == 404
    assert reader.data("accessions/SWE/series/?since=2024-01-01&until=2023-01-01") == []


def test_rounds_put_the_protocols_of_one_day_together_and_take_no_middle(reader: Reader) -> None:
    rows = reader.data("rounds/?limit=200")

    by_day = {row["signed"]: row for row in rows}
    assert by_day["2022-07-05"]["accessions"] == ["FIN", "SWE"]
    assert by_day["2022-07-05"]["required"] == 61
    assert len(by_day["2003-03-26"]["accessions"]) == 7
    for row in rows:
        for acts in (row["approved"], row["deposited"]):
            assert acts["known"] <= acts["reached"] <= row["required"]
            ends = [acts[name] for name in ("first_earliest", "first_latest", "last_earliest", "last_latest")]
            assert not (acts["reached"] < row["required"] and acts["last_latest"])
            assert [end for end in ends[:2] if end] == sorted(end for end in ends[:2] if end)
            assert [end for end in ends[2:] if end] == sorted(end for end in ends[2:] if end)


def test_rounds_of_a_day_do_not_know_how_they_ended(reader: Reader) -> None:
    [newest, *_] = reader.data("rounds/?as_of=2023-03-01")

    assert newest["signed"] == "2022-07-05"
    assert newest["approved"]["last_latest"] is None
    assert newest["approved"]["reached"] == sum(
        row["counts"]["approved"]["reached"] for row in reader.data("accessions/?applicant=FIN,SWE&as_of=2023-03-01")
    )


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_sentence_is_told_in_the_language_that_is_asked_for(reader: Reader, language: str) -> None:
    asked = f"as_of=2023-10-30&lang={language}"
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"

    one = reader.data(f"accessions/SWE/?{asked}")
    [listed] = reader.data(f"accessions/?applicant=SWE&{asked}")

    assert listed == one
    page = reader.get(f"{prefix}/accessions/SWE.md?as_of=2023-10-30").content.decode()
    assert one["answer"] in page


def test_a_language_that_there_is_not_is_refused_and_none_is_english(reader: Reader) -> None:
    assert reader.fetch("accessions/SWE/?lang=de").status_code == 400
    assert reader.data("accessions/SWE/?lang=en") == reader.data("accessions/SWE/")


@pytest.mark.parametrize("path", ["events/?accession=SWE", "compare/?", "changes/?", "accessions/SWE/series/?"])
def test_a_table_is_named_by_its_clocks_and_is_whole(reader: Reader, path: str) -> None:
    answer = reader.fetch(f"{path}&format=csv&fields={'day' if 'series' in path else 'accession'}")

    noun = path.partition("?")[0].strip("/").replace("/", "-")
    day = [answer.headers["Article10-As-Of"]] if "Article10-As-Of" in answer.headers else []
    name = "-".join(["article10", noun, *day, answer.headers["Article10-Edition"]])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    assert "Content-Disposition" in answer.headers["Access-Control-Expose-Headers"]
    assert "Content-Disposition" not in reader.fetch(path).headers
    if path.startswith("changes"):
        rows = len(list(csv.reader(io.StringIO(answer.content.decode())))) - 1
        assert rows == int(answer.headers["Article10-Edition"].partition("-")[0])


def test_excel_is_told_that_a_table_is_utf_8(reader: Reader) -> None:
    plain = reader.fetch("states/?format=csv")
    marked = reader.fetch("states/?format=csv&bom=1")

    assert marked.content == b"\xef\xbb\xbf" + plain.content
    assert marked.headers["ETag"] != plain.headers["ETag"]
    assert "Türkiye" in marked.content.decode("utf-8-sig")
    assert reader.fetch("states/?bom=true").json()["data"] == reader.data("states/")
