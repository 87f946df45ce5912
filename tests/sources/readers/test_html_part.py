import time

import pytest

from tests.fetch.servers import elapsed
from tests.sources.conftest import PageOf
from tracker.sources.findings import Suggestion
from tracker.sources.readers.base import NotUnderstood
from tracker.sources.readers.html_part import difference, part_of
from tracker.sources.registry import READERS

HTML = "text/html; charset=utf-8"
PART = READERS["html_part"]


def test_part_of_a_page_is_its_words_line_by_line(page_of: PageOf) -> None:
    part = part_of(page_of("page_before.html", HTML), "#agenda")

    assert part == "Agenda\nMonday: budget\nTuesday: questions"


def test_read_for_the_first_time_finds_nothing(page_of: PageOf) -> None:
    assert PART.read(page_of("page_before.html", HTML), {"selector": "#agenda"}) == []


def test_read_of_a_changed_part_gives_the_difference_in_words(page_of: PageOf) -> None:
    before = part_of(page_of("page_before.html", HTML), "#agenda")
    options = {"selector": "#agenda", "previous": before, "language": "en"}

    (found,) = PART.read(page_of("page_after.html", HTML), options)

    assert found.summary == "+ Tuesday: Sweden’s accession to NATO, final vote\n- Tuesday: questions"
    assert (found.title, found.place) == ("Tuesday: Sweden’s accession to NATO, final vote", "#agenda")
    assert found.suggestion == Suggestion("SWE")


def test_read_of_a_page_that_changed_elsewhere_finds_nothing(page_of: PageOf) -> None:
    after = page_of("page_after.html", HTML)
    options = {"selector": "h1", "previous": part_of(page_of("page_before.html", HTML), "h1")}

    assert PART.read(after, options) == []


@pytest.mark.parametrize(
    ("body", "content_type", "selector"),
    [
        (b"<main id='programme'>redesigned</main>", HTML, "#agenda"),
        (b"<main id='agenda'>  <script>x</script></main>", HTML, "#agenda"),
        (b"", HTML, "#agenda"),
        (b"   ", HTML, "main"),
        (b"<!-- nothing -->", HTML, "main"),
        (b"<main>x</main>", HTML, "main:::"),
        (b"<main>x</main>", HTML, ""),
        (b"%PDF-1.7", "application/pdf", "main"),
        (b"<main>\xff\xfe</main>", HTML, "main"),
        (b"<main>" + b"<div>" * 300_000 + b"x", HTML, "main"),
    ],
    ids=range(10),
)
def test_read_of_a_changed_layout_says_so_at_once(
    body: bytes, content_type: str, selector: str, page_of: PageOf
) -> None:
    started = time.monotonic()

    with pytest.raises(NotUnderstood):
        PART.read(page_of(body, content_type), {"selector": selector})

    assert elapsed(started) < 5


def test_difference_of_everything_is_refused_before_it_takes_long() -> None:
    before = [f"a {n}" for n in range(20_000)]
    after = [f"b {n}" for n in range(20_000)]

    with pytest.raises(NotUnderstood, match="changed lines"):
        difference(before, after)


def test_difference_of_one_line_in_many_is_that_line() -> None:
    lines = [f"line {n}" for n in range(20_000)]

    assert difference(lines, [*lines[:9_000], "new", *lines[9_000:]]) == (["new"], [])


def test_difference_keeps_lines_that_begin_like_a_difference() -> None:
    assert difference(["- one", "same"], ["+ two", "same"]) == (["+ two"], ["- one"])


@pytest.mark.parametrize("selector", ["* * * * * *", "p ~ p ~ p", "main *", "main " + "p " * 100, "p:not(*)"])
def test_selector_that_compares_everything_with_everything_is_refused(selector: str, page_of: PageOf) -> None:
    with pytest.raises(NotUnderstood, match="option selector: expected a CSS selector of at most 200 characters"):
        part_of(page_of("page_before.html", HTML), selector)


def test_selector_with_the_same_signs_in_an_attribute_is_none_of_these(page_of: PageOf) -> None:
    assert part_of(page_of("page_before.html", HTML), "[id*=agenda], [id~=agenda]").startswith("Agenda")


def test_page_of_endless_elements_is_not_searched(page_of: PageOf) -> None:
    with pytest.raises(NotUnderstood, match="at most 50000 elements"):
        part_of(page_of(b"<html><body>" + b"<p>x</p>" * 50_000 + b"</body></html>", HTML), "p")
