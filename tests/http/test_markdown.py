"""The twin of a page in Markdown: the same words, and never under the address of the other form."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.facts import begin, consent, record_event

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/fr/",
    "/accessions/",
    "/accessions/SWE/",
    "/fr/accessions/SWE/",
    "/states/HUN/",
    "/changes/",
    "/status/",
]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def _twin(client: Client, page: str) -> str:
    """The address that the page itself names as its twin's."""
    content = client.get(page, headers={"Accept": BROWSER}).content.decode()
    return content.partition('type="text/markdown" href="')[2].partition('"')[0]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_its_twin_which_is_the_one_that_accept_asks_for(client: Client, page: str) -> None:
    begin(consent())

    by_address = client.get(_twin(client, page))
    by_accept = client.get(page, headers={"Accept": "text/markdown"})

    assert by_address.status_code == 200
    assert by_address.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert by_address.content == by_accept.content
    text = by_address.content.decode()
    assert text.count("\n# ") + text.startswith("# ") == 1
    assert not [mark for mark in ("<div", "<script", "](/") if mark in text]
    assert "CC BY 4.0" in text


def test_the_twin_says_the_sentence_of_the_page_with_its_clocks(client: Client) -> None:
    begin(consent())
    address = "/accessions/SWE/"

    answer = client.get(f"/api/v1{address}?as_of=2024-02-26").json()["data"]["answer"]
    text = client.get("/accessions/SWE.md?as_of=2024-02-26").content.decode()

    assert answer in " ".join(text.split())
    assert "as of 26 February 2024" in text


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        ("text/markdown", "text/markdown"),
        ("text/markdown, text/html, */*", "text/markdown"),
        ("text/html;q=0.9, text/markdown", "text/markdown"),
        ("text/markdown;q=0.5, text/html", "text/html"),
        ("text/markdown;q=0", "text/html"),
        ("*/*", "text/html"),
        (BROWSER, "text/html"),
        ("", "text/html"),
    ],
)
def test_a_form_is_chosen_by_what_is_liked_best_and_kept_apart(client: Client, accepted: str, form: str) -> None:
    begin()
    for other in ("text/markdown", BROWSER):
        client.get("/accessions/SWE/", headers={"Accept": other})

    answer = client.get("/accessions/SWE/", headers={"Accept": accepted})

    assert answer.headers["Content-Type"].partition(";")[0] == form
    assert {"Accept", "Accept-Encoding"} <= set(answer.headers["Vary"].split(", "))


def test_the_twin_is_kept_has_a_tag_of_its_own_and_follows_the_edition(client: Client) -> None:
    begin()
    page = client.get("/accessions/SWE/")
    first = client.get("/accessions/SWE.md")

    with CaptureQueriesContext(connection) as queries:
        again = client.get("/accessions/SWE.md")
    # The next request empties the list.
    asked = len(queries)
    unchanged = client.get("/accessions/SWE.md", headers={"If-None-Match": first.headers["ETag"]})
    record_event(consent(), by=None)

    assert asked == 1
    assert again.content == first.content
    assert first.headers["ETag"] != page.headers["ETag"]
    assert unchanged.status_code == 304
    assert client.get("/accessions/SWE.md").content != first.content


def test_the_way_to_the_right_address_leads_to_its_twin(client: Client) -> None:
    begin()

    answer = client.get("/accessions/swe.md?as_of=2024-02-26")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/accessions/SWE.md?as_of=2024-02-26")


def test_what_is_not_there_is_told_in_the_same_form(client: Client) -> None:
    begin()

    answer = client.get("/accessions/XXX.md")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/markdown; charset=utf-8")


@pytest.mark.parametrize("address", ["/feed.atom", "/api/v1/states/", "/accessions/SWE/badge.svg", "/robots.txt"])
def test_what_is_no_page_is_as_it_was(client: Client, address: str) -> None:
    begin()

    plain = client.get(address)
    asked = client.get(address, headers={"Accept": "text/markdown, */*"})

    assert asked.headers["Content-Type"] == plain.headers["Content-Type"]
    assert asked.content == plain.content


def test_the_links_of_a_twin_are_whole_addresses_of_pages_that_are_there(client: Client) -> None:
    begin(consent())
    text = client.get("/accessions/SWE.md").content.decode()

    links = [part.partition(")")[0].partition(" ")[0] for part in text.split("](")[1:]]
    own = [link for link in links if urlsplit(link).netloc == "testserver"]

    assert own
    assert all(client.get(link.removeprefix("http://testserver")).status_code == 200 for link in own)
