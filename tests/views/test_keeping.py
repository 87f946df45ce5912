"""Pages are rendered once an edition and a day, and never shown for another."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.facts import begin, consent
from tracker.actions import record_event

pytestmark = pytest.mark.django_db

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


def test_a_new_edition_is_shown_at_once(client: Client) -> None:
    begin()
    before = client.get("/accessions/SWE/").content.decode()

    record_event(consent(), by=None)

    after = client.get("/accessions/SWE/").content.decode()
    assert "None of the 4 allies has approved" in before
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
