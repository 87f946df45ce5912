"""Every kind of page in a real browser: accessible, quiet, still, and nobody else is asked for anything."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Observed
from tests.browser.slow_line import pieces_of

# Without the mark for the database, the threads of the site below could not read it either.
pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.timeout(900)]

REFUSED = {"/nowhere/": 404, "/?as_of=2023-13-45": 400}
PAGES = (
    "/",
    "/?as_of=2023-10-30",
    "/accessions/",
    "/accessions/SWE/?as_of=2023-10-30",
    "/accessions/SWE/TUR/?as_of=2023-10-30",
    "/accessions/SWE/HUN/",
    "/accessions/SWE/embed/",
    "/accessions/UKR/",
    "/accessions/SWE/table/",
    "/accessions/SWE/timeline/",
    "/accessions/SWE/scenario/?as_of=2023-10-30&act=TUR",
    "/accessions/SWE/commitments/",
    "/states/",
    "/states/TUR/",
    "/commitments/",
    "/commitments/se-hu-gripen/",
    "/commitments/extraditions/",
    "/events/?accession=SWE",
    "/events/se2022-tr-deposited/",
    "/changes/",
    "/rectifications/",
    "/compare/",
    "/data/",
    "/methodology/",
    "/status/",
    "/check/",
    "/subscribe/",
    "/search/?q=turkiye",
    *REFUSED,
)
# Those with the longest tables and lists, which a browser would begin to show before their end has come.
IN_PIECES = (
    "/accessions/",
    "/accessions/SWE/table/",
    "/accessions/SWE/commitments/",
    "/commitments/extraditions/",
    "/changes/",
    "/status/",
    "/subscribe/",
)
# What the browser says of an answer that is meant to be a refusal.
REFUSALS = ("status of 404", "status of 400")


@pytest.fixture(scope="module")
def site(shipped: None) -> Iterator[str]:
    """The address of a site with the shipped data, for the whole module; no test in here writes."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def slow_site(site: str) -> Iterator[str]:
    """The address of the same site over a line so bad that each page comes in a dozen pieces."""
    with pieces_of(site) as address:
        yield address


def open_page(page: Page, site: str, address: str, width: int = 1280) -> None:
    """Open a page at a width and wait until nothing more is loaded. It has to be the page that is meant."""
    page.set_viewport_size({"width": width, "height": 900})
    response = page.goto(f"{site}{address}", wait_until="load")
    assert response is not None
    assert response.status == REFUSED.get(address, 200)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_page_when_judged_by_axe_has_no_violation(
    page: Page, axe: Callable[[], list[str]], site: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    found = []
    for address in PAGES:
        open_page(page, site, address, width)
        found += [f"{address}: {one}" for one in axe()]

    assert found == []


def test_page_when_opened_asks_no_other_host_sets_no_cookie_and_complains_of_nothing(
    page: Page, observed: Observed, site: str
) -> None:
    for address in PAGES:
        open_page(page, site, address)

    complaints = [one for one in observed.complaints if not any(known in one for known in REFUSALS)]
    assert complaints == []
    assert observed.foreign("localhost") == []
    assert page.context.cookies() == []


# The tables with most columns and longest words. What fits in one language need not in another.
TABLES = (
    "/",
    "/accessions/SWE/?as_of=2023-10-30",
    "/accessions/FIN/?as_of=2023-03-20",
    "/accessions/SWE/table/",
    "/accessions/MKD/table/",
    "/compare/",
    "/commitments/",
    "/states/TUR/",
    "/status/",
)
OTHERS = ("fr", "sv", "fi", "tr", "hu")
# What stands beyond its own cell, and what of a head, a name, a day or a stage is broken in the middle of a word.
CRAMMED = r"""() => {
  const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1;
  const range = document.createRange();
  const beyond = [...document.querySelectorAll("th, td")].filter((cell) => {
    range.selectNodeContents(cell);
    return seen(cell) && range.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1;
  }).map((cell) => cell.textContent.trim());
  const words = document.querySelectorAll("thead th, tbody :is(th, td a, time, .stage)");
  const broken = [...words].filter(seen).flatMap((cell) => {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/\p{L}+/gu)) {
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1) found.push(word[0]);
    }
    return found;
  });
  return [...beyond, ...broken];
}"""


@pytest.mark.parametrize(
    "addresses", [PAGES, *([f"/{code}{address}" for address in TABLES] for code in OTHERS)], ids=["en", *OTHERS]
)
def test_table_at_any_width_has_room_for_what_stands_in_it(page: Page, site: str, addresses: Sequence[str]) -> None:
    crammed = {}
    for address in addresses:
        open_page(page, site, address)
        for width in (1280, 1024, 768, 700, 320):
            page.set_viewport_size({"width": width, "height": 900})
            crammed[address, width] = page.evaluate(CRAMMED)

    assert {place: texts for place, texts in crammed.items() if texts} == {}


# A window of 1280 pixels, magnified to 200 %, has 640; one of 320 is a telephone, or the same window at 400 %.
@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_page_at_any_width_does_not_scroll_sideways(page: Page, site: str, width: int) -> None:
    wide = []
    for address in PAGES:
        open_page(page, site, address, width)
        wide += [address] if page.evaluate("document.documentElement.scrollWidth") > width else []

    assert wide == []


@pytest.mark.parametrize("width", [390, 1280])
def test_page_when_script_adds_its_comfort_does_not_move(
    page: Page, layout_shift: Callable[[], float], site: str, width: int
) -> None:
    moved = {}
    for address in PAGES:
        open_page(page, site, address, width)
        moved[address] = layout_shift()

    assert {address: shift for address, shift in moved.items() if shift > 0} == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_page_when_it_arrives_in_pieces_does_not_move(
    page: Page, layout_shift: Callable[[], float], slow_site: str, width: int
) -> None:
    moved = {}
    for address in IN_PIECES:
        open_page(page, slow_site, address, width)
        moved[address] = layout_shift()

    assert {address: shift for address, shift in moved.items() if shift > 0} == {}


def test_page_without_script_says_the_same(browser: Browser, page: Page, site: str) -> None:
    still = browser.new_page(java_script_enabled=False)
    for address in ("/?as_of=2023-10-30", "/accessions/SWE/?as_of=2023-10-30", "/compare/"):
        open_page(page, site, address)
        still.goto(f"{site}{address}")

        assert still.locator("h1").inner_text() == page.locator("h1").inner_text()
        assert still.locator(".lead").inner_text() == page.locator(".lead").inner_text()
        assert still.locator("tbody tr").count() == page.locator("tbody tr").count()
    still.close()


def test_date_form_without_script_shows_the_day(browser: Browser, site: str) -> None:
    still = browser.new_page(java_script_enabled=False)
    still.goto(f"{site}/accessions/SWE/")

    still.locator("#as-of").fill("2023-10-30")
    still.get_by_role("button", name="Show", exact=True).click()

    assert still.url.endswith("/accessions/SWE/?as_of=2023-10-30")
    assert "29 of 31 allies" in still.locator(".lead").inner_text()
    still.close()


def test_answer_is_copied_with_its_source_at_one_press(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, site, "/accessions/SWE/?as_of=2023-10-30")

    page.locator(".take-away").get_by_role("button", name="Copy").first.click()

    page.locator(".take-away").get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("29 of 31 allies have approved")
    assert "/accessions/SWE/?as_of=2023-10-30&known_at=" in copied


@pytest.mark.parametrize(("width", "height"), [(320, 380), (600, 380)])
def test_frame_for_other_pages_has_room_for_all_that_it_says(page: Page, site: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})

    page.goto(f"{site}/accessions/SWE/embed/?as_of=2023-10-30")

    assert page.evaluate("document.documentElement.scrollHeight") <= height


def test_days_are_stepped_through_from_one_to_the_next(page: Page, site: str) -> None:
    open_page(page, site, "/accessions/SWE/?as_of=2023-10-30")

    page.get_by_role("link", name="The day after").click()

    page.wait_for_url("**/accessions/SWE/?as_of=2023-10-31")
    assert "483 days after signature" in page.locator(".lead").inner_text()


def test_story_of_30_october_2023_is_read_from_the_first_page_by_keyboard_alone(page: Page, site: str) -> None:
    open_page(page, site, "/?as_of=2023-10-30")

    press_until(page, "29 of 31 allies have approved")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accessions/SWE/?as_of=2023-10-30")
    assert "Hungary and Türkiye have not yet done so" in page.locator(".lead").inner_text()

    press_until(page, "Türkiye")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accessions/SWE/TUR/?as_of=2023-10-30")
    assert "since 23 October 2023" in page.locator(".lead").inner_text()

    press_until(page, "Sweden's protocol sent to the TBMM")
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/**")
    assert page.locator(".citations .publisher").count() > 0


def press_until(page: Page, words: str, at_most: int = 150) -> None:
    """Press the tab key until what has the focus begins with these words. Fails if nothing does."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(words):
            return
    pytest.fail(f"No stop of the tab key begins with “{words}”.")
