"""The frame and every figure in a real browser, narrow and wide, light and dark, with a strict content policy."""

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

from tests.browser.conftest import Observed
from tests.pages.figures.gallery import gallery_page

pytestmark = pytest.mark.browser

ADDRESS = "http://article10.test/?as_of=2023-10-30"
STATIC = Path(settings.BASE_DIR) / "tracker"
SIZES = [(1280, 900), (390, 844)]


@pytest.fixture
def gallery(page: Page) -> Callable[[], None]:
    """A function that opens the gallery; its files come from the working tree."""
    html = gallery_page()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://article10.test")
        if path.startswith("/static/"):
            kind = mimetypes.guess_type(path)[0] or "font/woff2"
            route.fulfill(body=(STATIC / path[1:]).read_bytes(), content_type=kind)
        else:
            headers = {"Content-Security-Policy": "default-src 'self'"}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)

    def open_gallery() -> None:
        page.goto(ADDRESS, wait_until="networkidle")

    page.route("**/*", answer)
    return open_gallery


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_gallery_when_judged_by_axe_has_no_violation(
    page: Page,
    axe: Callable[[], list[str]],
    gallery: Callable[[], None],
    scheme: Literal["light", "dark"],
    width: int,
    height: int,
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)

    gallery()

    assert axe() == []


def test_gallery_when_opened_asks_no_other_host_and_complains_of_nothing(
    page: Page, observed: Observed, gallery: Callable[[], None]
) -> None:
    gallery()

    assert observed.complaints == []
    assert observed.foreign("article10.test") == []
    assert len(observed.addresses) > 3


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_gallery_at_any_width_does_not_scroll_sideways(page: Page, gallery: Callable[[], None], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})

    gallery()

    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_gallery_when_script_adds_its_comfort_does_not_move(
    page: Page, layout_shift: Callable[[], float], gallery: Callable[[], None], width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})

    gallery()

    assert page.get_by_role("slider").is_visible()
    assert layout_shift() == 0


def test_skip_link_when_pressed_first_leads_to_the_content(page: Page, gallery: Callable[[], None]) -> None:
    gallery()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_table_when_a_heading_is_pressed_twice_is_sorted_the_other_way_round(
    page: Page, gallery: Callable[[], None]
) -> None:
    gallery()
    heading = page.get_by_role("button", name="Ally")

    heading.click()
    first = page.locator("tbody th").first.inner_text()
    heading.click()
    last = page.locator("tbody th").first.inner_text()

    assert (first, last) == ("Albania", "United States")


def test_map_when_drawn_takes_colour_from_the_style_sheet_and_pattern_from_the_figure(
    page: Page, gallery: Callable[[], None]
) -> None:
    gallery()

    fill = page.locator(".map-state", has_text="Hungary").first.get_attribute("fill")

    assert fill == "url(#map-submitted)"
    assert page.locator("pattern#map-submitted .look-fill").evaluate("e => getComputedStyle(e).fill") != "rgb(0, 0, 0)"
