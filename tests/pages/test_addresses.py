"""Which address leads where, and how a wrong one is answered."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/accessions/se/", "/accessions/SWE/"),
        ("/accessions/swe/?as_of=2023-10-30", "/accessions/SWE/?as_of=2023-10-30"),
        ("/accessions/se/tr/", "/accessions/SWE/TUR/"),
        ("/states/tr/", "/states/TUR/"),
        ("/fr/states/tr/", "/fr/states/TUR/"),
        ("/states/UK/", "/states/GBR/"),
        ("/states/the netherlands/", "/states/NLD/"),
        ("/accessions/isveç/", "/accessions/SWE/"),
        ("/events/SE2022-TR-DEPOSITED/", "/events/se2022-tr-deposited/"),
    ],
)
def test_code_in_another_spelling_when_asked_for_redirects_to_the_canonical_address(
    client: Client, asked: str, canonical: str
) -> None:
    response = client.get(asked)

    assert (response.status_code, response["Location"]) == (302, canonical)


@pytest.mark.parametrize(
    "address",
    [
        "/accessions/XXX/",
        "/accessions/TUR/SWE/",
        "/states/NATO/",
        "/events/no-such-event/",
        "/commitments/no-such/",
        "/nowhere/",
    ],
)
def test_what_is_not_on_record_when_asked_for_is_a_404_that_helps(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert b'href="/accessions/"' in response.content


@pytest.mark.parametrize(
    "query",
    [
        "as_of=2023-13-30",
        "as_of=1948-12-31",
        "as_of=yesterday",
        "as_of=2023-10",
        "known_at=99999999",
        "known_at=soon",
    ],
)
@pytest.mark.parametrize("address", ["/", "/accessions/SWE/", "/changes/"])
def test_date_that_cannot_be_when_asked_for_is_a_400_that_says_what_works(
    client: Client, address: str, query: str
) -> None:
    response = client.get(f"{address}?{query}")

    assert response.status_code == 400
    assert b"2023-10-30" in response.content


@pytest.mark.parametrize(
    "address", ["/commitments/?party=XYZ", "/changes/?type=nothing", "/states/?member=perhaps", "/compare/?accession=Q"]
)
def test_filter_that_means_nothing_when_asked_for_is_a_400(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=",
        "/states/?q=",
        "/changes/?kind=",
        "/commitments/?party=",
        "/events/?q=",
        "/?as_of=",
        "/accessions/",
    ],
)
def test_null_character_in_an_address_is_no_fault(client: Client, address: str) -> None:
    assert client.get(f"{address}%00", follow=True).status_code in {200, 400, 404}


@pytest.mark.parametrize("text", ["Turkey", "Türkiye", "turkiye", "TR", "tur", "Turquie", "Törökország"])
def test_search_for_any_name_of_a_state_finds_it(client: Client, text: str) -> None:
    response = client.get("/search/", {"q": text})

    assert b'href="/states/TUR/"' in response.content


def test_page_when_asked_for_again_unchanged_is_not_sent_again(client: Client) -> None:
    first = client.get("/accessions/SWE/?as_of=2023-10-30")

    second = client.get("/accessions/SWE/?as_of=2023-10-30", headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 304


def test_reader_when_reading_gets_no_cookie(client: Client) -> None:
    for address in ("/", "/accessions/SWE/", "/search/?q=tur", "/fr/"):
        assert client.get(address).cookies == {}
