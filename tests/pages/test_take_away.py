"""What is taken away from a page: citations, frames, badges, pictures, and what programs read."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from protego import Protego

from scripts.catalogues import LANGUAGES
from tests.pages.page_reading import read_page
from tracker.exchange.package import publish_package

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

DAY = {"as_of": "2023-10-30"}


def test_page_when_cited_gives_an_address_with_day_and_edition(client: Client) -> None:
    words = read_page(client.get("/accessions/SWE/", DAY).content).words

    assert "@online{article10-accessions-swe-20231030-" in words
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


def test_answer_when_quoted_comes_with_its_source_ready_to_copy(client: Client) -> None:
    page = read_page(client.get("/accessions/SWE/", DAY).content)

    (quote,) = [one.text or "" for one in page.all("pre") if one.get("class") == "quote"]

    sentence, source, address = quote.splitlines()
    assert sentence.startswith("29 of 31 allies have approved Sweden’s accession; Hungary and Türkiye")
    assert "Sweden: accession to NATO" in source
    assert "as of 30 October 2023" in source
    assert "/accessions/SWE/?as_of=2023-10-30&known_at=" in address


@pytest.mark.parametrize("address", ["/status/", "/subscribe/", "/search/?q=sweden"])
def test_page_that_states_nothing_is_not_offered_for_citing(client: Client, address: str) -> None:
    assert read_page(client.get(address).content).all("pre") == []


@pytest.mark.parametrize(
    "address",
    [
        "/share.png",
        "/accessions/SWE/share.png",
        "/hu/accessions/SWE/share.png",
        "/accessions/SWE/TUR/share.png",
        "/events/se2022-tr-submitted/share.png",
    ],
)
def test_picture_when_shared_is_of_the_size_that_is_announced(client: Client, address: str) -> None:
    response = client.get(address, DAY)

    with Image.open(BytesIO(response.content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["/accessions/SWE/TUR/", "/fr/accessions/SWE/TUR/", "/events/se2022-tr-deposited/", "/"]
)
def test_page_names_its_own_picture_and_the_picture_is_there(client: Client, path: str) -> None:
    page = read_page(client.get(path).content)

    (address,) = [one.get("content") or "" for one in page.all("meta") if one.get("property") == "og:image"]

    assert f"{path}share.png?as_of=" in address
    assert client.get(address.removeprefix(settings.BASE_URL))["Content-Type"] == "image/png"


@pytest.mark.parametrize(("path", "canonical"), [("/accessions/se/tr/share.png", "/accessions/SWE/TUR/share.png")])
def test_picture_under_another_spelling_redirects_to_the_picture(client: Client, path: str, canonical: str) -> None:
    assert client.get(path)["Location"] == canonical


@pytest.mark.parametrize("name", ["accessions", "states", "commitments", "events", "compare"])
def test_list_can_be_had_as_a_table_for_the_day_shown(client: Client, name: str) -> None:
    links = read_page(client.get(f"/{name}/", DAY).content).links

    (address,) = {link for link in links if link.endswith("&format=csv")}

    assert address.startswith(f"/api/v1/{name}/?as_of=2023-10-30")
    assert client.get(address)["Content-Type"].startswith("text/csv")


def test_log_can_be_had_as_a_table_and_is_of_no_day(client: Client) -> None:
    links = read_page(client.get("/changes/", DAY).content).links

    (address,) = {link for link in links if link.endswith("format=csv")}
    assert address == "/api/v1/changes/?format=csv"


def is_there(client: Client, address: str) -> bool:
    """Whether the file is served, to its end."""
    response = client.get(address)
    response.getvalue()
    return response.status_code == 200


def test_data_page_before_a_package_is_built_says_so_and_leads_to_its_files_after(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    before = client.get("/data/").content.decode()

    publish_package()
    after = read_page(client.get("/data/").content)

    assert "It has not been built yet" in before
    assert "/package/" not in before
    files = {link for link in after.links if link.startswith("/data/package/")}
    assert len(files) > 3
    assert all(is_there(client, link) for link in files)


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
    # What Google's search for datasets wants of one: a name, and a description of 50 to 5,000 characters.
    assert described["name"]
    assert 50 <= len(described["description"]) <= 5000
    assert {"creator", "distribution", "identifier", "keywords", "temporalCoverage", "url", "version"} <= set(described)


def test_data_page_names_downloads_that_are_what_it_says(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    publish_package()
    page = read_page(client.get("/data/").content)
    (text,) = [one.text or "" for one in page.all("script") if one.get("type") == "application/ld+json"]
    downloads = json.loads(text)["distribution"]

    assert len(downloads) > 14
    for one in downloads:
        address = one["contentUrl"].removeprefix(settings.BASE_URL)
        answer = client.get(address)
        assert one["@type"] == "DataDownload"
        assert answer.status_code == 200, address
        assert answer["Content-Type"].split(";")[0] == one["encodingFormat"], address


def listed(client: Client) -> list[str]:
    """The path of every page in the parts of the list of pages."""
    parts = re.findall("<loc>([^<]*)", client.get("/sitemap.xml").content.decode())
    texts = [client.get(urlsplit(part).path).content.decode() for part in parts]
    return [urlsplit(one).path for text in texts for one in re.findall("<loc>([^<]*)", text)]


def test_sitemap_lists_every_kind_of_page(client: Client) -> None:
    text = " ".join(listed(client))

    for path in (
        "/accessions/SWE/",
        "/accessions/SWE/TUR/",
        "/states/TUR/",
        "/fr/states/TUR/",
        "/events/se2022-",
        "/hu/events/se2022-",
    ):
        assert path in text


AGENTS = ["Googlebot", "bingbot", "GPTBot", "ClaudeBot", "Twitterbot", "facebookexternalhit"]


def handed_out_on(address: str) -> set[str]:
    """What a page hands out: itself with both clocks, its picture, its data, what others may show of it."""
    clocks = "?as_of=2023-10-30&known_at=2500"
    pictures = {f"{address}share.png{clocks}"} if "/states/" not in address else set()
    shown = {f"{address}embed/{clocks}", f"{address}badge.svg{clocks}"} if address.count("/") == 3 else set()
    return {address, f"{address}{clocks}", f"/api/v1{address}{clocks}", *pictures, *shown}


def test_everything_that_is_handed_out_may_be_fetched(client: Client) -> None:
    rules = Protego.parse(client.get("/robots.txt").content.decode())
    pages = [page for page in listed(client) if not page.startswith(tuple(f"/{code}/" for code in LANGUAGES))]

    refused = {
        address
        for page in pages
        for address in handed_out_on(page)
        for agent in AGENTS
        if not rules.can_fetch(f"https://example.org{address}", agent)
    }

    assert len(pages) > 1500
    assert refused == set()


@pytest.mark.parametrize(
    "address", ["/", "/accessions/SWE/", "/changes/", "/events/", "/states/TUR/", "/rectifications/"]
)
def test_crawler_that_is_polite_is_led_to_no_other_day_and_no_other_edition(client: Client, address: str) -> None:
    links = [one for one in read_page(client.get(address).content).all("a") if "nofollow" not in (one.get("rel") or "")]

    followed = [one.get("href") or "" for one in links]
    assert [href for href in followed if re.search("[?&](as_of|known_at)=", href)] == []


@pytest.mark.parametrize("query", ["as_of=2023-10-30", "known_at=2500", "as_of=2023-10-30&known_at=2500"])
def test_page_of_another_day_or_edition_asks_not_to_be_indexed_or_followed(client: Client, query: str) -> None:
    def rule(address: str) -> list[str | None]:
        page = read_page(client.get(address).content)
        return [one.get("content") for one in page.all("meta") if one.get("name") == "robots"]

    assert rule(f"/accessions/SWE/?{query}") == ["noindex, nofollow"]
    assert rule("/accessions/SWE/") == []
