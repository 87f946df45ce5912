"""The pages that are a part of an accession, the first page, and what lengths, frames and searches ask of them."""

import pytest
from django.test import Client

from tests.pages.page_reading import read_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

DAY = {"as_of": "2023-10-30"}
THEMES = ("light", "dark", "auto", "blue")


def test_table_of_a_protocol_has_every_ally_its_acts_and_its_gaps(client: Client) -> None:
    page = read_page(client.get("/accessions/SWE/table/", DAY).content)
    (table,) = page.all("table")

    assert len(list(table.iter("{http://www.w3.org/1999/xhtml}tr"))) == 1 + 31
    assert "party since 4 April 2023" in page.words
    assert "Median days to approval" in page.words
    assert any("format=csv" in (one.get("href") or "") for one in page.all("a"))


def test_timeline_has_what_the_page_of_the_accession_has_not(client: Client) -> None:
    page, timeline = (read_page(client.get(f"/accessions/SWE/{part}", DAY).content) for part in ("", "timeline/"))

    assert "/accessions/SWE/timeline/?as_of=2023-10-30" in page.links
    assert len(timeline.all("tr")) > 5 * len(page.all("ol"))


def test_first_page_says_what_article_10_is_and_since_when_each_member_is_one(client: Client) -> None:
    page = read_page(client.get("/", DAY).content)

    assert "lets the members invite another European state, by unanimous agreement" in page.words
    assert "The Parties may, by unanimous agreement, invite any other European State" in page.words
    (members,) = [one for one in page.all("ul") if one.get("class") == "members"]
    assert len(list(members)) == 31
    assert "Finland 4 April 2023" in " ".join("".join(members.itertext()).split())


def test_scenario_says_so_in_its_title_its_lead_and_its_data_and_is_not_indexed(client: Client) -> None:
    asked = DAY | {"act": ["TUR", "HUN"]}
    page = read_page(client.get("/accessions/SWE/scenario/", asked).content)
    data = client.get("/api/v1/accessions/SWE/scenario/", DAY | {"act": "TUR,HUN"}).json()["data"]

    assert data["nature"] == "scenario"
    assert data["answer"].startswith("Scenario: ")
    assert data["answer"] in page.words
    assert "noindex, nofollow" in [one.get("content") for one in page.all("meta") if one.get("name") == "robots"]
    assert (data["missing"], data["complete"]) == ([], "2023-10-31")


def test_scenario_of_today_is_not_indexed_either(client: Client) -> None:
    page = read_page(client.get("/accessions/UKR/scenario/").content)

    assert [one.get("content") for one in page.all("meta") if one.get("name") == "robots"] == ["noindex, nofollow"]


def test_scenario_in_which_one_acts_still_misses_the_other_and_never_tells_how_likely_it_is(client: Client) -> None:
    page = read_page(client.get("/accessions/SWE/scenario/", DAY | {"act": "TUR"}).content)

    assert "Hungary would still be missing" in page.words
    assert "%" not in page.words
    assert "probab" not in page.words


def test_frame_is_light_or_dark_as_its_host_asks_and_refuses_what_is_neither(client: Client) -> None:
    told = {
        theme: client.get("/accessions/SWE/embed/", {"theme": theme}) for theme in ("light", "dark", "auto", "blue")
    }

    assert b'content="only light"' in told["light"].content
    assert b'content="only dark"' in told["dark"].content
    assert b'content="light dark"' in told["auto"].content
    assert told["blue"].status_code == 400


def test_every_page_has_a_search_box_and_names_the_description_for_the_browser(client: Client) -> None:
    for address in ("/", "/accessions/SWE/", "/states/TUR/", "/nowhere/"):
        page = read_page(client.get(address).content)
        assert [one.get("type") for one in page.all("input") if one.get("id") == "find"] == ["search"]
        assert [one.get("href") for one in page.all("link") if one.get("rel") == "search"] == ["/opensearch.xml"]


@pytest.mark.parametrize("name", ["turkey", "Türkiye", "TR", "turkiet"])
def test_names_lead_to_the_page_of_the_state_as_codes_do(client: Client, name: str) -> None:
    assert client.get(f"/states/{name}/").headers["Location"] == "/states/TUR/"


def test_offices_are_told_in_the_language_of_the_page(client: Client) -> None:
    assert "Dışişleri Komisyonu" in read_page(client.get("/tr/accessions/SWE/TUR/", DAY).content).words
