"""What comes out of a printer: the table of a protocol is one sheet, however many allies it needed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

# Without the mark for the database, the threads of the site below could not read it either.
pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.timeout(300)]

A_SHEET = re.compile(rb"/Type\s*/Page\b")
# Those with most allies, and one with few, in the languages with the shortest and the longest words for a doubtful day.
TABLES = [
    "/accessions/SWE/table/",
    "/accessions/FIN/table/",
    "/accessions/MKD/table/",
    "/accessions/MNE/table/",
    "/accessions/ALB/table/",
    "/accessions/TUR/table/",
    "/fr/accessions/MKD/table/",
    "/fi/accessions/MKD/table/",
    "/hu/accessions/MKD/table/",
]


@pytest.fixture(scope="module")
def site(shipped: None) -> Iterator[str]:
    """The address of a site with the shipped data, for the whole module; no test in here writes."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


def test_table_of_a_protocol_is_printed_on_one_sheet(page: Page, site: str) -> None:
    sheets = {}
    for address in TABLES:
        page.goto(f"{site}{address}", wait_until="load")
        sheets[address] = len(A_SHEET.findall(page.pdf(prefer_css_page_size=True)))

    assert sheets == dict.fromkeys(TABLES, 1)


def test_page_that_is_printed_shows_what_is_folded_and_its_address(page: Page, site: str) -> None:
    page.goto(f"{site}/accessions/SWE/?as_of=2023-10-30", wait_until="load")
    page.emulate_media(media="print")

    assert page.locator("details.rows tbody tr").first.is_visible()
    assert "as_of=2023-10-30" in page.locator(".page-foot .print-only").inner_text()
    assert not page.locator("nav.site-nav").is_visible()
