"""How far one has to scroll on the pages that are opened most, with nothing unfolded."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

# Without the mark for the database, the threads of the site below could not read it either.
pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.timeout(300)]

# The width of the window, and how high a page may be at it.
LIMITS = {1280: 2600, 390: 4500}
PAGES = (
    "/accessions/SWE/?as_of=2023-10-30",
    "/accessions/FIN/?as_of=2023-03-20",
    "/fr/accessions/SWE/?as_of=2023-10-30",
    "/fi/accessions/FIN/?as_of=2023-03-20",
    "/hu/accessions/SWE/?as_of=2023-10-30",
    "/accessions/SWE/",
    "/accessions/SWE/TUR/",
    "/accessions/SWE/TUR/?as_of=2023-10-30",
    "/accessions/SWE/ITA/",
    "/accessions/FIN/HUN/",
    "/states/FRA/",
    "/states/TUR/",
)


@pytest.fixture(scope="module")
def site(shipped: None) -> Iterator[str]:
    """The address of a site with the shipped data, for the whole module; no test in here writes."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", LIMITS)
def test_page_of_an_accession_an_ally_or_a_state_is_short(page: Page, site: str, width: int, address: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"{site}{address}", wait_until="load")

    assert page.evaluate("document.documentElement.scrollHeight") <= LIMITS[width]


def test_page_that_is_short_still_has_every_ally(page: Page, site: str) -> None:
    page.goto(f"{site}/accessions/MKD/?as_of=2019-12-01", wait_until="load")

    assert page.locator("tbody th a[href^='/accessions/MKD/']").count() == 29
