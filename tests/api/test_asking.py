"""Asking comfortably: sorted, counted, by what is not known, by an address, since a moment."""

import pytest
from django.conf import settings

from tests.api.conftest import Reader
from tracker.domain.vocabulary import EventKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def test_the_latest_events_are_one_request_and_the_walk_goes_on_in_that_order(reader: Reader) -> None:
    first = reader.fetch("events/?sort=-date&limit=5&total=true").json()
    every = reader.data("events/?limit=1&sort=-date")

    assert first["data"][0] == every[0]
    dates = [row["date"] for row in first["data"]]
    assert dates == sorted(dates, reverse=True)
    assert first["meta"]["total"] > 1000
    again = reader.fetch(f"events/?sort=-date&limit=5&total=true&cursor={first['links']['next_cursor']}").json()
    assert again["data"][0]["date"] <= dates[-1]
    assert again == reader.fetch(first["links"]["next"]).json() | {"links": again["links"]}


def test_a_walk_that_is_sorted_has_each_row_once(reader: Reader) -> None:
    keys = [row["key"] for row in reader.walk("events/?accession=SWE&sort=date&limit=50&fields=key")]

    assert len(keys) == len(set(keys)) == len(reader.walk("events/?accession=SWE&limit=200&fields=key"))


def test_an_order_that_there_is_not_is_refused_by_name(reader: Reader) -> None:
    response = reader.fetch("events/?sort=colour")

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "sort"
    assert "total" not in reader.fetch("events/?limit=1").json()["meta"]


def test_what_is_not_known_can_be_asked_for(reader: Reader) -> None:
    rows = reader.data("ratifications/?accession=GRC&as_of=1952-01-01&unknown=true")

    assert rows
    assert {row["stages"]["approved"]["state"] for row in rows} == {"unknown"}
    named = reader.data(f"accessions/?as_of=1952-01-01&unknown={rows[0]['ally']}")
    assert {"GRC", "TUR"} <= {row["code"] for row in named}


def test_the_facts_that_cite_an_address_are_one_request(reader: Reader) -> None:
    [source, *_] = reader.data("sources/?fact_key=se2022-tr-consent")

    found = reader.data(f"sources/?url={source['url']}")

    assert source in found
    assert {row["url"] for row in found} == {source["url"]}


def test_what_changed_since_a_day_is_one_request(reader: Reader) -> None:
    edition = reader.data("status/?fields=edition")["edition"]
    last = reader.data(f"changes/?after={edition - 1}")[0]

    assert reader.data(f"changes/?since={last['recorded_at']}") == []
    assert reader.data("changes/?since=2020-01-01&limit=1")[0]["position"] == 1
    assert reader.fetch("changes/?since=2020-01-01&after=5").status_code == 400


def test_a_part_of_a_field_is_asked_for_by_its_path(reader: Reader) -> None:
    path = "ratifications/?accession=SWE&ally=TUR&fields=ally,stages.approved.date,stages.approved.state,stages.signed"

    [row] = reader.data(path)

    assert row["stages"]["approved"] == {"date": "2024-01-23", "state": "reached"}
    assert row["stages"].keys() == {"approved", "signed"}
    assert row["stages"]["signed"]["earliest"] == "2022-07-05"
    header, line = reader.fetch(f"{path}&format=csv").content.decode().split("\r\n")[:2]
    assert header.startswith("ally,stages.approved.date,stages.approved.state,stages.signed.date,")
    assert line.startswith("TUR,2024-01-23,reached,2022-07-05,")
    for wrong in ("stages.approved.colour", "ally.code", "stages.", "stages..date"):
        assert reader.fetch(f"ratifications/?fields={wrong}").status_code == 400


def test_a_table_has_an_address_of_its_own(reader: Reader) -> None:
    table = reader.fetch("events.csv?accession=SWE&as_of=2023-10-30")

    assert table.content == reader.fetch("events/?accession=SWE&as_of=2023-10-30&format=csv").content
    assert 'filename="article10-events-2023-10-30-' in table.headers["Content-Disposition"]
    assert reader.fetch("accessions/SE/ratifications.csv").headers["Location"] == (
        "/api/v1/accessions/SWE/ratifications.csv"
    )


def test_every_word_is_explained_in_every_language(reader: Reader) -> None:
    rows = reader.walk("vocabularies/?limit=200")

    kinds = [row for row in rows if row["vocabulary"] == "EventKind"]
    assert [row["code"] for row in kinds] == [kind.value for kind in EventKind]
    assert {frozenset(row["labels"]) for row in rows} == {frozenset(code for code, _name in settings.LANGUAGES)}
    deposited = next(row for row in kinds if row["code"] == "deposited")
    assert deposited["labels"]["fr"] != deposited["labels"]["en"]
    assert reader.data("vocabularies/?vocabulary=Verdict")[0]["code"] == "supported"
