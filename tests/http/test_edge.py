"""Pages are rendered once an edition and a day, and never shown for another."""

import gzip
from collections.abc import Callable

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.facts import begin, consent, record_event

pytestmark = pytest.mark.django_db

UNPACK: dict[str, Callable[[bytes], bytes]] = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
ADDRESSES = ["/", "/accessions/", "/accessions/SWE/", "/accessions/SWE/HUN/", "/changes/", "/states/HUN/", "/compare/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asked_for_again_is_the_same_and_costs_one_query(client: Client, address: str) -> None:
    begin()
    first = client.get(address)

    with CaptureQueriesContext(connection) as queries:
        second = client.get(address)

    assert first.status_code == 200
    assert second.content == first.content
    assert second.headers["ETag"] == first.headers["ETag"]
    assert len(queries) == 1


@pytest.mark.parametrize("accepted", ["", "gzip", "br", "gzip, br"])
def test_a_page_is_sent_as_the_client_takes_it_from_the_cache_too(client: Client, accepted: str) -> None:
    begin()
    plain = client.get("/accessions/SWE/")

    answers = [client.get("/accessions/SWE/", headers={"Accept-Encoding": accepted}) for _ in range(2)]

    assert {answer.headers.get("Content-Encoding", "") for answer in answers} == {accepted.split(", ")[-1]}
    assert {UNPACK[accepted.split(", ")[-1]](answer.content) for answer in answers} == {plain.content}
    assert len({answer.headers["ETag"] for answer in answers}) == 1
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in [plain, *answers])


def test_what_is_not_kept_is_compressed_all_the_same(client: Client) -> None:
    begin()

    answer = client.get("/status/", headers={"Accept-Encoding": "gzip"})

    assert b"<h1>Status</h1>" in gzip.decompress(answer.content)


def test_a_new_edition_is_shown_at_once(client: Client) -> None:
    begin()
    before = client.get("/accessions/SWE/").content.decode()

    record_event(consent(), by=None)

    after = client.get("/accessions/SWE/").content.decode()
    assert "None of the 4 allies has yet approved" in before
    assert "1 of 4 allies has approved" in after


def test_languages_and_days_are_kept_apart(client: Client) -> None:
    begin(consent())

    english = client.get("/accessions/SWE/?as_of=2024-02-25").content
    french = client.get("/fr/accessions/SWE/?as_of=2024-02-25").content
    later = client.get("/accessions/SWE/?as_of=2024-02-26").content

    assert len({english, french, later}) == 3


def test_what_moves_without_an_edition_is_not_kept(client: Client) -> None:
    begin()
    client.get("/status/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/status/")

    assert len(queries) > 1
