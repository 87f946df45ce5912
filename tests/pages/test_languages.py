"""The pages in the other five languages: nothing is left in English but the words of the record, and those say so."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from scripts.catalogues import LANGUAGES, texts
from tests.pages.page_reading import XHTML, Read, read_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

PAGES = (
    "/?as_of=2023-10-30",
    "/accessions/SWE/?as_of=2023-10-30",
    "/accessions/SWE/TUR/?as_of=2023-10-30",
    "/accessions/BIH/",
    "/states/USA/",
    "/commitments/?as_of=2023-10-30",
    "/compare/",
    "/changes/",
    "/methodology/",
    "/nowhere/",
    "/accessions/SWE/?as_of=2023-02-30",
)

# Phrases that can be nothing but English; single words are the same in some of the languages.
PHRASES = {one.id for one in texts() if isinstance(one.id, str) and one.id.count(" ") > 1 and "%" not in one.id}


def spoken(element: ET.Element, language: str) -> str:
    """The text in the page's own language: what is marked as another is left out."""
    if element.get("lang", language) != language:
        return element.tail or ""
    return "".join([element.text or "", *(spoken(one, language) for one in element), element.tail or ""])


def read(client: Client, language: str, address: str) -> Read:
    return read_page(client.get(f"/{language}{address}").content)


def names_in_table(page: Read) -> list[str]:
    """What the rows of the last table of allies are headed with: those that have approved."""
    table = [one for one in page.all("table") if "compact" in (one.get("class") or "")][-1]
    return ["".join(one.itertext()) for one in table.iter(f"{XHTML}th") if one.get("scope") == "row"]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_hold_no_english_that_is_not_marked_as_such(client: Client, language: str) -> None:
    told = {address: " ".join(spoken(read(client, language, address).root, language).split()) for address in PAGES}

    left = {(address, phrase) for address, words in told.items() for phrase in PHRASES if phrase in words}

    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusal_of_a_day_is_told_in_the_language(client: Client, language: str) -> None:
    told = spoken(read(client, language, "/?as_of=2023-02-30").root, language)

    assert "2023-02-30" in told
    assert "28" in told
    assert "that month has" not in told


def test_titles_of_the_record_are_marked_as_english_in_the_log(client: Client) -> None:
    page = read(client, "fr", "/changes/")
    entries = [one for one in page.all("ol") if one.get("class") == "log"]

    marked = [one for entry in entries for one in entry.iter(f"{XHTML}span") if one.get("lang") == "en"]

    assert len(marked) > 10
    assert all("".join(one.itertext()) for one in marked)


@pytest.mark.parametrize(
    ("language", "following"),
    [
        ("sv", ["Tjeckien", "Tyskland"]),
        ("fr", ["Estonie", "États-Unis", "Finlande"]),
        ("tr", ["Bulgaristan", "Çekya", "Danimarka"]),
        ("hu", ["Bulgária", "Csehország", "Dánia", "Egyesült Államok", "Egyesült Királyság", "Észak-Macedónia"]),
    ],
)
def test_allies_that_have_approved_stand_in_the_order_of_the_alphabet(
    client: Client, language: str, following: list[str]
) -> None:
    names = names_in_table(read(client, language, "/accessions/SWE/?as_of=2023-10-30"))
    first = names.index(following[0])

    assert names[first : first + len(following)] == following


@pytest.mark.parametrize("address", ["/?as_of=2023-10-30", "/compare/", "/methodology/", "/status/"])
def test_french_page_has_no_colon_and_no_semicolon_without_its_space(client: Client, address: str) -> None:
    told = spoken(read(client, "fr", address).root, "fr")

    assert re.findall(r"\w\w ?[:;] [^ ]*", told) == []


@pytest.mark.parametrize(("language", "files"), [("fr", 1), ("tr", 2), ("hu", 2)])
def test_letters_of_the_second_font_are_wanted_at_once_where_the_language_has_them(
    client: Client, language: str, files: int
) -> None:
    page = read(client, language, "/methodology/")

    assert len([one for one in page.all("link") if one.get("rel") == "preload" and one.get("as") == "font"]) == files
