"""The frame of every page: what it keeps, what it says about time, and what it leaves out."""

from html.parser import HTMLParser

from django.template import engines
from django.test import RequestFactory

from tests.pages.figures.gallery import gallery_page


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.found.append((tag, dict(attrs)))

    def all(self, wanted: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of that name."""
        return [attributes for tag, attributes in self.found if tag == wanted]


def test_frame_has_one_heading_one_main_and_a_language() -> None:
    page = Elements(gallery_page())

    assert len(page.all("h1")) == 1
    assert [one["id"] for one in page.all("main")] == ["main"]
    assert page.all("html")[0]["lang"] == "en"
    assert page.all("a")[0]["href"] == "#main"


def test_frame_has_no_style_and_no_script_of_its_own_in_the_page() -> None:
    page = Elements(gallery_page())

    assert page.all("style") == []
    assert all(one.get("src") for one in page.all("script"))
    assert not any("style" in attributes or "onclick" in attributes for _, attributes in page.found)


def test_date_control_keeps_the_other_parameters_of_the_address() -> None:
    page = Elements(gallery_page())

    hidden = {one["name"]: one["value"] for one in page.all("input") if one.get("type") == "hidden"}
    links = [one["href"] or "" for one in page.all("a")]

    assert hidden == {"ally": "TUR"}
    assert "?as_of=2023-10-25&ally=TUR" in links
    assert "?as_of=2023-11-16&ally=TUR" in links
    assert "?ally=TUR" in links


def test_time_band_when_the_page_shows_another_day_says_which() -> None:
    assert "This page shows where things stood on" in gallery_page()


def test_frame_given_nothing_is_still_a_page() -> None:
    page = engines["django"].get_template("base.html").render({}, RequestFactory().get("/"))

    assert "date-control" not in page
    assert "time-band" not in page
    assert len(Elements(page).all("h1")) == 1


def test_patterns_of_all_figures_on_one_page_have_names_of_their_own() -> None:
    names = [attributes["id"] for _, attributes in Elements(gallery_page()).found if "id" in attributes]

    assert sorted(set(names), key=str) == sorted(names, key=str)
