"""The page of the corrections: so many at a time, and together all that the API has."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.pages.page_reading import path_of, read_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

ON_A_PAGE = 25


def numbers_on(client: Client, address: str) -> tuple[list[int], str]:
    """The numbers of the corrections on one page, and the address of the next."""
    page = read_page(client.get(address).content)
    shown = [int(one.get("id", "")) for one in page.all("section") if (one.get("id") or "").isdigit()]
    older = [one.get("href", "") for one in page.all("a") if "".join(one.itertext()) == "Older corrections"]
    return shown, f"/rectifications/{older[0]}" if older else ""


def numbers_of_the_api(client: Client) -> Iterator[int]:
    """The numbers of all corrections in the API, page by page."""
    address: str | None = "/api/v1/rectifications/?limit=200"
    while address:
        found = client.get(address).json()
        yield from (one["number"] for one in found["data"])
        address = found["links"].get("next")


@pytest.mark.slow
def test_pages_of_the_corrections_together_are_those_of_the_api(client: Client) -> None:
    address, seen = "/rectifications/", []
    while address:
        shown, address = numbers_on(client, address)
        assert len(shown) <= ON_A_PAGE
        seen += shown
    told = list(numbers_of_the_api(client))

    assert len(seen) > ON_A_PAGE
    assert seen == sorted(told, reverse=True)


def test_correction_is_led_to_from_its_event_and_from_its_data(client: Client) -> None:
    one = client.get("/api/v1/rectifications/", {"subject": "event", "limit": "1"}).json()["data"][0]
    address = f"/rectifications/?before={one['number'] + 1}"
    data = client.get(f"/api/v1/rectifications/{one['number']}/").json()

    assert data["links"]["alternate"] == f"{address}#{one['number']}"
    assert numbers_on(client, address)[0][0] == one["number"]
    links = read_page(client.get(f"/events/{one['key']}/").content).links
    assert f"{address}#{one['number']}" in links
    assert {path_of(link) for link in links if "rectifications" in link} == {"/rectifications/"}


@pytest.mark.parametrize("given", ["first", "-1", "1e3", "9" * 13])
def test_page_of_the_corrections_that_cannot_be_is_a_400(client: Client, given: str) -> None:
    assert client.get("/rectifications/", {"before": given}).status_code == 400


def test_twin_of_the_corrections_has_those_of_the_page_and_leads_on(client: Client) -> None:
    shown, older = numbers_on(client, "/rectifications/")
    told = client.get("/rectifications.md").content.decode()

    assert [number for number in shown if f"Rectification {number}\n" not in told] == []
    assert f"Rectification {shown[-1] - 1}\n" not in told
    assert older in told
