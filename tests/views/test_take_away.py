"""What is taken away from a page: citations, frames, badges, pictures, and what programs read."""

import json
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from PIL import Image

from tests.views.reading import read_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

DAY = {"as_of": "2023-10-30"}


def test_page_when_cited_gives_an_address_with_day_and_edition(client: Client) -> None:
    words = read_page(client.get("/accessions/SWE/", DAY).content).words

    assert "@misc{article10-accessions-swe-20231030-" in words
    assert "/accessions/SWE/?as_of=2023-10-30&known_at=" in words
    assert "{{cite web |title=Sweden: accession to NATO" in words


def test_embed_when_framed_elsewhere_is_allowed_and_other_pages_are_not(client: Client) -> None:
    embed, page = client.get("/accessions/SWE/embed/"), client.get("/accessions/SWE/")

    assert "X-Frame-Options" not in embed
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_embed_when_frozen_stays_at_its_day(client: Client) -> None:
    words = read_page(client.get("/accessions/SWE/embed/", DAY).content).words

    assert "29 of 31 allies have approved" in words


def test_badge_when_drawn_says_how_many_have_approved(client: Client) -> None:
    response = client.get("/accessions/SWE/badge.svg", DAY)

    assert response["Content-Type"].startswith("image/svg+xml")
    assert "29 / 31" in "".join(ET.fromstring(response.content).itertext())  # noqa: S314 - drawn by ourselves


@pytest.mark.parametrize("address", ["/accessions/SWE/share.png", "/share.png", "/hu/accessions/SWE/share.png"])
def test_picture_when_shared_is_of_the_size_that_is_announced(client: Client, address: str) -> None:
    response = client.get(address, DAY)

    with Image.open(BytesIO(response.content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))


def test_head_of_a_page_names_its_address_its_languages_and_its_picture(client: Client) -> None:
    page = read_page(client.get("/fr/accessions/SWE/", DAY).content)
    links = {(one.get("rel"), one.get("hreflang")): one.get("href") or "" for one in page.all("link")}
    properties = {one.get("property"): one.get("content") or "" for one in page.all("meta")}

    assert links[("canonical", None)].endswith("/fr/accessions/SWE/")
    assert {code for rel, code in links if rel == "alternate" and code} == {
        "en",
        "fr",
        "sv",
        "fi",
        "tr",
        "hu",
        "x-default",
    }
    assert "/fr/accessions/SWE/share.png?as_of=2023-10-30" in properties["og:image"]


def test_data_page_describes_the_dataset_to_programs(client: Client) -> None:
    page = read_page(client.get("/data/").content)
    (described,) = [
        json.loads(one.text or "") for one in page.all("script") if one.get("type") == "application/ld+json"
    ]

    assert described["@type"] == "Dataset"
    assert described["license"].startswith("https://creativecommons.org/licenses/by/4.0")


def test_sitemap_lists_every_kind_of_page(client: Client) -> None:
    text = client.get("/sitemap.xml").content.decode()

    for path in ("/accessions/SWE/", "/accessions/SWE/TUR/", "/states/TUR/", "/fr/states/TUR/", "/events/se2022-"):
        assert path in text


def test_robots_are_kept_from_the_days_without_end(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert b"Disallow: /*as_of=" in response.content
    assert b"/sitemap.xml" in response.content
