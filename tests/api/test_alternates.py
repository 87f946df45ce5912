"""Twins: from each page to its data and back, on the same day, in the same edition, with the same filters."""

import re
from html import unescape

import pytest

from tests.api.conftest import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

CLOCK = "as_of=2023-10-30&known_at=2500"
OWN_CLOCK = "known_at=2500"
# What these tell is of our clock alone; their data cannot be asked as of a day.
TIMELESS = {"/changes/", "/rectifications/", "/status/"}
BOTH_WAYS = [
    "/",
    "/accessions/",
    "/accessions/SWE/",
    "/accessions/SWE/TUR/",
    "/states/",
    "/states/TUR/",
    "/events/",
    "/events/se2022-tr-submitted/",
    "/commitments/",
    "/commitments/mk-gr-interim-accord/",
    "/changes/",
    "/rectifications/",
    "/compare/",
    "/status/",
]
FILTERED = [
    "/events/?accession=SWE&actor=TUR&kind=submitted&part=procedure",
    "/events/?unsourced=true",
    "/commitments/?party=TUR&accession=SWE&category=extradition&kind=commitment&claim=fulfilled",
    "/changes/?accession=SWE&ally=TUR&type=stage.changed",
    "/states/?member=true&q=Turkiye",
]

# A commitment of its own; the page of all extraditions stands beside them.
COMMITMENT = r'"/commitments/(?!extraditions/)([a-z0-9-]+)/'


def twin_on(reader: Reader, page: str) -> str:
    """The address of its data that a page names; empty for none."""
    found = re.search(
        r'<link rel="alternate" type="application/json" href="([^"]*)"', reader.get(page).content.decode()
    )
    return unescape(found[1]) if found else ""


@pytest.mark.slow
@pytest.mark.parametrize("address", BOTH_WAYS)
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_page_and_data_lead_to_each_other_with_both_clocks(reader: Reader, address: str, prefix: str) -> None:
    twin = twin_on(reader, f"{prefix}{address}?{CLOCK}")

    back = reader.fetch(twin).json()["links"]["alternate"]

    assert back == f"{address}?{OWN_CLOCK if address in TIMELESS else CLOCK}"


@pytest.mark.parametrize("address", FILTERED)
def test_page_and_data_lead_to_each_other_with_their_filters(reader: Reader, address: str) -> None:
    twin = twin_on(reader, address)

    answer = reader.fetch(twin).json()

    assert twin == f"/api/v1{address}"
    assert sorted(re.split("[?&]", answer["links"]["alternate"])) == sorted(re.split("[?&]", address))


@pytest.mark.parametrize(
    "address", ["/events/?page=2", "/changes/?before=90", "/compare/?accession=SWE", "/?utm_source=x"]
)
def test_what_only_the_page_takes_is_no_part_of_its_twin(reader: Reader, address: str) -> None:
    twin = twin_on(reader, address)

    assert "?" not in twin
    assert reader.fetch(twin).status_code == 200


def test_data_page_leads_to_the_whole_record_and_back(reader: Reader) -> None:
    twin = twin_on(reader, "/data/?known_at=2500&as_of=2023-10-30")

    assert twin == "/api/v1/snapshot/?known_at=2500"
    assert reader.fetch(twin).headers["Link"] == '</data/>; rel="alternate"'


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("accessions/SWE/ratifications/", "/accessions/SWE/"),
        ("sources/event~se2022-tr-submitted~0/", "/events/se2022-tr-submitted/"),
        ("sources/commitment~mk-gr-interim-accord~0/", "/commitments/mk-gr-interim-accord/"),
        ("changes/81/", "/changes/?before=82#entry-81"),
        ("changes/81/?known_at=2500", "/changes/?known_at=2500&before=82#entry-81"),
        ("events/?accession=SWE,FIN&kind=submitted", "/events/?kind=submitted"),
        ("events/?accession=swe&unsourced=true", "/events/?accession=SWE&unsourced=true"),
    ],
)
def test_data_without_a_page_of_their_own_lead_to_the_nearest(reader: Reader, path: str, address: str) -> None:
    assert reader.fetch(path).json()["links"]["alternate"] == address
    assert reader.get(address).status_code == 200


def test_source_of_a_claim_leads_to_the_commitment_that_it_is_on(reader: Reader) -> None:
    source = reader.data("sources/?fact=assessment&limit=1")[0]["key"]

    page = reader.fetch(f"sources/{source}/").json()["links"]["alternate"]

    assert page.startswith("/commitments/")
    assert reader.get(page).status_code == 200


@pytest.mark.parametrize(
    ("address", "path", "pattern"),
    [
        (
            "/events/?accession=SWE&part=procedure",
            "events/?accession=SWE&part=procedure&limit=200",
            r'"/events/([a-z0-9-]+)/',
        ),
        ("/commitments/?party=HUN", "commitments/?party=HUN&limit=200", COMMITMENT),
        ("/commitments/?claim=rejected", "commitments/?claim=rejected&limit=200", COMMITMENT),
    ],
)
def test_filter_means_the_same_on_the_page(reader: Reader, address: str, path: str, pattern: str) -> None:
    shown = set(re.findall(pattern, reader.get(address).content.decode()))
    told = {row["key"] for row in reader.walk(f"{path}&fields=key")}

    assert shown
    assert shown <= told
    assert len(told) == len(shown) or len(shown) == 60


@pytest.mark.parametrize("text", ["Turkey", "Turkiye", "türkiye", "Turquie", "TR", "tur"])
def test_state_is_found_under_the_same_names_as_on_the_page(reader: Reader, text: str) -> None:
    assert reader.data(f"states/?q={text}&fields=code") == [{"code": "TUR"}]
    assert 'href="/states/TUR/' in reader.get(f"/states/?q={text}").content.decode()


def test_changes_are_those_of_the_page(reader: Reader) -> None:
    shown = re.findall(r'id="entry-(\d+)"', reader.get("/changes/?accession=SWE&known_at=2000").content.decode())
    told = [row["position"] for row in reader.walk("changes/?accession=SWE&known_at=2000&fields=position&limit=1000")]

    assert told[: -len(shown) - 1 : -1] == [int(position) for position in shown]
