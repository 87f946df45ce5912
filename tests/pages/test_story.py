"""The story of 30 October 2023, as the pages tell it."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

DAY = {"as_of": "2023-10-30"}


def read(client: Client, address: str, **parameters: str) -> str:
    """The page as text; it has to be there."""
    response = client.get(address, parameters)
    assert response.status_code == 200
    return str(response.content.decode())


def test_accession_of_sweden_on_that_day_says_who_is_missing_since_when(client: Client) -> None:
    page = read(client, "/accessions/SWE/", **DAY)

    assert (
        "29 of 31 allies have approved Sweden’s accession; Hungary and Türkiye have not yet done so, "
        "482 days after signature." in page
    )
    assert 'href="/accessions/SWE/TUR/?as_of=2023-10-30"' in page


def test_accession_on_that_day_says_beside_the_map_who_acts_next_and_what_says_so(client: Client) -> None:
    page = read(client, "/accessions/SWE/", **DAY)

    assert "the protocol has been before its parliament since 23 October 2023." in page
    assert "committee vote (Committee on Foreign Affairs)" in page
    assert 'href="/events/se2022-tr-submitted/?as_of=2023-10-30' in page.split('id="milestones"')[0]


def test_log_on_that_day_tells_of_no_commitment_whose_text_came_later(client: Client) -> None:
    later, told = "Gripen aircraft", "NATO Special Coordinator for Counter-Terrorism"

    pages = [read(client, address, **DAY) for address in ("/", "/accessions/SWE/", "/changes/")]
    of_that_kind = read(client, "/changes/", type="commitment.recorded", accession="SWE", **DAY)

    assert not any(later in page for page in [*pages, of_that_kind])
    assert told in of_that_kind
    assert later in read(client, "/changes/", type="commitment.recorded", accession="SWE", as_of="2024-02-23")


def test_first_page_on_that_day_leads_to_the_accession_under_way(client: Client) -> None:
    page = read(client, "/", **DAY)

    assert "31 states are members of NATO." in page
    assert 'href="/accessions/SWE/?as_of=2023-10-30"' in page


def test_ratification_of_turkiye_on_that_day_says_who_acts_next(client: Client) -> None:
    page = read(client, "/accessions/SWE/TUR/", **DAY)

    assert "Türkiye has not yet approved Sweden’s accession" in page
    assert "before its parliament since 23 October 2023" in page
    assert "Committee on Foreign Affairs" in page


def test_commitments_on_that_day_keep_the_designations_of_the_parties(client: Client) -> None:
    page = read(client, "/commitments/", accession="SWE", **DAY)

    assert "described as FETÖ in Türkiye" in page
    assert "NATO Special Coordinator for Counter" in page


def test_event_of_that_week_names_its_source(client: Client) -> None:
    page = read(client, "/accessions/SWE/TUR/", **DAY)
    key = page.split('href="/events/se2022-tr-submitted')[1].split("/")[0]

    assert 'class="publisher"' in read(client, f"/events/se2022-tr-submitted{key}/", **DAY)
